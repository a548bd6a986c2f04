import { firstDayOfMonth, lastDayOfMonth, monthAt, monthIndexOf } from '@gdtx/territory/days';
import type { FlowColumns } from '../src/columns/flow-columns.js';
import { LATEST } from '../src/columns/known.js';
import { levelsAsKnown } from '../src/columns/known-levels.js';
import type { LevelColumns } from '../src/columns/level-columns.js';
import { dayNumber, dayText } from '../src/columns/level-events.js';
import type { ReadModel } from '../src/columns/read-model.js';
import type { SeriesList } from '../src/columns/series-list.js';
import type { Indicator } from '../src/indicators/indicator.js';
import type { ValuesOfUnit } from '../src/outliers/ledger-values.js';
import { hasShare, LEAST_PAST, MOST_PAST, type SaidOfMonth } from '../src/outliers/outlier-rule.js';

/** How far back months are looked at: some are skipped. */
const WINDOW = 2 * MOST_PAST;

type PlainValues = Omit<ValuesOfUnit, 'indicator'>;

/**
 * Of all ledgers at once, in passes over all rows of an indicator: what `LedgerValues` finds ledger by ledger. The values of a month (months since year 0) of whoever said something of the indicator in it, each with its own past: a flow
 * summed over a month; a level on the last day of each month in which it was reported. `known`: of the entries recorded by the end of
 * that month.
 */
export function valuesOf(model: ReadModel, indicator: Indicator, month: number, known = LATEST): Iterable<PlainValues> {
  const flow = (columns: FlowColumns) => ofFlow(columns, month, known);
  const level = (columns: LevelColumns) => ofLevel(columns, month, known);
  if (indicator.kind === 'flow') {
    const columns = model.flows(indicator.id);
    const women = model.flows(indicator.id, 'female');
    if (!columns) return [];
    return told(model, columns.series, flow(columns), women && [women.series, flow(women)]);
  }
  const columns = model.levels(indicator.id);
  const women = model.levels(indicator.id, 'female');
  if (!columns) return [];
  return told(model, columns.series, level(columns), women && [women.series, level(women)]);
}

function ofFlow({ series: { length: of }, chunks }: FlowColumns, last: number, known: number): Grid {
  const grid = new Grid(of, last, false);
  for (const { length, series, month, recorded, sum, exact, atLeast, about } of chunks) {
    for (let i = 0; i < length; i++) {
      if (recorded[i]! > known) continue;
      const count = exact[i]! + (atLeast?.[i] ?? 0) + (about?.[i] ?? 0);
      grid.add(series[i]!, month[i]!, sum[i]!, count);
    }
  }
  return grid;
}

function ofLevel(columns: LevelColumns, last: number, known: number): Grid {
  const grid = new Grid(columns.series.length, last, true);
  const monthOfDay = monthsOfDays(last);
  for (const { length, series, day, step, withdrawn } of levelsAsKnown(columns, known).chunks) {
    for (let i = 0; i < length; i++) {
      if (withdrawn[i] === 0) grid.add(series[i]!, monthOfDay(day[i]!), step[i]!, 1);
    }
  }
  return grid;
}

function* told(
  model: ReadModel,
  list: SeriesList,
  grid: Grid,
  women: [SeriesList, Grid] | undefined,
): Iterable<PlainValues> {
  const womenOf = women && partner(list, ...women);
  const ofUnit = women ? seriesOfUnits(list) : undefined;
  const months = (series: number): SaidOfMonth[] => grid.months(series, womenOf?.(series));
  for (let series = 0; series < list.length; series++) {
    if (!grid.hasLast(series)) continue;
    const past = months(series);
    const now = past.pop()!;
    const ledger = model.ledgers.text(list.ledger[series]!);
    const isNew = now.women !== null && past.filter(hasShare).length < LEAST_PAST;
    yield {
      service: ledger.slice(0, ledger.indexOf('/')),
      unit: model.units.text(list.unit[series]!),
      category: model.categories.text(list.category[series]!),
      now,
      past,
      pastOfShares: isNew ? ofUnit!(series).flatMap((each) => before(months(each), grid.hasLast(each))) : past,
    };
  }
}

/** Without the month that is asked, where it is among them. */
const before = (months: SaidOfMonth[], hasLast: boolean) => (hasLast ? months.slice(0, -1) : months);

const keyOf = (list: SeriesList, series: number): string =>
  `${list.ledger[series]}/${list.unit[series]}/${list.category[series]}`;

/** The months of the women of a series. */
function partner(list: SeriesList, women: SeriesList, grid: Grid): (series: number) => MonthsOf {
  const found = new Map<string, number>();
  for (let series = 0; series < women.length; series++) found.set(keyOf(women, series), series);
  return (series) => {
    const other = found.get(keyOf(list, series));
    return other === undefined ? undefined : { grid, series: other };
  };
}

type MonthsOf = { grid: Grid; series: number } | undefined;

/** All series of the unit and ledger of one. */
function seriesOfUnits(list: SeriesList): (series: number) => readonly number[] {
  const found = new Map<string, number[]>();
  const unitOf = (series: number) => `${list.ledger[series]}/${list.unit[series]}`;
  for (let series = 0; series < list.length; series++) {
    const known = found.get(unitOf(series));
    if (known) known.push(series);
    else found.set(unitOf(series), [series]);
  }
  return (series) => found.get(unitOf(series))!;
}

/** Sums and counts of each series in each month of the window; what lies before it in one number. */
class Grid {
  private readonly first: number;
  private readonly sums: Float64Array;
  private readonly counts: Int16Array;
  private readonly before: Float64Array;

  /** `carries`: sums are changes, and a month's value is the sum of all until then. */
  constructor(
    series: number,
    private readonly month: number,
    private readonly carries: boolean,
  ) {
    this.first = month - WINDOW;
    this.sums = new Float64Array(series * (WINDOW + 1));
    this.counts = new Int16Array(series * (WINDOW + 1));
    this.before = new Float64Array(series);
  }

  add(series: number, month: number, sum: number, count: number): void {
    if (month > this.month) return;
    if (month < this.first) {
      this.before[series]! += sum;
      return;
    }
    const at = series * (WINDOW + 1) + month - this.first;
    this.sums[at]! += sum;
    this.counts[at]! += count;
  }

  /** Whether something was said in the month that is asked. */
  hasLast(series: number): boolean {
    return this.counts[series * (WINDOW + 1) + WINDOW]! > 0;
  }

  /** The months in which something was said, the latest last. */
  months(series: number, women: MonthsOf): SaidOfMonth[] {
    const from = series * (WINDOW + 1);
    const fromWomen = women ? women.series * (WINDOW + 1) : 0;
    const months: SaidOfMonth[] = [];
    let level = this.before[series]!;
    let womenLevel = women ? women.grid.before[women.series]! : 0;
    for (let i = 0; i <= WINDOW; i++) {
      level += this.sums[from + i]!;
      if (women) womenLevel += women.grid.sums[fromWomen + i]!;
      const count = this.counts[from + i]!;
      if (count <= 0) continue;
      // Where an entry doesn't say how many are women, nothing is known of their share.
      const isSaid = women !== undefined && women.grid.counts[fromWomen + i] === count;
      const value = this.carries ? level : this.sums[from + i]!;
      const ofThem = this.carries ? womenLevel : isSaid ? women.grid.sums[fromWomen + i]! : 0;
      months.push({ value, entries: this.carries ? 1 : count, women: isSaid ? ofThem : null });
    }
    return months;
  }
}

/** Months of days, looked up: most days are one of few thousand. */
function monthsOfDays(last: number): (day: number) => number {
  const until = dayNumber(lastDayOfMonth(monthAt(last)));
  const from = dayNumber(firstDayOfMonth(monthAt(last - WINDOW)));
  const known = new Int32Array(until - from + 1);
  return (day) => {
    if (day > until) return last + 1;
    if (day < from) return last - WINDOW - 1;
    return (known[day - from] ||= monthIndexOf(dayText(day).slice(0, 7)));
  };
}
