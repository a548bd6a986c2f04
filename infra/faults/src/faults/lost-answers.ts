import { setTimeout as pause } from 'node:timers/promises';
import type { Service } from '@gdtx/service-kit/services';
import { topicOf } from '@gdtx/kafka/partition';
import type { Fault, FaultStage } from '../fault.js';
import { mixFor } from '../load/make-facts.js';
import { whileSending } from '../load/while-sending.js';
import { KafkaProxy, type ProduceFate } from '../tools/kafka-proxy.js';
import { underLoad, type Strike } from '../under-load.js';

const OWNER = 'programmes';
const MOST_MS = 20_000;
const KEPT = 'nothing acknowledged is lost, and the order of each unit is kept';

/** A platform of which one owner reaches Kafka through a proxy. */
export async function behindProxy(stage: FaultStage): Promise<{
  proxy: KafkaProxy;
  envOf: (service: Service) => NodeJS.ProcessEnv;
  topic: string;
}> {
  const { kafkaBrokers } = await stage.engines();
  const proxy = await KafkaProxy.before(kafkaBrokers[0]!);
  stage.atEnd(() => proxy.retire());
  const envOf = (service: Service): NodeJS.ProcessEnv => (service === OWNER ? { KAFKA_BROKERS: proxy.address } : {});
  return { proxy, envOf, topic: topicOf(stage.topicPrefix, OWNER) };
}

/** For a while, or so many times, `fate` is what may befall each Produce that carries entries. */
export function fated(proxy: KafkaProxy, topic: string, what: string, times: number, fate: () => ProduceFate): Strike {
  return {
    what,
    async how({ load }) {
      let met = 0;
      proxy.fate = (partitions) => {
        if (met === times || !partitions.some((each) => each.topic === topic)) return 'pass';
        const next = fate();
        if (next !== 'pass') met += 1;
        return next;
      };
      const enough = async () => {
        // With few facts there may not be so many sends.
        for (const until = performance.now() + MOST_MS; met < times && performance.now() < until;) await pause(50);
      };
      await whileSending(load, enough(), 1_000);
      proxy.fate = () => 'pass';
      if (met === 0) throw new Error(`nothing was sent that could have met it: ${what}`);
    },
  };
}

const lostAnswers: Fault = {
  name: 'lost-answers',
  promise: `The broker appends and its answers are lost, with the connection or without a sign: ${KEPT}.`,
  engines: 'shared',
  async run(stage) {
    const { proxy, envOf, topic } = await behindProxy(stage);
    const random = stage.random.fork('answers');
    const seen = await underLoad(stage, {
      platform: { envOf },
      mix: mixFor(OWNER),
      strikes: [
        fated(proxy, topic, 'cut the connection before ten answers', 10, () => (random.chance(0.3) ? 'cut' : 'pass')),
        // In a row, until the client gives the batch up.
        fated(proxy, topic, 'cut the connection before twelve answers in a row', 12, () => 'cut'),
        fated(proxy, topic, 'swallowed two answers', 2, () => (random.chance(0.5) ? 'swallow' : 'pass')),
      ],
    });
    return `${proxy.met.cut + proxy.met.swallow} answers lost; ${seen}`;
  },
};

const movingLeader: Fault = {
  name: 'moving-leader',
  promise: `A leader moves in the middle of a send, for some of its partitions: ${KEPT}.`,
  engines: 'shared',
  async run(stage) {
    const { proxy, envOf, topic } = await behindProxy(stage);
    const random = stage.random.fork('leaders');
    const some = (): ProduceFate => {
      if (!random.chance(0.4)) return 'pass';
      const gone = new Set(Array.from({ length: 12 }, (_, n) => n).filter(() => random.chance(0.5)));
      return { moved: ({ partition }) => gone.has(partition) };
    };
    const seen = await underLoad(stage, {
      platform: { envOf },
      mix: mixFor(OWNER),
      strikes: [
        fated(proxy, topic, 'moved the leaders of some partitions in ten sends', 10, some),
        // So often in a row that the client gives the batch up, of which the broker has a part.
        fated(proxy, topic, 'moved the leaders of half the partitions in fifteen sends in a row', 15, () => ({
          moved: ({ partition }) => partition % 2 === 0,
        })),
        fated(proxy, topic, 'moved the leaders of some partitions in ten sends', 10, some),
      ],
    });
    return `${proxy.met.moved} sends answered in part; ${seen}`;
  },
};

export const atTheSocket: readonly Fault[] = [lostAnswers, movingLeader];
