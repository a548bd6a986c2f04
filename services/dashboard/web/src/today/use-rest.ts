import { useIsFetching } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { About } from '../api/concerned.js';

/** For so long nothing of it is asked any more. */
const REST_MS = 60;
/** Where there is never such a rest. */
const LATEST_MS = 3000;

/** Whether what was first asked about these has come: what takes longer isn't to keep it waiting. Once true, it stays so. */
export function useRest(about: readonly About[]): boolean {
  const coming = useIsFetching({ predicate: ({ queryKey }) => about.includes(queryKey[0] as About) });
  const [there, setThere] = useState(false);
  useEffect(() => {
    if (coming > 0) return undefined;
    const rest = setTimeout(() => setThere(true), REST_MS);
    return () => clearTimeout(rest);
  }, [coming]);
  useEffect(() => {
    const latest = setTimeout(() => setThere(true), LATEST_MS);
    return () => clearTimeout(latest);
  }, []);
  return there;
}
