import type { Registry } from '@gdtx/territory/registry';
import { INDICATORS } from '../indicators/catalogue.js';
import type { Indicator } from '../indicators/indicator.js';
import type { FigureQuery } from '../queries/figure-query.js';
import { Places } from '../queries/places.js';
import type { ValuesOfUnit } from './ledger-values.js';
import type { Outlying } from './outlier-rule.js';

export interface Outlier extends Pick<ValuesOfUnit, 'indicator' | 'service' | 'unit' | 'category'>, Outlying {
  /** Of the month, also where the share of women in it is what is far off. */
  value: number;
}

/** What is counted from entries: of shares and of counts of units, what they are made of is looked at. */
export const LOOKED_AT: readonly Indicator[] = INDICATORS.filter(
  ({ from, addsOverUnits }) => from === 'cells' && addsOverUnits,
);

/**
 * Those of a month (months since year 0) that lie in a place, farthest first for each indicator in the order of the catalogue. They are
 * flagged; every figure holds them.
 */
export function outliersIn(
  query: Pick<FigureQuery, 'unit' | 'mapDay'>,
  month: number,
  registry: Registry,
  all: readonly Outlier[],
): Outlier[] {
  // Nobody had heard of it yet.
  if (!registry.unit(query.unit)) return [];
  const includes = new Places(registry, query).includes();
  return all
    .filter(({ unit }) => includes(unit, { month, day: null }))
    .sort((a, b) => placeOf(a) - placeOf(b) || b.spreads - a.spreads || (keyOf(a) < keyOf(b) ? -1 : 1));
}

const PLACES = new Map(LOOKED_AT.map(({ id }, i) => [id, i]));
const placeOf = ({ indicator }: Outlier): number => PLACES.get(indicator)!;

/** Names an outlier of a month in a list. */
export const keyOf = ({ indicator, unit, service, category }: Outlier): string =>
  `${indicator}/${unit}/${service}/${category}`;
