import { firstDayOfMonth, lastDayOfMonth, monthAt, monthIndexOf, monthOf } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { demandFew, tooLong } from './few-rows.js';
import { isTime, type FigureQuery } from './figure-query.js';
import { bounds, rowKeys } from './flows.js';
import { periodKey, Places, type Moment } from './places.js';
import { Tally, type Amount } from './tally.js';

/** Units with an amount each on one day: what a level is tallied from. */
export type LevelOn = (day: string) => Iterable<{ unit: string; category: string; amount: Amount; carried: boolean }>;

/** A level has a row in every period, also where nothing was said anew. */
const MOST_PERIODS = 3_600;

/** Whether the period that is asked has begun: of what hasn't, nobody has said anything. */
export function hasBegun({ on, from, today }: Pick<FigureQuery, 'on' | 'from' | 'today'>): boolean {
  return on !== null || from === null || firstDayOfMonth(from) <= today;
}

/** The day on which a level over the period has its value: its last, or today where that hasn't come. */
export function lastDayAsked({ on, to, today }: Pick<FigureQuery, 'on' | 'to' | 'today'>): string {
  if (on !== null) return on;
  const last = to === null ? today : lastDayOfMonth(to);
  return last < today ? last : today;
}

/** The days on which a level is asked: the last of each period of the rows, or the one day that is meant. None of them lies ahead. */
export function daysAsked(query: FigureQuery, firstMonth: number | undefined): { day: string; month: number }[] {
  const time = query.by.find(isTime);
  const lastDay = lastDayAsked(query);
  const last = monthIndexOf(monthOf(lastDay));
  if (!time) return hasBegun(query) ? [{ day: lastDay, month: last }] : [];
  if (firstMonth === undefined) return [];
  const first = Math.max(bounds(query)[0], firstMonth);
  if (last - first >= MOST_PERIODS) throw tooLong(`${last - first + 1} months`);
  const days: { day: string; month: number }[] = [];
  for (let month = first; month <= last; month++) {
    const ends = month === last || periodKey(time, month) !== periodKey(time, month + 1);
    const day = lastDayOfMonth(monthAt(month));
    if (ends) days.push({ day: day < query.today ? day : query.today, month });
  }
  return days;
}

/** Tallies a level; over several periods a row each, and the last one's sum as the figure. */
export function levelFigure(
  query: FigureQuery,
  registry: Registry,
  levelOn: LevelOn,
  firstMonth: number | undefined,
): Tally {
  const places = new Places(registry, query);
  const includes = places.includes();
  const keysOf = rowKeys(query, places);
  const tally = new Tally();
  const days = daysAsked(query, firstMonth);
  for (const [i, { day, month }] of days.entries()) {
    const moment: Moment = { month, day };
    // A level over a period is its value on the last day: earlier periods are rows, but no part of the sum.
    const into = i === days.length - 1 ? tally : new Tally();
    for (const { unit, category, amount, carried } of levelOn(day)) {
      if (query.only !== undefined && category !== query.only) continue;
      if (!includes(unit, moment)) continue;
      into.add(amount, keysOf(unit, moment, category), { carried, simulated: registry.unit(unit)?.simulated });
    }
    if (into !== tally) tally.adopt(into);
    demandFew(tally);
  }
  return tally;
}
