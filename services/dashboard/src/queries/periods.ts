import type { Dimension } from './figure-query.js';
import { periodKey } from './places.js';

/** The periods that make rows, by number; one of them where time makes none. */
export interface Periods {
  /** The months between which a fact is part of the figure. */
  first: number;
  last: number;
  /** The period of each month, from `first` on. */
  of: Int32Array;
  /** A month of each period. */
  months: number[];
}

/** `asked`: what the figure is about; `held`: between which months there is anything. Inclusive, and may be open or empty. */
export function periodsOf(
  time: Dimension | undefined,
  asked: readonly [number, number],
  held: readonly [number, number],
): Periods {
  const first = Math.max(asked[0], held[0]);
  const last = Math.min(asked[1], held[1]);
  if (!(first <= last)) return { first: 0, last: -1, of: new Int32Array(0), months: [0] };
  const of = new Int32Array(last - first + 1);
  if (!time) return { first, last, of, months: [first] };
  const months = [first];
  for (let month = first + 1; month <= last; month++) {
    if (periodKey(time, month) !== periodKey(time, month - 1)) months.push(month);
    of[month - first] = months.length - 1;
  }
  return { first, last, of, months };
}
