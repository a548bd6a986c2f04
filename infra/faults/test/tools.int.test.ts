import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createProducer, createTailer, NotPublished } from '@gdtx/kafka/client';
import { topicOf } from '@gdtx/kafka/partition';
import { createTopics } from '@gdtx/kafka/topics';
import { testEngines } from '@gdtx/testing/test-engines';
import { DatabaseCopies } from '../src/tools/database-copies.js';
import { KafkaProxy } from '../src/tools/kafka-proxy.js';
import { smallDisk } from '../src/tools/small-disk.js';
import { WrongClocks } from '../src/tools/wrong-clock.js';

const run = promisify(execFile);

describe('a proxy before the broker', () => {
  const engines = testEngines('fault-tools');
  const topic = topicOf(engines.topicPrefix, 'centres');
  let proxy: KafkaProxy;
  let partition = -1;
  const overIt = (sendTimeoutMs = 5000) =>
    createProducer({ brokers: [proxy.address], clientId: 'test', requestTimeoutMs: 400, sendTimeoutMs });
  const stored = async (): Promise<string[]> => {
    const found: string[] = [];
    const tailer = createTailer({
      ...{ brokers: engines.brokers, clientId: 'test', topic, from: 'earliest' as const },
      onBatch: async ({ messages }) => void found.push(...messages.map(({ value }) => String(value))),
      onCrash: () => undefined,
    });
    await tailer.caughtUp;
    await tailer.stop();
    return found.filter((value) => value.startsWith(`${partition}`)).sort();
  };
  const message = (name: string, to = partition) => ({ topic, partition: to, value: Buffer.from(name) });

  beforeAll(async () => {
    await createTopics({
      brokers: engines.brokers,
      topicPrefix: engines.topicPrefix,
      services: ['centres', 'programmes'],
    });
    proxy = await KafkaProxy.before(engines.brokers[0]!);
  });
  afterAll(() => proxy.close());

  test.each(['cut', 'swallow'] as const)('the broker appends and its answer is lost: %s', async (fate) => {
    partition += 1;
    const producer = overIt();
    let times = 0;
    proxy.fate = () => (++times === 1 ? fate : 'pass');
    await producer.sendBatch([message(`${partition}-a`)]);
    expect(times).toBe(2);
    expect(await stored()).toEqual([`${partition}-a`]);
    await producer.close();
  });

  test('a leader is said to have moved for one partition alone', async () => {
    partition += 1;
    const producer = overIt();
    let times = 0;
    const seen: number[] = [];
    proxy.fate = (partitions) => {
      seen.push(partitions.length);
      return ++times === 1 ? { moved: ({ partition: of }) => of === 11 } : 'pass';
    };
    await producer.sendBatch([message(`${partition}-a`), message(`${partition}-b`, 11)]);
    expect(await stored()).toEqual([`${partition}-a`, `${partition}-b`]);
    expect(seen[0]).toBe(2);
    expect(proxy.met.moved).toBe(1);
    await producer.close();
  });

  test('a broker that forgets what it has confirmed; the next batch shows it', async () => {
    partition += 1;
    const producer = overIt(800);
    proxy.fate = () => 'pass';
    await producer.sendBatch([message(`${partition}-a`)]);
    proxy.fate = () => 'lie';
    await producer.sendBatch([message(`${partition}-b`)]);
    proxy.fate = () => 'pass';
    await expect(producer.sendBatch([message(`${partition}-c`)])).rejects.toThrow(NotPublished);
    await producer.sendBatch([message(`${partition}-c`)]);
    expect(await stored()).toEqual([`${partition}-a`, `${partition}-c`]);
    await producer.close();
  });

  test('a proxy that takes nobody any more still serves who is there, also who asks where the broker is', async () => {
    const retiring = await KafkaProxy.before(engines.brokers[0]!);
    const producer = createProducer({ brokers: [retiring.address], clientId: 'test' });
    await producer.sendBatch([message('before', 7)]);
    retiring.retire();
    // A topic that it hasn't asked about yet.
    const other = topicOf(engines.topicPrefix, 'programmes');
    await producer.sendBatch([{ topic: other, partition: 7, value: Buffer.from('after') }]);
    await producer.close();
  });

  test('a database comes back as it was when it was kept', async () => {
    const copies = await DatabaseCopies.at(engines.mongodbUri('copies'));
    const db = copies.database('test_copies');
    await db.collection<{ _id: string; bytes: Buffer }>('c').insertOne({ _id: 'a', bytes: Buffer.from([1, 2]) });
    const before = await db.collection('c').find().toArray();
    await copies.keep('test_copies', 'old');
    await db.collection<{ _id: string }>('c').insertOne({ _id: 'b' });
    await db.collection('d').insertOne({});
    await copies.restore('test_copies', 'old');
    expect(await db.collection('c').find().toArray()).toEqual(before);
    expect(await db.listCollections().toArray()).toHaveLength(1);
    for (const name of ['test_copies', 'test_copies_old']) await copies.database(name).dropDatabase();
    await copies.close();
  });
});

describe('on a folder', () => {
  let home: string;
  beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), 'gdtx-tools-'))));
  afterAll(() => rm(home, { recursive: true, force: true }));

  test('a disk is full, and has room again', async () => {
    const folder = join(home, 'disk');
    const disk = await smallDisk(folder, 8);
    if (typeof disk === 'string') return void process.stderr.write(`Skipped: ${disk}\n`);
    try {
      await writeFile(join(folder, 'before'), 'x');
      await disk.fill();
      await expect(writeFile(join(folder, 'more'), 'x')).rejects.toThrow('ENOSPC');
      await disk.free();
      await writeFile(join(folder, 'after'), Buffer.alloc(1_000_000));
    } finally {
      await disk.remove();
    }
  });

  test('the clock of one service goes wrong while it runs, and is right again', async () => {
    const clocks = await WrongClocks.under(home);
    const script = async (service: string) => {
      const folder = join(home, 'services', service);
      await mkdir(folder, { recursive: true });
      const file = join(folder, 'main.js');
      const says = `console.log([Date.now(), +new Date(), Date.parse(Date()), new Date(5) instanceof Date && +new Date(5)].join())`;
      await writeFile(file, `${says}; setTimeout(() => ${says}, 300);`);
      return file;
    };
    const shifts = async (service: string): Promise<number[][]> => {
      const env = clocks.environment({ ...process.env, NODE_OPTIONS: '' });
      const now = Date.now();
      const running = run(process.execPath, [await script(service)], { env });
      const { stdout } = await running;
      const lines = stdout.trim().split('\n');
      return lines.map((line) =>
        line.split(',').map((at, i) => (i === 3 ? Number(at) : Math.round((Number(at) - now) / 60_000) + 0)),
      );
    };
    await clocks.set('programmes', 3_600_000);
    expect(await shifts('programmes')).toEqual([
      [60, 60, 60, 5],
      [60, 60, 60, 5],
    ]);
    expect((await shifts('centres'))[0]).toEqual([0, 0, 0, 5]);
    await clocks.set('programmes', 0);
    expect((await shifts('programmes'))[0]).toEqual([0, 0, 0, 5]);
  });
});
