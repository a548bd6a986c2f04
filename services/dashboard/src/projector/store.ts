import type { Cursor, StoredRecord } from '../model.js';
import type { StoredContext } from './context.js';
import type { StoredUnitYear } from './stored-year.js';

/**
 * What the projector keeps. Every write of a document is refused when a newer one, by epoch and seq, is there: so a batch
 * written twice, by a crash or a zombie, changes nothing. A refusal of that kind is no failure.
 */
export interface ProjectorStore {
  /** The name of the database, where it is one that can be opened elsewhere too. */
  readonly database?: string;
  /** How far each topic's partition was read when everything before was stored. */
  checkpoints(): Promise<Checkpoint[]>;
  /** Cursors of a service's partitions. */
  cursors(service: string, partitions: readonly number[]): AsyncIterable<Cursor>;
  /** Ledgers with entries that couldn't be folded, of all partitions. */
  incomplete(): Promise<Pick<Cursor, 'service' | 'unit' | 'unknown'>[]>;
  unitYears(ids: readonly string[]): Promise<StoredUnitYear[]>;
  contexts(ids: readonly string[]): Promise<StoredContext[]>;
  records(ids: readonly string[]): Promise<StoredRecord[]>;

  /** `unseen`: none of them is known to be there, most likely none is. */
  writeUnitYears(documents: readonly StoredUnitYear[], unseen?: boolean): Promise<Written>;
  writeContexts(documents: readonly StoredContext[]): Promise<Written>;
  writeRecords(documents: readonly StoredRecord[]): Promise<Written>;
  /** Leaves those as they are that are there already. */
  insertRecords(documents: readonly StoredRecord[]): Promise<Inserted>;
  writeCursors(documents: readonly Cursor[]): Promise<Written>;
  /**
   * The same of a few documents of all kinds in one commit: all of them, or none. False: none is known to be stored, which is so where
   * a newer one is there too; then they are written one kind after another. A store that lacks it can't.
   */
  writeTogether?(few: FewDocuments): Promise<boolean>;
  /** Never moves backwards, unless the topic was made anew. */
  writeCheckpoints(checkpoints: readonly Checkpoint[]): Promise<void>;
  quarantine(values: readonly Quarantined[]): Promise<void>;
  writeFreshness(freshness: StoredFreshness): Promise<void>;
}

export interface FewDocuments {
  contexts: readonly StoredContext[];
  years: readonly StoredUnitYear[];
  cursors: readonly Cursor[];
}

export interface Written {
  /** Newer ones were there. */
  outdated: number;
  /** Places in the list of those that are not known to be stored, and why. */
  failed: { index: number; error: string }[];
}

export interface Inserted {
  /** Places in the list of those whose id was taken. */
  there: number[];
  failed: Written['failed'];
}

/** As stored in the collection `checkpoints`. */
export interface Checkpoint {
  /** `<topic>/<partition>` */
  _id: string;
  topic: string;
  partition: number;
  /** The next offset. */
  position: bigint;
  /** Units whose next entry isn't there. */
  waiting: string[];
  /** The topic was made anew: the position may be lower than before. */
  reset?: boolean;
}

/** A message that is no entry, or an entry whose fact can't be read; as stored in the collection `quarantine`. */
export interface Quarantined {
  /** `<topic>/<partition>/<offset>` */
  _id: string;
  topic: string;
  partition: number;
  offset: bigint;
  reason: string;
  value: Buffer;
  /** Milliseconds since the epoch. */
  at: number;
}

/** The one document of the collection `freshness`, written after what it speaks of. */
export interface StoredFreshness {
  _id: 'now';
  /** Everything recorded before that moment is in the read model; null while a service has never been heard. */
  asOf: number | null;
  services: Record<string, number | null>;
  lacks: Lack[];
  /** When it was written. */
  at: number;
}

/** What the figures lack. */
export interface Lack {
  service: string;
  /** Where it is one ledger only. */
  unit?: string;
  /**
   * `never-heard`, `behind`: the service's relay hasn't said how far it is, or not lately, or it isn't reached yet.
   * `gap`: the ledger's next entry was lost on the way and is being sent again. `unknown-facts`: entries of types that this
   * version doesn't know, or that it can't read. `folding-anew`: a correction changes what was folded before.
   */
  why: 'never-heard' | 'behind' | 'gap' | 'unknown-facts' | 'folding-anew';
  /** Of `behind`: everything before is there. */
  asOf?: number;
}
