import { isAsked, useAnswer } from '../api/queries.js';
import type { Reporting } from '../api/types.js';
import { lastMonth } from '../view/compared.js';
import { useView } from '../view/use-view.js';
import { partsOf, reportingPath } from './questions.js';
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

const FIGURES = ['figures'] as const;
