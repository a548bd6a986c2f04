import type { Entry, PlacedUnit, Text } from './types.js';

/** What the reads about months of reporting answer, as far as the screen reads it. */

/** Shares of what was expected of a month: what was said of it, what in time, and what the province approved. */
export const SHARES = ['completeness', 'timeliness', 'approval'] as const;
export type Share = (typeof SHARES)[number];

/** What may hold of a unit's month; several at once. */
export const STATES = [
  'silent',
  'late',
  'open',
  'closed',
  'approved',
  'changed-since',
  'different',
  'reported',
  'nothing-to-report',
  'awaited',
  'suspended',
] as const;

export type State = (typeof STATES)[number];

interface Moment {
  seq: number;
  recordedAt: string;
}

/** What a service heard of a unit's month. */
export interface ServiceMonth {
  service: string;
  closed: (Moment & { nothingToReport: boolean }) | null;
  approved: (Moment & { upToSeq: number }) | null;
  reopened: number;
  /** The last entry that changed what is said of the month. */
  lastSeq: number | null;
}

interface UnitNamed {
  unit: string;
  label: Text;
  kind?: string;
  simulated?: boolean;
}

export interface UnitMonth extends UnitNamed {
  /** The places that it lies in, the smallest first. */
  within: PlacedUnit['within'];
  states: State[];
  services: ServiceMonth[];
}

interface Freshness {
  asOf: string | null;
  lacks: unknown[];
}

export interface UnitMonths extends Freshness {
  map: string;
  known: string;
  states: Record<State, Text>;
  total: number;
  units: UnitMonth[];
  next: string | null;
}

export interface Effect {
  indicator: string;
  label: Text;
  category: string;
  kind: 'flow' | 'level' | 'balance';
  value: number;
  day?: string;
  takesBack: boolean;
}

export interface ChangedFigure {
  indicator: string;
  label: Text;
  category: string;
  approved: number | null;
  now: number | null;
}

export interface ServiceChanges {
  service: string;
  approved: (Moment & { upToSeq: number; by: string | null }) | null;
  entries: { entry: Entry; type: string; recordedAt: string; effects: Effect[] }[];
  figures: ChangedFigure[];
}

export interface Changes extends Freshness {
  services: ServiceChanges[];
}

export interface Measure {
  indicator: string;
  label: Text;
  category: string;
  total: number;
  counted: number | null;
  /** Counted less the publisher's own total; null: can't be compared. */
  difference: number | null;
}

export interface Reconciliation extends Freshness {
  map: string;
  closings: number;
  equal: number;
  different: number;
  notComparable: number;
  withoutTotals: number;
  rows: (UnitNamed & { entry: Entry; closedAt: string; measures: Measure[] })[];
  next: string | null;
}

export interface Outliers extends Freshness {
  map: string;
  total: number;
  outliers: (UnitNamed & {
    indicator: string;
    indicatorLabel: Text;
    service: string;
    category: string;
    value: number;
    median: number;
    months: number;
    direction: 'high' | 'low';
  })[];
  next: string | null;
}
