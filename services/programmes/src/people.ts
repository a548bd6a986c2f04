import type { Breakdown } from '@gdtx/contracts/gen/gdtx/common/v1/common';

/**
 * How many people a count certainly means at most and at least, in total and by each part and its complement, so that two
 * counts can be compared: what is certainly more is refused, what could be right is not. Plain JSON, for state documents.
 */

/** A part that stays with a person, and who is not in it. Ages don't stay: people grow older while they learn. */
const PARTS = [
  { part: 'female', others: 'notFemale' },
  { part: 'ethnicMinority', others: 'notEthnicMinority' },
  { part: 'disabled', others: 'notDisabled' },
] as const;

export type Line = 'total' | (typeof PARTS)[number]['part' | 'others'];

export const LINES: readonly Line[] = ['total', ...PARTS.flatMap(({ part, others }): Line[] => [part, others])];

/** An absent line is as high as the total. */
export type AtMost = { total: number } & { [line in Line]?: number };
/** An absent line is 0. */
export type AtLeast = { total: number } & { [line in Line]?: number };

/** "More than 40" and "about 40" may be any number: high enough for no sum to come near it from below. */
const BOUNDLESS = 1e12;

export function atMost(people: Breakdown): AtMost {
  return isExact(people) ? byLine(people) : { total: BOUNDLESS };
}

export function atLeast(people: Breakdown): AtLeast {
  if (isExact(people)) return byLine(people);
  if (people.precision === 'about') return { total: 0 };
  // Of "at least 40, 25 of them women" the 25 are as certain as the 40; that 15 are men isn't.
  const parts = PARTS.map(({ part }) => [part, people[part]] as const).filter(([, count]) => count !== undefined);
  return { total: people.total, ...Object.fromEntries(parts) };
}

/** The first line on which certainly more are meant than can be. */
export function excess(least: AtLeast, most: AtMost): Line | undefined {
  return LINES.find((line) => (least[line] ?? 0) > (most[line] ?? most.total));
}

export function sumOfMost(one: AtMost | undefined, other: AtMost): AtMost {
  return one ? eachLine([one, other], (line) => (one[line] ?? one.total) + (other[line] ?? other.total)) : other;
}

export function sumOfLeast(one: AtLeast | undefined, other: AtLeast): AtLeast {
  return one ? eachLine([one, other], (line) => (one[line] ?? 0) + (other[line] ?? 0)) : other;
}

/** What two counts of the same people say together. */
export function higherOfLeast(one: AtLeast | undefined, other: AtLeast): AtLeast {
  return one ? eachLine([one, other], (line) => Math.max(one[line] ?? 0, other[line] ?? 0)) : other;
}

/** The field of a breakdown that a line comes from. */
export function fieldOf(line: Line): string {
  return PARTS.find(({ others }) => others === line)?.part ?? line;
}

const WORDS: Record<Line, string> = {
  total: 'people',
  female: 'women',
  notFemale: 'men',
  ethnicMinority: 'people of ethnic minorities',
  notEthnicMinority: 'people of the majority',
  disabled: 'people with disabilities',
  notDisabled: 'people without disabilities',
};

export function wordsOf(line: Line): string {
  return WORDS[line];
}

const AGES = ['under15', 'from15to24', 'from25to59', 'from60'] as const;

/** Of two counts of one day: an age group in which the smaller one has more. */
export function excessOfAges(fewer: Breakdown, more: Breakdown): (typeof AGES)[number] | undefined {
  if (!isExact(fewer) || !isExact(more)) return undefined;
  return AGES.find((age) => {
    const [a, b] = [fewer.ages?.[age], more.ages?.[age]];
    return a !== undefined && b !== undefined && a > b;
  });
}

/** A sum of people for readers; `female` only while every count in it said so. */
export interface Tally {
  total: number;
  female?: number;
  precision: string;
}

export function tally(people: Breakdown): Tally {
  const female = people.female === undefined ? {} : { female: people.female };
  return { total: people.total, ...female, precision: people.precision || 'exact' };
}

export function sumOfTallies(one: Tally | undefined, other: Tally): Tally {
  if (!one) return other;
  const both = one.female !== undefined && other.female !== undefined;
  const precisions = [one.precision, other.precision];
  return {
    total: one.total + other.total,
    ...(both ? { female: one.female! + other.female! } : {}),
    precision: ['about', 'at-least'].find((p) => precisions.includes(p)) ?? 'exact',
  };
}

const isExact = (people: Breakdown) => people.precision === '' || people.precision === 'exact';

function byLine(people: Breakdown): { total: number } & { [line in Line]?: number } {
  const lines: { total: number } & { [line in Line]?: number } = { total: people.total };
  for (const { part, others } of PARTS) {
    const count = people[part];
    if (count === undefined) continue;
    lines[part] = count;
    lines[others] = people.total - count;
  }
  return lines;
}

function eachLine(of: readonly { [line in Line]?: number }[], value: (line: Line) => number): AtMost {
  const lines: AtMost = { total: value('total') };
  for (const line of LINES) if (of.some((counts) => counts[line] !== undefined)) lines[line] = value(line);
  return lines;
}
