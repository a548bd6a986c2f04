import { lastDayOfMonth, monthAt } from '@gdtx/territory/days';
import { LATEST } from '../columns/known.js';
import { levelsAsKnown } from '../columns/known-levels.js';
import { dayNumber } from '../columns/level-events.js';
import type { ReadModel } from '../columns/read-model.js';
import type { SeriesList } from '../columns/series-list.js';
import { indicatorOf } from '../indicators/catalogue.js';

/**
 * What a ledger's own entries come to for a month: a flow summed over the month, a level on its last day. Null: nothing of it
 * was said. Undefined: it isn't counted from entries at all (a share, a count of units, a name that the catalogue hasn't).
 */
export type Counted = (service: string, unit: string, indicator: string, category: string) => number | null | undefined;

/** Sums by ledger and category. */
type Sums = Map<number, Map<number, number>>;

/**
 * Counts a month (months since year 0) for all ledgers, an indicator at a time, when the first asks for it. `known`: of what was known
 * by the end of that month.
 */
export function countedIn(model: ReadModel, month: number, known = LATEST): Counted {
  const counted = new Map<string, Sums>();
  return (service, unit, id, category) => {
    const indicator = indicatorOf(id);
    if (indicator?.from !== 'cells') return undefined;
    let sums = counted.get(id);
    if (!sums) {
      sums = indicator.kind === 'flow' ? flowsOf(model, id, month, known) : levelsOf(model, id, month, known);
      counted.set(id, sums);
    }
    const ledger = model.ledgers.find(`${service}/${unit}`);
    const own = ledger === undefined ? undefined : sums.get(ledger);
    if (!own) return null;
    // Of categories that overlap, the whole is one of them.
    const only = category || indicator.categories?.total;
    if (only !== undefined) return own.get(model.categories.find(only) ?? -1) ?? null;
    return [...own.values()].reduce((sum, each) => sum + each, 0);
  };
}

function flowsOf(model: ReadModel, indicator: string, month: number, known: number): Sums {
  const columns = model.flows(indicator);
  if (!columns) return new Map();
  const sums = new Float64Array(columns.series.length);
  const counts = new Int32Array(columns.series.length);
  for (const { length, series, month: months, recorded, sum, exact, atLeast, about } of columns.chunks) {
    for (let i = 0; i < length; i++) {
      if (months[i] !== month || recorded[i]! > known) continue;
      const of = series[i]!;
      sums[of]! += sum[i]!;
      counts[of]! += exact[i]! + (atLeast?.[i] ?? 0) + (about?.[i] ?? 0);
    }
  }
  return byLedger(columns.series, sums, counts);
}

function levelsOf(model: ReadModel, indicator: string, month: number, known: number): Sums {
  const columns = model.levels(indicator);
  if (!columns) return new Map();
  const last = dayNumber(lastDayOfMonth(monthAt(month)));
  const sums = new Float64Array(columns.series.length);
  const counts = new Int32Array(columns.series.length);
  for (const { length, series, day, step, exact, atLeast, about } of levelsAsKnown(columns, known).chunks) {
    for (let i = 0; i < length; i++) {
      if (day[i]! > last) continue;
      const of = series[i]!;
      sums[of]! += step[i]!;
      counts[of]! += exact[i]! + (atLeast?.[i] ?? 0) + (about?.[i] ?? 0);
    }
  }
  return byLedger(columns.series, sums, counts);
}

/** What nothing stands of is left out. */
function byLedger(list: SeriesList, sums: Float64Array, counts: Int32Array): Sums {
  const found: Sums = new Map();
  for (let i = 0; i < list.length; i++) {
    if (counts[i] === 0) continue;
    const ledger = list.ledger[i]!;
    const category = list.category[i]!;
    let own = found.get(ledger);
    if (!own) found.set(ledger, (own = new Map()));
    own.set(category, (own.get(category) ?? 0) + sums[i]!);
  }
  return found;
}
