import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { ConfigError, readConfig } from '@gdtx/service-kit/config';
import { loadServiceIdentity } from '@gdtx/service-kit/service-identity';
import { ownerGrpcAddresses } from '@gdtx/service-kit/services';
import { SERVICES_FOLDED } from '../indicators/folds/all.js';
import { createLedgerOwners } from '../projector/owners.js';
import { groupOf, LivePointer } from '../served/live-pointer.js';
import { Readers } from '../served/readers.js';
import { NotPossible } from './build.js';
import { rebuildConfig } from './rebuild-config.js';
import { dropFormer, rebuild, swapBack, type RebuildParts } from './rebuild.js';

const USAGE = `npm run rebuild [-- --back | --drop-old | --accept-differences]

  Builds the read model again from Kafka, beside the live one and under traffic; compares everything; swaps. The former one is kept.

  --accept-differences  swaps although the two differ: the rebuilt one is made of the ledgers
  --back                makes the former one the live one again
  --drop-old            drops the former one
  --help

  Ends with 0 when it is done, with 1 when they differ and nothing was swapped, with 2 when it can't be done.`;

const CLIENT = 'dashboard-rebuild';

/** What \`npm run rebuild\` does, with the environment of the dashboard. Answers the exit code. */
export async function runRebuild(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
): Promise<number> {
  const asked = read(args);
  if (typeof asked === 'string') {
    say(asked);
    return asked === USAGE ? 0 : 2;
  }
  const stopping = new AbortController();
  const stop = () => stopping.abort(new NotPossible('Stopped.'));
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await withParts(env, say, stopping.signal, (parts) => carryOut(asked, parts));
  } catch (error) {
    if (!(error instanceof NotPossible) && !(error instanceof ConfigError)) throw error;
    say(error.message);
    return 2;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

interface Asked {
  back: boolean;
  'drop-old': boolean;
  'accept-differences': boolean;
}

function read(args: readonly string[]): Asked | string {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { back: flag, 'drop-old': flag, 'accept-differences': flag, help: flag },
    });
    const { help, ...asked } = values;
    if (help) return USAGE;
    return Object.values(asked).filter(Boolean).length > 1 ? 'One thing at a time: see --help.' : asked;
  } catch (error) {
    return `${(error as Error).message}\n\n${USAGE}`;
  }
}

async function carryOut(asked: Asked, parts: RebuildParts): Promise<number> {
  if (asked.back) await swapBack(parts);
  else if (asked['drop-old']) await dropFormer(parts);
  else {
    if ((await rebuild(parts, asked['accept-differences'])) === 'different') return 1;
    parts.say('The former one is kept: npm run rebuild -- --back makes it the live one again, -- --drop-old drops it.');
  }
  return 0;
}

async function withParts(
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
  signal: AbortSignal,
  work: (parts: RebuildParts) => Promise<number>,
): Promise<number> {
  const config = readConfig(rebuildConfig, env);
  const { KAFKA_BROKERS: brokers, GDTX_TOPIC_PREFIX: topicPrefix } = config;
  const identity = await loadServiceIdentity('dashboard', config);
  const owners = createLedgerOwners(identity, ownerGrpcAddresses(config));
  const home = await mongoose
    .createConnection(config.MONGODB_URI, { serverSelectionTimeoutMS: 5_000, autoIndex: false })
    .asPromise()
    .catch((error: Error) => {
      throw new NotPossible(`MongoDB can’t be reached: ${error.message}`);
    });
  const log: NonNullable<RebuildParts['projector']['log']> = (level, message) => {
    if (level === 'error') say(`  ${message}`);
  };
  try {
    return await work({
      ...{ home, say, signal, services: SERVICES_FOLDED, by: `${hostname()}, process ${process.pid}` },
      pointer: new LivePointer(home, groupOf(topicPrefix)),
      readers: new Readers(home),
      projector: { brokers, topicPrefix, clientId: CLIENT, owners, log, catchUp: { mongodbUri: config.MONGODB_URI } },
    });
  } finally {
    owners.close();
    await home.close();
  }
}
