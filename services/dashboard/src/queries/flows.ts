import { firstDayOfMonth, lastDayOfMonth, monthIndexOf, monthOf } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { partNumber } from '../columns/columns.js';
import type { HeldBalance, ReadModel } from '../columns/read-model.js';
import { TIMES, type Dimension, type FigureQuery } from './figure-query.js';
import { Places, periodKey, type Key, type Moment } from './places.js';
import { Tally, type Amount } from './tally.js';

/** A balance that lies partly outside of what was asked, or of its rows. */
export interface NotIncluded {
  balance: HeldBalance;
  why: 'unknown-start' | 'outside-period' | 'spans-rows' | 'yearly-average';
}

export interface FlowAnswer {
  tally: Tally;
  notIncluded: NotIncluded[];
}

/** Adds up a flow over the asked months, with the opening balances whose whole time lies in them. */
export function flowFigure(query: FigureQuery, indicator: string, model: ReadModel, registry: Registry): FlowAnswer {
  const tally = new Tally();
  const places = new Places(registry, query);
  const includes = places.includes();
  const keysOf = rowKeys(query, places);
  const [first, last] = bounds(query);
  const columns = model.flows(indicator);
  if (columns) {
    const part = partNumber(query.part);
    const only = query.only === undefined ? -1 : (model.categories.find(query.only) ?? -2);
    // Of one unit every month lies in the same row by the map of a day, so what was worked out for a unit is kept.
    const byUnit = query.mapDay === null ? undefined : new Map<number, boolean>();
    for (let i = 0; i < columns.length; i++) {
      const month = columns.time[i]!;
      if (month < first || month > last || columns.part[i] !== part) continue;
      if (only !== -1 && columns.category[i] !== only) continue;
      const exact = columns.exact[i]!;
      const atLeast = columns.atLeast[i]!;
      const about = columns.about[i]!;
      const sum = columns.sum[i]!;
      if (sum === 0 && exact === 0 && atLeast === 0 && about === 0) continue;
      const unitNumber = columns.unit[i]!;
      const unit = model.units.text(unitNumber);
      const moment: Moment = { month, day: null };
      let included = byUnit?.get(unitNumber);
      if (included === undefined) {
        included = includes(unit, moment);
        byUnit?.set(unitNumber, included);
      }
      if (!included) continue;
      const category = model.categories.text(columns.category[i]!);
      tally.add({ sum, exact, atLeast, about }, keysOf(unit, moment, category));
    }
  }
  const notIncluded = query.part === '' ? addBalances(query, indicator, model, tally, includes, keysOf) : [];
  return { tally, notIncluded };
}

/** The asked months as numbers, both inclusive. */
export function bounds(query: FigureQuery): [number, number] {
  return [
    query.from === null ? Number.MIN_SAFE_INTEGER : monthIndexOf(query.from),
    query.to === null ? Number.MAX_SAFE_INTEGER : monthIndexOf(query.to),
  ];
}

type KeysOf = (unit: string, moment: Moment, category: string) => Key[];

/** The row of a fact: one key for each dimension that was asked for. */
export function rowKeys(query: FigureQuery, places: Places): KeysOf {
  const dimensions = query.by.map((dimension): KeysOf => {
    if (dimension === 'category') return (_unit, _moment, category) => [{ key: category }];
    if (isTime(dimension)) return (_unit, { month }) => [{ key: periodKey(dimension, month) }];
    const place = places.by(dimension);
    if (query.mapDay === null) return (unit, moment) => [place(unit, moment)];
    const known = new Map<string, Key[]>();
    return (unit, moment) => {
      let key = known.get(unit);
      if (!key) known.set(unit, (key = [place(unit, moment)]));
      return key;
    };
  });
  if (dimensions.length === 0) return () => [];
  if (dimensions.length === 1) return dimensions[0]!;
  return (...of) => dimensions.flatMap((dimension) => dimension(...of));
}

export function isTime(dimension: Dimension): boolean {
  return (TIMES as readonly string[]).includes(dimension);
}

/** A balance counts on its last day, and only when its whole time lies in the asked period and in one row. */
function addBalances(
  query: FigureQuery,
  indicator: string,
  model: ReadModel,
  tally: Tally,
  includes: ReturnType<Places['includes']>,
  keysOf: KeysOf,
): NotIncluded[] {
  const notIncluded: NotIncluded[] = [];
  const time = query.by.find(isTime);
  for (const balance of model.balances(indicator)) {
    if (balance.part !== '' || (query.only !== undefined && balance.category !== query.only)) continue;
    const unit = balance.at || balance.unit;
    const moment: Moment = { month: monthIndexOf(monthOf(balance.to)), day: null };
    if (!includes(unit, moment)) continue;
    const why = balanceLeftOut(balance, query, time);
    if (why) notIncluded.push({ balance, why });
    else tally.add(amountOf(balance), keysOf(unit, moment, balance.category));
  }
  return notIncluded;
}

/** Why a balance isn't part of a figure; undefined: it is. */
export function balanceLeftOut(
  balance: Pick<HeldBalance, 'from' | 'to' | 'basis'>,
  query: FigureQuery,
  time?: Dimension,
): NotIncluded['why'] | undefined {
  if (balance.basis === 'yearly-average') return 'yearly-average';
  if (balance.from === null) {
    if (query.from !== null || time) return 'unknown-start';
  } else {
    if (query.from !== null && balance.from < firstDayOfMonth(query.from)) return 'outside-period';
    const [from, to] = [balance.from, balance.to].map((day) => monthIndexOf(monthOf(day))) as [number, number];
    if (time && periodKey(time, from) !== periodKey(time, to)) return 'spans-rows';
  }
  return query.to !== null && balance.to > lastDayOfMonth(query.to) ? 'outside-period' : undefined;
}

export function amountOf({ value, precision }: { value: number; precision: 0 | 1 | 2 }): Amount {
  return { sum: value, exact: +(precision === 0), atLeast: +(precision === 1), about: +(precision === 2) };
}
