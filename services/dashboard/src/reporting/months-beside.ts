import { addMonths, monthIndexOf, type Month } from '@gdtx/territory/days';
import { monthState } from './month-state.js';
import { servicesOf, type ServiceSources } from './services-of.js';

/** How the months that a unit's figure is about stand. */
export interface MonthsBeside {
  months: number;
  closed: number;
  approved: number;
  /** Approved, and entries of the month came after what the approval covers. */
  changedSince: number;
}

/** Counts the months from one to another, each included, of one unit, as known at the end of a month. Pure. */
export function monthsBeside(
  { unit, from, to, known }: { unit: string; from: Month; to: Month; known: number },
  sources: Omit<ServiceSources, 'firstRecorded'>,
): MonthsBeside {
  const found: MonthsBeside = { months: 0, closed: 0, approved: 0, changedSince: 0 };
  for (let month = from; month <= to; month = addMonths(month, 1)) {
    const number = monthIndexOf(month);
    const heard = servicesOf(unit, number, known, { ...sources, firstRecorded: () => null });
    // Whether it was late isn't asked.
    const { closed, approved, changedSince } = monthState(heard, { until: 0, month: 0, asOf: 0 });
    found.months++;
    if (closed) found.closed++;
    if (approved) found.approved++;
    if (changedSince) found.changedSince++;
  }
  return found;
}
