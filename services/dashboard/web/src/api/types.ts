import type { Precision } from '../formats/numbers.js';

/** What the platform answers, as far as screens read it; `/docs` describes it in full. */

export interface Text {
  vi: string;
  en: string;
}

/** A legal act, each part of which may be unknown; dates as they were given. */
export interface LegalBasis {
  number?: string;
  issuedOn?: unknown;
  issuer?: string;
}

export interface Session {
  signedIn: boolean;
  /** Nobody has signed in: whether anybody can. */
  possible?: boolean;
  subject?: string;
  name?: string;
  roles?: string[];
  units?: string[];
  until?: string;
}

export interface Target {
  value: number;
  year: number;
  category: string;
  /** null: it can't be compared with the value. */
  met: boolean | null;
  asGiven?: string;
}

/** What is said of a value; of a ratio, value is a share. */
export interface Told {
  value: number | null;
  precision: Precision;
  numerator?: number | null;
  denominator?: number | null;
  estimated?: number;
  simulated?: boolean;
  remark?: Text | undefined;
  target?: number;
  met?: boolean;
  targets?: Target[];
}

export interface FigureRow extends Told {
  key: string;
  keys?: string[];
  label: Text;
  undivided?: boolean;
  candidates?: string[];
  unplaced?: boolean;
  state?: 'ended' | 'notYet';
}

export interface NotIncluded {
  /** What it is a count of: of a ratio, one of the two that it divides. */
  indicator: string;
  entry: Entry;
  category: string;
  from: unknown;
  to: unknown;
  basis: string;
  value: number;
  precision: Precision;
  asGiven?: string;
  why: string;
}

export interface Figure extends Told {
  indicator: string;
  label: Text;
  measure: Text;
  unit: string;
  unitLabel: Text;
  from: string | null;
  to: string | null;
  on?: string;
  by: string[];
  map: string;
  known: string;
  asOf: string | null;
  lacks: unknown[];
  notIncluded: NotIncluded[];
  /** So many more. */
  notIncludedMore?: number;
  rows: FigureRow[];
}

export interface Indicator {
  id: string;
  label: Text;
  measure: Text;
  kind: 'flow' | 'level' | 'ratio';
  aggregation: 'sum' | 'latest' | 'distinct' | 'ratio' | 'none';
  from: 'cells' | 'registry' | 'ratio';
  definition: Text;
  definedBy?: string;
  fedBy: string[];
  addsOverUnits: boolean;
  categories?: { meaning: Text; values?: Record<string, Text>; total?: string };
  /** What it has rows by. */
  by: string[];
  supporting?: boolean;
  /** Of a number whose share of a whole is asked as well. */
  share?: { numerator: Term[]; denominator: Term[] };
}

export interface Term {
  indicator: string;
  category?: string;
}

export interface Entry {
  service: string;
  unit: string;
  seq: number;
}

export interface SourceLine {
  entry: Entry;
  id: string;
  type: string;
  source: string;
  recordedAt: string;
  hash: string;
  part: unknown;
  term?: string;
  simulated?: boolean;
}

export interface SourceEnd {
  figure: Told;
  recomputed: Told;
  equal: boolean;
  asOf: string | null;
  brokenAt?: string;
}

/** Why an entry made a figure another one. */
export type Why = 'new' | 'late' | 'correction' | 'withdrawal' | 'first-report' | 'lineage';

export interface ChangeLine extends SourceLine {
  part: number;
  why: Why;
  /** Of several entries that made it together, the last. */
  upTo?: Entry;
}

/** Of a ratio, of both of its terms. */
export type Sides = number | { numerator: number; denominator: number };

export interface ChangesEnd {
  then: Told & { known: string };
  now: Told & { known: string };
  difference: Sides;
  explained: Sides;
  equal: boolean;
  asOf: string | null;
  brokenAt?: string;
}

/** What was accepted, and the registry has come to contradict since. */
export interface Conflict {
  unit: string;
  label: Text;
  why: 'unit-ended' | 'unit-not-yet' | 'seat-ended';
  entry: Entry;
  type: string;
  recordedAt: string;
  countsWith: { unit: string; label: Text }[];
  status: 'open' | 'settled';
}

export interface Conflicts {
  total: number;
  conflicts: Conflict[];
  next: string | null;
}

export interface UnitSummary {
  id: string;
  kind: string;
  subkind?: string;
  type?: string;
  simulated?: boolean;
  name: Text;
  label: Text;
  officialCode?: string;
  parent?: string;
  from: string | null;
  to: string | null;
  state?: 'alive' | 'ended' | 'notYet';
  successors?: string[];
}

/** A unit as it was on a day, with the places that it lay in, the nearest first. */
export interface PlacedUnit extends UnitSummary {
  within: { id: string; kind: string; label: Text }[];
}

export interface Units {
  total: number;
  units: PlacedUnit[];
  next: string | null;
}

export interface ReportingCounts {
  expected: number;
  suspended: number;
  reported: number;
  nothingToReport: number;
  silent: number;
  awaited: number;
  late: number;
  closed: number;
  approved: number;
  changedSince: number;
  /** Of those expected, how many are of simulated units. */
  simulated: number;
}

/** Shares of what was expected; null where nothing was. */
export interface ReportingRates {
  completeness: number | null;
  timeliness: number | null;
  approval: number | null;
}

export interface ReportingRow extends ReportingCounts, ReportingRates {
  key: string;
  keys?: string[];
  label: Text;
  estimated?: boolean;
  undivided?: string[];
  unplaced?: boolean;
  state?: 'ended' | 'notYet';
}

export interface Reporting extends ReportingCounts, ReportingRates {
  unit: string;
  from: string;
  to: string;
  dueOn: string;
  map: string;
  known: string;
  asOf: string | null;
  lacks: unknown[];
  rows: ReportingRow[];
}
