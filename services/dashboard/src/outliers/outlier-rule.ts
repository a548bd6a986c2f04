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
/** It is also beyond the past's second highest, or second lowest, by this factor, as a whole and on average of its entries. */
const BEYOND = 3;
/** Of the share of women: the spread is never taken for less … */
const LEAST_SHARE_SPREAD = 0.02;
/** … chance has at least the variance of a share of one in a hundred … */
const LEAST_VARIANCE = 0.01;
/** … and it is also beyond the past's second lowest, or second highest, by this factor. */
const SHARE_BEYOND = 1.5;

/** What was said of a month. */
export interface SaidOfMonth {
  value: number;
  /** Of how many entries it is the sum; of a level 1. */
  entries: number;
  /** Of them women; null where an entry didn't say how many. */
  women: number | null;
}

/** Why a value is far off. */
export interface Outlying {
  /** What is far off: the value itself, or the share of women among those it counts. */
  compared: 'value' | 'women-share';
  /** That value or share. */
  said: number;
  direction: 'high' | 'low';
  /** Of the past. */
  median: number;
  /** How far off the median it may be. */
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
 *      ended leaves nobody present; and
 *   5. so is what one entry of the month says on average: who holds three courses instead of one isn't flagged.
 * Medians are used since an earlier mistake hardly moves them. Example: 40, 45, 50, 44, 52, 41 and then 480, an entry each. m = 44.5; the
 * distances are 4.5, 0.5, 5.5, 0.5, 7.5, 3.5, so MAD = 4 and s = max(5.93, 4.45) = 5.93; 5 × s = 29.65. 480 is 435.5 off,
 * 73 spreads, and above 3 × 50: flagged. 120 is 75.5 off, 13 spreads, and not above 150: not flagged. 480 of nine entries
 * are 53 each: not flagged.
 * Undefined: not far off, or not enough is known. Pure.
 */
export function valueOutlying(now: SaidOfMonth, past: readonly SaidOfMonth[]): Outlying | undefined {
  if (past.length < LEAST_PAST) return undefined;
  const latest = past.slice(-MOST_PAST);
  const { value } = now;
  if (!mayBeBeyond(value, latest)) return undefined;
  const sorted = inOrder(latest.map((each) => each.value));
  const median = medianOf(sorted);
  const off = Math.abs(value - median);
  if (off < FLOOR) return undefined;
  const spread = Math.max(TO_DEVIATION * deviationOf(sorted, median), LEAST_SHARE * Math.abs(median));
  if (off <= SPREADS * spread) return undefined;
  const direction = value > median ? 'high' : 'low';
  if (!isBeyond(value, sorted, direction, BEYOND)) return undefined;
  if (!isBeyond(perEntry(now), inOrder(latest.map(perEntry)), direction, BEYOND)) return undefined;
  const allowed = Math.max(FLOOR, SPREADS * spread);
  const spreads = spread === 0 ? off : off / spread;
  return { compared: 'value', said: value, direction, median, allowed, spreads, months: sorted.length };
}

/**
 * Says whether the share of women among those whom a month's value counts is far off the unit's own past: a total with a digit too
 * many is lost among large courses, but the women in it become a tenth. With m the median of the past's shares, MAD that of
 * their distances from m and n people now, the spread is s = √(max(1.4826 × MAD, 0.02)² + max(m (1 − m), 0.01) / n), its second part what
 * chance does to a share; it is far off when
 *   1. there are at least 6 months of past in which all entries said how many are women (at most the latest 36 count),
 *   2. at least 20 people are counted,
 *   3. it is more than 5 × s away from m, and
 *   4. it is below two thirds of the second lowest of the past, or the share of the others is below two thirds of theirs.
 * Example: shares of 0.48, 0.5, 0.47, 0.52, 0.49, 0.51 and then 24 women of 480. m = 0.495, MAD = 0.015, s = √(0.0222² + 0.25 / 480) =
 * 0.032; 0.05 is 0.445 off, 14 spreads, and below 0.48 / 1.5 = 0.32: flagged. 24 women of 60, 0.4, are 1.4 spreads off: not flagged.
 * `direction` is that of the share: `low` where the total may be too high. Pure.
 */
export function shareOutlying(now: SaidOfMonth, past: readonly SaidOfMonth[]): Outlying | undefined {
  if (now.women === null || now.value < FLOOR) return undefined;
  const said = now.women / now.value;
  const shares = past.filter(hasShare).slice(-MOST_PAST);
  if (shares.length < LEAST_PAST) return undefined;
  const sorted = inOrder(shares.map(({ value, women }) => women! / value));
  const median = medianOf(sorted);
  const own = Math.max(TO_DEVIATION * deviationOf(sorted, median), LEAST_SHARE_SPREAD);
  const chance = Math.max(median * (1 - median), LEAST_VARIANCE) / now.value;
  const spread = Math.sqrt(own ** 2 + chance);
  const off = Math.abs(said - median);
  if (off <= SPREADS * spread) return undefined;
  const direction = said > median ? 'high' : 'low';
  const isFar = direction === 'low' ? said * SHARE_BEYOND < sorted[1]! : (1 - said) * SHARE_BEYOND < 1 - sorted.at(-2)!;
  if (!isFar) return undefined;
  const [allowed, spreads] = [SPREADS * spread, off / spread];
  return { compared: 'women-share', said, direction, median, allowed, spreads, months: sorted.length };
}

/** Of a month of which it is known how many were women. */
export const hasShare = ({ value, women }: SaidOfMonth): boolean => women !== null && value > 0;

const perEntry = ({ value, entries }: SaidOfMonth): number => value / Math.max(1, entries);

function isBeyond(value: number, sorted: readonly number[], direction: 'high' | 'low', factor: number): boolean {
  return direction === 'high' ? value > sorted.at(-2)! * factor : value > 0 && value * factor < sorted[1]!;
}

/** Whether a value is beyond the past's second highest or second lowest: most aren't, and needn't be looked at any further. */
function mayBeBeyond(value: number, past: readonly SaidOfMonth[]): boolean {
  let [highest, secondHighest, lowest, secondLowest] = [-Infinity, -Infinity, Infinity, Infinity];
  for (const { value: each } of past) {
    if (each > highest) [highest, secondHighest] = [each, highest];
    else if (each > secondHighest) secondHighest = each;
    if (each < lowest) [lowest, secondLowest] = [each, lowest];
    else if (each < secondLowest) secondLowest = each;
  }
  return value > secondHighest * BEYOND || (value > 0 && value * BEYOND < secondLowest);
}

const inOrder = (numbers: number[]): number[] => numbers.sort((a, b) => a - b);

function deviationOf(sorted: readonly number[], median: number): number {
  return medianOf(inOrder(sorted.map((each) => Math.abs(each - median))));
}

/** Of numbers in order, at least one. */
function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
