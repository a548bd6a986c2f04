import { setTimeout as pause } from 'node:timers/promises';
import { openDatabases, readHeads } from '../checker/read-mongodb.js';
import { ledgersInKafka } from '../tools/ledgers-in-kafka.js';
import type { Fault, FaultStage } from '../fault.js';
import { startLoad } from '../load/load.js';
import { mixFor } from '../load/make-facts.js';
import { whileSending } from '../load/while-sending.js';
import type { KafkaProxy } from '../tools/kafka-proxy.js';
import { publishersTokens, underLoad, type Scene, type Strike } from '../under-load.js';
import { behindProxy } from './lost-answers.js';

const SENT_WITHIN_MS = 60_000;
const PUBLISHED_WITHIN_MS = 60_000;
const FACTS_AT_THE_END = 300;
const OWNER = 'programmes';

/** The next Produce that carries entries is confirmed and forgotten. */
export function hole(proxy: KafkaProxy, topic: string): Strike {
  return {
    what: 'made Kafka forget a batch that it had confirmed',
    async how({ load }) {
      const before = proxy.met.lie;
      proxy.fate = (partitions) => {
        if (!partitions.some((each) => each.topic === topic)) return 'pass';
        proxy.fate = () => 'pass';
        return 'lie';
      };
      const sent = async () => {
        for (const until = performance.now() + SENT_WITHIN_MS; proxy.met.lie === before; await pause(20)) {
          if (performance.now() > until) throw new Error(`nothing was sent to ${topic}`);
        }
      };
      await whileSending(load, sent());
    },
  };
}

/** Everything that the owner records from here on is lost on its way to Kafka, and nothing follows it. */
async function holesAtTheEnd(stage: FaultStage, proxy: KafkaProxy, topic: string, { platform, load }: Scene) {
  await allMarked(stage);
  proxy.fate = (partitions) => (partitions.some((each) => each.topic === topic) ? 'lie' : 'pass');
  const tokens = await publishersTokens(platform);
  const { receipts } = load;
  const mix = { provinces: 0, centres: 0, 'community-learning': 0, programmes: 1, inspections: 0 };
  const random = stage.random.fork('end');
  const names = { gatewayUrl: platform.gatewayUrl, tokens, receipts, mix, random, name: 'end' };
  await startLoad({ ...names, facts: FACTS_AT_THE_END }).done;
  await allMarked(stage);
  proxy.fate = () => 'pass';
  const short = await shortLedgers(stage);
  if (short === 0) throw new Error('Kafka has every entry, so that no hole was made');
  stage.say(
    `${short} ledgers are shorter in Kafka than at ${OWNER}. The dashboard is started again, and compares heads.`,
  );
  await platform.service('dashboard').stop();
  await platform.service('dashboard').start();
}

/** Ledgers whose last entry isn't in Kafka. */
async function shortLedgers(stage: FaultStage): Promise<number> {
  const { kafkaBrokers, mongodbUri } = await stage.engines();
  const databases = await openDatabases(mongodbUri, stage.databasePrefix);
  try {
    const heads = await readHeads(databases);
    const reached = await ledgersInKafka(kafkaBrokers, stage.topicPrefix, OWNER);
    return [...heads].filter(([name, { seq }]) => name.startsWith(`${OWNER}/`) && (reached.get(name) ?? 0) < seq)
      .length;
  } finally {
    await databases.close();
  }
}

/** The relay believes that everything is published. */
async function allMarked(stage: FaultStage): Promise<void> {
  const { mongodbUri } = await stage.engines();
  const databases = await openDatabases(mongodbUri, stage.databasePrefix);
  try {
    const pending = () => databases.of(OWNER).collection('heads').countDocuments({ pending: true });
    for (const until = performance.now() + PUBLISHED_WITHIN_MS; (await pending()) > 0; await pause(100)) {
      if (performance.now() > until) throw new Error('the relay did not publish everything in time');
    }
  } finally {
    await databases.close();
  }
}

export const holesInKafka: Fault = {
  name: 'holes',
  promise:
    'Kafka has lost what it had confirmed, in the middle of ledgers and at their very end: it is found, and sent again.',
  engines: 'shared',
  async run(stage) {
    const { proxy, envOf, topic } = await behindProxy(stage);
    const seen = await underLoad(stage, {
      platform: { envOf },
      mix: mixFor(OWNER),
      strikes: [hole(proxy, topic), hole(proxy, topic), hole(proxy, topic)],
      after: (scene) => holesAtTheEnd(stage, proxy, topic, scene),
      // What was lost stands behind what followed it.
      check: { tolerated: ['kafka-order'] },
    });
    return `${proxy.met.lie} sends forgotten; ${seen}`;
  },
};
