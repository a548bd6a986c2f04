import { setTimeout as pause } from 'node:timers/promises';
import { topicOf } from '@gdtx/kafka/partition';
import { createTopics } from '@gdtx/kafka/topics';
import { databaseOf } from '@gdtx/local/service-environment';
import { openDatabases, readCursors } from '../checker/read-mongodb.js';
import type { Fault, FaultStage } from '../fault.js';
import { GroupWatch } from '../tools/group-watch.js';
import { KafkaProxy } from '../tools/kafka-proxy.js';
import { publishLedgers } from '../tools/many-ledgers.js';
import { MemoryWatch, waitedForProcessor } from '../tools/memory-watch.js';
import { TcpProxy } from '../tools/tcp-proxy.js';

/** In MB: what the dashboard is promised to need under load. */
const MEMORY_LIMIT = 600;
const UNITS = 4_000;
/** More entries than the projector lets wait, for the usual number of facts. */
const ENTRIES_A_FACT = 40;
const LATENCY_MS = 40;
const BYTES_PER_SECOND = 4_000_000;
/** Longer than the session of a group's member. */
const PAUSE_MS = 15_000;
const PAUSES = 3;
const CATCHES_UP_WITHIN_MS = 240_000;

/** How many ledgers are folded to their end. */
async function folded(stage: FaultStage, mongodbUri: string, entriesEach: number): Promise<number> {
  const databases = await openDatabases(mongodbUri, stage.databasePrefix);
  try {
    return (await readCursors(databases)).filter(({ seq }) => seq === entriesEach).length;
  } finally {
    await databases.close();
  }
}

export const slowMongodb: Fault = {
  name: 'slow-mongodb',
  promise: `MongoDB is slow, and silent for ${PAUSE_MS / 1000} s at a time, while the dashboard has much to read: its memory stays below ${MEMORY_LIMIT} MB, its heartbeats go on, nobody leaves the group.`,
  engines: 'shared',
  async run(stage) {
    const { kafkaBrokers, mongodbUri } = await stage.engines();
    const entriesEach = Math.ceil((stage.facts * ENTRIES_A_FACT) / UNITS);
    const topic = topicOf(stage.topicPrefix, 'programmes');
    await createTopics({ brokers: kafkaBrokers, topicPrefix: stage.topicPrefix });
    await publishLedgers({ brokers: kafkaBrokers, topic }, UNITS, entriesEach);
    stage.say(`${UNITS * entriesEach} entries of ${UNITS} units stand in Kafka.`);

    const kafka = await KafkaProxy.before(kafkaBrokers[0]!);
    const mongodb = await TcpProxy.before(/^mongodb:\/\/([^/]+)/.exec(mongodbUri)![1]!);
    stage.atEnd(() => {
      kafka.retire();
      mongodb.retire();
    });
    const group = new GroupWatch(`${stage.topicPrefix}dashboard`);
    kafka.onRequest = group.hear;
    const database = databaseOf(stage.databasePrefix, 'dashboard');
    const platform = await stage.platform({
      services: ['dashboard'],
      envOf: () => ({
        KAFKA_BROKERS: kafka.address,
        // Directly: a replica set would be found behind the proxy.
        MONGODB_URI: `mongodb://${mongodb.address}/${database}?directConnection=true`,
      }),
    });
    const dashboard = platform.service('dashboard');
    const memory = new MemoryWatch(dashboard.pid!);
    stage.atEnd(() => memory.stop());
    mongodb.latencyMs = LATENCY_MS;
    mongodb.bytesPerSecond = BYTES_PER_SECOND;
    const began = performance.now();
    let generation: number | undefined;
    let pauses = 0;
    for (const until = performance.now() + CATCHES_UP_WITHIN_MS; ; await pause(500)) {
      const done = await folded(stage, mongodbUri, entriesEach);
      generation ??= [...group.generations].at(-1);
      if (done === UNITS && pauses === PAUSES) break;
      if (performance.now() > until) throw new Error(`${done} of ${UNITS} ledgers were folded in time`);
      if (pauses < PAUSES && performance.now() - began > (pauses + 1) * 2_000) {
        mongodb.pause();
        await pause(PAUSE_MS);
        mongodb.resume();
        pauses += 1;
      }
    }
    await memory.stop();
    const waited = await waitedForProcessor(dashboard.pid!);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    const seen =
      `${UNITS * entriesEach} entries in ${seconds} s, at most ${memory.most.toFixed(0)} MB (${memory.samples} samples), ` +
      `generation ${[...group.generations].join(', ')}, ${group.heartbeats} heartbeats, the longest silence ${(group.longestSilence / 1000).toFixed(1)} s; it waited ${waited?.toFixed(0)} s for a processor`;
    stage.say(`${seen}.`);
    if (dashboard.restartCount > 0) throw new Error('the dashboard has ended by itself');
    if (group.generations.size !== 1) throw new Error(`there were ${group.generations.size} generations of the group`);
    if (memory.samples > 0 && memory.most > MEMORY_LIMIT) throw new Error(`it took ${memory.most.toFixed(0)} MB`);
    return seen;
  },
};
