import { addMonths, yearBefore } from '../formats/dates.js';

type Months = { on: string } | { from: string; to: string };

/** How a figure is compared: a level day by day, what adds up (and shares of such) over whole months of the year. */
export type ComparedKind = 'flow' | 'level';

export interface Compared {
  /** What is shown large. */
  now: Months;
  /** What of it is held against `before`; undefined: nothing of the year is whole yet. */
  whole: Months | undefined;
  before: Months | undefined;
}

/**
 * A level is held against the same day a year before. What adds up over a year is shown up to now, and its whole months are held
 * against the same months of the year before: a month that has only begun would look like a fall.
 */
export function compared(kind: ComparedKind, at: string): Compared {
  if (kind === 'level') return { now: { on: at }, whole: { on: at }, before: { on: yearBefore(at) } };
  const month = at.slice(0, 7);
  const from = `${at.slice(0, 4)}-01`;
  const last = addMonths(month, -1);
  const now = { from, to: month };
  if (last < from) return { now, whole: undefined, before: undefined };
  return { now, whole: { from, to: last }, before: { from: addMonths(from, -12), to: addMonths(last, -12) } };
}

/** The last whole month before a day. */
export const lastMonth = (at: string): string => addMonths(at.slice(0, 7), -1);
