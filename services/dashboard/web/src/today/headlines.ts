import { addMonths, yearBefore } from '../formats/dates.js';

/** One of the figures that stand first, and how it is compared. */
export interface HeadlineOf {
  indicator: string;
  kind: 'flow' | 'level';
}

export const HEADLINES: readonly HeadlineOf[] = [
  { indicator: 'learners-present', kind: 'level' },
  { indicator: 'literacy-learners', kind: 'flow' },
  { indicator: 'linked-trainees', kind: 'flow' },
  { indicator: 'refresher-trainees', kind: 'flow' },
  { indicator: 'topics-held', kind: 'flow' },
  { indicator: 'attendances', kind: 'flow' },
  { indicator: 'centres', kind: 'level' },
  { indicator: 'community-centres', kind: 'level' },
];

type Period = { on: string } | { from: string; to: string };

export interface Compared {
  /** What is shown large. */
  now: Period;
  /** What of it is held against `before`; undefined: nothing of the year is whole yet. */
  whole: Period | undefined;
  before: Period | undefined;
}

/**
 * A level is held against the same day a year before. What adds up over a year is shown up to now, and its whole months are held
 * against the same months of the year before: a month that has only begun would look like a fall.
 */
export function compared(kind: HeadlineOf['kind'], at: string): Compared {
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
