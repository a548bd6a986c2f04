import type { Day } from '@gdtx/territory/days';
import type { Registry, RegistryFact } from '@gdtx/territory/registry';
import type { Caller } from '@gdtx/service-kit/tokens';
import type { RequestTrace } from '@gdtx/service-kit/trace-context';
import { Draft } from './draft.js';
import type { EntryDocument, HeadDocument, StateDocument } from './documents.js';
import type { Commit } from './ledger-store.js';
import type { ParsedFact } from './parse-fact.js';
import type { Refusal } from './refusal.js';

/** A fact that waits for a decision. */
export interface Item {
  parsed: ParsedFact;
  caller: Caller;
  /** One object for all facts of a request. */
  trace?: RequestTrace | undefined;
}

export interface Receipt {
  unit: string;
  seq: number;
  hash: Buffer;
  recordedAt: number;
}

export type Outcome =
  | { status: 'accepted' | 'duplicate'; receipt: Receipt; correction?: Receipt }
  | { status: 'refused'; refusal: Refusal };

/** What is known of an entry whose id comes again. */
export type StoredReceipt = Pick<EntryDocument, 'unit' | 'seq' | 'hash' | 'recordedAt' | 'content'>;

/** All that a batch is decided on, as values. */
export interface Snapshot {
  service: string;
  existing: ReadonlyMap<string, StoredReceipt>;
  heads: ReadonlyMap<string, HeadDocument>;
  states: ReadonlyMap<string, StateDocument>;
  registry: Registry;
  /** Today in Viet Nam. */
  today: Day;
  /** When this is recorded, in milliseconds since the epoch; later where a ledger touched is ahead of it. */
  moment: number;
}

export interface DecidedBatch {
  outcomes: Outcome[];
  commit: Commit;
  /** The registry's own facts among the entries, for this service's copy. */
  registryEntries: Omit<RegistryFact, 'service'>[];
  /** Of the registry that it was decided on. */
  registryVersion: number;
  /** What rules threw, which is a mistake in them. */
  failures: { type: string; error: unknown; traceId?: string | undefined }[];
}

/**
 * Decides a batch in the order given, each fact on what those before it left. Pure: the same items and snapshot give the
 * same entries. Facts that are refused leave no trace.
 */
export function decideBatch(items: readonly Item[], snapshot: Snapshot): DecidedBatch {
  const draft = new Draft(snapshot);
  return draft.decided(items.map((item) => draft.take(item)));
}
