import { useQuery } from '@tanstack/react-query';
import { getJson } from './client.js';
import type { InWhoseName } from './follow-up.js';
import { together } from './together.js';

const AT_ONCE = 100;
const NOBODY: InWhoseName = { may: { report: [], close: [] } };

type Told = InWhoseName & { id: string };

/** In whose names the reader may go on with a recommendation; what is asked for in the same moment goes by one call. */
const getInWhoseName = together<string, InWhoseName>(async (ids, signal) => {
  const query = new URLSearchParams(ids.map((id) => ['id', id]));
  const { recommendations } = await getJson<{ recommendations: Told[] }>(
    `/v1/inspections/recommendations?${query}`,
    signal,
  );
  const told = new Map(recommendations.map((each) => [each.id, each]));
  return ids.map((id) => told.get(id) ?? NOBODY);
}, AT_ONCE);

export function useInWhoseName(recommendation: string) {
  return useQuery({
    queryKey: ['follow-up', recommendation, 'in whose name'],
    queryFn: ({ signal }) => getInWhoseName(recommendation, signal),
  });
}
