/** When a service that ended by itself is started again. Times in milliseconds. */

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** A service that has lived this long is taken to be well: its next crash counts as the first. */
export const WELL_AFTER = 60_000;
/** A service that has never been ready and ended this often will not be by itself: the start is given up. */
export const GIVE_UP_AFTER = 3;

export interface Crashes {
  /** How many in a row. */
  inRow: number;
}

/** Counts a crash of a process that had lived for `lived` ms, and says how long to wait before the next start. */
export function afterCrash(before: Crashes, lived: number): { crashes: Crashes; pause: number } {
  const inRow = lived >= WELL_AFTER ? 1 : before.inRow + 1;
  return { crashes: { inRow }, pause: Math.min(FIRST_PAUSE * 2 ** (inRow - 1), LONGEST_PAUSE) };
}
