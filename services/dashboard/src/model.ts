/**
 * The read model: what the projector folds out of entries and stores, and what the columns hold. It knows no map: everything
 * is kept with the unit that it belongs to, and placed when it is asked for.
 */

/** A part of a breakdown; '' is the total. */
export type Part = '' | 'female' | 'under15' | 'from15to24' | 'from25to59' | 'from60' | 'ethnic-minority' | 'disabled';

/** As precise as its source: 0 exact, 1 at-least, 2 about. */
export type PrecisionCode = 0 | 1 | 2;

/** What one entry adds to the read model. A fold gives a list of these; a withdrawal gives the same list with `sign: -1`. */
export type Contribution = FlowPart | LevelPart | BalancePart | PeriodPart | RecordPart;

interface Common {
  indicator: string;
  /** The indicator's one breakdown (award kind, programme type, audience …); '' where there is none. */
  category: string;
  part: Part;
  value: number;
  precision: PrecisionCode;
  /** The unit it belongs to, where that isn't the ledger's: a recommendation lies where it was issued for. */
  at?: string;
}

/** Adds up over time: learners enrolled in a month. */
export interface FlowPart extends Common {
  kind: 'flow';
  /** YYYY-MM in which it was so. */
  month: string;
}

/**
 * A state that holds from its day until the next one: staff, a rating, an open recommendation. Events of one (indicator,
 * category, part, at, slot) make one series (slot: a class, a programme, a recommendation; '' for the unit as a whole); a
 * unit's level is the sum of its series. In a series events count by day; on one day every `add` comes before every `set`
 * (a headcount says how many are there when the day ends), and of two `set`s the one with the higher seq holds. So the order
 * in which entries were recorded changes nothing.
 */
export interface LevelPart extends Common {
  kind: 'level';
  slot: string;
  /** YYYY-MM-DD from which it holds. */
  day: string;
  /** `set` replaces the series' value, `add` changes it (learners who enrol after a headcount). */
  mode: 'set' | 'add';
}

/** What was reached before the ledger began: enters a figure only when its whole time lies in the asked period. */
export interface BalancePart extends Common {
  kind: 'balance';
  /** First day; null: unknown. */
  from: string | null;
  /** Last day. */
  to: string;
  basis: 'total' | 'yearly-average';
  asGiven: string;
}

/** What is said of a month of reports as such. */
export const PERIOD_KINDS = ['closed', 'approved', 'reopened'] as const;

/** A unit's month in one service was closed by it, approved by its province, or opened again. */
export interface PeriodPart {
  kind: 'period';
  what: (typeof PERIOD_KINDS)[number];
  /** YYYY-MM */
  month: string;
  /** When it was recorded, in milliseconds. */
  at: number;
  /** Of a closing: there was nothing to report. */
  nothing: boolean;
  /** Of an approval: up to which entry. */
  upToSeq: number;
  remark?: PeriodRemark;
}

/** What few say of a month besides. */
export interface PeriodRemark {
  /** In whose name, where that isn't the unit itself. */
  by?: string;
  /** What the publisher counted itself. */
  controlTotals?: { indicator: string; category: string; value: number }[];
  reason?: string;
  note?: string;
}

/** What a document of a list is about: `inspections`, `visits`, `findings`, `recommendations`, `targets`, `balances`, `settlements`. */
export type RecordCollection =
  'inspections' | 'visits' | 'findings' | 'recommendations' | 'targets' | 'balances' | 'settlements';

/** A document of a list (inspection, visit, finding, recommendation, target …) that is shown as such. */
export interface RecordPart {
  kind: 'record';
  collection: RecordCollection;
  /** Unique in its collection and ledger. */
  id: string;
  /** Merged over what is known of the record; `append` adds an item to each of its list fields named. */
  set?: Record<string, unknown>;
  append?: Record<string, unknown>;
}

/** A sum as stored: one (indicator, category, part, valid month, recorded month, unit it belongs to). */
export interface Cell {
  indicator: string;
  category: string;
  part: Part;
  /** Months since year 0: year * 12 + month - 1. */
  month: number;
  recorded: number;
  at: string;
  sum: number;
  exact: number;
  atLeast: number;
  about: number;
}

/** A level's event as stored; withdrawn ones stay, with the month in which they were withdrawn. */
export interface LevelEvent {
  indicator: string;
  category: string;
  part: Part;
  slot: string;
  at: string;
  day: string;
  mode: 'set' | 'add';
  value: number;
  precision: PrecisionCode;
  seq: number;
  recorded: number;
  withdrawn: number | null;
}

export interface Balance {
  indicator: string;
  category: string;
  part: Part;
  at: string;
  from: string | null;
  to: string;
  basis: 'total' | 'yearly-average';
  value: number;
  precision: PrecisionCode;
  asGiven: string;
  seq: number;
  recorded: number;
  withdrawn: number | null;
}

/** What was said of a month, as stored. */
export interface Period {
  what: PeriodPart['what'];
  /** Months since year 0. */
  month: number;
  at: number;
  nothing: boolean;
  upToSeq: number;
  seq: number;
  recorded: number;
  withdrawn: number | null;
  remark?: PeriodRemark;
}

/**
 * What is stored for a ledger's unit and a valid year. The lists only ever grow at their end, and what stands in them
 * is changed in place: so whoever holds an older copy finds each item where it was.
 */
export interface UnitYear {
  /** `<service>/<unit>/<year>` */
  _id: string;
  service: string;
  unit: string;
  year: number;
  /** How often its ledger was folded anew from its beginning (a fact type became known); in a new epoch nothing is where it was. */
  epoch: number;
  /** The last entry that changed it; a write that isn't newer, by epoch and seq, is refused. */
  seq: number;
  cells: Cell[];
  levels: LevelEvent[];
  balances: Balance[];
  /** Of each month of the year: the last entry that changed what is said of it; 0: none did. */
  lastSeqs?: number[];
  periods?: Period[];
}

/** How far a ledger is folded. */
export interface Cursor {
  /** `<service>/<unit>` */
  _id: string;
  service: string;
  unit: string;
  /** The partition of the service's topic that the unit is in. */
  partition: number;
  epoch: number;
  seq: number;
  /** Of the entry `seq`. */
  hash: Buffer;
  /** The valid years of which there is a document. */
  years: number[];
  /** Entries that couldn't be folded, of types that this version doesn't know or with data that it can't read: figures lack them. */
  unknown: UnknownEntry[];
  /** The form of its documents: `LAYOUT` of the version that folded it; absent: 0. */
  layout?: number;
}

/** Grows when documents hold what they didn't before: ledgers that were folded earlier are folded anew. 1: months of reports. */
export const LAYOUT = 1;

export interface UnknownEntry {
  seq: number;
  type: string;
}

/** What one entry said of a record. */
export interface RecordPiece {
  seq: number;
  /** Months since year 0. */
  recorded: number;
  set: Record<string, unknown>;
  append: Record<string, unknown>;
  /** The month in which the entry was withdrawn. */
  withdrawn: number | null;
}

/** A record as stored. */
export interface StoredRecord {
  /** `<collection>/<service>/<unit>/<id>` */
  _id: string;
  collection: RecordCollection;
  /** The ledger. */
  service: string;
  unit: string;
  id: string;
  epoch: number;
  /** The last entry that changed it. */
  seq: number;
  /** False when every entry that spoke of it is withdrawn: not to be listed. */
  stands: boolean;
  /** All pieces that stand, merged in order of their seq. */
  value: Record<string, unknown>;
  /** In order of seq; for `known`. */
  pieces: RecordPiece[];
}

export function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

export function monthText(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}
