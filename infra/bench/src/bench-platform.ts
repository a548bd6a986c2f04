import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { withDatabase } from '@gdtx/engines/engines';
import { startPlatform, type Platform } from '@gdtx/local/platform';
import { databaseOf } from '@gdtx/local/service-environment';
import type { Service } from '@gdtx/service-kit/services';
import mongoose from 'mongoose';
import type { BenchContext } from './benchmark.js';
import { registryOf } from './data/registry.js';
import { writeTopics } from './data/topics.js';

export interface BenchPlatform {
  platform: Platform;
  topicPrefix: string;
  /** Centres and community centres that may report. */
  units: string[];
  /** Stops the services and drops their databases. */
  stop(): Promise<void>;
}

/** Units of a try-out: enough for batches of a hundred different ones. */
const LEAST_SCALE = 0.02;

/**
 * Starts services as processes of their own, as `npm start` does, with the network's registry in Kafka unless it is to be empty.
 * Services that are left out are down, as far as the others know; one that owns a part of the registry can only be started
 * with an empty one, since its own ledgers lack what is in Kafka.
 */
export async function startBenchPlatform(
  bench: BenchContext,
  services: readonly Service[],
  registry: 'registry' | 'empty' = 'registry',
): Promise<BenchPlatform> {
  const engines = await bench.engines();
  const run = randomUUID().slice(0, 8);
  const topicPrefix = `bench-${run}.`;
  const databasePrefix = `bench_${run}_`;
  const units = registry === 'empty' ? [] : await writeRegistry(bench, { brokers: engines.kafkaBrokers, topicPrefix });
  const platform = await startPlatform({
    ...{ home: join(bench.home, run), engines, services, topicPrefix, databasePrefix },
    // Nobody is to be slowed down by fairness among publishers.
    env: { ...process.env, LOG_LEVEL: 'warn', RATE_LIMIT: '100000000' },
    log: (line) => bench.say(line),
  });
  return {
    platform,
    topicPrefix,
    units,
    async stop() {
      await platform.stop();
      const connection = await mongoose.createConnection(engines.mongodbUri).asPromise();
      for (const service of services) {
        const { pathname } = new URL(withDatabase(engines.mongodbUri, databaseOf(databasePrefix, service)));
        await connection.getClient().db(pathname.slice(1)).dropDatabase();
      }
      await connection.close();
    },
  };
}

async function writeRegistry(
  { seed, scale }: BenchContext,
  to: { brokers: readonly string[]; topicPrefix: string },
): Promise<string[]> {
  const { entries, units } = registryOf({ seed, scale: Math.max(scale, LEAST_SCALE) });
  await writeTopics(to, entries);
  return units;
}
