import type { Share } from '../api/reporting-answers.js';
import type { ReportingCounts } from '../api/types.js';

/** How a cell of the calendar looks. Pure. */

/** A share of what was expected, as the platform counts it; null where nothing was. */
export function shareOf(counts: ReportingCounts | undefined, share: Share): number | null {
  if (!counts || counts.expected === 0) return null;
  const { expected, reported, nothingToReport, late, approved } = counts;
  const said = reported + nothingToReport;
  return { completeness: said, timeliness: said - late, approval: approved }[share] / expected;
}

/** A share in whole per cent: 100 only where it is whole, 0 only where there is none. */
export function percentOf(share: number): string {
  if (share > 0 && share < 0.01) return '<1';
  return String(Math.floor(share * 100 + 1e-9));
}

/** The least share of every step but the lowest. */
export const STEPS = [0.5, 0.75, 0.9, 1] as const;

/** 0, the lowest, to 4: all of it. */
export const stepOfShare = (share: number): number => STEPS.filter((least) => share >= least).length;

/** What is to be said first of one unit's month. */
export const ONE_STATES = ['approved', 'changed', 'reported', 'late', 'nothing', 'awaited', 'silent'] as const;
export type OneState = (typeof ONE_STATES)[number];

export function oneState(counts: ReportingCounts): OneState {
  const { expected, approved, changedSince, silent, awaited, late, nothingToReport } = counts;
  if (silent > 0) return 'silent';
  if (awaited > 0) return 'awaited';
  if (changedSince > 0) return 'changed';
  if (approved === expected) return 'approved';
  if (late > 0) return 'late';
  return nothingToReport === expected ? 'nothing' : 'reported';
}

export const SIGNS: Readonly<Record<OneState, string>> = {
  ...{ approved: '✓✓', changed: 'Δ', reported: '✓', late: '✓!', nothing: '∅', awaited: '…', silent: '✗' },
};
