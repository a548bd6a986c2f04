import { malformed } from '@gdtx/service-kit/problem';
import { lastDayOfMonth, monthAt, monthIndexOf, monthOf } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import type { Columns } from '../columns/columns.js';
import { partNumber } from '../columns/columns.js';
import { dayNumber, type ReadModel } from '../columns/read-model.js';
import type { FigureQuery } from './figure-query.js';
import { bounds, isTime, rowKeys } from './flows.js';
import { bearerOn, periodKey, Places, type Moment } from './places.js';
import { Tally, type Amount } from './tally.js';

/** Units with an amount each on one day: what a level is tallied from. */
export type LevelOn = (day: string) => Iterable<{ unit: string; category: string; amount: Amount; carried: boolean }>;

/**
 * A level has a row in every period, also where nothing was said anew, so that a long time by many units would be millions of
 * them: more than this nobody reads, and they would take the memory and the time that others need.
 */
const MOST_ROWS = 200_000;
const MOST_PERIODS = 3_600;

/** The days on which a level is asked: the last of each period of the rows, or the one day that is meant. */
export function daysAsked(query: FigureQuery, firstMonth: number | undefined): { day: string; month: number }[] {
  const time = query.by.find(isTime);
  const lastDay = query.on ?? (query.to === null ? query.today : lastDayOfMonth(query.to));
  if (!time) return [{ day: lastDay, month: monthIndexOf(monthOf(lastDay)) }];
  if (firstMonth === undefined) return [];
  const first = Math.max(bounds(query)[0], firstMonth);
  const last = monthIndexOf(monthOf(lastDay));
  if (last - first >= MOST_PERIODS) throw tooLong(`${last - first + 1} months`);
  const days: { day: string; month: number }[] = [];
  for (let month = first; month <= last; month++) {
    const ends = month === last || periodKey(time, month) !== periodKey(time, month + 1);
    const day = month === last ? lastDay : lastDayOfMonth(monthAt(month));
    if (ends) days.push({ day: day > query.today && month === last ? clip(day, query.today) : day, month });
  }
  return days;
}

function tooLong(what: string): Error {
  return malformed(`These would be ${what}: ask for a shorter time with \`from\` and \`to\`.`, 'from');
}

function clip(day: string, today: string): string {
  return monthOf(day) === monthOf(today) ? today : day;
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
      if (includes(unit, moment)) into.add(amount, keysOf(unit, moment, category), carried);
    }
    if (into !== tally) tally.adopt(into);
    if (tally.size > MOST_ROWS) throw tooLong(`more than ${MOST_ROWS} rows`);
  }
  return tally;
}

/** What was reported of a level, unit by unit, as it holds on a day. */
export function reportedLevel(
  query: FigureQuery,
  indicator: string,
  model: ReadModel,
  registry: Registry,
): { levelOn: LevelOn; firstMonth: number | undefined } {
  const columns = model.levels(indicator);
  if (!columns) return { levelOn: () => [], firstMonth: undefined };
  const part = partNumber(query.part);
  const levelOn: LevelOn = (day) => bornOn(day, sumsUntil(columns, part, dayNumber(day)), columns, model, registry);
  return { levelOn, firstMonth: firstMonthOf(columns) };
}

function firstMonthOf(columns: Columns): number | undefined {
  let first: number | undefined;
  for (let i = 0; i < columns.length; i++) {
    const day = columns.time[i]!;
    if (first === undefined || day < first) first = day;
  }
  return first === undefined ? undefined : monthIndexOf(new Date(first * 86_400_000).toISOString().slice(0, 7));
}

/** The steps until a day, added up by unit and category. */
function sumsUntil(columns: Columns, part: number, day: number): Map<number, Map<number, Amount>> {
  const sums = new Map<number, Map<number, Amount>>();
  for (let i = 0; i < columns.length; i++) {
    if (columns.time[i]! > day || columns.part[i] !== part) continue;
    const unit = columns.unit[i]!;
    let ofUnit = sums.get(unit);
    if (!ofUnit) sums.set(unit, (ofUnit = new Map()));
    const category = columns.category[i]!;
    let sum = ofUnit.get(category);
    if (!sum) ofUnit.set(category, (sum = { sum: 0, exact: 0, atLeast: 0, about: 0 }));
    sum.sum += columns.sum[i]!;
    sum.exact += columns.exact[i]!;
    sum.atLeast += columns.atLeast[i]!;
    sum.about += columns.about[i]!;
  }
  return sums;
}

/** Who bears a unit's level on a day; undefined when nobody does any more. */
export type BearerOf = (unit: string) => { unit: string; carried: boolean } | undefined;

/**
 * Who bears the levels on a day. A predecessor's ends the day before it ends; its successor carries the sum, estimated,
 * until its own first report.
 */
export function bearersOn(day: string, columns: Columns | undefined, model: ReadModel, registry: Registry): BearerOf {
  const until = dayNumber(day);
  return (unit) => {
    const bearer = bearerOn(registry, unit, day);
    if (!bearer?.carried || !columns) return bearer;
    const successor = model.units.find(bearer.unit);
    const since = dayNumber(registry.unit(unit)!.life.to!);
    return successor !== undefined && reportedSince(columns, successor, since, until) ? undefined : bearer;
  };
}

function* bornOn(
  day: string,
  sums: Map<number, Map<number, Amount>>,
  columns: Columns,
  model: ReadModel,
  registry: Registry,
): Iterable<{ unit: string; category: string; amount: Amount; carried: boolean }> {
  const bearerOf = bearersOn(day, columns, model, registry);
  for (const [number, byCategory] of sums) {
    const bearer = bearerOf(model.units.text(number));
    if (!bearer) continue;
    for (const [category, amount] of byCategory) {
      if (amount.exact + amount.atLeast + amount.about === 0 && amount.sum === 0) continue;
      yield { unit: bearer.unit, category: model.categories.text(category), amount, carried: bearer.carried };
    }
  }
}

function reportedSince(columns: Columns, unit: number, since: number, until: number): boolean {
  for (let i = 0; i < columns.length; i++) {
    if (columns.unit[i] !== unit) continue;
    const day = columns.time[i]!;
    if (day >= since && day <= until && columns.exact[i]! + columns.atLeast[i]! + columns.about[i]! !== 0) return true;
  }
  return false;
}
