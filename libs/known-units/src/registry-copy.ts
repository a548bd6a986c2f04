import { codecOf } from '@gdtx/contracts/fact-codecs';
import type { Collection, Connection } from 'mongoose';
import type { mongo } from 'mongoose';
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
  data: mongo.Binary;
  recordedAt: number;
}

interface Cursor {
  _id: string;
  /** The next offset to read of the registry's partition; text, since it may be larger than a number holds. */
  offset: string;
}

/** The registry ledger of one other service, as kept here: contiguous from 1. */
export class RegistryCopy {
  seq = 0;
  offset: bigint | null = null;
  private readonly entries: Collection<Stored>;
  private readonly cursors: Collection<Cursor>;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    readonly service: RegistryService,
    connection: Connection,
  ) {
    this.entries = connection.collection<Stored>('known_entries');
    this.cursors = connection.collection<Cursor>('known_cursors');
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
    const found = this.entries.find({ service: this.service, seq: { $lte: upToSeq } }).sort({ seq: 1 });
    for await (const { type, seq, recordedAt, data } of found) {
      const codec = codecOf(type);
      const message = codec?.decode(new Uint8Array(data.buffer.buffer, data.buffer.byteOffset, data.position));
      yield { type, seq, recordedAt, data: message };
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
    await this.entries.bulkWrite(
      fresh.map(({ seq, type, recordedAt, bytes }) => ({
        updateOne: {
          filter: { _id: `${this.service}/${seq}` },
          update: {
            $setOnInsert: { service: this.service, seq, type, recordedAt, data: Buffer.from(bytes!) as never },
          },
          upsert: true,
        },
      })),
      { ordered: false },
    );
    this.seq = fresh.at(-1)!.seq;
    return fresh;
  }
}
