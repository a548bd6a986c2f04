import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import { dayNumber } from '../../columns/level-events.js';
import { levelsAsKnown } from '../../columns/known-levels.js';
import type { ReadModel } from '../../columns/read-model.js';
import type { FigureQuery } from '../figure-query.js';
import { balanceLeftOut, bounds } from '../flows.js';

/** What units said that a flow is made of, wherever it belongs: by unit and month (since year 0), as known at the query's month. */
export function flowsOfUnits(model: ReadModel, query: FigureQuery): Map<string, Map<number, number>> {
  const found = new Map<string, Map<number, number>>();
  const add = (unit: string, month: number, value: number) => {
    let months = found.get(unit);
    if (!months) found.set(unit, (months = new Map()));
    months.set(month, (months.get(month) ?? 0) + value);
  };
  const [first, last] = bounds(query);
  const only = onlyCategory(model, query);
  const columns = model.flows(query.indicator.id, query.part);
  for (const { length, series, month, recorded, sum } of columns?.chunks ?? []) {
    for (let i = 0; i < length; i++) {
      if (recorded[i]! > query.known || month[i]! < first || month[i]! > last || sum[i] === 0) continue;
      const { unit, category } = columns!.series;
      if (only !== undefined && category[series[i]!] !== only) continue;
      add(model.units.text(unit[series[i]!]!), month[i]!, sum[i]!);
    }
  }
  if (query.part !== '') return found;
  for (const balance of model.balances(query.indicator.id, query.known)) {
    if (balance.part !== '' || (query.only !== undefined && balance.category !== query.only)) continue;
    if (!balanceLeftOut(balance, query))
      add(balance.at || balance.unit, monthIndexOf(monthOf(balance.to)), balance.value);
  }
  return found;
}

/** The levels of units on a day, by the unit that they were said of, as known at the query's month. */
export function levelsOfUnits(model: ReadModel, query: FigureQuery, day: string): Map<string, number> {
  const found = new Map<string, number>();
  const columns = model.levels(query.indicator.id, query.part);
  if (!columns) return found;
  const only = onlyCategory(model, query);
  const until = dayNumber(day);
  for (const { length, series, day: days, step } of levelsAsKnown(columns, query.known).chunks) {
    for (let i = 0; i < length; i++) {
      if (step[i] === 0 || days[i]! > until) continue;
      const { unit, category } = columns.series;
      if (only !== undefined && category[series[i]!] !== only) continue;
      const id = model.units.text(unit[series[i]!]!);
      found.set(id, (found.get(id) ?? 0) + step[i]!);
    }
  }
  return found;
}

function onlyCategory(model: ReadModel, { only }: FigureQuery): number | undefined {
  return only === undefined ? undefined : (model.categories.find(only) ?? -1);
}
