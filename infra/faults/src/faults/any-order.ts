import { createTopics } from '@gdtx/kafka/topics';
import { topicOf } from '@gdtx/kafka/partition';
import { OWNERS, SERVICES } from '@gdtx/service-kit/services';
import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { checkEverything } from '../checker/check.js';
import type { Fault } from '../fault.js';
import { startLoad } from '../load/load.js';
import { Receipts } from '../load/receipts.js';
import type { Random } from '../random.js';
import { append, readValues, type TopicValue } from '../tools/topic-values.js';
import { publishersTokens, tellTheWorld } from '../under-load.js';

/** Of the units of a partition, so many keep the order of their entries; of the others even that is lost. */
const KEEPS_ORDER = 0.5;

/** Entries of a partition with those of different units in any order. */
export function shuffled(values: readonly TopicValue[], random: Random): TopicValue[] {
  const units = new Map<string, TopicValue[]>();
  for (const each of values) {
    const { unit } = Entry.decode(each.value);
    units.set(unit, [...(units.get(unit) ?? []), each]);
  }
  const queues = [...units.values()].map((own) => (random.chance(KEEPS_ORDER) ? own : inAnyOrder(own, random)));
  const all: TopicValue[] = [];
  for (let open = queues; open.length > 0; open = open.filter((queue) => queue.length > 0)) {
    const queue = random.oneOf(open);
    all.push(...queue.splice(0, random.between(1, 5)));
  }
  return all;
}

function inAnyOrder<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.between(0, left.length - 1), 1)[0]!);
}

export const anyOrder: Fault = {
  name: 'any-order',
  promise:
    'All is read from a Kafka in which entries of different units, and for half of the units even their own, stand in any order: gaps heal, the figures are the same.',
  engines: 'shared',
  async run(stage) {
    const { kafkaBrokers } = await stage.engines();
    const owners = await stage.platform({ services: SERVICES.filter((name) => name !== 'dashboard') });
    const receipts = new Receipts();
    const tokens = await publishersTokens(owners);
    await tellTheWorld(owners.gatewayUrl, tokens[0]!, receipts);
    const { gatewayUrl } = owners;
    await startLoad({ gatewayUrl, tokens, facts: stage.facts, random: stage.random.fork('load'), receipts }).done;
    // In order, so that everything is published.
    await owners.stop();

    const topicPrefix = `${stage.topicPrefix}any-order.`;
    const random = stage.random.fork('order');
    await createTopics({ brokers: kafkaBrokers, topicPrefix });
    let moved = 0;
    for (const owner of OWNERS) {
      const values = await readValues(kafkaBrokers, topicOf(stage.topicPrefix, owner));
      for (const partition of new Set(values.map((each) => each.partition))) {
        const mine = values.filter((each) => each.partition === partition);
        const mixed = shuffled(mine, random);
        moved += mixed.filter(({ offset }, n) => offset !== mine[n]!.offset).length;
        const topic = topicOf(topicPrefix, owner);
        await append(
          kafkaBrokers,
          mixed.map(({ value }) => ({ topic, partition, value })),
        );
      }
    }
    stage.say(
      `${moved} entries stand elsewhere. The same ledgers go on with that Kafka, and a dashboard that has nothing.`,
    );
    const platform = await stage.platform({ topicPrefix });
    const check = { platform, receipts, tolerated: ['kafka-order' as const] };
    return `${moved} entries moved; ${await checkEverything({ ...stage, topicPrefix }, check)}`;
  },
};
