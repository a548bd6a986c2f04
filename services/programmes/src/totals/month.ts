import type { States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { monthOf, type Day, type Month } from '@gdtx/territory/days';

/**
 * How a unit reports its months: one measure of one programme type is said in one way in one month, by its classes and
 * exams, by the type as a whole, or in the month's totals. Two ways would count the same people twice.
 */
export type Way = 'classes' | 'type' | 'totals';

/** The state document `totals:<unit>/<month>`. */
export interface MonthState {
  types: Record<string, TypeMonth>;
}

export interface TypeMonth {
  /** By measure: how it is said. */
  said: Record<string, Way>;
  /** The days of headcounts of the whole type. */
  headcounts?: Day[];
  /** What TotalsReported said. */
  totals?: unknown[];
}

export const monthKey = (unit: string, month: Month) => `totals:${unit}/${month}`;
export const monthKeyOf = (unit: string, day: Day) => monthKey(unit, monthOf(day));

export function typeMonth(states: States, key: string, type: string): TypeMonth | undefined {
  return states.get<MonthState>(key)?.types[type];
}

const WORDS: Record<Way, string> = {
  classes: 'by class or exam',
  type: 'for the whole type',
  totals: 'in the totals of the month',
};

/** None of the measures is said in another way already. */
export function saidOneWay(
  states: States,
  key: string,
  type: string,
  measures: readonly string[],
  way: Way,
  path: string,
): Refusal | undefined {
  const said = typeMonth(states, key, type)?.said ?? {};
  const twice = measures.find((measure) => said[measure] !== undefined && said[measure] !== way);
  if (!twice) return undefined;
  const month = key.slice(key.indexOf('/') + 1);
  const sentence = `\`${twice}\` of ${type} in ${month} is reported ${WORDS[said[twice]!]} already: it would count twice.`;
  return refuse('counted-twice', sentence, path);
}

/** The month with these measures said in this way; no change at all when that is known already. */
export function nowSaid(
  states: States,
  key: string,
  type: string,
  measures: readonly string[],
  way: Way,
  more: Omit<TypeMonth, 'said'> = {},
): Record<string, MonthState> {
  const month = states.get<MonthState>(key) ?? { types: {} };
  const now = month.types[type] ?? { said: {} };
  const news = measures.filter((measure) => now.said[measure] === undefined);
  if (news.length === 0 && Object.keys(more).length === 0) return {};
  const said = { ...now.said, ...Object.fromEntries(news.map((measure) => [measure, way])) };
  return { [key]: { types: { ...month.types, [type]: { ...now, ...more, said } } } };
}
