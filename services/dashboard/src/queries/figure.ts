import { lastDayOfMonth } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import type { Indicator } from '../indicators/indicator.js';
import { asKnown } from './as-known.js';
import { evaluate, type Evaluated, type EvaluatedRow, type Evaluation, type Sources } from './evaluate.js';
import { isTime, type Dimension, type FigureQuery } from './figure-query.js';
import type { NotIncluded } from './flows.js';
import type { Key } from './places.js';
import type { RowTextsOf } from './row-texts.js';
import type { Precision } from './tally.js';
import { targetsBeside, type ValueOf } from './targets-beside.js';
import { unitLabel, type Label } from './unit-labels.js';

/** How fresh an answer is, and what it lacks. */
export interface Freshness {
  /** Milliseconds since the epoch; null while no service has said how far it is. */
  asOf: number | null;
  lacks: unknown[];
}

export interface Target {
  value: number;
  year: number;
  category: string;
  level?: number;
  asGiven?: string;
  /** Of one for a category: what it is held against. */
  counted?: number | null;
  /** The value reaches it; null: it can't be compared, `why` says why. */
  met: boolean | null;
  comparable?: false;
  why?: Label;
  /** Nobody set it: it is the sum of those that were set for the units that this one is made of. */
  rebased?: { how: 'sum'; from: { unit: string; value: number }[] };
}

/** Finds the targets that were set for a unit, an indicator and a year. */
export type FindTargets = (
  unit: string,
  indicator: string,
  year: number,
) => Omit<Target, 'met' | 'counted' | 'comparable' | 'why' | 'rebased'>[];

export interface Targeted {
  target?: number;
  met?: boolean;
  targets?: Target[];
}

export interface FigureRow extends Evaluated, Targeted {
  key: string;
  keys?: string[];
  label: Label;
  undivided?: true;
  candidates?: string[];
  unplaced?: true;
  state?: 'ended' | 'notYet';
}

/** The public answer of `/v1/figures`. */
export interface Figure extends Evaluated, Targeted {
  indicator: string;
  label: Label;
  measure: Label;
  unit: string;
  unitLabel: Label;
  from: string | null;
  to: string | null;
  on?: string;
  by: Dimension[];
  part: string;
  map: string;
  known: string;
  asOf: string | null;
  lacks: unknown[];
  value: number | null;
  precision: Precision;
  /** The largest first. */
  notIncluded: unknown[];
  /** So many more are left out of this answer; not there where none is. */
  notIncludedMore?: number;
  rows: FigureRow[];
}

/** So many opening balances are named in an answer: a nation has some for every centre, and its files hold them all. */
const NAMED = 20;

/** Computes a figure and says all that a reader must know of it. */
export function figure(query: FigureQuery, sources: Sources, freshness: Freshness, targets: FindTargets): Figure {
  const evaluation = evaluate(query, sources);
  const beside = besideValues(query, sources, targets);
  const rows = inOrder(evaluation.rows.map(rowsOf(query, sources, beside)), query);
  return { ...headOf(query, evaluation, sources, freshness, beside, Infinity), rows };
}

/**
 * The same as JSON, with `more` behind it. A row that is what it was when it was asked last isn't labelled, compared with its target and
 * written anew: `texts` has it.
 */
export function figureJson(
  query: FigureQuery,
  sources: Sources,
  freshness: Freshness,
  targets: FindTargets,
  texts: RowTextsOf,
  more: object,
): string {
  const evaluation = evaluate(query, sources);
  const beside = besideValues(query, sources, targets);
  const show = rowsOf(query, sources, beside);
  const rows = inOrder(
    evaluation.rows.map((row) => texts.of(row, () => show(row))),
    query,
  );
  const head = JSON.stringify(headOf(query, evaluation, sources, freshness, beside, NAMED));
  const rest = JSON.stringify(more).slice(1);
  return `${head.slice(0, -1)},"rows":[${rows.map(({ text }) => text).join(',')}]${rest === '}' ? rest : `,${rest}`}`;
}

/** The day as of which a figure's units are called what they are called. */
export const labelDayOf = ({ mapDay, on, today }: FigureQuery): string => mapDay ?? on ?? today;

function headOf(
  query: FigureQuery,
  { all, notIncluded }: Evaluation,
  { registry }: Sources,
  freshness: Freshness,
  beside: Beside,
  /** So many of the opening balances that it leaves out, at most. */
  named: number,
): Omit<Figure, 'rows'> {
  const { indicator } = query;
  const more = notIncluded.length - named;
  return {
    indicator: indicator.id,
    label: indicator.label,
    measure: indicator.measure,
    unit: query.unit,
    unitLabel: unitLabel(registry, query.unit, labelDayOf(query)),
    from: query.from,
    to: query.to,
    ...(query.on ? { on: query.on } : {}),
    by: query.by,
    part: query.part || 'total',
    map: query.map,
    known: query.knownBy,
    asOf: freshness.asOf === null ? null : new Date(freshness.asOf).toISOString(),
    lacks: freshness.lacks,
    ...all,
    // Of a simulated unit also where it has said nothing.
    ...(registry.unit(query.unit)!.simulated ? { simulated: true as const } : {}),
    ...beside(query.unit, all.value, (of) => of.all.value),
    notIncluded: largestFirst(notIncluded).slice(0, named).map(shownBalance),
    ...(more > 0 && { notIncludedMore: more }),
  };
}

function rowsOf(query: FigureQuery, sources: Sources, beside: Beside): (row: EvaluatedRow) => FigureRow {
  const { lineage } = asKnown(query, sources);
  const day = labelDayOf(query);
  return (row) => shownRow(row, query, [sources.registry, lineage], day, beside);
}

function shownRow(
  row: EvaluatedRow,
  query: FigureQuery,
  registries: readonly Registry[],
  day: string,
  beside: Beside,
): FigureRow {
  const { keys, ...value } = row;
  const labels = keys.map((key, i) => keyLabel(key, query.by[i]!, query.indicator, registries, day));
  const undivided = keys.find((k) => k.undivided);
  const state = keys.find((k) => k.state)?.state;
  const unit = keys.find((_, i) => !isTime(query.by[i]!) && query.by[i] !== 'category' && query.by[i] !== 'authority');
  return {
    key: keys.map((k) => k.key).join(','),
    ...(keys.length > 1 ? { keys: keys.map((k) => k.key) } : {}),
    label: { vi: labels.map((l) => l.vi).join(' · '), en: labels.map((l) => l.en).join(' · ') },
    ...value,
    ...(undivided ? { undivided: true as const, candidates: undivided.undivided! } : {}),
    ...(keys.some((k) => k.unplaced) ? { unplaced: true as const } : {}),
    ...(state ? { state } : {}),
    ...(unit && keys.length === 1 ? beside(unit.key, value.value, (of) => valueOfUnit(of, unit.key)) : {}),
  };
}

const valueOfUnit = ({ rows }: Evaluation, unit: string): number | null =>
  rows.find(({ keys }) => keys[0]!.key === unit)?.value ?? null;

/** The targets beside a unit's value; `valueIn` finds the same value in another evaluation of the question. */
type Beside = (unit: string, value: number | null, valueIn: (of: Evaluation) => number | null) => Targeted;

function besideValues(query: FigureQuery, sources: Sources, targets: FindTargets): Beside {
  // A target is about all people.
  if (query.part !== '') return () => ({});
  const { indicator } = query;
  const hasCategories = indicator.kind !== 'ratio' && indicator.categories !== undefined;
  const evaluated = new Map<string, Evaluation>();
  const ofCategory = (category: string): Evaluation => {
    let found = evaluated.get(category);
    if (!found) evaluated.set(category, (found = evaluate({ ...query, only: category }, sources)));
    return found;
  };
  return (unit, value, valueIn) => {
    const valueOf: ValueOf = (category) =>
      category === '' ? value : hasCategories ? valueIn(ofCategory(category)) : undefined;
    return targetsBeside(askedOf(query, unit), valueOf, sources.registry, targets);
  };
}

const NONE: Label = { vi: 'Không còn cấp này', en: 'No such level then' };

function keyLabel(key: Key, by: Dimension, indicator: Indicator, registries: readonly Registry[], day: string): Label {
  if (by === 'category') return indicator.categories?.values?.[key.key] ?? { vi: key.key, en: key.key };
  if (by === 'month') return { vi: `${Number(key.key.slice(5))}/${key.key.slice(0, 4)}`, en: key.key };
  if (by === 'year') return { vi: key.key, en: key.key };
  if (by === 'school-year') return { vi: `năm học ${key.key}`, en: `school year ${key.key}` };
  if (by === 'authority') return { vi: key.key, en: key.key };
  // What has been withdrawn since has the name that it was known by.
  const names = registries.find((registry) => registry.unit(key.key)) ?? registries[0]!;
  return key.key === 'none' ? NONE : unitLabel(names, key.key, day);
}

/** Whose target, of which year, as of the last day that is asked. */
export function askedOf({ indicator, on, to, today }: FigureQuery, unit: string) {
  const last = on ?? (to === null ? today : lastDayOfMonth(to));
  return { unit, indicator, year: Number(last.slice(0, 4)), day: last };
}

function inOrder<Row extends Pick<FigureRow, 'key' | 'value'>>(rows: Row[], { sort }: FigureQuery): Row[] {
  const byKey = (a: Row, b: Row) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  if (sort === 'key') return rows.sort(byKey);
  const sign = sort === 'value' ? 1 : -1;
  return rows.sort((a, b) => sign * ((a.value ?? -Infinity) - (b.value ?? -Infinity)) || byKey(a, b));
}

const largestFirst = (balances: readonly NotIncluded[]): NotIncluded[] =>
  [...balances].sort((a, b) => b.balance.value - a.balance.value);

function shownBalance({ balance, why }: NotIncluded): unknown {
  const { service, unit, seq, indicator, category, from, to, basis, value, precision, asGiven } = balance;
  return {
    // Of a ratio, what it divides: a balance is counted in the measure of that.
    indicator,
    entry: { service, unit, seq },
    category,
    from,
    to,
    basis,
    value,
    precision: (['exact', 'at-least', 'about'] as const)[precision],
    ...(asGiven ? { asGiven } : {}),
    why,
  };
}
