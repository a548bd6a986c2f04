import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { savesData } from './saves-data.js';
import { loadScreenAt, SCREENS } from './screens.js';

const LOOK_MS = 100;
/** So often in a row nothing was on its way: between one panel and the next, a page asks for nothing, too. */
const RESTS = 5;

/** Once the first screen has what it asked for, fetches the files of the others: a click then shows its screen at once. Not over a line on which data are to be saved. */
export function useScreensAtHand(): void {
  const client = useQueryClient();
  useEffect(() => {
    if (savesData()) return undefined;
    let rests = 0;
    const look = setInterval(() => {
      const isComing = client.isFetching() > 0 || document.querySelector('#content [data-coming]') !== null;
      rests = isComing ? 0 : rests + 1;
      if (rests < RESTS) return;
      clearInterval(look);
      for (const { path } of SCREENS) void loadScreenAt(path);
    }, LOOK_MS);
    return () => clearInterval(look);
  }, [client]);
}
