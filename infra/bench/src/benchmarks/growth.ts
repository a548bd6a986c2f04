import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startPlatform } from '@gdtx/local/platform';
import mongoose from 'mongoose';
import type { BenchContext, Benchmark, Measurement } from '../benchmark.js';
import { tellFiveYearsMore } from '../data/longer-model.js';
import { copyReadModel, type OwnCopy } from '../data/own-copy.js';
import { residentBytes } from '../resident.js';
import { grouped } from '../rounds.js';

const MB = 1e6;
/** So often five years: 2, 4, 10 million entries. */
const TIMES = [1, 2, 5];
const LIMIT_MB = 600;
const SETTLES_MS = 15_000;
const LEAST_MS = 300;
const READY_WITHIN_MS = 600_000;

export const growth: Benchmark = {
  name: 'growth',
  about:
    'what the dashboard holds in memory with five years of the data set, with ten and with twenty-five, and how long it takes to start',
  async run(bench) {
    const dataSet = await bench.readModel();
    const copy = await copyReadModel(dataSet, await bench.engines());
    const connection = await mongoose.createConnection(copy.mongodbUri).asPromise();
    try {
      const rows: Measurement[] = [];
      let told = 1;
      for (const times of TIMES) {
        for (; told < times; told++) await tellFiveYearsMore(connection.getClient().db(connection.name), told);
        const { mb, seconds } = await atRest(bench, copy, times);
        const what = `the dashboard with ${grouped(dataSet.entries * times)} entries, ${times * 5} years`;
        rows.push({
          figure: `resident memory of ${what}`,
          ours: `${grouped(mb)} MB, ready after ${seconds.toFixed(1)} s`,
          ...beside(mb, times),
        });
      }
      return rows;
    } finally {
      await connection.close();
      await copy.drop();
    }
  },
};

/** Only of five years anything is promised. */
function beside(mb: number, times: number): Partial<Measurement> {
  if (times > 1) return {};
  const against = { rival: `${LIMIT_MB} MB`, against: 'limit', ratio: mb / LIMIT_MB };
  return { ...against, aim: `at most ${LIMIT_MB} MB`, reached: mb <= LIMIT_MB };
}

async function atRest(bench: BenchContext, { topicPrefix, databasePrefix }: OwnCopy, times: number) {
  const began = performance.now();
  const platform = await startPlatform({
    ...{ home: join(bench.home, `times-${times}`), engines: await bench.engines(), topicPrefix, databasePrefix },
    ...{ services: ['dashboard'] as const, env: { ...process.env, LOG_LEVEL: 'warn' }, readyWithinMs: READY_WITHIN_MS },
  });
  try {
    const seconds = (performance.now() - began) / 1000;
    await pause(Math.max(SETTLES_MS * bench.scale, LEAST_MS));
    const mb = residentBytes(platform.service('dashboard').pid!) / MB;
    bench.say(`${times * 5} years: ${grouped(mb)} MB, ready after ${seconds.toFixed(1)} s`);
    return { mb, seconds };
  } finally {
    await platform.stop();
  }
}
