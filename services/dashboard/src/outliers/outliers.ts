import type { Registry } from '@gdtx/territory/registry';
import { LATEST } from '../columns/known.js';
import type { ReadModel } from '../columns/read-model.js';
import { INDICATORS } from '../indicators/catalogue.js';
import type { Indicator } from '../indicators/indicator.js';
import type { FigureQuery } from '../queries/figure-query.js';
import { Places } from '../queries/places.js';
import { shareOutlying, valueOutlying, type Outlying } from './outlier-rule.js';
import { valuesOf, type ValuesOfUnit } from './month-values.js';

export interface Outlier extends Pick<ValuesOfUnit, 'service' | 'unit' | 'category'>, Outlying {
  indicator: string;
  /** Of the month, also where the share of women in it is what is far off. */
  value: number;
}

/** What is counted from entries: of shares and of counts of units, what they are made of is looked at. */
export const LOOKED_AT: readonly Indicator[] = INDICATORS.filter(
  ({ from, addsOverUnits }) => from === 'cells' && addsOverUnits,
);

/**
 * The values of a month (months since year 0) in a place that are far off the unit's own past, farthest first for each
 * indicator in the order of the catalogue. They are flagged; every figure holds them. `known`: as known by the end of that month.
 */
export function outliers(
  query: Pick<FigureQuery, 'unit' | 'mapDay'>,
  month: number,
  indicators: readonly Indicator[],
  { model, registry }: { model: ReadModel; registry: Registry },
  known = LATEST,
): Outlier[] {
  // Nobody had heard of it yet.
  if (!registry.unit(query.unit)) return [];
  const includes = new Places(registry, query).includes();
  return indicators.flatMap((indicator) => {
    const found: Outlier[] = [];
    for (const { now, past, pastOfShares, ...whose } of valuesOf(model, indicator, month, known)) {
      const why = valueOutlying(now, past) ?? shareOutlying(now, pastOfShares);
      if (!why || !includes(whose.unit, { month, day: null })) continue;
      found.push({ indicator: indicator.id, ...whose, value: now.value, ...why });
    }
    return found.sort((a, b) => b.spreads - a.spreads || (keyOf(a) < keyOf(b) ? -1 : 1));
  });
}

/** Names an outlier of a month in a list. */
export const keyOf = ({ indicator, unit, service, category }: Outlier): string =>
  `${indicator}/${unit}/${service}/${category}`;
