import { createContext, useContext } from 'react';
import type { Session } from '../api/types.js';
import { useView } from '../view/use-view.js';

/** Who has signed in. */
export const MeContext = createContext<Session>({ signedIn: false });
export const useMe = (): Session => useContext(MeContext);

const READS_ALL = ['inspector', 'registrar', 'operator'];

/** Whether the reader may see the whole nation. */
export function readsAll({ roles = [] }: Session): boolean {
  return roles.some((role) => READS_ALL.includes(role));
}

/** The unit whose figures are shown: the one that the address names, or the reader's own. */
export function useWhose(): string {
  const me = useMe();
  const { view } = useView();
  if (view.unit) return view.unit;
  return readsAll(me) ? 'vn' : (me.units?.[0] ?? 'vn');
}
