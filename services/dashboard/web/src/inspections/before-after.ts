import type { Party } from '../api/follow-up.js';
import { addMonths } from '../formats/dates.js';

/** How a figure that a recommendation aims at is looked at: when it was issued, and now. Pure. */
export interface BeforeAfter {
  before: Asked;
  now: Asked;
  /** Both are of periods of the same length: one can be held against the other. */
  comparable: boolean;
}

export type Asked = { on: string } | { from: string; to: string };

const YEAR = 12;

/**
 * A level on both days. What adds up, and shares of it: the twelve whole months before each of the two days; after less than a year
 * only the months since, so that none stands on both sides.
 */
export function beforeAfter(kind: 'flow' | 'level' | 'ratio', issued: string, at: string): BeforeAfter {
  if (kind === 'level') return { before: { on: issued }, now: { on: at }, comparable: true };
  const month = issued.slice(0, 7);
  const last = addMonths(at.slice(0, 7), -1);
  const yearAgo = addMonths(last, 1 - YEAR);
  const isWhole = yearAgo >= month;
  const from = isWhole ? yearAgo : month;
  return {
    before: { from: addMonths(month, -YEAR), to: addMonths(month, -1) },
    now: { from, to: last < from ? from : last },
    comparable: isWhole,
  };
}

const MOST_UNITS = 3;

/** Whose figures: those of whoever is addressed, an office with its unit, every centre of a place with the place; of many, that of the place where it counts. */
export function unitsAimedAt(addressees: readonly Party[], at: string | undefined): string[] {
  const named = addressees.map(({ unit, body, every }) => unit ?? body?.of ?? every?.in);
  const units = [...new Set(named.filter((unit) => unit !== undefined))];
  if (units.length > 0 && units.length <= MOST_UNITS) return units;
  return at ? [at] : units.slice(0, 1);
}
