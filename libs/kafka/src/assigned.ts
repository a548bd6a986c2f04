import { partitionKey, type Assignment, type Batch, type IncomingMessage, type TopicPartition } from './contract.js';
import type { RawBatch } from './driver.js';

interface Slot extends TopicPartition {
  position: bigint;
  /** The highest end of the partition that we have heard of. */
  high: bigint;
  committed: bigint;
  busy: boolean;
}

/** What to do with a fetched batch: hand it on, pass over it, or fetch from elsewhere. */
export type Verdict = { do: 'deliver'; batch: Batch } | { do: 'ignore' } | { do: 'seek'; position: bigint };

/**
 * The partitions of one assignment and how far each is read. It lets through exactly what comes next: after a seek or a
 * rebalance, kafkajs can still hand over what it had fetched from another position.
 */
export class Assigned {
  private readonly slots = new Map<string, Slot>();
  /** Whether the caller has been told of these partitions. */
  announced = false;

  constructor(readonly partitions: readonly TopicPartition[]) {}

  /** All partitions have a position. */
  get placed(): boolean {
    return this.slots.size === this.partitions.length;
  }

  place({ topic, partition, position }: Assignment, high: bigint): void {
    this.slots.set(partitionKey(topic, partition), { topic, partition, position, high, committed: -1n, busy: false });
  }

  examine(raw: RawBatch): Verdict {
    const slot = this.slots.get(partitionKey(raw.topic, raw.partition));
    if (!slot || slot.busy) return { do: 'ignore' };
    if (raw.fetched > slot.position) return { do: 'seek', position: slot.position };
    if (raw.highWatermark > slot.high) slot.high = raw.highWatermark;
    // The log ends before our position: it was cut or made anew, and the client has started from its beginning.
    const cut = raw.fetched < slot.position && raw.highWatermark < slot.position;
    if (cut) {
      slot.position = raw.fetched;
      slot.high = raw.highWatermark;
    }
    const messages = from(raw.messages, slot.position);
    const first = messages[0];
    if (!first) return { do: 'seek', position: slot.position };
    slot.busy = true;
    const { topic, partition, last, highWatermark } = raw;
    const firstOffset = BigInt(first.offset);
    return { do: 'deliver', batch: { topic, partition, firstOffset, lastOffset: last, highWatermark, messages } };
  }

  /** The batch is handled. */
  advance(batch: Batch): void {
    const slot = this.slots.get(partitionKey(batch.topic, batch.partition));
    if (slot) slot.position = batch.lastOffset + 1n;
  }

  release(batch: Batch): void {
    const slot = this.slots.get(partitionKey(batch.topic, batch.partition));
    if (slot) slot.busy = false;
  }

  /** There is nothing for us before `next`. */
  skip({ topic, partition }: TopicPartition, next: bigint): void {
    const slot = this.slots.get(partitionKey(topic, partition));
    if (slot && !slot.busy && next > slot.position) slot.position = next;
  }

  caughtUp(): boolean {
    return this.placed && [...this.slots.values()].every((slot) => slot.position >= slot.high);
  }

  positions(): Map<string, bigint> {
    return new Map([...this.slots].map(([key, slot]) => [key, slot.position]));
  }

  /** What has moved since the last call. */
  takeUncommitted(): Assignment[] {
    const moved = [...this.slots.values()].filter((slot) => slot.position !== slot.committed);
    for (const slot of moved) slot.committed = slot.position;
    return moved.map(({ topic, partition, position }) => ({ topic, partition, position }));
  }
}

function from(messages: readonly IncomingMessage[], position: bigint): readonly IncomingMessage[] {
  const first = messages[0];
  if (!first || BigInt(first.offset) >= position) return messages;
  return messages.filter((message) => BigInt(message.offset) >= position);
}
