import { encoded } from '@gdtx/contracts/encoded';
import { Entry, Progress } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { EntryProducer, OutgoingMessage } from '@gdtx/kafka/client';
import { partitionOf, progressTopic, topicOf } from '@gdtx/kafka/partition';
import type { EntryDocument } from './documents.js';
import { entryMessage } from './entry.js';
import { publishSpans } from './publish-spans.js';

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
    async entries(entries) {
      const spans = publishSpans(entries, topic);
      const messages = entries.map((entry) => ({
        topic,
        partition: partitionOf(entry.unit),
        value: encoded(Entry, entryMessage(service, entry)),
      }));
      if (!spans) return producer.sendBatch(messages);
      const send = producer.sendBatch(messages.map((m, i) => withTrace(m, spans.traceparent(entries[i]!))));
      await send.then(() => spans.end(), spans.end);
      return send;
    },
    progress: (at, ends) => {
      const value = encoded(Progress, { service, at, offsets: ends.map(Number) });
      return producer.sendBatch([{ topic: progressTopic(topicPrefix), partition: 0, key: service, value }]);
    },
  };
}

function withTrace(message: OutgoingMessage, traceparent: string | undefined): OutgoingMessage {
  return traceparent === undefined ? message : { ...message, traceparent };
}
