import { type mongo, type Connection } from 'mongoose';
import type { Cursor, StoredRecord } from '../model.js';
import type { StoredContext } from './context.js';
import type {
  Checkpoint,
  FewDocuments,
  Inserted,
  ProjectorStore,
  Quarantined,
  StoredFreshness,
  Written,
} from './store.js';
import { bytesOf, type Bytes, type StoredUnitYear } from './stored-year.js';

interface Guarded {
  _id: string;
  epoch: number;
  seq: number;
}

const DUPLICATE_KEY = 11000;
/** A command's document may have 16 MB; and a thousand operations keep a server busy long enough. */
const MAX_OPERATIONS = 1000;
const MAX_BYTES = 8 * 1024 * 1024;
/** Commands on their way at once. */
const LANES = 2;
const FIND_IDS = 1000;
const WRITE_CONCERN = { w: 'majority' as const, j: true };

interface WriteAnswer {
  writeErrors?: { index: number; code: number; errmsg?: string }[];
  writeConcernError?: { errmsg?: string };
}

/** Everything that a read model consists of, and that goes with it. */
export const READ_MODEL_COLLECTIONS = [
  ...['unit_years', 'contexts', 'records', 'cursors', 'checkpoints', 'quarantine', 'freshness'],
] as const;

/** The projector's collections (READ_MODEL_COLLECTIONS) in a database of the dashboard. */
export function createMongoStore(connection: Connection): ProjectorStore {
  const db = connection.getClient().db(connection.name);
  const years = db.collection<StoredUnitYear>('unit_years');
  const contexts = db.collection<StoredContext>('contexts');
  const records = db.collection<StoredRecord>('records');
  const cursors = db.collection<Cursor>('cursors');
  const checkpoints = db.collection<Checkpoint>('checkpoints');
  const freshness = db.collection<StoredFreshness>('freshness');

  return {
    database: connection.name,
    async checkpoints() {
      const found = await checkpoints.find().toArray();
      return found.map((checkpoint) => ({ ...checkpoint, position: BigInt(checkpoint.position as bigint | number) }));
    },
    async *cursors(service, partitions) {
      const found = cursors.find({ service, partition: { $in: [...partitions] } }, { batchSize: 5000 });
      for await (const cursor of found) yield { ...cursor, hash: bufferOf(cursor.hash) };
    },
    incomplete: () =>
      cursors
        .find({ 'unknown.seq': { $gt: 0 } }, { projection: { service: 1, unit: 1, unknown: 1 } })
        .toArray() as Promise<Pick<Cursor, 'service' | 'unit' | 'unknown'>[]>,
    unitYears: (ids) => findByIds(years, ids),
    contexts: (ids) => findByIds(contexts, ids),
    records: (ids) => findByIds(records, ids),
    writeUnitYears: (documents, unseen) =>
      (unseen ? insertOrReplace : replaceIfNewer)(
        db,
        'unit_years',
        documents,
        ({ cells, levels }) => bytesOf(cells).length + bytesOf(levels).length + 2000,
      ),
    writeContexts: (documents) => replaceIfNewer(db, 'contexts', documents, ({ items }) => items.length * 100 + 300),
    writeRecords: (documents) => replaceIfNewer(db, 'records', documents, recordBytes),
    async insertRecords(documents) {
      const there: number[] = [];
      const failed = await inChunks(documents, recordBytes, async (some, start) => {
        const errors = await insert(some, db, 'records');
        there.push(...errors.there.map((index) => start + index));
        return errors;
      });
      return { there, failed };
    },
    writeCursors: (documents) => replaceIfNewer(db, 'cursors', documents, ({ unknown }) => unknown.length * 100 + 400),
    writeTogether: (few) => inOneCommit(connection, db, few),
    async writeCheckpoints(moved) {
      const operations = moved.map(({ reset, ...checkpoint }): Operation => {
        const { _id, position } = checkpoint;
        return { q: reset ? { _id } : { _id, position: { $lte: position } }, u: checkpoint, upsert: true };
      });
      demandAll(
        await inChunks(
          operations,
          () => 500,
          (some) => bulk(some, db, 'checkpoints'),
        ),
      );
    },
    async quarantine(values) {
      const size = ({ value }: Quarantined) => value.length + 300;
      const setAside = (some: Quarantined[]) =>
        bulk(
          some.map((u): Operation => ({ q: { _id: u._id }, u, upsert: true })),
          db,
          'quarantine',
        );
      demandAll(await inChunks(values, size, setAside));
    },
    async writeFreshness(now) {
      await freshness.replaceOne({ _id: 'now' }, now, { upsert: true });
    },
  };
}

/** Indexes of the projector's collections, and the end of what no version reads any more; may be called at every start. */
export async function createIndexes(connection: Connection): Promise<void> {
  const db = connection.getClient().db(connection.name);
  await db.collection('cursors').createIndexes([
    { key: { service: 1, partition: 1 }, name: 'partition' },
    { key: { 'unknown.seq': 1 }, name: 'incomplete', partialFilterExpression: { 'unknown.seq': { $exists: true } } },
  ]);
  await db.collection('quarantine').createIndex({ at: 1 }, { name: 'at' });
  // Months of reports were records until they came into the documents of their units' years.
  await db.collection('records').deleteMany({ collection: 'periods' });
}

const recordBytes = ({ pieces }: StoredRecord): number => pieces.length * 5000 + 500;

interface Operation {
  q: object;
  u: object;
  upsert: true;
}

function demandAll(failed: Written['failed']): void {
  if (failed.length > 0) throw new Error(`${failed.length} were not stored: ${failed[0]!.error}`);
}

/** Replaces documents by newer ones. */
async function replaceIfNewer<Document extends Guarded>(
  db: mongo.Db,
  collection: string,
  documents: readonly Document[],
  size: (document: Document) => number,
): Promise<Written> {
  let outdated = 0;
  const failed = await inChunks(documents, size, async (some) => {
    const errors = await bulk(replacing(some), db, collection);
    outdated += errors.outdated;
    return errors;
  });
  return { outdated, failed };
}

/** Inserts documents, which costs a server less than looking for each; of those that are there already, the newer one stays. */
async function insertOrReplace<Document extends Guarded>(
  db: mongo.Db,
  collection: string,
  documents: readonly Document[],
  size: (document: Document) => number,
): Promise<Written> {
  let outdated = 0;
  const failed = await inChunks(documents, size, async (some) => {
    const { there, failed: notInserted } = await insert(some, db, collection);
    if (there.length === 0) return { outdated: 0, failed: notInserted };
    const again = await replaceIfNewer(
      db,
      collection,
      there.map((index) => some[index]!),
      size,
    );
    outdated += again.outdated;
    const notReplaced = again.failed.map(({ index, error }) => ({ index: there[index]!, error }));
    return { outdated: 0, failed: [...notInserted, ...notReplaced] };
  });
  return { outdated, failed };
}

/**
 * One wait for the journal instead of three, and half of the server's work. Documents come before the cursors that cover them, in the change
 * stream too.
 */
async function inOneCommit(connection: Connection, db: mongo.Db, few: FewDocuments): Promise<boolean> {
  const { contexts, years, cursors } = few;
  const session = connection.getClient().startSession();
  try {
    session.startTransaction({ writeConcern: WRITE_CONCERN });
    for (const [collection, documents] of Object.entries({ contexts, unit_years: years, cursors })) {
      if (documents.length === 0) continue;
      const answer = (await db.command(
        { update: collection, updates: replacing(documents) },
        { session },
      )) as WriteAnswer;
      if (answer.writeErrors) throw new Error(`${collection}: ${answer.writeErrors[0]!.errmsg}`);
    }
    await session.commitTransaction();
    return true;
  } catch {
    // Whatever it was: the guards hold, and what is written one after another says what is wrong.
    await session.abortTransaction().catch(() => undefined);
    return false;
  } finally {
    await session.endSession().catch(() => undefined);
  }
}

/** Where a newer one is there, the upsert finds its id taken. */
function replacing(documents: readonly Guarded[]): Operation[] {
  return documents.map((u) => ({ q: olderThan(u), u, upsert: true }));
}

function olderThan({ _id, epoch, seq }: Guarded): object {
  if (epoch === 0) return { _id, epoch: 0, seq: { $lt: seq } };
  return { _id, $or: [{ epoch: { $lt: epoch } }, { epoch, seq: { $lt: seq } }] };
}

interface BulkErrors {
  outdated: number;
  failed: Written['failed'];
}

/** One command, unordered. The driver's own bulk writes measure and serialise every document twice. */
async function bulk(updates: Operation[], db: mongo.Db, collection: string): Promise<BulkErrors> {
  const command = { update: collection, updates, ordered: false, writeConcern: WRITE_CONCERN };
  const { there, failed } = errorsOf(await db.command(command), collection);
  return { outdated: there.length, failed };
}

/** Likewise. */
async function insert(documents: object[], db: mongo.Db, collection: string): Promise<BulkErrors & Inserted> {
  const command = { insert: collection, documents, ordered: false, writeConcern: WRITE_CONCERN };
  return { outdated: 0, ...errorsOf(await db.command(command), collection) };
}

/** `there`: places in the list of those whose id is taken. */
function errorsOf({ writeErrors = [], writeConcernError }: WriteAnswer, collection: string): Inserted {
  if (writeConcernError) throw new Error(`${collection}: ${writeConcernError.errmsg}`);
  const there = writeErrors.filter(({ code }) => code === DUPLICATE_KEY).map(({ index }) => index);
  const failed = writeErrors
    .filter(({ code }) => code !== DUPLICATE_KEY)
    .map(({ index, code, errmsg }) => ({ index, error: `${collection}: ${code} ${errmsg ?? ''}` }));
  return { there, failed };
}

/** Sends a long list in pieces, some at once; a piece that fails as a whole fails with all of its items. */
async function inChunks<Item>(
  items: readonly Item[],
  size: (item: Item) => number,
  send: (some: Item[], start: number) => Promise<BulkErrors>,
): Promise<Written['failed']> {
  const failed: Written['failed'] = [];
  const chunks = chunked(items, size);
  const lane = async () => {
    for (let next = chunks.next(); !next.done; next = chunks.next()) {
      const { start, some } = next.value;
      try {
        for (const { index, error } of (await send(some, start)).failed) failed.push({ index: start + index, error });
      } catch (thrown) {
        const error = thrown instanceof Error ? thrown.message : String(thrown);
        failed.push(...some.map((_, i) => ({ index: start + i, error })));
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return failed;
}

function* chunked<Item>(
  items: readonly Item[],
  size: (item: Item) => number,
): Generator<{ start: number; some: Item[] }> {
  let start = 0;
  let bytes = 0;
  for (let i = 0; i <= items.length; i++) {
    const next = i < items.length ? size(items[i]!) : Infinity;
    if (i > start && (i - start >= MAX_OPERATIONS || bytes + next > MAX_BYTES)) {
      yield { start, some: items.slice(start, i) };
      start = i;
      bytes = 0;
    }
    bytes += next;
  }
}

async function findByIds<Document extends { _id: string }>(
  collection: mongo.Collection<Document>,
  ids: readonly string[],
): Promise<Document[]> {
  const found: Document[] = [];
  for (let i = 0; i < ids.length; i += FIND_IDS) {
    const filter = { _id: { $in: ids.slice(i, i + FIND_IDS) } } as mongo.Filter<Document>;
    found.push(...((await collection.find(filter, { batchSize: FIND_IDS }).toArray()) as Document[]));
  }
  return found;
}

function bufferOf(bytes: Bytes): Buffer {
  const plain = bytesOf(bytes);
  return Buffer.from(plain.buffer, plain.byteOffset, plain.length);
}
