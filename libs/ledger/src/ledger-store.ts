import type { Connection, mongo } from 'mongoose';
import { CommitSession } from './commit-session.js';
import { commitTransaction } from './commit-transaction.js';
import type { StoredReceipt } from './decide-batch.js';
import type { EntryDocument, HeadDocument, LeaseDocument, StateDocument } from './documents.js';
import type { StateChange } from './state-change.js';

/** What one batch changes, to be stored as one. */
export interface Commit {
  entries: EntryDocument[];
  heads: {
    unit: string;
    /** The place that the head had when it was decided on, 0: there was none. It is stored only where that is still so. */
    before: number;
    seq: number;
    hash: Buffer;
    recordedAt: number;
    order: number;
    /** As far as the relay of this process is known to have published. */
    published?: number;
  }[];
  states: StateChange[];
}

/** What of an entry a replay needs: the hashed bytes and the hashes are left in the database. */
export type ReplayedEntry = Omit<EntryDocument, 'canonical' | 'hash' | 'previousHash' | 'content'>;

export interface ConsistentReads {
  entry(unit: string, seq: number): Promise<EntryDocument | null>;
  statesOf(keys: readonly string[]): Promise<Map<string, StateDocument>>;
  headsOf(units: readonly string[]): Promise<Map<string, HeadDocument>>;
  /** A ledger in seq order, from a seq on. */
  ledger(unit: string, fromSeq: number): Promise<ReplayedEntry[]>;
}

/**
 * How a service reads and writes: only what a majority has on disk is seen, so that nothing is published or answered that a
 * crash could take back; absent fields are absent, and binaries are Buffers.
 */
export const STORE_OPTIONS = {
  autoIndex: false,
  serverSelectionTimeoutMS: 5000,
  socketTimeoutMS: 60_000,
  readConcernLevel: 'majority',
  ignoreUndefined: true,
  promoteBuffers: true,
} as const;

const MARKS_AT_ONCE = 1000;
/** Entries of several ledgers: few, so that the first are sent on while the next are read. */
const READ_AT_ONCE = 250;

/** The ledgers of one service in MongoDB. */
export class LedgerStore {
  readonly db: mongo.Db;
  readonly entries: mongo.Collection<EntryDocument>;
  readonly heads: mongo.Collection<HeadDocument>;
  readonly states: mongo.Collection<StateDocument>;
  readonly leases: mongo.Collection<LeaseDocument>;
  readonly commitSession: CommitSession;

  /** The connection is made with STORE_OPTIONS. */
  constructor(private readonly connection: Connection) {
    this.db = connection.getClient().db(connection.name);
    this.entries = this.db.collection<EntryDocument>('entries');
    this.heads = this.db.collection<HeadDocument>('heads');
    this.states = this.db.collection<StateDocument>('states');
    this.leases = this.db.collection<LeaseDocument>('leases');
    this.commitSession = new CommitSession(connection.getClient(), this.db);
  }

  async prepare(): Promise<void> {
    for (const name of ['entries', 'heads', 'states', 'leases']) {
      // A transaction can't make a collection on every version of MongoDB.
      await this.db.createCollection(name).catch((error: { codeName?: string }) => {
        if (error.codeName !== 'NamespaceExists') throw error;
      });
    }
    await this.entries.createIndex({ unit: 1, seq: 1 }, { unique: true });
    await this.heads.createIndex({ pending: 1 }, { partialFilterExpression: { pending: true } });
  }

  /** Rejects when MongoDB doesn't answer. */
  async ping(): Promise<void> {
    await this.db.command({ ping: 1 }, { timeoutMS: 2000 });
  }

  async entriesById(ids: readonly string[]): Promise<Map<string, StoredReceipt>> {
    if (ids.length === 0) return new Map();
    const projection = { unit: 1, seq: 1, hash: 1, recordedAt: 1, content: 1 };
    const found = await this.entries.find({ _id: { $in: [...ids] } }, { projection }).toArray();
    return new Map(found.map((e) => [e._id, e]));
  }

  headsOf(units: readonly string[]): Promise<Map<string, HeadDocument>> {
    return byId(this.heads, units);
  }

  statesOf(keys: readonly string[]): Promise<Map<string, StateDocument>> {
    return byId(this.states, keys);
  }

  entry(unit: string, seq: number): Promise<EntryDocument | null> {
    return this.entries.findOne({ unit, seq });
  }

  /** A ledger's entries in seq order. */
  read(unit: string, fromSeq: number, limit = 0): AsyncIterable<EntryDocument> {
    return this.entries
      .find({ unit, seq: { $gte: fromSeq } }, { batchSize: 1000 })
      .sort({ seq: 1 })
      .limit(limit);
  }

  /** What of a ledger a replay needs, in seq order. */
  replayed(unit: string, fromSeq: number, session?: mongo.ClientSession): Promise<ReplayedEntry[]> {
    const projection = { canonical: 0, hash: 0, previousHash: 0, content: 0 };
    const options = { projection, batchSize: 5000, ...(session && { session }) };
    return this.entries
      .find({ unit, seq: { $gte: fromSeq } }, options)
      .sort({ seq: 1 })
      .toArray();
  }

  /** The entries of several ledgers, by unit in order of their ids, each in seq order: as many at a time as come at once. */
  async *readMany(units: readonly string[]): AsyncIterable<EntryDocument[]> {
    const batches = { batchSize: READ_AT_ONCE };
    const cursor = this.entries.find({ unit: { $in: [...units] } }, batches).sort({ unit: 1, seq: 1 });
    try {
      // A cursor that gives documents one by one costs several promises for each.
      while (await cursor.hasNext()) yield cursor.readBufferedDocuments();
    } finally {
      await cursor.close();
    }
  }

  /** Reads that all see the same moment: what is written meanwhile is in none of them. */
  async atOneMoment<T>(work: (reads: ConsistentReads) => Promise<T>): Promise<T> {
    const session = this.connection.getClient().startSession({ snapshot: true });
    try {
      return await work({
        entry: (unit, seq) => this.entries.findOne({ unit, seq }, { session }),
        statesOf: (keys) => byId(this.states, keys, session),
        headsOf: (units) => byId(this.heads, units, session),
        ledger: (unit, fromSeq) => this.replayed(unit, fromSeq, session),
      });
    } finally {
      await session.endSession();
    }
  }

  /**
   * Stores a commit in one transaction, on the disks of the majority before it is acknowledged.
   * @throws Conflict when a head or a state isn't as it was when the batch was decided. After any other error it isn't known
   * whether the commit is in.
   */
  commit(commit: Commit): Promise<void> {
    return commitTransaction(this.commitSession, this.db, commit);
  }

  /**
   * Notes in the heads up to which seq ledgers are published. Not waited for on disk, and not made to be repeated: a mark that is
   * lost costs a message that comes twice.
   */
  async markPublished(marks: readonly { unit: string; seq: number }[]): Promise<void> {
    for (let i = 0; i < marks.length; i += MARKS_AT_ONCE) {
      const updates = marks.slice(i, i + MARKS_AT_ONCE).map(markUpdate);
      await this.db.command({ update: 'heads', updates, ordered: false, writeConcern: { w: 1 } });
    }
  }
}

function markUpdate({ unit, seq }: { unit: string; seq: number }) {
  const published = { $max: ['$published', seq] };
  const pending = { $cond: [{ $gt: ['$seq', published] }, true, '$$REMOVE'] };
  return { q: { _id: unit }, u: [{ $set: { published, pending } }] };
}

async function byId<D extends { _id: string }>(
  collection: mongo.Collection<D>,
  ids: readonly string[],
  session?: mongo.ClientSession,
): Promise<Map<string, D>> {
  if (ids.length === 0) return new Map();
  const filter = { _id: { $in: ids } } as unknown as mongo.Filter<D>;
  const found = (await collection
    .find(filter, { batchSize: ids.length + 1, ...(session && { session }) })
    .toArray()) as unknown as D[];
  return new Map(found.map((d) => [d._id, d]));
}
