import { useQueries } from '@tanstack/react-query';
import { getJson } from '../api/client.js';
import { useAnswer } from '../api/queries.js';
import type { PlacedUnit, UnitSummary } from '../api/types.js';
import { readsAll, useMe } from '../app/me.js';
import { useView } from '../view/use-view.js';
import { approverOf } from './approval.js';

/** In whose name the reader may approve a unit's months; undefined: not at all, and not of what was known at another time. */
export function useApprover(unit: string): UnitSummary | undefined {
  const me = useMe();
  const { view } = useView();
  const isOfficer = me.roles?.includes('province-officer') === true;
  const mine = useQueries({
    queries: (isOfficer ? (me.units ?? []) : []).map((id) => ({
      queryKey: ['units', `/v1/units/${id}`],
      queryFn: ({ signal }: { signal: AbortSignal }) => getJson<UnitSummary>(`/v1/units/${id}`, signal),
    })),
  });
  const whole = useAnswer<PlacedUnit>('units', isOfficer ? `/v1/units/${unit}` : undefined);
  if (!whole.data || view.known !== 'latest') return undefined;
  const within = [unit, ...whole.data.within.map(({ id }) => id)];
  return approverOf(
    me,
    mine.flatMap(({ data }) => data ?? []),
    within,
    readsAll(me),
  );
}
