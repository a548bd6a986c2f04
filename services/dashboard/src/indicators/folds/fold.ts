import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { dayInVietNam, type Day } from '@gdtx/territory/days';
import type { Contribution } from '../../model.js';

/** An entry as a fold sees it, without its fact. It is only lent: a fold must not keep it. */
export interface FoldEntry {
  /** Whose ledger it is in. */
  readonly unit: string;
  /** In whose name it was said. */
  readonly source: string;
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly recordedAt: number;
}

/** Plain JSON. */
export type Remembered = string | number | readonly Remembered[] | { readonly [key: string]: Remembered };

/**
 * What earlier entries of the same ledger said that later ones don't repeat: a class's type isn't in LearnersEnrolled. It is
 * asked as of the entry that is folded, so that folding an entry again gives what it gave before.
 */
export interface Recall {
  <Value extends Remembered>(of: MemoryOf, id: string): Value | undefined;
}

/** What is remembered; each by an id, '' where the ledger has one only. */
export type MemoryOf = 'class' | 'parts' | 'exam' | 'open-types' | 'accreditations' | 'visit' | 'recommendation';

export interface Memory {
  of: MemoryOf;
  id: string;
  value: Remembered;
  /**
   * `said`: one entry says it, and if a correction says otherwise, what was folded with the former value is folded anew.
   * `gathered`: it grows with many entries, and what was folded before stays.
   */
  kind: 'said' | 'gathered';
}

/** The codec that ts-proto generates. */
export interface Decoder<Data> {
  decode(input: BinaryReader | Uint8Array, length?: number): Data;
}

/** What a fact type does to the read model. Both functions are pure. */
export interface FactFold<Data = unknown> {
  /** vn.gdtx.<service>.<Name>.v1 */
  type: string;
  message: Decoder<Data>;
  fold(data: Data, entry: FoldEntry, recall: Recall): Contribution[];
  /** What later entries will need; taken after the entry is folded. */
  remember?(data: Data, entry: FoldEntry, recall: Recall): readonly Memory[];
}

export function factFold<Data>(
  service: string,
  name: string,
  message: Decoder<Data>,
  fold: FactFold<Data>['fold'],
  remember?: FactFold<Data>['remember'],
): FactFold {
  const type = `vn.gdtx.${service}.${name}.v1`;
  return (remember ? { type, message, fold, remember } : { type, message, fold }) as FactFold;
}

export const NOTHING: readonly Memory[] = [];

/** The day in Viet Nam on which an entry was recorded: the last resort of a fact without a date. */
export function recordedDay(entry: FoldEntry): Day {
  return dayInVietNam(entry.recordedAt);
}

/** What is counted for a year holds from its 31 December, or from when it was recorded if the year hadn't ended then. */
export function yearEnd(year: number, entry: FoldEntry): Day {
  const last = `${year}-12-31`;
  const recorded = recordedDay(entry);
  return recorded < last ? recorded : last;
}
