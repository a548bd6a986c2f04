import { useRef, type MouseEvent } from 'react';
import { useNavigate } from 'react-router';
import type { Session } from '../api/types.js';
import { addressOf, readView } from '../view/view.js';
import { drawnOnce } from './drawn-once.js';
import { savesData } from './saves-data.js';
import { askAheadAt, loadScreenAt, lookedAt } from './screens.js';

/** Who rests so long on a link is likely to follow it; who passes over it on the way to another isn't. */
const RESTS_MS = 65;

interface Going {
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  onPointerDown: () => void;
  onFocus: () => void;
  onBlur: () => void;
  onClick: (event: MouseEvent) => void;
}

/**
 * Goes to a screen by its link. Its files are fetched as soon as the link is pointed at; what it shows is asked for once somebody rests
 * on it or presses it, and the screen is drawn as soon as that is there, or 130 ms after the click.
 */
export function useGoing(me: Session): (path: string) => Going {
  const navigate = useNavigate();
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** The click that came last counts. */
  const wanted = useRef<string>(undefined);

  const askAhead = (path: string) => askAheadAt(path, lookedAt(me, viewNow()));
  const ask = (path: string) => {
    if (!savesData()) void askAhead(path);
  };
  const come = (path: string) => {
    void loadScreenAt(path);
    clearTimeout(resting.current);
    resting.current = setTimeout(() => ask(path), RESTS_MS);
  };
  const leave = () => clearTimeout(resting.current);
  const go = (event: MouseEvent, path: string) => {
    leave();
    wanted.current = undefined;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const address = addressOf(viewNow(), path);
    if (address === window.location.pathname + window.location.search) return;
    event.preventDefault();
    wanted.current = address;
    void drawnOnce(askAhead(path)).then(() => {
      if (wanted.current === address) void navigate(address);
    });
  };
  return (path) => ({
    onPointerEnter: () => come(path),
    onPointerLeave: leave,
    onPointerDown: () => ask(path),
    onFocus: () => come(path),
    onBlur: leave,
    onClick: (event) => go(event, path),
  });
}

/** As the address has it: a link that is drawn may be a moment behind a switch that was just chosen from. */
const viewNow = () => readView(new URLSearchParams(window.location.search));
