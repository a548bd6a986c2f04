import { withDatabase } from '@gdtx/engines/engines';
import { nodeFlags } from '@gdtx/local/service-flags';
import mongoose from 'mongoose';
import { cpuSecondsOf } from '../cpu.js';
import type { Benchmark, Measurement } from '../benchmark.js';
import { runProgram, type Ran } from '../programs/run-program.js';
import { grouped, median } from '../rounds.js';

/** Of a try-out one will do. */
const ROUNDS = 3;
/** The usual way is as fast at its beginning as later: a part of the topics says it. */
const USUAL_ENTRIES = 200_000;

export const rebuild: Benchmark = {
  name: 'rebuild',
  about:
    'the projector from an empty database until all topics are folded and stored; beside a bare kafkajs drain of the same topics, and beside an insert and an upsert for each event',
  async run(bench) {
    const engines = await bench.engines();
    const dataSet = await bench.dataSet();
    const cpu = () => [engines.kafka.pid(), engines.mongodb.pid()].map(cpuSecondsOf);
    const ours: Ran[] = [];
    const drains: Ran[] = [];
    const usual: Ran[] = [];
    const rounds = bench.scale < 1 ? 1 : ROUNDS;
    for (let round = 0; round < rounds; round++) {
      drains.push(await runProgram({ script: 'rivals/drain-program.js' }, dataSet));
      const before = cpu();
      ours.push(
        await inDatabase(`rebuild-${round}`, (mongodbUri) =>
          runProgram({ script: 'programs/rebuild-program.js', flags: nodeFlags('dashboard'), mongodbUri }, dataSet),
        ),
      );
      const [kafka, mongod] = cpu().map((seconds, i) => seconds - before[i]!);
      bench.say(breakdown(ours.at(-1)!, drains.at(-1)!, kafka!, mongod!));
      const entries = Math.round(USUAL_ENTRIES * bench.scale);
      usual.push(
        await inDatabase(`usual-${round}`, (mongodbUri) =>
          runProgram({ script: 'rivals/per-event-program.js', mongodbUri, entries }, dataSet),
        ),
      );
    }
    return [
      row(ours, drains, 'bare eachBatch drain', 0.45),
      row(ours, usual, 'insert and upsert per event, in bulks', 5),
    ];

    async function inDatabase(name: string, run: (mongodbUri: string) => Promise<Ran>): Promise<Ran> {
      const uri = withDatabase(engines.mongodbUri, `${dataSet.topicPrefix.slice(0, -1)}-${name}`);
      const connection = await mongoose.createConnection(uri).asPromise();
      try {
        await connection.dropDatabase();
        const ran = await run(uri);
        await connection.dropDatabase();
        return ran;
      } finally {
        await connection.close();
      }
    }
  },
};

const rate = ({ entries, seconds }: Ran) => entries / seconds;

/** Rounds are compared one by one: whatever else the machine did then hit both. */
function row(ours: readonly Ran[], rivals: readonly Ran[], against: string, aim: number): Measurement {
  const ratio = median(ours.map((ran, round) => rate(ran) / rate(rivals[round]!)));
  return {
    figure: `rebuilding the read model from ${grouped(ours[0]!.entries)} entries`,
    ours: `${grouped(median(ours.map(rate)))} entries/s`,
    rival: `${grouped(median(rivals.map(rate)))} entries/s`,
    against,
    ratio,
    aim: `at least ${aim}`,
    reached: ratio >= aim,
  };
}

function breakdown(ours: Ran, drain: Ran, kafka: number, mongod: number): string {
  const each = (seconds: number, { entries }: Ran) => `${((seconds / entries) * 1e6).toFixed(1)} µs`;
  return (
    `an entry took ${each(ours.seconds, ours)}; CPU: ours ${each(ours.cpuSeconds, ours)}, mongod ${each(mongod, ours)}, ` +
    `Kafka ${each(kafka, ours)}; ${ours.mostMb} MB resident at most; the drain ${each(drain.seconds, drain)}, CPU ${each(drain.cpuSeconds, drain)}`
  );
}
