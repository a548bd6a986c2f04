import { setTimeout as pause } from 'node:timers/promises';
import { PARTITIONS, partitionOf, topicOf } from '@gdtx/kafka/partition';
import { OWNERS } from '@gdtx/service-kit/services';
import { openDatabases } from '../checker/read-mongodb.js';
import type { Fault, FaultStage } from '../fault.js';
import type { Random } from '../random.js';
import { append, readValues } from '../tools/topic-values.js';
import { underLoad, type Strike } from '../under-load.js';

const SET_ASIDE_WITHIN_MS = 60_000;
const REGISTRY_PARTITION = partitionOf('vn');

/** What no relay says: nothing, noise, text, and an entry that breaks off. */
function poison(random: Random, entry: Buffer): Buffer {
  const noise = Buffer.from(Array.from({ length: random.between(1, 300) }, () => random.between(0, 255)));
  noise[0] = 0xff;
  const torn = entry.subarray(0, random.between(1, entry.length - 1));
  return random.oneOf([Buffer.alloc(0), noise, Buffer.from('{"not":"an entry"}'), torn]);
}

/** Puts poison between the entries of each topic, the registry's partition among them. */
export function poisoned(stage: FaultStage, put: Set<string>): Strike {
  return {
    what: 'put poison into every topic',
    async how({ engines }) {
      const random = stage.random.fork(`poison ${put.size}`);
      for (const owner of OWNERS) {
        const topic = topicOf(stage.topicPrefix, owner);
        const [first] = await readValues(engines.kafkaBrokers, topic);
        const partitions = [REGISTRY_PARTITION, ...Array.from({ length: 4 }, () => random.between(0, PARTITIONS - 1))];
        const values = partitions.map((partition) => ({ topic, partition, value: poison(random, first!.value) }));
        await append(engines.kafkaBrokers, values);
        for (const [n, { partition }] of values.entries()) put.add(`${topic}/${partition}/${put.size}/${n}`);
      }
    },
  };
}

/** Resolves when the dashboard has set aside all of it, each with its place and the reason, and counts it. */
export async function isSetAside(
  stage: FaultStage,
  metricsUrl: string,
  { size: wanted }: ReadonlySet<string>,
): Promise<void> {
  const { mongodbUri } = await stage.engines();
  const databases = await openDatabases(mongodbUri, stage.databasePrefix);
  try {
    for (const until = performance.now() + SET_ASIDE_WITHIN_MS; ; await pause(250)) {
      const found = await databases
        .of('dashboard')
        .collection<{ topic: string; partition: number; offset: bigint; reason: string }>('quarantine')
        .find()
        .toArray();
      const metrics = await (await fetch(metricsUrl)).text();
      const counted = /^gdtx_quarantined_messages(?:\{[^}]*\})? (\d+)/m.exec(metrics)?.[1];
      if (found.length === wanted && Number(counted) === wanted && found.every(({ reason }) => reason !== '')) return;
      if (performance.now() > until) {
        throw new Error(`${wanted} were poison; ${found.length} are set aside, and the metric says ${counted}`);
      }
    }
  } finally {
    await databases.close();
  }
}

export const poisonInTopics: Fault = {
  name: 'poison',
  promise:
    'Values that are no entries stand in the topics: they are set aside with place and reason, counted in a metric, and their neighbours flow.',
  engines: 'shared',
  async run(stage) {
    const put = new Set<string>();
    let unreadable = 0;
    const seen = await underLoad(stage, {
      strikes: [poisoned(stage, put), poisoned(stage, put)],
      after: ({ platform }) => isSetAside(stage, `${platform.service('dashboard').httpUrl}/metrics`, put),
      check: { unreadable: () => void unreadable++ },
    });
    if (unreadable !== put.size) throw new Error(`${put.size} were put into the topics, and ${unreadable} are there`);
    return `${put.size} values set aside; ${seen}`;
  },
};
