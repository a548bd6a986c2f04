import { randomUUID } from 'node:crypto';
import { withDatabase, type Engines } from '@gdtx/engines/engines';
import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { createTailer } from '@gdtx/kafka/client';
import { partitionOf, topicOf } from '@gdtx/kafka/partition';
import { databaseOf } from '@gdtx/local/service-environment';
import mongoose from 'mongoose';
import type { DataSet } from './data-set.js';
import { writeTopics } from './topics.js';

const REGISTRY = ['provinces', 'centres', 'community-learning'];
const COLLECTIONS = ['unit_years', 'contexts', 'records', 'cursors'];

export interface OwnCopy {
  topicPrefix: string;
  databasePrefix: string;
  mongodbUri: string;
  /** How far the ledgers of a service are told, by unit. */
  ledgers(service: string): Promise<Map<string, number>>;
  /** Leaves out all that is known of one of the service's ledgers, so that an owner without a past can begin it anew; gives its unit. */
  forgetOne(service: string): Promise<string>;
  drop(): Promise<void>;
}

/**
 * The read model of the data set in a database of its own, with topics of its own that hold the registry alone: so that more
 * can be told without anybody else noticing.
 */
export async function copyReadModel(dataSet: DataSet, engines: Engines): Promise<OwnCopy> {
  const run = randomUUID().slice(0, 8);
  const [topicPrefix, databasePrefix] = [`bench-${run}.`, `bench_${run}_`];
  const entries = await registryOfTopics(dataSet);
  await writeTopics({ brokers: engines.kafkaBrokers, topicPrefix }, entries);
  const from = await mongoose.createConnection(dataSet.mongodbUri).asPromise();
  const mongodbUri = withDatabase(engines.mongodbUri, databaseOf(databasePrefix, 'dashboard'));
  const name = nameOf(mongodbUri);
  const client = from.getClient();
  for (const collection of COLLECTIONS) {
    await client
      .db(from.name)
      .collection(collection)
      .aggregate([{ $match: {} }, { $out: { db: name, coll: collection } }])
      .toArray();
  }
  return {
    topicPrefix,
    databasePrefix,
    mongodbUri,
    async ledgers(service) {
      const found = client.db(name).collection<{ unit: string; seq: number }>('cursors').find({ service });
      return new Map((await found.toArray()).map(({ unit, seq }) => [unit, seq]));
    },
    async forgetOne(service) {
      const found = await client.db(name).collection<{ unit: string }>('cursors').findOne({ service });
      const { unit } = found!;
      for (const collection of COLLECTIONS) await client.db(name).collection(collection).deleteMany({ service, unit });
      return unit;
    },
    async drop() {
      await client.db(name).dropDatabase();
      await from.close();
    },
  };
}

type Topics = Pick<DataSet, 'brokers' | 'topicPrefix'>;

/** What the ledgers `vn` say, service by service. */
export async function registryOfTopics(topics: Topics): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const service of REGISTRY) entries.push(...(await registryEntries(topics, service)));
  return entries;
}

async function registryEntries({ brokers, topicPrefix }: Topics, service: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const tailer = createTailer({
    ...{ brokers, clientId: 'bench-registry', topic: topicOf(topicPrefix, service), partitions: [partitionOf('vn')] },
    from: 'earliest',
    onBatch: ({ messages }) => {
      const read = messages.flatMap(({ value }) => (value ? [Entry.decode(value)] : []));
      entries.push(...read.filter(({ unit }) => unit === 'vn'));
      return Promise.resolve();
    },
    onCrash: (error) => {
      throw error;
    },
  });
  await tailer.caughtUp;
  await tailer.stop();
  return entries;
}

const nameOf = (uri: string): string => new URL(uri).pathname.slice(1);
