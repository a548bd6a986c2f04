import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { startEngines } from '@gdtx/engines/engines';
import { createProducer, createTailer } from '../src/client.js';
import { createOffsetReader } from '../src/offsets.js';
import { topicOf } from '../src/partition.js';
import { createTopics } from '../src/topics.js';
import { describeOr, eventually, Heard, listen, messagesFor, ownPrefix } from './live.js';

/** A Kafka of our own, since others use the one given; the MongoDB that comes along isn't used. */
const home = await mkdtemp(join(tmpdir(), 'gdtx-kafka-'));
const env = { ...process.env, KAFKA_BROKERS: undefined };
const engines = await startEngines({ home, env }).catch((error: Error) => error);
const ours = !(engines instanceof Error) && engines.kafka.controllable ? engines : undefined;
if (!ours) await rm(home, { recursive: true, force: true });
const notOurs = () =>
  engines instanceof Error ? engines.message : `${engines.chosen.kafka} It can't be restarted from here.`;

describeOr(ours ? undefined : notOurs(), 'a broker that restarts', () => {
  const prefix = ownPrefix();
  const topic = topicOf(prefix, 'centres');

  afterAll(async () => {
    await ours!.stop();
    await rm(home, { recursive: true, force: true });
  }, 60_000);

  it.each(['stop', 'kill'] as const)(
    'after a %s, producer, consumer, tailer and offset reader go on without a hand',
    async (how) => {
      const { kafka, kafkaBrokers: brokers } = ours!;
      await createTopics({ brokers, topicPrefix: prefix, services: ['centres'] });
      const producer = createProducer({ brokers, clientId: 'test' });
      const offsets = createOffsetReader({ brokers, clientId: 'test' });
      const start = (await offsets.ends(topic))[3]!;
      const group = listen({
        brokers,
        groupId: `${prefix}${how}`,
        topics: [topic],
        sessionTimeoutMs: 6_000,
        from: async () => start,
      });
      const tailed = new Heard();
      const tailer = createTailer({
        ...{ brokers, clientId: 'test', topic, partitions: [3], from: new Map([[3, start]]), sessionTimeoutMs: 6_000 },
        onBatch: async (batch) => tailed.take(batch),
        onCrash: (error) => void tailed.crashes.push(error),
      });
      await Promise.all([group.reader.ready, tailer.caughtUp]);

      const published: string[] = [];
      let refused = 0;
      let going = true;
      const publishing = (async () => {
        for (let i = 0; going; i++) {
          const values = [`${how}-${i}a`, `${how}-${i}b`];
          const sent = () =>
            producer.sendBatch(messagesFor(topic, 3, values)).then(
              () => true,
              () => false,
            );
          while (!(await sent())) refused += 1;
          published.push(...values);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })();
      await eventually(() => group.heard.values.length > 50, 'messages before');
      await kafka[how]();
      const before = published.length;
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      await kafka.start();
      await eventually(() => published.length > before + 100, 'published after', 30_000);
      going = false;
      await publishing;

      const all = (heard: Heard) => new Set(heard.values).size === published.length;
      await eventually(() => all(group.heard) && all(tailed), 'both have heard all', 30_000);
      expect(refused).toBeGreaterThan(0);
      // Repetitions are allowed, holes and disorder aren't.
      expect([...new Set(group.heard.values)]).toEqual(published);
      expect([...new Set(tailed.values)]).toEqual(published);
      expect([...group.heard.crashes, ...tailed.crashes]).toEqual([]);
      expect((await offsets.ends(topic))[3]).toBe(tailer.positions().get(3));
      await Promise.all([group.reader.stop(), tailer.stop(), producer.close(), offsets.close()]);
    },
    120_000,
  );
});
