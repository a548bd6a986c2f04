import { useQuery } from '@tanstack/react-query';
import address from './provinces-2024.geojson?url';
import { outlinesOf, type Feature } from './outlines.js';

/** The country's shapes, fetched with the first map. */
export function useOutlines(isWanted: boolean) {
  return useQuery({
    queryKey: ['outlines'],
    queryFn: async ({ signal }) => {
      const response = await fetch(address, { signal });
      if (!response.ok) throw new Error(`${response.status}`);
      return outlinesOf(((await response.json()) as { features: Feature[] }).features);
    },
    enabled: isWanted,
    staleTime: Infinity,
  });
}
