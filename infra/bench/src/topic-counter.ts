import { setTimeout as pause } from 'node:timers/promises';
import { createOffsetReader } from '@gdtx/kafka/offsets';

/** Looks into Kafka itself how many messages a topic holds. */
export interface TopicCounter {
  count(): Promise<number>;
  reached(count: number): Promise<void>;
  close(): Promise<void>;
}

const EVERY_MS = 10;

export function publishedFacts(brokers: readonly string[], topic: string): TopicCounter {
  const offsets = createOffsetReader({ brokers, clientId: 'bench-count' });
  const count = async () => (await offsets.ends(topic)).reduce((sum, end) => sum + Number(end), 0);
  return {
    count,
    async reached(wanted) {
      while ((await count()) < wanted) await pause(EVERY_MS);
    },
    close: () => offsets.close(),
  };
}
