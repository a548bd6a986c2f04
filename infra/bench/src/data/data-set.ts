import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDatabase, type Engines } from '@gdtx/engines/engines';
import { entriesOf } from './entries.js';
import type { DataSetSize } from './history.js';
import { fillReadModel } from './read-model.js';
import { writeTopics } from './topics.js';

/** The data set in Kafka, and where its read model is. */
export interface DataSet extends DataSetSize {
  brokers: readonly string[];
  topicPrefix: string;
  /** How many messages the topics hold, the territory's too. */
  entries: number;
  bytes: number;
  /** The dashboard's database, once `readModelOf` has filled it. */
  mongodbUri: string;
}

type Written = Pick<DataSet, 'topicPrefix' | 'entries' | 'bytes'>;

const SAMPLE = 0.0005;

/** Writes the topics, or finds them where a run before has left them: the same engines, seed, scale and generator. */
export async function dataSetOf(
  { engines, home }: { engines: Engines; home: string },
  { seed, scale }: DataSetSize,
  say: (sentence: string) => void = () => {},
): Promise<DataSet> {
  const stamp = join(home, `data-set-${fingerprint({ seed, scale })}.json`);
  const at = (written: Written): DataSet => {
    const mongodbUri = withDatabase(engines.mongodbUri, `${written.topicPrefix.slice(0, -1)}-dashboard`);
    return { seed, scale, brokers: engines.kafkaBrokers, mongodbUri, ...written };
  };
  const found = await stampAt<Written>(stamp, engines.kafka.identity);
  if (found) {
    say(`The data set of ${found.entries} entries is there already.`);
    return at(found);
  }
  const began = Date.now();
  say(`Writing the data set (seed ${seed}, scale ${scale}).`);
  // A name of its own: an attempt that was broken off may have left topics.
  const topicPrefix = `bench-${randomUUID().slice(0, 8)}.`;
  let said = Date.now();
  const to = { brokers: engines.kafkaBrokers, topicPrefix };
  const sums = await writeTopics(to, entriesOf({ seed, scale }), (entries) => {
    if (Date.now() - said < 10_000) return;
    said = Date.now();
    say(`  ${entries} entries are written.`);
  });
  say(`  ${sums.entries} entries, ${mega(sums.bytes)} MB, in ${seconds(began)} s.`);
  await putStamp(stamp, engines.kafka.identity, { topicPrefix, ...sums });
  return at({ topicPrefix, ...sums });
}

/** Fills the read model with the projector to the end, or finds it where a run before has left it. */
export async function readModelOf(
  { engines, home }: { engines: Engines; home: string },
  dataSet: DataSet,
  say: (sentence: string) => void = () => {},
): Promise<DataSet> {
  const stamp = join(home, `${dataSet.topicPrefix}read-model.json`);
  if (await stampAt(stamp, engines.mongodb.identity)) {
    say('The read model is there already.');
    return dataSet;
  }
  const began = Date.now();
  say('Filling the read model.');
  const { taken } = await fillReadModel(dataSet);
  say(`  ${taken} entries are folded and stored in ${seconds(began)} s.`);
  await putStamp(stamp, engines.mongodb.identity, { taken });
  return dataSet;
}

/** Of the size, and of what a small network says: another generator makes other data. */
function fingerprint({ seed, scale }: DataSetSize): string {
  const hash = createHash('sha256').update(`${seed} ${scale}`);
  for (const entry of entriesOf({ seed, scale: SAMPLE })) hash.update(entry.hash);
  return hash.digest('hex').slice(0, 12);
}

async function stampAt<Content>(file: string, identity: string): Promise<Content | undefined> {
  if (!existsSync(file)) return undefined;
  const stamp = JSON.parse(await readFile(file, 'utf8')) as { identity: string; content: Content };
  return stamp.identity === identity ? stamp.content : undefined;
}

async function putStamp(file: string, identity: string, content: object): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, JSON.stringify({ identity, content }));
}

const mega = (bytes: number) => Math.round(bytes / 1e6);
const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1);
