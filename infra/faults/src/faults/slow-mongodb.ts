import { setTimeout as pause } from 'node:timers/promises';
import { topicOf } from '@gdtx/kafka/partition';
import { createTopics } from '@gdtx/kafka/topics';
import { databaseOf } from '@gdtx/local/service-environment';
import { openDatabases, readCursors } from '../checker/read-mongodb.js';
import type { Fault, FaultStage } from '../fault.js';
import { plainEnvironment } from '../stage.js';
import { GroupWatch } from '../tools/group-watch.js';
import { KafkaProxy } from '../tools/kafka-proxy.js';
import { publishLedgers } from '../tools/many-ledgers.js';
import { MemoryWatch, waitedForProcessor } from '../tools/memory-watch.js';
import { preload } from '../tools/preload.js';
import { TcpProxy } from '../tools/tcp-proxy.js';

/** In MB: what the dashboard is promised to need under load. */
const MEMORY_LIMIT = 600;
const UNITS = 4_000;
const ENTRIES_A_FACT = 40;
/** Of all entries so many may wait to be stored. By itself the projector lets millions wait: more than can be published here. */
const MOST_WAITING = 1 / 8;
const LATENCY_MS = 40;
const BYTES_PER_SECOND = 4_000_000;
/** Longer than the session of a group's member. */
const PAUSE_MS = 15_000;
const PAUSES = 3;
const EVERY_MS = PAUSE_MS + 5_000;
/** The projector reads on for a while after MongoDB has fallen silent; in the last seconds of a pause it must stand still. */
const STILL_FOR_MS = 6_000;
/** What clients and broker say to each other meanwhile anyway. */
const STILL_BYTES = 1_000_000;
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

/** MongoDB says nothing for a while. Answers how many bytes were read from Kafka in the last seconds of it. */
async function silence(mongodb: TcpProxy, kafka: KafkaProxy): Promise<number> {
  mongodb.pause();
  await pause(PAUSE_MS - STILL_FOR_MS);
  const before = kafka.bytesAnswered;
  await pause(STILL_FOR_MS);
  const read = kafka.bytesAnswered - before;
  mongodb.resume();
  return read;
}

export const slowMongodb: Fault = {
  name: 'slow-mongodb',
  promise: `MongoDB is slow, and silent for ${PAUSE_MS / 1000} s at a time, while the dashboard has much to read: it reads no more than it may keep, its memory stays below ${MEMORY_LIMIT} MB, its heartbeats go on, nobody leaves the group.`,
  engines: 'shared',
  async run(stage) {
    const { kafkaBrokers, mongodbUri } = await stage.engines();
    const entriesEach = Math.ceil((stage.facts * ENTRIES_A_FACT) / UNITS);
    const most = Math.round(UNITS * entriesEach * MOST_WAITING);
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
    mongodb.latencyMs = LATENCY_MS;
    mongodb.bytesPerSecond = BYTES_PER_SECOND;
    const group = new GroupWatch(`${stage.topicPrefix}dashboard`);
    kafka.onRequest = group.hear;
    const database = databaseOf(stage.databasePrefix, 'dashboard');
    const platform = await stage.platform({
      services: ['dashboard'],
      env: { ...preload('small-projector.mjs', plainEnvironment()), GDTX_MOST_ENTRIES: String(most) },
      envOf: () => ({
        KAFKA_BROKERS: kafka.address,
        // Directly: a replica set would be found behind the proxy.
        MONGODB_URI: `mongodb://${mongodb.address}/${database}?directConnection=true`,
      }),
    });
    const dashboard = platform.service('dashboard');
    const memory = new MemoryWatch(dashboard.pid!);
    stage.atEnd(() => memory.stop());
    const began = performance.now();
    /** Of each silence: what was read from Kafka towards its end, and until then. */
    const silences: { still: number; until: number }[] = [];
    for (const until = performance.now() + CATCHES_UP_WITHIN_MS; ; await pause(500)) {
      const done = await folded(stage, mongodbUri, entriesEach);
      if (done === UNITS && silences.length === PAUSES) break;
      if (performance.now() > until) throw new Error(`${done} of ${UNITS} ledgers were folded in time`);
      if (silences.length < PAUSES && performance.now() - began > silences.length * EVERY_MS) {
        silences.push({ still: await silence(mongodb, kafka), until: kafka.bytesAnswered });
      }
    }
    await memory.stop();
    // A silence in which all there was had been read already proves nothing.
    const proving = silences.filter(({ until }) => kafka.bytesAnswered - until > kafka.bytesAnswered / 10);
    const reading = proving.find(({ still }) => still > STILL_BYTES);
    const waited = await waitedForProcessor(dashboard.pid!);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    const seen =
      `${UNITS * entriesEach} entries in ${seconds} s, of which ${most} may wait; reading stood still in ${proving.length} silences; at most ${memory.most.toFixed(0)} MB (${memory.samples} samples), ` +
      `generation ${[...group.generations].join(', ')}, ${group.heartbeats} heartbeats, the longest silence ${(group.longestSilence / 1000).toFixed(1)} s; it waited ${waited?.toFixed(0)} s for a processor`;
    stage.say(`${seen}.`);
    if (proving.length === 0) throw new Error('it had read everything before MongoDB fell silent, or in spite of that');
    if (reading) throw new Error(`it read ${reading.still} bytes more when nothing could be stored for a long time`);
    if (dashboard.restartCount > 0) throw new Error('the dashboard has ended by itself');
    if (group.generations.size !== 1) throw new Error(`there were ${group.generations.size} generations of the group`);
    if (memory.samples > 0 && memory.most > MEMORY_LIMIT) throw new Error(`it took ${memory.most.toFixed(0)} MB`);
    return seen;
  },
};
