import type { Breakdown } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import type { Contribution, Part, PrecisionCode } from '../../model.js';

/** Puts contributions together: the total of a count of people, and each of its parts that was said. */

export function precisionCode(precision: string): PrecisionCode {
  return precision === 'about' ? 2 : precision === 'at-least' ? 1 : 0;
}

/** Taking away at least so many leaves about so many. */
const negated = (precision: PrecisionCode): PrecisionCode => (precision === 1 ? 2 : precision);

/** Calls `each` with the total and with every part that was said; absent is not 0. */
export function eachPart(people: Breakdown | undefined, each: (part: Part, value: number) => void): void {
  if (!people) return;
  each('', people.total);
  if (people.female !== undefined) each('female', people.female);
  const { ages } = people;
  if (ages) {
    if (ages.under15 !== undefined) each('under15', ages.under15);
    if (ages.from15to24 !== undefined) each('from15to24', ages.from15to24);
    if (ages.from25to59 !== undefined) each('from25to59', ages.from25to59);
    if (ages.from60 !== undefined) each('from60', ages.from60);
  }
  if (people.ethnicMinority !== undefined) each('ethnic-minority', people.ethnicMinority);
  if (people.disabled !== undefined) each('disabled', people.disabled);
}

/** The month of a day: `2024-09-05` → `2024-09`. */
export const monthOf = (day: string): string => day.slice(0, 7);

/** People who came, left, passed … in a month. */
export function flowOfPeople(
  into: Contribution[],
  indicator: string,
  category: string,
  month: string,
  people: Breakdown | undefined,
): void {
  if (!people) return;
  const precision = precisionCode(people.precision);
  eachPart(people, (part, value) => into.push({ kind: 'flow', indicator, category, part, value, precision, month }));
}

export interface Series {
  indicator: string;
  category: string;
  slot: string;
}

/** People who are there from a day on (`set`), or who come to those who are (`add`). */
export function levelOfPeople(
  into: Contribution[],
  { indicator, category, slot }: Series,
  day: string,
  mode: 'set' | 'add',
  people: Breakdown | undefined,
): void {
  if (!people) return;
  const precision = precisionCode(people.precision);
  eachPart(people, (part, value) =>
    into.push({ kind: 'level', indicator, category, part, value, precision, slot, day, mode }),
  );
}

/** People who go from those who are there. */
export function peopleGone(
  into: Contribution[],
  { indicator, category, slot }: Series,
  day: string,
  people: Breakdown | undefined,
): void {
  if (!people) return;
  const precision = negated(precisionCode(people.precision));
  eachPart(people, (part, value) =>
    into.push({ kind: 'level', indicator, category, part, value: -value, precision, slot, day, mode: 'add' }),
  );
}

interface Counted {
  indicator: string;
  category?: string;
  part?: Part;
  value: number;
  precision?: PrecisionCode;
  at?: string;
}

/** So many in a month. */
export function flowOf(
  month: string,
  { indicator, category = '', part = '', value, precision = 0, at }: Counted,
): Contribution {
  const flow: Contribution = { kind: 'flow', indicator, category, part, value, precision, month };
  return at === undefined ? flow : { ...flow, at };
}

/** So many from a day on. */
export function levelOf(
  day: string,
  { indicator, category = '', part = '', value, precision = 0, at, slot = '' }: Counted & { slot?: string },
): Contribution {
  const level: Contribution = { kind: 'level', indicator, category, part, value, precision, slot, day, mode: 'set' };
  return at === undefined ? level : { ...level, at };
}

/**
 * One of several categories from a day on: it counts 1 in its own and 0 in every other, so that a later choice takes the
 * earlier one's place.
 */
export function oneOf(
  day: string,
  {
    indicator,
    category,
    categories,
    at,
  }: { indicator: string; category: string; categories: readonly string[]; at?: string | undefined },
): Contribution[] {
  const all = categories.includes(category) ? categories : [...categories, category];
  return all.map((each) =>
    levelOf(day, { indicator, category: each, value: each === category ? 1 : 0, ...(at ? { at } : {}) }),
  );
}

/** The unit that it belongs to, where that isn't the ledger's. */
export function elsewhere(unit: string, ledger: string): string | undefined {
  return unit && unit !== ledger ? unit : undefined;
}
