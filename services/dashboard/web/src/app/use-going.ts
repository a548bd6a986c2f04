import { useRef, type MouseEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { askAheadAt, type Looked } from './screens.js';

/** Before that, nobody sees that a screen waits for what it shows: then it is drawn once, and not first empty and then filled. */
const UNSEEN_MS = 130;

/** Goes to a screen by a click on its link: what it shows is asked for at once, and the screen is drawn as soon as that is there, or so long after. */
export function useGoing(looked: Looked): (event: MouseEvent, path: string, address: string) => void {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  /** The click that came last counts. */
  const wanted = useRef<string>(undefined);
  return (event, path, address) => {
    wanted.current = undefined;
    const coming = askAheadAt(path, looked);
    const isOther = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!coming || isOther || address === pathname + search) return;
    event.preventDefault();
    wanted.current = address;
    const unseen = new Promise((resolve) => setTimeout(resolve, UNSEEN_MS));
    void Promise.race([coming, unseen]).then(() => {
      if (wanted.current === address) void navigate(address);
    });
  };
}
