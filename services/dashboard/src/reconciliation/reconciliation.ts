import type { Registry } from '@gdtx/territory/registry';
import { LATEST } from '../columns/known.js';
import type { FigureQuery } from '../queries/figure-query.js';
import { Places } from '../queries/places.js';
import { standing } from '../reporting/month-state.js';
import type { PeriodEvent, PeriodRows } from '../reporting/period-rows.js';
import type { Counted } from './counted.js';
import { reconcile, type Reconciled } from './reconcile.js';

/** A month that a unit has closed in a service, reconciled. */
export interface ReconciledClosing extends Reconciled {
  service: string;
  unit: string;
  closing: PeriodEvent;
}

export interface ReconciliationSources {
  registry: Registry;
  periods: PeriodRows;
  /** Of the month that is asked, as known when it is asked for. */
  counted: Counted;
}

/**
 * Every month that units of a place have closed and not reopened, with its control totals beside what was counted, in order of
 * unit and service. As known at the end of a month; by default of now: a late fact, a correction or a withdrawal changes it as soon as
 * it is in the figures.
 */
export function reconciliation(
  query: Pick<FigureQuery, 'unit' | 'mapDay'>,
  month: number,
  sources: ReconciliationSources,
  known = LATEST,
): ReconciledClosing[] {
  const { registry, periods, counted } = sources;
  // Nobody had heard of it yet.
  if (!registry.unit(query.unit)) return [];
  const includes = new Places(registry, query).includes();
  const found: ReconciledClosing[] = [];
  for (const { service, unit } of periods.ledgersWith(month)) {
    const closing = standing(periods.events(service, unit, month, known)).closed;
    if (!closing || !includes(unit, { month, day: null })) continue;
    const totals = periods.totals(service, unit, closing.seq);
    const reconciled = reconcile(totals, (indicator, category) => counted(service, unit, indicator, category));
    found.push({ service, unit, closing, ...reconciled });
  }
  return found.sort((one, other) => compare(keyOf(one), keyOf(other)));
}

/** Names a closing in a list. */
export const keyOf = ({ unit, service }: Pick<ReconciledClosing, 'unit' | 'service'>): string => `${unit}/${service}`;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
