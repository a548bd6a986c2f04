import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import type { FlowColumns } from '../columns/flow-columns.js';
import type { HeldBalance, ReadModel } from '../columns/read-model.js';
import { isTime, type Dimension, type FigureQuery } from './figure-query.js';
import { Grouped } from './grouped.js';
import { periodKey, Places, type Key, type Moment } from './places.js';
import { periodsOf, type Periods } from './periods.js';
import { codesOf, dimensionsOf, EXCLUDED, inclusionOf, keysOfRows, RowCodes } from './row-codes.js';
import { codeOf, marksOf, VARIES, type CodeRun } from './unit-codes.js';
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

/** Sums that are kept ready. Gives undefined for what isn't among them. */
export type ReadyFlows = (query: FigureQuery, columns: FlowColumns, tally: Tally) => boolean;

/** Adds up a flow over the asked months, with the opening balances whose whole time lies in them. */
export function flowFigure(
  query: FigureQuery,
  indicator: string,
  model: ReadModel,
  registry: Registry,
  ready?: ReadyFlows,
): FlowAnswer {
  const tally = new Tally();
  const columns = model.flows(indicator, query.part);
  if (columns && !ready?.(query, columns, tally)) scanFlows(query, columns, model, registry, tally);
  const notIncluded = query.part === '' ? addBalances(query, indicator, model, registry, tally) : [];
  return { tally, notIncluded };
}

/** One pass over the rows of an indicator; where each unit belongs is worked out before. */
function scanFlows(query: FigureQuery, columns: FlowColumns, model: ReadModel, registry: Registry, tally: Tally): void {
  const { units, categories } = model;
  const dimensions = dimensionsOf(query);
  const place = dimensions.place && codesOf(registry, units, dimensions.place, query.mapDay);
  const codes = new RowCodes(inclusionOf(query, registry, units), place, marksOf(registry, units));
  const periods = periodsOf(dimensions.time, bounds(query), [columns.firstMonth, columns.lastMonth]);
  const grouped = new Grouped(periods.months.length);
  const only = query.only === undefined ? undefined : (categories.find(query.only) ?? -1);
  addRows(columns, groupsOfSeries(columns, codes, grouped, dimensions.category, only), periods, query.known, grouped);
  grouped.into(
    tally,
    keysOfRows(query, (code) => place!.key(code), categories, periods.months),
  );
}

interface SeriesGroups {
  /** The group of a series, EXCLUDED, or below that: -2 - its place in `varying`. */
  of: Int32Array;
  varying: CodeRun[][];
}

function groupsOfSeries(
  { series }: FlowColumns,
  codes: RowCodes,
  grouped: Grouped,
  byCategory: boolean,
  only: number | undefined,
): SeriesGroups {
  const of = new Int32Array(series.length);
  const varying: CodeRun[][] = [];
  for (let i = 0; i < series.length; i++) {
    const category = series.category[i]!;
    of[i] = EXCLUDED;
    if (only !== undefined && category !== only) continue;
    const unit = series.unit[i]!;
    const code = codes.always(unit);
    const groupOf = (each: number) => (each === EXCLUDED ? EXCLUDED : grouped.group(each, byCategory ? category : -1));
    if (code === VARIES) of[i] = -1 - varying.push(codes.runs(unit).map((r) => ({ ...r, code: groupOf(r.code) })));
    else of[i] = groupOf(code);
  }
  return { of, varying };
}

function addRows(
  { chunks }: FlowColumns,
  { of, varying }: SeriesGroups,
  periods: Periods,
  known: number,
  grouped: Grouped,
): void {
  const { first, last, of: periodOf } = periods;
  for (const { length, series, month: months, recorded, sum, exact, atLeast, about } of chunks) {
    for (let i = 0; i < length; i++) {
      const month = months[i]!;
      if (month < first || month > last || recorded[i]! > known) continue;
      let group = of[series[i]!]!;
      if (group < EXCLUDED) group = codeOf(varying[-2 - group]!, month);
      if (group === EXCLUDED) continue;
      grouped.add(
        group,
        periodOf[month - first]!,
        sum[i]!,
        exact[i]!,
        atLeast ? atLeast[i]! : 0,
        about ? about[i]! : 0,
      );
    }
  }
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
    return (unit, moment) => [place(unit, moment)];
  });
  return (...of) => dimensions.flatMap((dimension) => dimension(...of));
}

/** A balance counts on its last day, and only when its whole time lies in the asked period and in one row. */
function addBalances(
  query: FigureQuery,
  indicator: string,
  model: ReadModel,
  registry: Registry,
  tally: Tally,
): NotIncluded[] {
  const balances = model.balances(indicator, query.known);
  if (balances.length === 0) return [];
  const places = new Places(registry, query);
  const includes = places.includes();
  const keysOf = rowKeys(query, places);
  const notIncluded: NotIncluded[] = [];
  const time = query.by.find(isTime);
  for (const balance of balances) {
    if (balance.part !== '' || (query.only !== undefined && balance.category !== query.only)) continue;
    const unit = balance.at || balance.unit;
    const moment: Moment = { month: balance.month, day: null };
    if (!includes(unit, moment)) continue;
    const why = balanceLeftOut(balance, query, time);
    if (why) notIncluded.push({ balance, why });
    else {
      const simulated = registry.unit(unit)?.simulated;
      tally.add(amountOf(balance), keysOf(unit, moment, balance.category), { simulated });
    }
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
    if (query.from !== null && monthOf(balance.from) < query.from) return 'outside-period';
    const [from, to] = [balance.from, balance.to].map((day) => monthIndexOf(monthOf(day))) as [number, number];
    if (time && periodKey(time, from) !== periodKey(time, to)) return 'spans-rows';
  }
  return query.to !== null && monthOf(balance.to) > query.to ? 'outside-period' : undefined;
}

export function amountOf({ value, precision }: { value: number; precision: 0 | 1 | 2 }): Amount {
  return { sum: value, exact: +(precision === 0), atLeast: +(precision === 1), about: +(precision === 2) };
}
