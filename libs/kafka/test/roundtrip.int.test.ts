import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createProducer, createTailer, partitionKey } from '../src/client.js';
import { createOffsetReader } from '../src/offsets.js';
import { PARTITIONS, topicOf } from '../src/partition.js';
import { createTopics } from '../src/topics.js';
import { brokers, eventually, Heard, listen, messagesFor, numbered, ownPrefix, withKafka } from './live.js';

withKafka('topics, producer, consumer and tailer on a real Kafka', () => {
  const prefix = ownPrefix();
  const topic = topicOf(prefix, 'programmes');
  const producer = createProducer({ brokers, clientId: 'test' });

  beforeAll(async () => {
    await Promise.all([1, 2, 3].map(() => createTopics({ brokers, topicPrefix: prefix })));
    await createTopics({ brokers, topicPrefix: prefix });
  });
  afterAll(() => producer.close());

  it('refuses topics that are there with other partitions', async () => {
    const other = ownPrefix();
    const { ensureTopics } = await import('../src/topics.js');
    const { kafkajsDriver } = await import('../src/kafkajs-client.js');
    const admin = kafkajsDriver.admin({ brokers, clientId: 'test' });
    await admin.connect();
    await admin.create([{ topic: topicOf(other, 'centres'), partitions: 3, config: { 'retention.ms': '1000' } }], -1);
    await admin.close();
    await expect(ensureTopics(kafkajsDriver, { brokers, topicPrefix: other, services: ['centres'] })).rejects.toThrow(
      /has 3 partitions, not 12.*retention.ms=1000, not -1/,
    );
  });

  it('carries messages with keys, values and traceparents to the partition asked for, in order', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await producer.sendBatch([
      { topic, partition: 3, key: 'gdtx-son-la', value: Buffer.from('a'), traceparent },
      { topic, partition: 11, value: Buffer.from('b') },
    ]);
    const seen: unknown[] = [];
    const { reader } = listen({
      groupId: `${prefix}carry`,
      topics: [topic],
      onBatch: async (batch) => {
        for (const { key, value, traceparent } of batch.messages)
          seen.push([batch.partition, key && String(key), String(value), traceparent]);
      },
    });
    await reader.ready;
    await eventually(() => reader.caughtUp(), 'caught up');
    expect(seen).toHaveLength(2);
    expect(seen).toContainEqual([3, 'gdtx-son-la', 'a', traceparent]);
    expect(seen).toContainEqual([11, null, 'b', undefined]);
    expect(reader.positions().size).toBe(PARTITIONS);
    expect(reader.positions().get(partitionKey(topic, 3))).toBe(1n);
    await reader.stop();
  });

  it('splits what is too large for one request, and keeps its order', async () => {
    const values = numbered(5_000);
    await producer.sendBatch(messagesFor(topicOf(prefix, 'centres'), 0, values));
    const big = Buffer.alloc(1_200_000, 'x');
    await producer.sendBatch([{ topic: topicOf(prefix, 'centres'), partition: 1, value: big }]);
    const heard = new Heard();
    let bytes = 0;
    const tailer = createTailer({
      ...{ brokers, clientId: 'test', topic: topicOf(prefix, 'centres'), from: 'earliest' },
      onBatch: async (batch) => {
        if (batch.partition === 0) heard.take(batch);
        else bytes += batch.messages[0]?.value?.length ?? 0;
      },
      onCrash: (error) => void heard.crashes.push(error),
    });
    await tailer.caughtUp;
    expect(heard.values).toEqual(values);
    expect(bytes).toBe(big.length);
    expect(tailer.positions().get(0)).toBe(5_000n);
    await tailer.stop();
  });

  it('lets a tailer read chosen partitions from given positions, and go on', async () => {
    const inspections = topicOf(prefix, 'inspections');
    for (const partition of [0, 1, 2])
      await producer.sendBatch(messagesFor(inspections, partition, [`${partition}a`, `${partition}b`]));
    const heard = new Heard();
    const tailer = createTailer({
      ...{ brokers, clientId: 'test', topic: inspections, partitions: [1, 2], from: new Map([[1, 1n]]) },
      onBatch: async (batch) => heard.take(batch),
      onCrash: (error) => void heard.crashes.push(error),
    });
    await tailer.caughtUp;
    expect(heard.values.sort()).toEqual(['1b', '2a', '2b']);
    await producer.sendBatch([...messagesFor(inspections, 0, ['0c']), ...messagesFor(inspections, 2, ['2c'])]);
    await eventually(() => heard.values.includes('2c'), 'the new message');
    expect(heard.values).not.toContain('0c');
    await tailer.stop();
  });

  it('lies still when there is nothing to do', async () => {
    const idle = createProducer({ brokers, clientId: 'test' });
    await idle.sendBatch(messagesFor(topicOf(prefix, 'provinces'), 0, ['x']));
    const timers = jest.spyOn(globalThis, 'setTimeout');
    await new Promise((resolve) => setTimeout(resolve, 500));
    // kafkajs as it comes sets some 450.
    expect(timers.mock.calls.length).toBeLessThan(20);
    timers.mockRestore();
    await idle.close();
  });

  it('says how long a topic is', async () => {
    const offsets = createOffsetReader({ brokers, clientId: 'test' });
    const provinces = topicOf(prefix, 'provinces');
    await producer.sendBatch(messagesFor(provinces, 10, ['x', 'y']));
    const ends = await offsets.ends(provinces);
    expect(ends).toHaveLength(PARTITIONS);
    expect(ends[10]).toBe(2n);
    await expect(offsets.ends(`${prefix}nowhere`)).rejects.toThrow();
    expect((await offsets.ends(provinces))[10]).toBe(2n);
    await offsets.close();
  });
});
