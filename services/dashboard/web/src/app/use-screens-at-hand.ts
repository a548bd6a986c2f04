import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { savesData } from './saves-data.js';
import { loadScreenAt, SCREENS } from './screens.js';

/** So long nothing was asked for: between one panel and the next, a page asks for nothing, too. */
const REST_MS = 500;

/** Once the first screen has what it asked for, fetches the files of the others: a click then shows its screen at once. Not over a line on which data are to be saved. */
export function useScreensAtHand(): void {
  const client = useQueryClient();
  useEffect(() => {
    if (savesData()) return undefined;
    let rest: ReturnType<typeof setTimeout>;
    const look = () => {
      if (client.isFetching() > 0) rest = setTimeout(look, REST_MS);
      else for (const { path } of SCREENS) loadScreenAt(path);
    };
    rest = setTimeout(look, REST_MS);
    return () => clearTimeout(rest);
  }, [client]);
}
