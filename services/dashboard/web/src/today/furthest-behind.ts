import type { FigureRow, Told } from '../api/types.js';

export interface BehindRow {
  row: FigureRow;
  /** What it is held against. */
  base: Told;
  /** −0,2: a fifth less than that. */
  share: number;
}

const EXACT = { precision: 'exact' } as const;

/**
 * The rows that are furthest below their target, where targets are set for any; else furthest below what they were before. Whose value,
 * or base, is unknown can't be compared, and is left out, as is who isn't below: `compared` says how many could be.
 */
export function furthestBehind(
  now: readonly FigureRow[],
  before: readonly FigureRow[],
  count: number,
): { rows: BehindRow[]; compared: number; against: 'target' | 'before' } {
  const targeted = now.filter(({ target }) => target !== undefined);
  const against = targeted.length > 0 ? 'target' : 'before';
  const earlier = new Map(before.map((row) => [row.key, row]));
  const ranked: BehindRow[] = [];
  let compared = 0;
  for (const row of against === 'target' ? targeted : now) {
    const base: Told | undefined = against === 'target' ? { ...EXACT, value: row.target! } : earlier.get(row.key);
    if (row.value === null || !base?.value) continue;
    compared += 1;
    if (row.value < base.value) ranked.push({ row, base, share: row.value / base.value - 1 });
  }
  ranked.sort((a, b) => a.share - b.share || (a.row.key < b.row.key ? -1 : 1));
  return { rows: ranked.slice(0, count), compared, against };
}
