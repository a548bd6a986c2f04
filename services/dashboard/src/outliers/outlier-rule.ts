/** How many earlier months of its own a value is compared with, at least and at most. */
export const LEAST_PAST = 6;
export const MOST_PAST = 36;
/** A value is far off from so many times the spread on. */
const SPREADS = 5;
/** Makes the median of deviations the standard deviation of what is spread normally. */
const TO_DEVIATION = 1.4826;
/** The spread is never taken for less than this share of the median: who always says nearly the same may differ a little. */
const LEAST_SHARE = 0.1;
/** Differences of less than this are never far off, whatever the past: small numbers jump. */
export const FLOOR = 20;
/** It is also beyond the past's second highest, or second lowest, by this factor. */
const BEYOND = 3;

/** Why a value is far off. */
export interface Outlying {
  direction: 'high' | 'low';
  /** Of the past. */
  median: number;
  /** How far off the median the value may be. */
  allowed: number;
  /** How many spreads it is off. */
  spreads: number;
  /** How many months of the past it was compared with. */
  months: number;
}

/**
 * Says whether a month's value is far off the unit's own past: values of the same indicator and category in earlier months in
 * which something of it was said, the latest last. With m their median and MAD the median of their distances from m, the
 * spread is s = max(1.4826 × MAD, m / 10); a value is far off when
 *   1. there are at least 6 months of past (at most the latest 36 count),
 *   2. it is at least 20 away from m,
 *   3. it is more than 5 × s away from m, and
 *   4. it is above three times the second highest of the past, or below a third of the second lowest and not 0: who holds a
 *      large event now and then isn't flagged for the next one, one earlier mistake doesn't hide another, and a class that has
 *      ended leaves nobody present.
 * Medians are used since an earlier mistake hardly moves them. Example: 40, 45, 50, 44, 52, 41 and then 480. m = 44.5; the
 * distances are 4.5, 0.5, 5.5, 0.5, 7.5, 3.5, so MAD = 4 and s = max(5.93, 4.45) = 5.93; 5 × s = 29.65. 480 is 435.5 off,
 * 73 spreads, and above 3 × 50: flagged. 120 is 75.5 off, 13 spreads, and not above 150: not flagged.
 * Undefined: not far off, or not enough is known. Pure.
 */
export function outlying(value: number, past: readonly number[]): Outlying | undefined {
  if (past.length < LEAST_PAST) return undefined;
  const sorted = past.slice(-MOST_PAST).sort((a, b) => a - b);
  const median = medianOf(sorted);
  const off = Math.abs(value - median);
  if (off < FLOOR) return undefined;
  const distances = sorted.map((each) => Math.abs(each - median)).sort((a, b) => a - b);
  const spread = Math.max(TO_DEVIATION * medianOf(distances), LEAST_SHARE * Math.abs(median));
  if (off <= SPREADS * spread) return undefined;
  const direction = value > median ? 'high' : 'low';
  const beyond = direction === 'high' ? value > sorted.at(-2)! * BEYOND : value > 0 && value * BEYOND < sorted[1]!;
  if (!beyond) return undefined;
  const allowed = Math.max(FLOOR, SPREADS * spread);
  return { direction, median, allowed, spreads: spread === 0 ? off : off / spread, months: sorted.length };
}

/** Of numbers in order, at least one. */
function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
