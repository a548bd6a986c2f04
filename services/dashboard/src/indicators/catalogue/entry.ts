import type { Indicator, Ratio, Term } from '../indicator.js';

/** Shorthands for the entries of the catalogue: what an entry doesn't say is the usual. */

type Said<Given extends keyof Indicator> = Omit<Indicator, Given> & Partial<Pick<Indicator, Given>>;

/** What happens: adds up over time and units. */
export function flow(said: Said<'kind' | 'aggregation' | 'from' | 'balances' | 'addsOverUnits'>): Indicator {
  return { kind: 'flow', aggregation: 'sum', from: 'cells', balances: false, addsOverUnits: true, ...said };
}

/** What is so on a day: the latest of each unit, summed over units. */
export function level(said: Said<'kind' | 'aggregation' | 'from' | 'balances' | 'addsOverUnits'>): Indicator {
  return { kind: 'level', aggregation: 'latest', from: 'cells', balances: false, addsOverUnits: true, ...said };
}

/** What is counted in the registry of units, and not in what they report. */
export function counted(
  said: Said<'kind' | 'aggregation' | 'from' | 'fedBy' | 'balances' | 'addsOverUnits'>,
): Indicator {
  return {
    kind: 'level',
    aggregation: 'latest',
    from: 'registry',
    fedBy: [],
    balances: false,
    addsOverUnits: true,
    ...said,
  };
}

/** Sums divided by sums. */
export function ratio(
  said: Said<'kind' | 'aggregation' | 'from' | 'fedBy' | 'balances' | 'addsOverUnits' | 'measure'> & { ratio: Ratio },
): Indicator {
  return {
    kind: 'ratio',
    aggregation: 'ratio',
    from: 'ratio',
    fedBy: [],
    balances: false,
    addsOverUnits: true,
    measure: { vi: '%', en: '%' },
    ...said,
  };
}

export const plus = (indicator: string, category?: string): Term => term(indicator, category, 1);
export const minus = (indicator: string, category?: string): Term => term(indicator, category, -1);
/** Never reported is 0 here. */
export const ifAny = (one: Term): Term => ({ ...one, optional: true });

function term(indicator: string, category: string | undefined, sign: 1 | -1): Term {
  return category === undefined ? { indicator, sign } : { indicator, category, sign };
}

/** Full fact types of one service: `said('programmes', 'ClassOpened')`. */
export function said(service: string, ...names: string[]): string[] {
  return names.map((name) => `vn.gdtx.${service}.${name}.v1`);
}
