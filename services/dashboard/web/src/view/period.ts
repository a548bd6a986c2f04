import type { View } from './view.js';

/** The period in which an indicator is looked at: a level on one day, what adds up from one month to another. */
export type Period = { on: string } | { from: string | undefined; to: string | undefined };

/** From the address: the months that it names, for a level the day looked at; else the year so far. */
export function periodOf(
  view: Pick<View, 'from' | 'to' | 'at'>,
  kind: 'flow' | 'level' | 'ratio',
  today: string,
): Period {
  const at = view.at ?? today;
  if (kind === 'level') return { on: at };
  if (view.from === ALL) return { from: undefined, to: undefined };
  if (view.from || view.to) return { from: view.from, to: view.to };
  return { from: `${at.slice(0, 4)}-01`, to: at.slice(0, 7) };
}

/** A month before any that anything is known of: all that there ever was. */
export const ALL = '1900-01';
