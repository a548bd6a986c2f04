import type { ChangeLine, Why } from '../api/types.js';

/** What entries of one reason changed together. */
export interface Reason {
  why: Why;
  entries: number;
  /** Of a ratio two: its numerator's and its denominator's. */
  sums: number[];
}

const ORDER: readonly Why[] = ['correction', 'withdrawal', 'late', 'lineage', 'first-report', 'new'];

/** Changes by their reason: what was mended first, what merely came on last. Pure. */
export function byReason(lines: readonly ChangeLine[]): Reason[] {
  const isRatio = lines.some(({ term }) => term !== undefined);
  return ORDER.flatMap((why) => {
    const mine = lines.filter((line) => line.why === why);
    if (mine.length === 0) return [];
    const sumOf = (term: string | undefined) =>
      mine.reduce((sum, line) => sum + (term === undefined || line.term === term ? line.part : 0), 0);
    const entries = new Set(mine.map(({ entry }) => `${entry.service}/${entry.unit}/${entry.seq}`)).size;
    return [{ why, entries, sums: isRatio ? [sumOf('numerator'), sumOf('denominator')] : [sumOf(undefined)] }];
  });
}
