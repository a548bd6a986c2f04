import { withDatabase } from '@gdtx/engines/engines';
import type { Benchmark, Measurement } from '../benchmark.js';
import { startBenchPlatform } from '../bench-platform.js';
import { ClassFacts } from '../facts.js';
import { publisherAt } from '../gateway-publisher.js';
import { HttpClient } from '../http-client.js';
import { startBareTransactions } from '../rivals/bare-transaction.js';
import { inTurns, milliseconds, quantile, timeEach } from '../rounds.js';

const ROUNDS = 5;
const FACTS_A_ROUND = 400;
const LEAST_FACTS = 20;

export const oneFact: Benchmark = {
  name: 'one-fact',
  about: 'one fact at a time, from publishing to its acknowledgement; beside a bare MongoDB transaction of two writes',
  async run(bench) {
    const engines = await bench.engines();
    const ours = await startBenchPlatform(bench, ['gateway', 'programmes']);
    const database = `bare-${ours.topicPrefix.slice(0, -1)}`;
    const bare = await startBareTransactions(withDatabase(engines.mongodbUri, database));
    const client = new HttpClient(ours.platform.gatewayUrl);
    try {
      const [unit, other] = ours.units as [string, string];
      const who = { sub: `publisher of ${unit}`, roles: ['centre-publisher'], units: [unit] };
      const publisher = await publisherAt(ours.platform, client, who);
      const [facts, others] = [new ClassFacts(unit), new ClassFacts(other)];
      const times = Math.max(Math.round(FACTS_A_ROUND * bench.scale), LEAST_FACTS);
      const took = await inTurns(ROUNDS, {
        ours: () => timeEach(times, () => publisher.publish(facts.take(1))),
        bare: () => timeEach(times, () => bare.store(others.next())),
      });
      return [row('p50', 0.5, took), row('p99', 0.99, took)];
    } finally {
      client.close();
      await Promise.all([ours.stop(), bare.stop()]);
    }
  },
};

function row(name: string, share: number, took: { ours: number[][]; bare: number[][] }): Measurement {
  const [ours, bare] = [quantile(took.ours.flat(), share), quantile(took.bare.flat(), share)];
  return {
    figure: `one fact, publish to acknowledgement, ${name}`,
    ours: milliseconds(ours),
    rival: milliseconds(bare),
    against: 'bare transaction of two writes',
    ratio: ours / bare,
  };
}
