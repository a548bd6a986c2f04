import { withDatabase } from '@gdtx/engines/engines';
import { topicOf } from '@gdtx/kafka/partition';
import { createTopics } from '@gdtx/kafka/topics';
import type { Benchmark, BenchContext, Measurement } from '../benchmark.js';
import { startBenchPlatform, type BenchPlatform } from '../bench-platform.js';
import { ClassFacts, type PublishedFact } from '../facts.js';
import { publisherAt } from '../gateway-publisher.js';
import { HttpClient } from '../http-client.js';
import { startBareInserts, type BareInserts } from '../rivals/insert-many.js';
import { startUsualWay, type UsualWay } from '../rivals/usual-way.js';
import { grouped, inTurns, median, publishFor, type Pace } from '../rounds.js';
import { publishedFacts, type TopicCounter } from '../topic-counter.js';

const PUBLISHERS = 8;
const BATCH = 100;
const ROUNDS = 3;
const ROUND_MS = 8_000;
const LEAST_ROUND_MS = 200;

/** What a publisher sends: a batch, in whose name. */
interface Source {
  roles: string[];
  units: string[];
  batch(): PublishedFact[];
}

export const recording: Benchmark = {
  name: 'recording',
  about:
    'facts over HTTP by 8 publishers in batches of 100, to the acknowledgement and into Kafka; beside Express, mongoose and kafkajs a fact at a time, and beside bare insertMany',
  async run(bench) {
    const engines = await bench.engines();
    const ours = await startBenchPlatform(bench, ['gateway', 'programmes']);
    const rivalPrefix = `usual-${ours.topicPrefix}`;
    const database = (name: string) => withDatabase(engines.mongodbUri, `${rivalPrefix.replaceAll('.', '')}${name}`);
    const to = { brokers: engines.kafkaBrokers, topicPrefix: rivalPrefix };
    await createTopics({ ...to, services: ['programmes'] });
    const inserts = await startBareInserts(database('inserts'));
    const usual = await startUsualWay({
      ...{ brokers: to.brokers, topic: topicOf(rivalPrefix, 'programmes'), mongodbUri: database('usual') },
    });
    const counter = publishedFacts(engines.kafkaBrokers, topicOf(ours.topicPrefix, 'programmes'));
    try {
      const parts = { bench, ours, usual, inserts, counter };
      return [
        ...(await measure('of one unit', 8, () => oneUnitEach(ours.units), parts)),
        ...(await measure('of 100 units', 3, () => manyUnitsEach(ours.units), parts)),
      ];
    } finally {
      await counter.close();
      await Promise.all([ours.stop(), usual.stop(), inserts.stop()]);
    }
  },
};

/** Each publisher reports for its own centre. */
function oneUnitEach(units: readonly string[]): Source[] {
  return Array.from({ length: PUBLISHERS }, (_, index) => {
    const facts = new ClassFacts(units[index]!);
    return { roles: ['centre-publisher'], units: [facts.unit], batch: () => facts.take(BATCH) };
  });
}

/** Each publisher reports for the whole country: the next fact of each of a hundred units, and then of the next hundred. */
function manyUnitsEach(units: readonly string[]): Source[] {
  return Array.from({ length: PUBLISHERS }, (_, index) => {
    const mine = units.filter((_unit, i) => units.length < PUBLISHERS * BATCH || i % PUBLISHERS === index);
    const facts = mine.map((unit) => new ClassFacts(unit));
    let next = 0;
    const batch = () => Array.from({ length: BATCH }, () => facts[next++ % facts.length]!.next());
    return { roles: ['province-officer'], units: ['vn'], batch };
  });
}

interface Parts {
  bench: BenchContext;
  ours: BenchPlatform;
  usual: UsualWay;
  inserts: BareInserts;
  counter: TopicCounter;
}

async function measure(kind: string, aim: number, sources: () => Source[], parts: Parts): Promise<Measurement[]> {
  const { bench, ours, usual, inserts, counter } = parts;
  const roundMs = Math.max(ROUND_MS * bench.scale, LEAST_ROUND_MS);
  const gateway = new HttpClient(ours.platform.gatewayUrl);
  const express = new HttpClient(usual.url);
  const publishers = await Promise.all(sources().map((source) => toGateway(gateway, ours, source)));
  const toUsual = sources().map(({ batch }) => oneByOne(express, batch));
  const toInserts = sources().map((source) => () => inserts.insert(source.batch()));
  const intoKafka: number[] = [];
  const results = await inTurns<'ours' | 'usual' | 'inserts', Pace>(ROUNDS, {
    async ours() {
      const before = await counter.count();
      const began = performance.now();
      const acknowledged = await publishFor(roundMs, publishers);
      await counter.reached(before + acknowledged.facts);
      intoKafka.push((acknowledged.facts / (performance.now() - began)) * 1000);
      return acknowledged;
    },
    usual: () => publishFor(roundMs, toUsual),
    inserts: () => publishFor(roundMs, toInserts),
  });
  gateway.close();
  express.close();
  const rate = (name: keyof typeof results) => median(results[name].map((pace) => pace.rate));
  const all = median(intoKafka.slice(1));
  bench.say(`batches ${kind}: ours ${rounds(results.ours)}, usual ${rounds(results.usual)}`);
  const figure = `recording, 8 publishers, batches of 100 facts ${kind}`;
  const ratio = rate('ours') / rate('usual');
  return [
    {
      figure,
      ours: `${grouped(rate('ours'))} facts/s`,
      rival: `${grouped(rate('usual'))} facts/s`,
      against: 'Express → mongoose → kafkajs, a fact at a time',
      ratio,
      aim: `at least ${aim}`,
      reached: ratio >= aim,
    },
    {
      figure: `${figure}, until all is in Kafka`,
      ours: `${grouped(all)} facts/s`,
      rival: `${grouped(rate('usual'))} facts/s`,
      against: 'the same',
      ratio: all / rate('usual'),
    },
    {
      figure: `${figure}, share of bare insertMany`,
      ours: `${grouped(rate('ours'))} facts/s`,
      rival: `${grouped(rate('inserts'))} facts/s`,
      against: 'bare insertMany of the same documents in batches of 100, a limit',
      ratio: rate('ours') / rate('inserts'),
    },
  ];
}

async function toGateway(
  client: HttpClient,
  { platform }: BenchPlatform,
  { roles, units, batch }: Source,
): Promise<() => Promise<number>> {
  const publisher = await publisherAt(platform, client, { sub: `publisher of ${units.join()}`, roles, units });
  return async () => (await publisher.publish(batch())).length;
}

/** Sends what stands in batches fact by fact. */
function oneByOne(client: HttpClient, batch: () => PublishedFact[]): () => Promise<number> {
  let waiting: PublishedFact[] = [];
  return async () => {
    if (waiting.length === 0) waiting = batch();
    await client.post('/facts', waiting.pop());
    return 1;
  };
}

const rounds = (paces: readonly Pace[]) => paces.map(({ rate }) => grouped(rate)).join(' / ');
