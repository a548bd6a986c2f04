import { Entry, Progress } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { EntryProducer } from '@gdtx/kafka/client';
import { partitionOf, progressTopic, topicOf } from '@gdtx/kafka/partition';
import type { EntryDocument } from './documents.js';
import { entryMessage } from './entry.js';

/** What a service says to Kafka. Each call resolves when all of it is confirmed. */
export interface Speaker {
  topic: string;
  entries(entries: readonly EntryDocument[]): Promise<void>;
  /** Everything recorded until `at` is published below these offsets. */
  progress(at: number, ends: readonly bigint[]): Promise<void>;
}

export function speaker(to: { service: string; topicPrefix: string; producer: EntryProducer }): Speaker {
  const { service, topicPrefix, producer } = to;
  const topic = topicOf(topicPrefix, service);
  return {
    topic,
    entries: (entries) =>
      producer.sendBatch(
        entries.map((entry) => ({
          topic,
          partition: partitionOf(entry.unit),
          value: asBuffer(Entry.encode(entryMessage(service, entry)).finish()),
        })),
      ),
    progress: (at, ends) => {
      const value = asBuffer(Progress.encode({ service, at, offsets: ends.map(Number) }).finish());
      return producer.sendBatch([{ topic: progressTopic(topicPrefix), partition: 0, key: service, value }]);
    },
  };
}

function asBuffer({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
