import { useQuery } from '@tanstack/react-query';
import { queryClient } from '../api/queries.js';
import address from './provinces-2024.geojson?url';
import { outlinesOf, type Feature } from './outlines.js';

const OUTLINES = {
  queryKey: ['outlines'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(`${response.status}`);
    return outlinesOf(((await response.json()) as { features: Feature[] }).features);
  },
  staleTime: Infinity,
};

/** The country's shapes, fetched with the first map. */
export const useOutlines = (isWanted: boolean) => useQuery({ ...OUTLINES, enabled: isWanted });

export const askOutlines = (): Promise<unknown> => queryClient.prefetchQuery(OUTLINES);
