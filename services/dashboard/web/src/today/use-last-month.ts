import { isAsked, useAnswer } from '../api/queries.js';
import type { Reporting } from '../api/types.js';
import { lastMonth } from '../view/compared.js';
import { useView } from '../view/use-view.js';
import { lastMonthDue, partsOf, reportingPath } from './questions.js';
import { useRest } from './use-rest.js';

/**
 * Who has reported of the last whole month, by province (of a province, by unit): asked once for every panel, with the click that opens
 * the screen; where it is the first one, after its first figures have come.
 */
export function useLastMonth(unit: string, at: string) {
  const { view } = useView();
  const path = reportingPath({ unit, at, view });
  const figuresAreThere = useRest(FIGURES);
  const reporting = useAnswer<Reporting>('reporting', figuresAreThere || isAsked('reporting', path) ? path : undefined);
  return { month: lastMonth(at), by: partsOf(unit), path, reporting };
}

/** Of the last month whose reports were due: who is silent there has been late since. */
export function useLastMonthDue(unit: string, at: string, last: ReturnType<typeof useLastMonth>) {
  const { view } = useView();
  const month = last.reporting.data ? lastMonthDue(at, last.reporting.data.dueOn) : last.month;
  const isLast = month === last.month;
  const before = useAnswer<Reporting>('reporting', isLast ? undefined : reportingPath({ unit, at, view }, month));
  return { month, by: last.by, reporting: isLast ? last.reporting : before };
}

const FIGURES = ['figures'] as const;
