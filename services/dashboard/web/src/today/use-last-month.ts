import { address } from '../api/client.js';
import { useAnswer } from '../api/queries.js';
import type { Reporting } from '../api/types.js';
import { lastMonth } from '../view/compared.js';
import { useView } from '../view/use-view.js';
import { useRest } from './use-rest.js';

/** Who has reported of the last whole month, by province (of a province, by unit): asked once for every panel, after the first figures have come. */
export function useLastMonth(unit: string, at: string) {
  const { view } = useView();
  const month = lastMonth(at);
  const by = unit === 'vn' ? ('province' as const) : ('centre' as const);
  const path = address('/v1/reporting', {
    ...{ month, by, map: view.map, known: view.known },
    ...(unit !== 'vn' && { unit }),
  });
  const figuresAreThere = useRest(FIGURES);
  const reporting = useAnswer<Reporting>('reporting', figuresAreThere ? path : undefined);
  return { month, by, path, reporting };
}

const FIGURES = ['figures'] as const;
