import { codecOf } from '@gdtx/contracts/fact-codecs';
import type { Connection, mongo } from 'mongoose';
import type { RegistryService } from './known-units.js';

export interface CopiedEntry {
  type: string;
  data: unknown;
  seq: number;
  recordedAt: number;
  /** The fact's message, as it came. */
  bytes?: Uint8Array;
}

/** Entries that came together: a document for each would cost MongoDB and this service several times as much. */
interface Stored {
  /** `service/seq of the first`, in twelve digits, so that they are found in order. */
  _id: string;
  entries: { seq: number; type: string; data: Buffer; recordedAt: number }[];
}

interface Cursor {
  _id: string;
  /** The next offset to read of the registry's partition; text, since it may be larger than a number holds. */
  offset: string;
}

const DUPLICATE_KEY = 11000;
/** Of one document. */
const MOST_ENTRIES = 500;
const MOST_BYTES = 4_000_000;
/** Of versions before this one; what was in it comes from the topics again. */
const FORMER = 'known_entries';

/** The registry ledger of one other service, as kept here: contiguous from 1. */
export class RegistryCopy {
  seq = 0;
  offset: bigint | null = null;
  private readonly batches: mongo.Collection<Stored>;
  private readonly cursors: mongo.Collection<Cursor>;
  private readonly former: mongo.Collection;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    readonly service: RegistryService,
    connection: Connection,
  ) {
    const db = connection.getClient().db(connection.name);
    this.batches = db.collection<Stored>('known_batches');
    this.cursors = db.collection<Cursor>('known_cursors');
    this.former = db.collection(FORMER);
  }

  /** Everything kept, in seq order; afterwards `seq` and `offset` say where to go on. */
  async *load(): AsyncIterable<CopiedEntry> {
    await this.former.drop().catch((error: { codeName?: string }) => {
      if (error.codeName !== 'NamespaceNotFound') throw error;
    });
    for await (const entry of this.stored(Number.MAX_SAFE_INTEGER)) {
      this.seq = entry.seq;
      yield entry;
    }
    const cursor = await this.cursors.findOne({ _id: this.service });
    this.offset = cursor && this.seq > 0 ? BigInt(cursor.offset) : null;
  }

  /** Up to a hole: what two replicas of this service write at once may have one for a moment, and the rest is read again. */
  async *stored(upToSeq: number): AsyncIterable<CopiedEntry> {
    const own = { _id: { $gte: `${this.service}/`, $lt: `${this.service}0` } };
    let next = 1;
    for await (const { entries } of this.batches.find(own, { promoteBuffers: true }).sort({ _id: 1 })) {
      for (const { seq, type, recordedAt, data } of entries) {
        if (seq < next) continue;
        if (seq > next || seq > upToSeq) return;
        next += 1;
        yield { type, seq, recordedAt, data: codecOf(type)?.decode(data) };
      }
    }
  }

  /** Keeps the entries that follow what is there, and gives them back; others are left out. */
  append(entries: CopiedEntry[]): Promise<CopiedEntry[]> {
    const done = this.writing.then(() => this.appendNow(entries));
    // Whose turn is next, not what was written: that isn't held on to.
    this.writing = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  async reached(offset: bigint): Promise<void> {
    this.offset = offset;
    await this.cursors.updateOne({ _id: this.service }, { $set: { offset: String(offset) } }, { upsert: true });
  }

  private async appendNow(entries: CopiedEntry[]): Promise<CopiedEntry[]> {
    let next = this.seq + 1;
    const fresh = entries.filter((e) => (e.seq === next ? ++next : 0));
    if (fresh.length === 0) return [];
    const kept = fresh.map(({ seq, type, recordedAt, bytes }) => ({
      ...{ seq, type, recordedAt, data: Buffer.from(bytes!) },
    }));
    for (const batch of batchesOf(kept)) await this.insert(batch);
    this.seq = fresh.at(-1)!.seq;
    return fresh;
  }

  /** Another replica of this service may be faster, with the same entries, or the first of them. */
  private async insert(entries: Stored['entries']): Promise<void> {
    for (let rest = entries; rest.length > 0;) {
      const _id = `${this.service}/${String(rest[0]!.seq).padStart(12, '0')}`;
      try {
        await this.batches.insertOne({ _id, entries: rest });
        return;
      } catch (error) {
        if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
      }
      const there = await this.batches.findOne({ _id });
      const last = there?.entries.at(-1)?.seq ?? 0;
      rest = rest.filter(({ seq }) => seq > last);
    }
  }
}

function* batchesOf(entries: Stored['entries']): Generator<Stored['entries']> {
  let batch: Stored['entries'] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (batch.length === MOST_ENTRIES || (batch.length > 0 && bytes + entry.data.length > MOST_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += entry.data.length;
  }
  if (batch.length > 0) yield batch;
}
