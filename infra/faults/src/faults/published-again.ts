import { topicOf } from '@gdtx/kafka/partition';
import { OWNERS } from '@gdtx/service-kit/services';
import type { Fault, FaultStage } from '../fault.js';
import { append, readValues } from '../tools/topic-values.js';
import { underLoad, type Strike } from '../under-load.js';

const PARTITIONS_AT_ONCE = 8;

/** Appends what stands in some partitions once more, from a place on that the seed chooses. */
export function again(stage: FaultStage, n = 1): Strike {
  const random = stage.random.fork(`again ${n}`);
  return {
    what: `published the suffixes of ${PARTITIONS_AT_ONCE} partitions of every topic again`,
    async how({ engines }) {
      for (const owner of OWNERS) {
        const values = await readValues(engines.kafkaBrokers, topicOf(stage.topicPrefix, owner));
        const partitions = [...new Set(values.map(({ partition }) => partition))].sort((a, b) => a - b);
        for (let left = Math.min(PARTITIONS_AT_ONCE, partitions.length); left > 0; left--) {
          const [chosen] = partitions.splice(random.between(0, partitions.length - 1), 1);
          const mine = values.filter(({ partition }) => partition === chosen);
          await append(engines.kafkaBrokers, mine.slice(random.between(0, mine.length - 1)));
        }
      }
    },
  };
}

export const publishedAgain: Fault = {
  name: 'published-again',
  promise: 'Whole suffixes of partitions are published to Kafka again: nothing is counted twice.',
  engines: 'shared',
  run: (stage) =>
    underLoad(stage, { strikes: [again(stage, 1), again(stage, 2)], after: (scene) => again(stage, 3).how(scene) }),
};
