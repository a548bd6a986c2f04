import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createProducer, createTailer } from '@gdtx/kafka/client';
import { createTopics } from '@gdtx/kafka/topics';
import { mongo } from 'mongoose';
import { clearEngines, startEngines, withDatabase, type Engines } from '../src/engines.js';
import { stopLeftOver } from '../src/engine-process.js';
import { isAlive } from '../src/process-identity.js';

/** Engines of our own, so that they can be killed without harm to other suites; their programs come from the user's cache. */
const env = { ...process.env, KAFKA_BROKERS: undefined, MONGODB_URI: undefined, GDTX_ENGINES: undefined };
const MINUTES = 60_000;

let home: string;
let engines: Engines;
const said: string[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gdtx-engines-'));
  engines = await startEngines({ home, env, onProgress: (line) => said.push(line) });
}, 5 * MINUTES);

afterAll(async () => {
  await engines?.stop();
  await rm(home, { recursive: true, force: true });
}, MINUTES);

/** Sends a message, then reads the whole topic. */
async function sendAndRead(value: string): Promise<string[]> {
  const brokers = engines.kafkaBrokers;
  const topic = 'test.provinces.v1';
  await createTopics({ brokers, topicPrefix: 'test.', services: ['provinces'] });
  const producer = createProducer({ brokers, clientId: 'test' });
  await producer.sendBatch([{ topic, partition: 3, value: Buffer.from(value) }]);
  await producer.close();
  const read: string[] = [];
  let crashed: Error | undefined;
  const tailer = createTailer({
    ...{ brokers, clientId: 'test', topic, from: 'earliest' as const },
    onBatch: async ({ messages }) => {
      for (const message of messages) read.push(String(message.value));
    },
    onCrash: (error) => (crashed = error),
  });
  await tailer.caughtUp;
  await tailer.stop();
  expect(crashed).toBeUndefined();
  return read;
}

/** Writes two documents in one transaction, then reads all. */
async function transact(value: string): Promise<unknown[]> {
  const client = await new mongo.MongoClient(withDatabase(engines.mongodbUri, 'test')).connect();
  try {
    const documents = client.db().collection<{ value: string }>('documents');
    await client.withSession((session) =>
      session.withTransaction(
        async () => {
          await documents.insertOne({ value }, { session });
          await documents.insertOne({ value: `${value} too` }, { session });
        },
        { writeConcern: { w: 'majority', j: true } },
      ),
    );
    return (await documents.find().toArray()).map((document) => document.value);
  } finally {
    await client.close();
  }
}

test('says what was chosen, and where it answers', () => {
  expect(engines.chosen.kafka).toMatch(/^Kafka 4\.4\.0 on this machine/);
  expect(engines.chosen.mongodb).toMatch(/^MongoDB \S+ on this machine/);
  expect(said).toEqual(expect.arrayContaining([engines.chosen.kafka, engines.chosen.mongodb]));
  expect(engines.kafkaBrokers).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+$/)]);
  expect(engines.mongodbUri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/\?replicaSet=rs0$/);
});

test(
  'Kafka keeps what it confirmed through a stop and a kill, at the same address',
  async () => {
    const address = engines.kafka.address;
    expect(await sendAndRead('one')).toEqual(['one']);
    await engines.kafka.stop();
    expect(engines.kafka.running()).toBe(false);
    await engines.kafka.start();
    expect(await sendAndRead('two')).toEqual(['one', 'two']);
    await engines.kafka.kill();
    await engines.kafka.start();
    expect(await sendAndRead('three')).toEqual(['one', 'two', 'three']);
    expect(engines.kafka.address).toBe(address);
  },
  2 * MINUTES,
);

test(
  'MongoDB commits transactions, and keeps them through a stop and a kill, at the same address',
  async () => {
    expect(await transact('one')).toEqual(['one', 'one too']);
    await engines.mongodb.stop();
    await engines.mongodb.start();
    expect(await transact('two')).toHaveLength(4);
    await engines.mongodb.kill();
    expect(engines.mongodb.running()).toBe(false);
    await engines.mongodb.start();
    expect(await transact('three')).toHaveLength(6);
  },
  2 * MINUTES,
);

test(
  'a second start finds the data, ends what a dead run has left, and moves off a port that was taken meanwhile',
  async () => {
    // As after a power cut of the runner: the engines still run, and only their pid files tell of them.
    await transact('before');
    await sendAndRead('before');
    const left = [engines.kafka.pid(), engines.mongodb.pid()] as number[];
    const second = await startEngines({ home, env });
    expect(left.map(isAlive)).toEqual([false, false]);
    const formerUri = engines.mongodbUri;
    engines = second;
    expect(second.mongodbUri).toBe(formerUri);
    await second.stop();

    const port = Number(new URL(second.mongodbUri).port);
    const squatter = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    engines = await startEngines({ home, env });
    await new Promise((resolve) => squatter.close(resolve));
    expect(engines.mongodbUri).not.toBe(second.mongodbUri);
    expect(await transact('after')).toEqual(expect.arrayContaining(['before', 'before too', 'after']));
    expect((await sendAndRead('after')).slice(-2)).toEqual(['before', 'after']);
  },
  2 * MINUTES,
);

describe('what is not ours stays', () => {
  test('a process that was given the id of an engine of a dead run', async () => {
    const folder = join(home, 'elsewhere', 'kafka');
    const pidFile = join(folder, 'pid');
    await mkdir(folder, { recursive: true });
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await writeFile(pidFile, `${stranger.pid}\n`);
    expect(await stopLeftOver({ name: 'Kafka', folder, pidFile })).toBe(false);
    expect(isAlive(stranger.pid as number)).toBe(true);
    await expect(stat(pidFile)).rejects.toThrow('ENOENT');
    stranger.kill();
  });

  test('engines whose address was given: they are used, never stopped', async () => {
    const given = await startEngines({
      home: join(home, 'unused'),
      env: { ...env, KAFKA_BROKERS: engines.kafka.address, MONGODB_URI: engines.mongodbUri },
    });
    expect(given.kafkaBrokers).toEqual(engines.kafkaBrokers);
    await given.stop();
    expect(engines.kafka.running()).toBe(true);
    await expect(given.kafka.kill()).rejects.toThrow(/was given: it can't be stopped from here/);
  }, 30_000);
});

test('an address given at which nobody answers, or that is none: a sentence', async () => {
  const other = join(home, 'unused');
  const start = (given: NodeJS.ProcessEnv) => startEngines({ home: other, env: { ...env, ...given } });
  const reachable = { KAFKA_BROKERS: engines.kafka.address, MONGODB_URI: engines.mongodbUri };
  await expect(start({ ...reachable, KAFKA_BROKERS: '127.0.0.1:1' })).rejects.toThrow(
    'No Kafka answers at 127.0.0.1:1, where KAFKA_BROKERS says: start it, or unset KAFKA_BROKERS',
  );
  await expect(start({ ...reachable, KAFKA_BROKERS: 'kafka' })).rejects.toThrow('is no list of addresses');
  await expect(start({ ...reachable, MONGODB_URI: 'mongodb://me:secret@127.0.0.1:1' })).rejects.toThrow(
    /^No MongoDB answers at mongodb:\/\/127\.0\.0\.1:1, where MONGODB_URI says \(.*ECONNREFUSED.*\): start it, or unset MONGODB_URI/,
  );
}, 60_000);

test(
  'a start that is given up leaves nothing running',
  async () => {
    const other = join(home, 'given-up');
    const stop = new AbortController();
    const starting = startEngines({ home: other, env, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 400);
    await expect(starting).rejects.toThrow('enough');
    for (const engine of ['kafka', 'mongodb']) {
      const pid = Number(await readFile(join(other, engine, 'pid'), 'utf8').catch(() => '0'));
      expect(isAlive(pid)).toBe(false);
    }
    await clearEngines(other);
    await expect(stat(join(other, 'kafka'))).rejects.toThrow('ENOENT');
  },
  MINUTES,
);
