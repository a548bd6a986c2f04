import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { createTailer } from '@gdtx/kafka/client';
import { topicOf } from '@gdtx/kafka/partition';
import { OWNERS } from '@gdtx/service-kit/services';
import type { TopicEntry } from './check-topics.js';

export interface TopicsAsked {
  brokers: readonly string[];
  topicPrefix: string;
  /** Values that are no entries are left out and counted: a fault may have put them there. */
  unreadable?: (topic: string, partition: number, offset: bigint) => void;
}

/** Everything that is in the owners' topics now, in the order of each partition. */
export async function readTopics({ brokers, topicPrefix, unreadable }: TopicsAsked): Promise<TopicEntry[]> {
  const read = await Promise.all(
    OWNERS.map(async (service) => {
      const entries: TopicEntry[] = [];
      const topic = topicOf(topicPrefix, service);
      const tailer = createTailer({
        ...{ brokers, topic, clientId: 'faults-checker', from: 'earliest' as const },
        onBatch: async ({ messages, partition }) => {
          for (const { value, offset } of messages) {
            const entry = value && decoded(value);
            if (entry) entries.push({ ...entry, partition, offset: BigInt(offset) });
            else if (unreadable) unreadable(topic, partition, BigInt(offset));
            else throw new Error(`offset ${offset} of ${topic}/${partition} is no entry`);
          }
        },
        // `caughtUp` rejects with it.
        onCrash: () => {},
      });
      try {
        await tailer.caughtUp;
      } finally {
        await tailer.stop();
      }
      return entries;
    }),
  );
  return read.flat();
}

function decoded(value: Buffer): Omit<TopicEntry, 'partition' | 'offset'> | undefined {
  try {
    const { service, unit, seq, id, hash } = Entry.decode(value);
    return seq > 0 && unit ? { service, unit, seq, id, hash } : undefined;
  } catch {
    return undefined;
  }
}
