import { firstDayOfMonth, lastDayOfMonth, monthAt, monthIndexOf } from '@gdtx/territory/days';
import { dayNumber, dayText } from '../columns/level-events.js';
import type { ReadModel } from '../columns/read-model.js';
import type { SeriesList } from '../columns/series-list.js';
import type { Indicator } from '../indicators/indicator.js';
import { MOST_PAST } from './outlier-rule.js';

/** What a unit said of an indicator's category, month by month. */
export interface ValuesOfUnit {
  service: string;
  /** To whom it belongs. */
  unit: string;
  category: string;
  /** Of the month that is asked. */
  value: number;
  /** Of the months before in which something of it was said, the latest last. */
  past: number[];
}

/** How far back months are looked at: some are skipped. */
const WINDOW = 2 * MOST_PAST;

/**
 * The values of a month (months since year 0) of whoever said something of the indicator in it, each with its own past: a flow
 * summed over a month; a level on the last day of each month in which it was reported.
 */
export function valuesOf(model: ReadModel, indicator: Indicator, month: number): Iterable<ValuesOfUnit> {
  return indicator.kind === 'flow' ? flowValues(model, indicator.id, month) : levelValues(model, indicator.id, month);
}

function flowValues(model: ReadModel, id: string, month: number): Iterable<ValuesOfUnit> {
  const columns = model.flows(id);
  if (!columns) return [];
  const grid = new Grid(columns.series.length, month);
  for (const { length, series, month: months, sum, exact, atLeast, about } of columns.chunks) {
    for (let i = 0; i < length; i++) {
      const count = exact[i]! + (atLeast?.[i] ?? 0) + (about?.[i] ?? 0);
      grid.add(series[i]!, months[i]!, sum[i]!, count);
    }
  }
  return grid.values(model, columns.series, false);
}

function levelValues(model: ReadModel, id: string, month: number): Iterable<ValuesOfUnit> {
  const columns = model.levels(id);
  if (!columns) return [];
  const grid = new Grid(columns.series.length, month);
  const monthOfDay = monthsOfDays(month);
  for (const { length, series, day, step, withdrawn } of columns.chunks) {
    for (let i = 0; i < length; i++) {
      if (withdrawn[i] === 0) grid.add(series[i]!, monthOfDay(day[i]!), step[i]!, 1);
    }
  }
  return grid.values(model, columns.series, true);
}

/** Sums and counts of each series in each month of the window; what lies before it in the first. */
class Grid {
  private readonly first: number;
  private readonly sums: Float64Array;
  private readonly counts: Int16Array;
  private readonly before: Float64Array;

  constructor(
    series: number,
    private readonly month: number,
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

  /** `carries`: sums are changes, and a month's value is the sum of all until then. */
  *values(model: ReadModel, list: SeriesList, carries: boolean): Iterable<ValuesOfUnit> {
    for (let series = 0; series < list.length; series++) {
      const last = series * (WINDOW + 1) + WINDOW;
      if (this.counts[last] === 0) continue;
      const values: number[] = [];
      let level = this.before[series]!;
      for (let at = last - WINDOW; at <= last; at++) {
        level += this.sums[at]!;
        if (this.counts[at]! > 0) values.push(carries ? level : this.sums[at]!);
      }
      const ledger = model.ledgers.text(list.ledger[series]!);
      yield {
        service: ledger.slice(0, ledger.indexOf('/')),
        unit: model.units.text(list.unit[series]!),
        category: model.categories.text(list.category[series]!),
        value: values.pop()!,
        past: values,
      };
    }
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
