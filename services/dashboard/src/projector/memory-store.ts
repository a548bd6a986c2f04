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
import type { StoredUnitYear } from './stored-year.js';

interface Guarded {
  _id: string;
  epoch: number;
  seq: number;
}

/** Keeps everything in memory, with the same guards: for tests, and for folding beside a live model. */
export class MemoryStore implements ProjectorStore {
  readonly years = new Map<string, StoredUnitYear>();
  readonly contextsById = new Map<string, StoredContext>();
  readonly recordsById = new Map<string, StoredRecord>();
  readonly cursorsById = new Map<string, Cursor>();
  readonly checkpointsById = new Map<string, Checkpoint>();
  readonly quarantined = new Map<string, Quarantined>();
  freshness: StoredFreshness | undefined;

  checkpoints(): Promise<Checkpoint[]> {
    return Promise.resolve([...this.checkpointsById.values()]);
  }

  async *cursors(service: string, partitions: readonly number[]): AsyncIterable<Cursor> {
    for (const cursor of this.cursorsById.values()) {
      if (cursor.service === service && partitions.includes(cursor.partition)) yield cursor;
    }
  }

  incomplete(): Promise<Cursor[]> {
    return Promise.resolve([...this.cursorsById.values()].filter(({ unknown }) => unknown.length > 0));
  }

  unitYears(ids: readonly string[]): Promise<StoredUnitYear[]> {
    return Promise.resolve(found(this.years, ids));
  }

  contexts(ids: readonly string[]): Promise<StoredContext[]> {
    return Promise.resolve(found(this.contextsById, ids));
  }

  records(ids: readonly string[]): Promise<StoredRecord[]> {
    return Promise.resolve(found(this.recordsById, ids));
  }

  writeUnitYears(documents: readonly StoredUnitYear[]): Promise<Written> {
    return Promise.resolve(put(this.years, documents));
  }

  writeContexts(documents: readonly StoredContext[]): Promise<Written> {
    return Promise.resolve(put(this.contextsById, documents));
  }

  writeRecords(documents: readonly StoredRecord[]): Promise<Written> {
    return Promise.resolve(put(this.recordsById, documents));
  }

  insertRecords(documents: readonly StoredRecord[]): Promise<Inserted> {
    const there = documents.flatMap(({ _id }, i) => (this.recordsById.has(_id) ? [i] : []));
    const fresh = documents.filter(({ _id }) => !this.recordsById.has(_id));
    for (const record of fresh) this.recordsById.set(record._id, record);
    return Promise.resolve({ there, failed: [] });
  }

  writeCursors(documents: readonly Cursor[]): Promise<Written> {
    return Promise.resolve(put(this.cursorsById, documents));
  }

  writeTogether({ contexts, years, cursors }: FewDocuments): Promise<boolean> {
    const all = [
      [this.contextsById, contexts],
      [this.years, years],
      [this.cursorsById, cursors],
    ] as [Map<string, Guarded>, readonly Guarded[]][];
    const areNewer = all.every(([held, documents]) =>
      documents.every((document) => {
        const known = held.get(document._id);
        return !known || isNewer(document, known);
      }),
    );
    if (areNewer) for (const [held, documents] of all) put(held, documents);
    return Promise.resolve(areNewer);
  }

  writeCheckpoints(checkpoints: readonly Checkpoint[]): Promise<void> {
    for (const { reset, ...checkpoint } of checkpoints) {
      const known = this.checkpointsById.get(checkpoint._id);
      if (reset || !known || known.position <= checkpoint.position)
        this.checkpointsById.set(checkpoint._id, checkpoint);
    }
    return Promise.resolve();
  }

  quarantine(values: readonly Quarantined[]): Promise<void> {
    for (const value of values) this.quarantined.set(value._id, value);
    return Promise.resolve();
  }

  writeFreshness(freshness: StoredFreshness): Promise<void> {
    this.freshness = freshness;
    return Promise.resolve();
  }
}

function found<Document>(held: ReadonlyMap<string, Document>, ids: readonly string[]): Document[] {
  return ids.flatMap((id) => held.get(id) ?? []);
}

function put<Document extends Guarded>(held: Map<string, Document>, documents: readonly Document[]): Written {
  let outdated = 0;
  for (const document of documents) {
    const known = held.get(document._id);
    if (known && !isNewer(document, known)) outdated += 1;
    else held.set(document._id, document);
  }
  return { outdated, failed: [] };
}

function isNewer(one: Guarded, other: Guarded): boolean {
  return one.epoch > other.epoch || (one.epoch === other.epoch && one.seq > other.seq);
}
