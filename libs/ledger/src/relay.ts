import { randomUUID } from 'node:crypto';
import type { Collection, Connection } from 'mongoose';
import { Entry, Progress } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { EntryProducer, OutgoingMessage } from '@gdtx/kafka/client';
import { partitionOf, progressTopic, topicOf } from '@gdtx/kafka/partition';
import type { Log } from '@gdtx/service-kit/log';
import type { EntryDocument, HeadDocument } from './documents.js';
import { entryMessage } from './entry.js';
import type { LedgerStore } from './ledger-store.js';

/** At most this many of one unit in a round, so that a busy ledger doesn't hold up the others. */
const UNIT_ROUND = 500;
const UNITS_A_ROUND = 500;
const MAX_MESSAGES = 2000;
const MAX_BYTES = 900_000;
const POLL_MS = 500;
const LEASE_MS = 6000;

export interface RelayOptions {
  service: string;
  topicPrefix: string;
  store: LedgerStore;
  connection: Connection;
  producer: EntryProducer;
  /** The next offset of each partition of the service's topic, by partition number. */
  endOffsets: (topic: string) => Promise<bigint[]>;
  /** A moment before which nothing is still being stored. */
  safeMoment: () => number;
  log: Log;
  /** Between sending and marking; a fault test stops the process here. */
  afterSend?: () => Promise<void>;
}

interface Lease {
  _id: 'relay';
  holder: string;
  until: Date;
}

/**
 * Carries entries from the ledgers to Kafka. The ledger is the outbox: what isn't marked as published is read, per unit in
 * seq order, sent, and marked after Kafka has confirmed it. One relay of a service holds a lease; a second one waits. Sending
 * twice is harmless (readers skip by seq), so a crash between sending and marking loses nothing.
 */
export class Relay {
  private readonly holder = randomUUID();
  private readonly leases: Collection<Lease>;
  private running: Promise<void> | undefined;
  private stopped = false;
  private wake: () => void = () => undefined;
  private woken = false;
  /** Everything recorded until then is in Kafka. */
  private publishedUntil = 0;
  private lastProgress = 0;
  private backlog = 0;
  private renewAt = 0;

  constructor(private readonly options: RelayOptions) {
    this.leases = options.connection.collection<Lease>('leases');
  }

  start(): void {
    this.running = this.run();
  }

  /** Something was committed. Losing a call loses nothing but half a second. */
  nudge(): void {
    this.woken = true;
    this.wake();
  }

  /** Entries that wait, as seen in the last round. */
  lag(): number {
    return this.backlog;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
    await this.leases.deleteOne({ _id: 'relay', holder: this.holder }).catch(() => undefined);
  }

  /** Sends a ledger's published entries again, from a seq on; says how many. */
  async republish(unit: string, fromSeq: number): Promise<number> {
    const head = (await this.options.store.headsOf([unit])).get(unit);
    if (!head) return 0;
    let sent = 0;
    let batch: EntryDocument[] = [];
    for await (const entry of this.options.store.read(unit, Math.max(1, fromSeq))) {
      // What isn't published yet is on its way by itself.
      if (entry.seq > head.published) break;
      batch.push(entry);
      if (batch.length === MAX_MESSAGES) {
        await this.send(batch);
        sent += batch.length;
        batch = [];
      }
    }
    if (batch.length > 0) await this.send(batch);
    return sent + batch.length;
  }

  private async run(): Promise<void> {
    let pauseMs = 0;
    while (!this.stopped) {
      try {
        if (await this.holdLease()) {
          await this.round();
          await this.sayProgress();
        }
        pauseMs = 0;
      } catch (error) {
        pauseMs = Math.min(2000, pauseMs * 2 + 50);
        this.options.log.warn({ err: error }, 'publishing failed; what was not confirmed is sent again');
      }
      if (!this.stopped && (pauseMs > 0 || !this.woken)) await this.sleep(pauseMs || POLL_MS);
      this.woken = false;
    }
  }

  /** Publishes all that was recorded before the round began; what comes meanwhile waits for the next one. */
  private async round(): Promise<void> {
    const moment = this.options.safeMoment();
    let rest: HeadDocument[] = [];
    for await (const heads of inChunks(this.options.store.heads.find({ pending: true }), UNITS_A_ROUND)) {
      rest.push(...(await this.publish(heads)));
    }
    while (rest.length > 0) {
      this.backlog = rest.reduce((sum, h) => sum + h.seq - h.published, 0);
      const heads = rest;
      rest = [];
      for (let i = 0; i < heads.length; i += UNITS_A_ROUND) {
        rest.push(...(await this.publish(heads.slice(i, i + UNITS_A_ROUND))));
      }
    }
    this.backlog = 0;
    this.publishedUntil = moment;
  }

  /** Sends and marks a round of each unit; gives back the heads of which more is left. */
  private async publish(heads: HeadDocument[]): Promise<HeadDocument[]> {
    if (this.stopped) return [];
    await this.renewLease();
    const wanted = heads.map((h) => ({
      unit: h._id,
      seq: { $gt: h.published, $lte: Math.min(h.seq, h.published + UNIT_ROUND) },
    }));
    const cursor = this.options.store.entries.find({ $or: wanted }, { batchSize: 1000 }).sort({ unit: 1, seq: 1 });
    let batch: EntryDocument[] = [];
    let size = 0;
    for await (const entry of cursor) {
      const length = entry.data.length() + 400;
      if (batch.length === MAX_MESSAGES || (batch.length > 0 && size + length > MAX_BYTES)) {
        await this.sendAndMark(batch);
        batch = [];
        size = 0;
      }
      batch.push(entry);
      size += length;
    }
    if (batch.length > 0) await this.sendAndMark(batch);
    return heads
      .map((h) => ({ ...h, published: Math.min(h.seq, h.published + UNIT_ROUND) }))
      .filter((h) => h.published < h.seq);
  }

  private async sendAndMark(entries: EntryDocument[]): Promise<void> {
    await this.send(entries);
    await this.options.afterSend?.();
    const last = new Map(entries.map((e) => [e.unit, e.seq]));
    await this.options.store.heads.bulkWrite(
      [...last].map(([unit, seq]) => ({
        updateOne: {
          filter: { _id: unit, published: { $lt: seq } },
          update: [
            { $set: { published: seq, pending: { $cond: [{ $gt: ['$seq', seq] }, true, '$$REMOVE'] } } },
          ] as never,
        },
      })),
      { ordered: false },
    );
  }

  private async send(entries: EntryDocument[]): Promise<void> {
    const { service, topicPrefix, producer } = this.options;
    const topic = topicOf(topicPrefix, service);
    const messages: OutgoingMessage[] = entries.map((entry) => ({
      topic,
      partition: partitionOf(entry.unit),
      value: Buffer.from(Entry.encode(entryMessage(service, entry)).finish()),
    }));
    await producer.sendBatch(messages);
  }

  /** Once a second: up to which moment, and below which offsets, everything recorded is published. */
  private async sayProgress(): Promise<void> {
    const { service, topicPrefix, producer, endOffsets } = this.options;
    if (Date.now() - this.lastProgress < 950) return;
    const at = this.publishedUntil;
    const offsets = (await endOffsets(topicOf(topicPrefix, service))).map(Number);
    const value = Buffer.from(Progress.encode({ service, at, offsets }).finish());
    await producer.sendBatch([{ topic: progressTopic(topicPrefix), partition: 0, key: service, value }]);
    this.lastProgress = Date.now();
  }

  private async holdLease(): Promise<boolean> {
    const now = new Date();
    const until = new Date(now.getTime() + LEASE_MS);
    try {
      await this.leases.updateOne(
        { _id: 'relay', $or: [{ holder: this.holder }, { until: { $lt: now } }] },
        { $set: { holder: this.holder, until } },
        { upsert: true },
      );
      this.renewAt = Date.now() + LEASE_MS / 3;
      return true;
    } catch (error) {
      // Another one holds it: the upsert found the document taken.
      if ((error as { code?: number }).code === 11000) return false;
      throw error;
    }
  }

  private async renewLease(): Promise<void> {
    if (Date.now() < this.renewAt) return;
    if (!(await this.holdLease())) throw new Error('the relay lost its lease');
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncIterable<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
