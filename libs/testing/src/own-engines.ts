import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '@gdtx/engines/engine';
import { startEngines } from '@gdtx/engines/engines';
import type { TestEngines } from './test-engines.js';

/** A Kafka and a MongoDB that no other suite uses, to be stopped, killed and started again. */
export interface OwnEngines extends TestEngines {
  kafka: Engine;
  mongodb: Engine;
  /** Stops both and removes their data. */
  stop(): Promise<void>;
}

/**
 * Starts a pair of engines for one suite; or gives the sentence why there is none, for the suite to say why it is skipped: jest
 * keeps quiet about what it skips.
 */
export async function ownEngines(suite: string): Promise<OwnEngines | string> {
  const home = await mkdtemp(join(tmpdir(), `gdtx-${suite}-`));
  const clear = () => rm(home, { recursive: true, force: true });
  const env = { ...process.env, KAFKA_BROKERS: undefined, MONGODB_URI: undefined };
  const engines = await startEngines({ home, env }).catch((error: Error) => error);
  if (engines instanceof Error) {
    await clear();
    return engines.message;
  }
  const { kafka, mongodb, kafkaBrokers, mongodbUri } = engines;
  return {
    kafka,
    mongodb,
    brokers: kafkaBrokers,
    topicPrefix: `test.${suite}.`,
    mongodbUri(name) {
      const uri = new URL(mongodbUri);
      uri.pathname = `/test_${suite}_${name}`.replaceAll('-', '_');
      return uri.href;
    },
    async stop() {
      await engines.stop();
      await clear();
    },
  };
}
