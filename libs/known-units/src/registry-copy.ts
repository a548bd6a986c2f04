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

interface Stored {
  _id: string;
  service: string;
  seq: number;
  type: string;
  data: Buffer;
  recordedAt: number;
}

interface Cursor {
  _id: string;
  /** The next offset to read of the registry's partition; text, since it may be larger than a number holds. */
  offset: string;
}

const DUPLICATE_KEY = 11000;

/** The registry ledger of one other service, as kept here: contiguous from 1. */
export class RegistryCopy {
  seq = 0;
  offset: bigint | null = null;
  private readonly entries: mongo.Collection<Stored>;
  private readonly cursors: mongo.Collection<Cursor>;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    readonly service: RegistryService,
    connection: Connection,
  ) {
    const db = connection.getClient().db(connection.name);
    this.entries = db.collection<Stored>('known_entries');
    this.cursors = db.collection<Cursor>('known_cursors');
  }

  /** Everything kept, in seq order; afterwards `seq` and `offset` say where to go on. */
  async *load(): AsyncIterable<CopiedEntry> {
    await this.entries.createIndex({ service: 1, seq: 1 }, { unique: true });
    const cursor = await this.cursors.findOne({ _id: this.service });
    this.offset = cursor ? BigInt(cursor.offset) : null;
    for await (const entry of this.stored(Number.MAX_SAFE_INTEGER)) {
      // What two replicas of this service wrote at once may have a hole for a moment; the rest is read again.
      if (entry.seq !== this.seq + 1) break;
      this.seq = entry.seq;
      yield entry;
    }
  }

  async *stored(upToSeq: number): AsyncIterable<CopiedEntry> {
    const wanted = { service: this.service, seq: { $lte: upToSeq } };
    const found = this.entries.find(wanted, { promoteBuffers: true }).sort({ seq: 1 });
    for await (const { type, seq, recordedAt, data } of found) {
      yield { type, seq, recordedAt, data: codecOf(type)?.decode(data) };
    }
  }

  /** Keeps the entries that follow what is there, and gives them back; others are left out. */
  append(entries: CopiedEntry[]): Promise<CopiedEntry[]> {
    const done = this.writing.then(() => this.appendNow(entries));
    this.writing = done.catch(() => undefined);
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
    const documents = fresh.map(({ seq, type, recordedAt, bytes }) => ({
      ...{ _id: `${this.service}/${seq}`, service: this.service, seq, type, recordedAt },
      data: Buffer.from(bytes!),
    }));
    // Inserted, not upserted, which costs more on both sides. Unordered, so that what is there already doesn't hold up the rest.
    await this.entries.insertMany(documents, { ordered: false }).catch((error: { code?: number }) => {
      // Another replica of this service was faster, with the same entries.
      if (error.code !== DUPLICATE_KEY) throw error;
    });
    this.seq = fresh.at(-1)!.seq;
    return fresh;
  }
}
