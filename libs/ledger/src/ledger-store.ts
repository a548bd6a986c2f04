import type { ClientSession, Collection, Connection, mongo } from 'mongoose';
import type { EntryDocument, HeadDocument, StateDocument } from './documents.js';

/** Another committer was faster: what was decided rests on a state that is no longer so. */
export class Conflict extends Error {}

/** What one batch changes, to be stored as one. */
export interface Commit {
  entries: EntryDocument[];
  heads: { unit: string; before: number; seq: number; hash: EntryDocument['hash']; recordedAt: number }[];
  states: { key: string; before: number; ledgers: string[]; state: unknown }[];
}

const DURABLE = { w: 'majority', j: true } as const;
const DUPLICATE_KEY = 11000;

/** The ledgers of one service in MongoDB. */
export class LedgerStore {
  readonly entries: Collection<EntryDocument>;
  readonly heads: Collection<HeadDocument>;
  readonly states: Collection<StateDocument>;

  constructor(private readonly connection: Connection) {
    this.entries = connection.collection<EntryDocument>('entries');
    this.heads = connection.collection<HeadDocument>('heads');
    this.states = connection.collection<StateDocument>('states');
  }

  async prepare(): Promise<void> {
    for (const name of ['entries', 'heads', 'states']) {
      // A transaction can't make a collection on every version of MongoDB.
      await this.connection.createCollection(name).catch((error: { codeName?: string }) => {
        if (error.codeName !== 'NamespaceExists') throw error;
      });
    }
    await this.entries.createIndex({ unit: 1, seq: 1 }, { unique: true });
    await this.heads.createIndex({ pending: 1 }, { partialFilterExpression: { pending: true } });
  }

  async entriesById(ids: string[]): Promise<Map<string, EntryDocument>> {
    const projection = { unit: 1, seq: 1, hash: 1, recordedAt: 1, content: 1 };
    const found = await this.entries.find({ _id: { $in: ids } }, { projection }).toArray();
    return new Map(found.map((e) => [e._id, e]));
  }

  async headsOf(units: string[]): Promise<Map<string, HeadDocument>> {
    const found = await this.heads.find({ _id: { $in: units } }).toArray();
    return new Map(found.map((h) => [h._id, h]));
  }

  async statesOf(keys: string[]): Promise<Map<string, StateDocument>> {
    const found = await this.states.find({ _id: { $in: keys } }).toArray();
    return new Map(found.map((s) => [s._id, s]));
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

  /** Every entry that was decided on one of the keys, in the order of deciding, with the withdrawals among these ledgers. */
  async decidedOn(keys: string[]): Promise<EntryDocument[]> {
    const states = await this.statesOf(keys);
    const ledgers = [...new Set([...states.values()].flatMap((s) => s.ledgers))];
    const touches = { unit: { $in: ledgers }, $or: [{ keys: { $in: keys } }, { type: /\.EntryWithdrawn\.v1$/ }] };
    return this.entries.find(touches).sort({ order: 1 }).toArray();
  }

  /**
   * Stores a commit in one transaction, on the disks of the majority before it is acknowledged.
   * @throws Conflict when a head or a state isn't as it was when the batch was decided.
   */
  async commit(commit: Commit): Promise<void> {
    const session = await this.connection.startSession();
    try {
      session.startTransaction({ writeConcern: DURABLE, readConcern: { level: 'snapshot' } });
      await this.write(commit, session);
      await commitSurely(session);
    } catch (error) {
      await session.abortTransaction().catch(() => undefined);
      if (isCollision(error)) throw new Conflict('another committer was faster');
      throw error;
    } finally {
      await session.endSession();
    }
  }

  private async write(commit: Commit, session: ClientSession): Promise<void> {
    const options = { session, ordered: false };
    const heads = await this.heads.bulkWrite(commit.heads.map(headWrite), options);
    if (heads.modifiedCount + heads.insertedCount !== commit.heads.length) throw new Conflict('a head moved');
    if (commit.states.length > 0) {
      const states = await this.states.bulkWrite(commit.states.map(stateWrite), options);
      if (states.modifiedCount + states.insertedCount !== commit.states.length) throw new Conflict('a state changed');
    }
    await this.entries.insertMany(commit.entries, options);
  }
}

function headWrite(head: Commit['heads'][number]): mongo.AnyBulkWriteOperation<HeadDocument> {
  const { unit, before, ...now } = head;
  if (before === 0) return { insertOne: { document: { _id: unit, ...now, published: 0, pending: true } } };
  return { updateOne: { filter: { _id: unit, seq: before }, update: { $set: { ...now, pending: true } } } };
}

function stateWrite(change: Commit['states'][number]): mongo.AnyBulkWriteOperation<StateDocument> {
  const { key, before, ledgers, state } = change;
  if (before === 0) return { insertOne: { document: { _id: key, version: 1, ledgers, state } } };
  return {
    updateOne: { filter: { _id: key, version: before }, update: { $set: { version: before + 1, ledgers, state } } },
  };
}

/** An answer that was lost doesn't say whether the commit is in: the same commit is asked for again until it says. */
async function commitSurely(session: ClientSession): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await session.commitTransaction();
    } catch (error) {
      const unknown = hasLabel(error, 'UnknownTransactionCommitResult');
      if (!unknown || attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
    }
  }
}

function isCollision(error: unknown): boolean {
  const { code } = error as { code?: number };
  return error instanceof Conflict || code === DUPLICATE_KEY || hasLabel(error, 'TransientTransactionError');
}

function hasLabel(error: unknown, label: string): boolean {
  return (error as { hasErrorLabel?: (l: string) => boolean }).hasErrorLabel?.(label) ?? false;
}
