import type { Registry } from '@gdtx/territory/registry';
import type { ReadModel } from '../columns/read-model.js';
import { INDICATORS } from '../indicators/catalogue.js';
import type { Indicator } from '../indicators/indicator.js';
import type { FigureQuery } from '../queries/figure-query.js';
import { Places } from '../queries/places.js';
import { outlying, type Outlying } from './outlier-rule.js';
import { valuesOf, type ValuesOfUnit } from './month-values.js';

export interface Outlier extends Omit<ValuesOfUnit, 'past'>, Outlying {
  indicator: string;
}

/** What is counted from entries: of shares and of counts of units, what they are made of is looked at. */
export const LOOKED_AT: readonly Indicator[] = INDICATORS.filter(
  ({ from, addsOverUnits }) => from === 'cells' && addsOverUnits,
);

/**
 * The values of a month (months since year 0) in a place that are far off the unit's own past, farthest first for each
 * indicator in the order of the catalogue. They are flagged; every figure holds them.
 */
export function outliers(
  query: Pick<FigureQuery, 'unit' | 'mapDay'>,
  month: number,
  indicators: readonly Indicator[],
  { model, registry }: { model: ReadModel; registry: Registry },
): Outlier[] {
  const includes = new Places(registry, query).includes();
  return indicators.flatMap((indicator) => {
    const found: Outlier[] = [];
    for (const { past, ...said } of valuesOf(model, indicator, month)) {
      const why = outlying(said.value, past);
      if (why && includes(said.unit, { month, day: null })) found.push({ indicator: indicator.id, ...said, ...why });
    }
    return found.sort((a, b) => b.spreads - a.spreads || (keyOf(a) < keyOf(b) ? -1 : 1));
  });
}

/** Names an outlier of a month in a list. */
export const keyOf = ({ indicator, unit, service, category }: Outlier): string =>
  `${indicator}/${unit}/${service}/${category}`;
