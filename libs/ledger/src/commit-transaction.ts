import { mongo } from 'mongoose';
import type { CommitSession } from './commit-session.js';
import { documentSequence } from './document-sequence.js';
import type { HeadDocument } from './documents.js';
import type { Commit } from './ledger-store.js';
import type { StateChange } from './state-change.js';

/** Another committer was faster: what was decided rests on a state that is no longer so. */
export class Conflict extends Error {}

const DURABLE = { w: 'majority', j: true } as const;
const DUPLICATE_KEY = 11000;
/** Another process has just started, and has ended what sessions had open. */
const INTERRUPTED = 11601;
/** Of one command, well below the 16 MB of a BSON document. */
const MAX_COMMAND_BYTES = 8_000_000;
/** BSON of a letter of JSON at most: a list's items carry their places, as text, and a digit becomes four bytes. */
const MOST_BYTES_A_LETTER = 8;
/** How long an answer to a commit is waited for anew before it counts as unknown. */
const COMMIT_PATIENCE_MS = 30_000;

/**
 * Heads, states, entries: all of a batch, or nothing of it. Every write is guarded by what was read (a head's place, a state's
 * version, the uniqueness of an id), so that of two who decided on the same only one comes through.
 *
 * The guard stands in the change, not in the query: MongoDB finds a document by its id alone without planning, which costs a third.
 */
export async function commitTransaction(sessions: CommitSession, db: mongo.Db, commit: Commit): Promise<void> {
  const session = await sessions.ready();
  try {
    session.startTransaction({ writeConcern: DURABLE, readConcern: { level: 'snapshot' } });
    // What wasn't there is inserted, which costs MongoDB a part of what an upsert does; if it is there by now, its id collides.
    const [newHeads, oldHeads] = [commit.heads.filter(isNew), commit.heads.filter((head) => !isNew(head))];
    if (newHeads.length > 0) await insert(db, session, 'heads', newHeads.map(newHead));
    if (oldHeads.length > 0) await update(db, session, 'heads', oldHeads.map(headUpdate));
    const [fresh, known] = [commit.states.filter(isNew), commit.states.filter((state) => !isNew(state))];
    for (const chunk of chunks(fresh, fresh.map(bytesOf))) await insert(db, session, 'states', chunk.map(documentOf));
    for (const chunk of chunks(known, known.map(bytesOf))) await update(db, session, 'states', chunk.map(stateUpdate));
    for (const chunk of chunks(commit.entries, commit.entries.map(estimated))) {
      await insert(db, session, 'entries', chunk);
    }
    await commitSurely(session);
  } catch (error) {
    // An open transaction would collide with the next one. Where the line is broken, nobody waits for an abort to get through.
    if (error instanceof Conflict || error instanceof mongo.MongoServerError) {
      await session.abortTransaction().catch(() => sessions.replace());
    } else sessions.replace();
    throw isCollision(error) ? new Conflict('another committer was faster', { cause: error }) : error;
  }
}

interface Update {
  q: { _id: string };
  u: [{ $replaceWith: object }];
}

interface WriteAnswer {
  /** Documents that were found or inserted. */
  n: number;
  /** Of an update: those that were found and changed. */
  nModified?: number;
  writeErrors?: { code: number; errmsg: string }[];
}

/** Plain commands: the driver's bulk writes would serialise every document by itself. */
async function update(
  db: mongo.Db,
  session: mongo.ClientSession,
  collection: string,
  updates: Update[],
): Promise<void> {
  const command = { update: collection, updates: documentSequence('updates', updates), ordered: false };
  await confirmed(db.command(command, { session }), updates.length);
}

async function insert(
  db: mongo.Db,
  session: mongo.ClientSession,
  collection: string,
  documents: readonly object[],
): Promise<void> {
  const command = { insert: collection, documents: documentSequence('documents', documents), ordered: false };
  await confirmed(db.command(command, { session }), documents.length);
}

async function confirmed(command: Promise<mongo.Document>, wanted: number): Promise<void> {
  const { n, nModified, writeErrors } = (await command) as WriteAnswer;
  const [failed] = writeErrors ?? [];
  if (failed && failed.code !== DUPLICATE_KEY) {
    throw new mongo.MongoServerError({ message: failed.errmsg, code: failed.code });
  }
  if (failed || (nModified ?? n) !== wanted) throw new Conflict('a head, a state or an id isn’t as it was');
}

const isNew = ({ before }: { before: number }) => before === 0;

/** What isn't as it was stays as it is, which the answer's sums say. */
function guarded(id: string, version: string, before: number, now: object): Update {
  return { q: { _id: id }, u: [{ $replaceWith: { $cond: [{ $eq: [`$${version}`, before] }, now, '$$ROOT'] } }] };
}

// Written out: what is taken apart and put together by spreads costs some times as much, and a commit may have hundreds of heads.
function newHead({ unit, seq, hash, recordedAt, order, published = 0 }: Commit['heads'][number]): HeadDocument {
  return { _id: unit, seq, hash, recordedAt, order, published, pending: true };
}

function headUpdate({ unit, before, seq, hash, recordedAt, order, published = 0 }: Commit['heads'][number]): Update {
  const now = { _id: unit, seq, hash, recordedAt, order, pending: true };
  const furthest = { published: { $max: ['$published', published] } };
  // Its place grows with each change, also with one by a withdrawal that adds nothing.
  return guarded(unit, 'order', before, { $mergeObjects: [{ $literal: now }, furthest] });
}

function documentOf({ key, before, ledgers, order, state }: StateChange) {
  return { _id: key, version: before + 1, ledgers, order, state };
}

/** At most. */
function bytesOf({ json }: StateChange): number {
  return MOST_BYTES_A_LETTER * json.length + 1_000;
}

function stateUpdate(change: StateChange): Update {
  return guarded(change.key, 'version', change.before, { $literal: documentOf(change) });
}

/** Of an entry, whose larger parts are bytes already. */
function estimated({ data, canonical, keys }: Commit['entries'][number]): number {
  return data.length + canonical.length + 2_000 + keys.reduce((sum, key) => sum + 3 * key.length + 20, 0);
}

/** As many in a command as fit into it. */
function* chunks<T>(documents: readonly T[], sizes: readonly number[]): Generator<T[]> {
  let begin = 0;
  let size = 0;
  for (let i = 0; i < documents.length; i++) {
    if (i > begin && size + sizes[i]! > MAX_COMMAND_BYTES) {
      yield documents.slice(begin, i);
      begin = i;
      size = 0;
    }
    size += sizes[i]!;
  }
  if (documents.length > begin) yield documents.slice(begin);
}

/** An answer that was lost doesn't say whether the commit is in: the same commit is asked for again until it says. */
async function commitSurely(session: mongo.ClientSession): Promise<void> {
  const deadline = performance.now() + COMMIT_PATIENCE_MS;
  for (let pause = 50; ; pause = Math.min(1000, pause * 2)) {
    try {
      return await session.commitTransaction();
    } catch (error) {
      if (!isUnknown(error) || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function isUnknown(error: unknown): boolean {
  return (
    hasLabel(error, 'UnknownTransactionCommitResult') ||
    hasLabel(error, 'RetryableWriteError') ||
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError
  );
}

function isCollision(error: unknown): boolean {
  if (error instanceof Conflict) return true;
  // A line that broke is marked as transient too, but then nothing was decided against anybody.
  if (!(error instanceof mongo.MongoServerError)) return false;
  return error.code === DUPLICATE_KEY || error.code === INTERRUPTED || hasLabel(error, 'TransientTransactionError');
}

function hasLabel(error: unknown, label: string): boolean {
  return error instanceof mongo.MongoError && error.hasErrorLabel(label);
}
