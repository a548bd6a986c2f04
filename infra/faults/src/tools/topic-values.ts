import { createProducer, createTailer } from '@gdtx/kafka/client';

const AT_ONCE = 2000;

/** A message as it stands in a topic. */
export interface TopicValue {
  topic: string;
  partition: number;
  offset: bigint;
  value: Buffer;
}

/** Everything that is in a topic now, each partition in its order. */
export async function readValues(brokers: readonly string[], topic: string): Promise<TopicValue[]> {
  const found: TopicValue[] = [];
  const tailer = createTailer({
    ...{ brokers, clientId: 'faults', topic, from: 'earliest' as const },
    onBatch: async ({ partition, messages }) => {
      for (const { offset, value } of messages)
        found.push({ topic, partition, offset: BigInt(offset), value: value ?? Buffer.alloc(0) });
    },
    onCrash: () => undefined,
  });
  await tailer.caughtUp;
  await tailer.stop();
  return found;
}

/** Appends values in this order, as nobody but a relay should. */
export async function append(
  brokers: readonly string[],
  values: readonly Pick<TopicValue, 'topic' | 'partition' | 'value'>[],
): Promise<void> {
  const producer = createProducer({ brokers, clientId: 'faults' });
  try {
    for (let i = 0; i < values.length; i += AT_ONCE) await producer.sendBatch(values.slice(i, i + AT_ONCE));
  } finally {
    await producer.close();
  }
}
