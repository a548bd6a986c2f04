import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createProducer, type BatchControl, type TopicReader } from '../src/client.js';
import { PARTITIONS, topicOf } from '../src/partition.js';
import { createTopics } from '../src/topics.js';
import { BadLine, FIND_COORDINATOR, HEARTBEAT, JOIN_GROUP } from './bad-line.js';
import { brokers, eventually, listen, messagesFor, numbered, ownPrefix, withKafka } from './live.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

withKafka('a consumer on a real Kafka', () => {
  const prefix = ownPrefix();
  const topics = {
    positions: topicOf(prefix, 'centres'),
    shared: topicOf(prefix, 'programmes'),
    slow: topicOf(prefix, 'provinces'),
  };
  const producer = createProducer({ brokers, clientId: 'test' });
  const readers: TopicReader[] = [];

  beforeAll(async () => {
    await createTopics({ brokers, topicPrefix: prefix });
    await producer.sendBatch(messagesFor(topics.positions, 4, numbered(20)));
    await producer.sendBatch(messagesFor(topics.slow, 0, ['only']));
    for (let partition = 0; partition < PARTITIONS; partition++) {
      await producer.sendBatch(messagesFor(topics.shared, partition, numbered(5, partition * 10)));
    }
  });
  afterAll(async () => {
    await Promise.all([producer.close(), ...readers.map((reader) => reader.stop())]);
  });

  function consumer(...args: Parameters<typeof listen>) {
    const listening = listen(...args);
    readers.push(listening.reader);
    return listening;
  }

  it.each([
    ['before the committed offset', 5n, numbered(15, 5)],
    ['from the beginning', 'earliest' as const, numbered(20)],
    ['behind the committed offset', 18n, numbered(2, 18)],
    ['behind the end of the log, which was made anew', 1_000n, numbered(20)],
  ])('starts at the stored position, %s, even when that takes a while to find', async (name, position, expected) => {
    const groupId = `${prefix}${name}`;
    const reach = await listenUntilCommitted(groupId, position === 18n ? 3n : 'earliest');
    expect(reach).toBeGreaterThan(0);
    const { reader, heard } = consumer({
      ...{ groupId, topics: [topics.positions] },
      from: async (_, partition) => (await pause(400), partition === 4 ? position : 'earliest'),
    });
    await reader.ready;
    await eventually(() => reader.caughtUp(), 'caught up');
    expect(heard.values).toEqual(expected);
    await reader.stop();
    expect(heard.crashes).toEqual([]);
  });

  /** Another reader of the group has been there, and has committed. */
  async function listenUntilCommitted(groupId: string, start: bigint | 'earliest'): Promise<number> {
    const { reader, heard } = listen({
      groupId,
      topics: [topics.positions],
      from: async (_, partition) => (partition === 4 ? start : 'earliest'),
    });
    await reader.ready;
    await eventually(() => reader.caughtUp(), 'the first reader caught up');
    await reader.stop();
    return heard.values.length;
  }

  it('a handler longer than the session keeps its partition while it calls heartbeat; one that does not is told that it is stale', async () => {
    const work = async (control: BatchControl, beating: boolean): Promise<boolean> => {
      for (let i = 0; i < 16; i++) {
        await pause(500);
        if (beating) await control.heartbeat();
      }
      return control.isStale();
    };
    const stale: Record<string, boolean[]> = { beating: [], silent: [] };
    const [beating, silent] = (['beating', 'silent'] as const).map((name) =>
      consumer({
        ...{ groupId: `${prefix}${name}`, topics: [topics.slow], sessionTimeoutMs: 6_000 },
        onBatch: async (_, control) => {
          // The second time is quick.
          if (stale[name]!.length === 0) stale[name]!.push(await work(control, name === 'beating'));
          else stale[name]!.push(control.isStale());
        },
      }),
    );
    await eventually(
      () => beating!.reader.caughtUp() && silent!.reader.caughtUp(),
      'both have handled the message',
      40_000,
    );
    expect(stale).toEqual({ beating: [false], silent: [true, false] });
    expect(beating!.heard.assigned).toHaveLength(1);
    expect(beating!.heard.revoked).toEqual([]);
    expect(silent!.heard.crashes).toEqual([]);
  }, 60_000);

  it('when a second member comes, the handler at work sees it, and each partition goes on from its stored position', async () => {
    const groupId = `${prefix}rebalance`;
    const stored = new Map<number, bigint>();
    const handled: string[] = [];
    const staleSeen: number[] = [];
    let hold = true;
    const options = {
      ...{ groupId, topics: [topics.shared] },
      from: async (_: string, partition: number) => stored.get(partition) ?? ('earliest' as const),
    };
    const first = consumer({
      ...options,
      onBatch: async (batch, control) => {
        while (hold && !control.isStale()) await pause(50).then(() => control.heartbeat());
        if (control.isStale()) return void staleSeen.push(batch.partition);
        for (const { value } of batch.messages) handled.push(String(value));
        stored.set(batch.partition, batch.lastOffset + 1n);
      },
    });
    await first.reader.ready;
    const second = consumer({
      ...options,
      onBatch: async (batch) => {
        for (const { value } of batch.messages) handled.push(String(value));
        stored.set(batch.partition, batch.lastOffset + 1n);
      },
    });
    await second.reader.ready;
    hold = false;
    await eventually(() => first.reader.caughtUp() && second.reader.caughtUp(), 'both caught up');
    expect(staleSeen).toHaveLength(1);
    expect(first.heard.revoked).toEqual([PARTITIONS]);
    expect(first.reader.positions().size + second.reader.positions().size).toBe(PARTITIONS);
    expect(first.reader.positions().size).toBe(PARTITIONS / 2);
    expect(handled.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: PARTITIONS }, (_, partition) => numbered(5, partition * 10)).flat(),
    );

    // The one that leaves gives its half back.
    await second.reader.stop();
    await eventually(() => first.reader.positions().size === PARTITIONS && first.reader.caughtUp(), 'all back');
    expect(second.heard.revoked).toEqual([PARTITIONS / 2]);
    expect(handled).toHaveLength(PARTITIONS * 5);
  }, 60_000);

  it('a handler that keeps failing ends in onCrash, not in silence', async () => {
    const { reader, heard } = consumer({
      ...{ groupId: `${prefix}bug`, topics: [topics.slow], attempts: 3 },
      onBatch: async () => {
        throw new TypeError('a bug');
      },
    });
    await eventually(() => heard.crashes.length > 0, 'the crash');
    expect(heard.crashes.map(String)).toEqual(['TypeError: a bug']);
    expect(reader.positions().size).toBe(0);
  });

  it('what kafkajs stops for without a word is told by onCrash', async () => {
    // Brokers refuse so short a session, for which kafkajs crashes and doesn't start again.
    const { reader, heard } = consumer({ groupId: `${prefix}refused`, topics: [topics.slow], sessionTimeoutMs: 1_000 });
    await expect(reader.ready).rejects.toThrow(/session timeout/i);
    expect(heard.crashes).toHaveLength(1);
  });

  it('gets over a connection that leads nowhere', async () => {
    const line = await BadLine.to(brokers[0]!);
    const topic = topicOf(prefix, 'inspections');
    const { reader, heard } = consumer({
      ...{ groupId: `${prefix}frozen`, topics: [topic] },
      ...{ connect: line.connect, requestTimeoutMs: 1_000 },
    });
    await reader.ready;
    line.freeze();
    await producer.sendBatch(messagesFor(topic, 2, ['x']));
    await eventually(() => heard.values.length > 0, 'the message over a new connection');
    expect(heard.assigned).toHaveLength(1);
    await reader.stop();
    await line.close();
  });

  it('goes on when joining again fails and the membership turns out to be good', async () => {
    // As after a restart of the broker: first it isn't the coordinator yet, then it is still loading, then all is as before.
    const line = await BadLine.to(brokers[0]!);
    const topic = topicOf(prefix, 'inspections');
    const { reader, heard } = consumer({ groupId: `${prefix}adrift`, topics: [topic], connect: line.connect });
    await reader.ready;
    const answers = new Map([
      [HEARTBEAT, [16]],
      [JOIN_GROUP, [14]],
    ]);
    line.refusal = (apiKey) => answers.get(apiKey)?.shift();
    await eventually(() => answers.get(JOIN_GROUP)!.length === 0, 'the failed join');
    await producer.sendBatch(messagesFor(topic, 5, ['y']));
    await eventually(() => heard.values.includes('y'), 'the message');
    expect(heard.assigned).toHaveLength(2);
    expect(heard.crashes).toEqual([]);
    await reader.stop();
    await line.close();
  });

  it('starts again when kafkajs gives up on what passes', async () => {
    const line = await BadLine.to(brokers[0]!);
    const topic = topicOf(prefix, 'community-learning');
    let cuts = 2;
    line.fate = (apiKey) => (apiKey === FIND_COORDINATOR && cuts-- > 0 ? 'cut' : 'pass');
    const { reader, heard } = consumer({ groupId: `${prefix}coordinator`, topics: [topic], connect: line.connect });
    await reader.ready;
    expect(cuts).toBeLessThan(1);
    await producer.sendBatch(messagesFor(topic, 5, ['z']));
    await eventually(() => heard.values.includes('z'), 'the message');
    expect(heard.crashes).toEqual([]);
    await reader.stop();
    await line.close();
  });

  it('waits for a topic that is not there yet', async () => {
    const late = ownPrefix();
    const { reader, heard } = consumer({ groupId: `${late}g`, topics: [topicOf(late, 'centres')] });
    await pause(1_000);
    await createTopics({ brokers, topicPrefix: late, services: ['centres'] });
    await producer.sendBatch(messagesFor(topicOf(late, 'centres'), 0, ['at last']));
    await eventually(() => heard.values.length > 0, 'the message');
    await reader.stop();
    expect(heard.crashes).toEqual([]);
  });

  it('stops while it waits for brokers', async () => {
    const { reader } = listen({ groupId: `${prefix}nobody`, topics: ['t'], brokers: ['127.0.0.1:1'] });
    await pause(300);
    await reader.stop();
    await expect(reader.ready).rejects.toThrow('stopped');
  });
});
