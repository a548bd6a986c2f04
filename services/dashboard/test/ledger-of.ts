import { createHash } from 'node:crypto';
import type { Batch, BatchControl, IncomingMessage } from '@gdtx/kafka/client';
import { codecOf } from '@gdtx/contracts/fact-codecs';
import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { partitionOf, topicOf } from '@gdtx/kafka/partition';

export const PREFIX = 'test.';
const DAY_MS = 86_400_000;
const FIRST_RECORDED = Date.UTC(2025, 0, 10);

interface AnyCodec {
  fromPartial(data: object): unknown;
  encode(message: unknown): { finish(): Uint8Array };
}

/** Bytes of a fact: `LearnersEnrolled` of programmes with any of its fields. */
export function factBytes(type: string, data: object): Buffer {
  const codec = codecOf(type) as unknown as AnyCodec;
  return Buffer.from(codec.encode(codec.fromPartial(data)).finish());
}

export interface Tell {
  recordedAt?: number;
  source?: string;
  /** Instead of the fact's own bytes. */
  bytes?: Buffer;
}

/** A ledger as an owner keeps it: each fact told becomes its next entry. */
export class LedgerOf {
  readonly entries: Entry[] = [];

  constructor(
    readonly service: string,
    readonly unit: string,
  ) {}

  tell(name: string, data: object, { recordedAt, source, bytes }: Tell = {}): Entry {
    const type = `vn.gdtx.${this.service}.${name}.v1`;
    const seq = this.entries.length + 1;
    const previousHash = this.entries.at(-1)?.hash ?? Buffer.alloc(32);
    const factData = bytes ?? factBytes(type, data);
    const hash = createHash('sha256').update(previousHash).update(`${type}${seq}`).update(factData).digest();
    const entry: Entry = {
      service: this.service,
      unit: this.unit,
      seq,
      id: `${this.unit}-${seq}`,
      source: `urn:gdtx:unit:${source ?? this.unit}`,
      type,
      time: '',
      recordedAt: recordedAt ?? FIRST_RECORDED + seq * DAY_MS,
      data: factData,
      hash,
      previousHash,
      recordedBy: 'test',
    };
    this.entries.push(entry);
    return entry;
  }

  /** An entry of a type that these contracts don't have. */
  tellUnknown(name = 'OfALaterVersion', tell: Tell = {}): Entry {
    return this.tell(name, {}, { bytes: Buffer.from([8, 1]), ...tell });
  }

  withdraw(seq: number, tell: Tell = {}): Entry {
    const { id, type, source, data, recordedAt } = this.entries[seq - 1]!;
    const withdrawn = { id, type, source, data, recordedAt };
    return this.tell('EntryWithdrawn', { unit: this.unit, seq, reason: 'test', withdrawn }, tell);
  }
}

export function message(entry: Entry, offset: bigint | string = 0n): IncomingMessage {
  return { offset, key: null, value: Buffer.from(Entry.encode(entry).finish()) };
}

/** A topic's partitions as a broker keeps them. */
export class TestTopic {
  readonly topic: string;
  readonly log = new Map<number, IncomingMessage[]>();

  constructor(readonly service: string) {
    this.topic = topicOf(PREFIX, service);
  }

  publish(...entries: Entry[]): void {
    for (const entry of entries) this.append(partitionOf(entry.unit), message(entry).value);
  }

  append(partition: number, value: Buffer | null): void {
    const messages = this.log.get(partition) ?? [];
    messages.push({ offset: String(messages.length), key: null, value });
    this.log.set(partition, messages);
  }

  /** What a reader at these positions is given, in batches of at most `size`. */
  *batches(positions: ReadonlyMap<number, bigint> = new Map(), size = 1000): Iterable<Batch> {
    for (const [partition, messages] of this.log) {
      for (let at = Number(positions.get(partition) ?? 0n); at < messages.length; at += size) {
        const some = messages.slice(at, at + size);
        const lastOffset = BigInt(at + some.length - 1);
        const highWatermark = BigInt(messages.length);
        yield {
          topic: this.topic,
          partition,
          firstOffset: BigInt(at),
          lastOffset,
          highWatermark,
          messages: some,
        };
      }
    }
  }
}

export const control: BatchControl = { heartbeat: () => Promise.resolve(), isStale: () => false };
