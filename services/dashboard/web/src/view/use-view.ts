import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { addressOf, readView, writeView, type View } from './view.js';

export interface UsedView {
  view: View;
  /** Shows another view of this screen; the step back in the browser leads to the one before. */
  change(part: Partial<View>, how?: { replace: boolean }): void;
  /** The address of a screen that keeps the two switches and the day, and what else is said. */
  to(path: string, part?: Partial<View>): string;
}

/** The view that the address asks for. */
export function useView(): UsedView {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const view = useMemo(() => readView(new URLSearchParams(search)), [search]);
  const change = useCallback(
    (part: Partial<View>, { replace } = { replace: false }) =>
      void navigate(pathname + writeView({ ...view, ...part }) + (replace ? hash : ''), {
        replace,
      }),
    [navigate, pathname, hash, view],
  );
  const to = useCallback((path: string, part: Partial<View> = {}) => addressOf(view, path, part), [view]);
  return { view, change, to };
}
