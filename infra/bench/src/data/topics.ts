import { Entry, Progress } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { createProducer, type EntryProducer, type OutgoingMessage } from '@gdtx/kafka/client';
import { partitionOf, PARTITIONS, progressTopic, topicOf } from '@gdtx/kafka/partition';
import { createTopics, SPEAKING_SERVICES } from '@gdtx/kafka/topics';

const MESSAGES_A_SEND = 5_000;

export interface WrittenTopics {
  /** All of them, the territory's too. */
  entries: number;
  bytes: number;
}

/**
 * Writes entries into the topics of their services as relays do: one message an entry, no headers, each unit in its
 * partition. At the end each service says that everything is published, so that a read model of it knows how fresh it is.
 */
export async function writeTopics(
  to: { brokers: readonly string[]; topicPrefix: string },
  entries: Iterable<Entry>,
  onProgress: (entries: number) => void = () => {},
): Promise<WrittenTopics> {
  await createTopics(to);
  const producer = createProducer({ brokers: to.brokers, clientId: 'bench-data', sendTimeoutMs: 120_000 });
  const offsets = new Map(SPEAKING_SERVICES.map((service) => [service as string, Array<number>(PARTITIONS).fill(0)]));
  const written = { entries: 0, bytes: 0 };
  let last = 0;
  let sending = Promise.resolve();
  let batch: OutgoingMessage[] = [];
  const send = async () => {
    const full = batch;
    batch = [];
    // The next batch is made while the broker stores this one.
    await sending;
    sending = producer.sendBatch(full);
    sending.catch(() => undefined);
    onProgress(written.entries);
  };
  try {
    for (const entry of entries) {
      const partition = partitionOf(entry.unit);
      const value = asBuffer(Entry.encode(entry).finish());
      batch.push({ topic: topicOf(to.topicPrefix, entry.service), partition, value });
      offsets.get(entry.service)![partition]! += 1;
      written.entries += 1;
      written.bytes += value.length;
      last = entry.recordedAt;
      if (batch.length === MESSAGES_A_SEND) await send();
    }
    await send();
    await sending;
    await sayProgress(producer, to.topicPrefix, last, offsets);
  } finally {
    await producer.close();
  }
  return written;
}

function sayProgress(
  producer: EntryProducer,
  topicPrefix: string,
  at: number,
  ends: ReadonlyMap<string, number[]>,
): Promise<void> {
  const words = [...ends].map(([service, offsets]) => ({
    topic: progressTopic(topicPrefix),
    partition: 0,
    key: service,
    value: asBuffer(Progress.encode({ service, at, offsets }).finish()),
  }));
  return producer.sendBatch(words);
}

function asBuffer({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
