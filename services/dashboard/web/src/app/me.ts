import { createContext, useContext, useEffect } from 'react';
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

/**
 * The unit whose figures are shown: the one that the address names; else the nation, or the reader's own unit, which then comes into
 * the address: a link shows a colleague the same.
 */
export function useWhose(): string {
  const me = useMe();
  const { view, change } = useView();
  const own = ownUnit(me);
  const isUnsaid = view.unit === undefined && own !== undefined;
  useEffect(() => {
    if (isUnsaid) change({ unit: own }, { replace: true });
  }, [isUnsaid, own, change]);
  return whoseOf(me, view);
}

/** The same without a word in the address. */
export const whoseOf = (me: Session, { unit }: { unit: string | undefined }): string => unit ?? ownUnit(me) ?? 'vn';

const ownUnit = (me: Session): string | undefined => (readsAll(me) ? undefined : me.units?.[0]);
