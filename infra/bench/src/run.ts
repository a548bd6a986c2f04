import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEngines } from '@gdtx/engines/engines';
import type { Benchmark, Measurement } from './benchmark.js';
import { dataSetOf, readModelOf, type DataSet } from './data/data-set.js';
import { currentLoad, describeMachine } from './machine.js';
import type { Report } from './report.js';

export interface RunOptions {
  seed: number;
  scale: number;
  /** The folder of the engines and the data set, which stays; a fresh one that goes when left out. */
  keep?: string;
  say(sentence: string): void;
}

export interface Measured {
  name: string;
  about: string;
  seconds: number;
  measurements: Measurement[];
}

/** Runs benchmarks one after the other on engines of their own. */
export async function runBenchmarks(
  benchmarks: readonly Benchmark[],
  { seed, scale, keep, say }: RunOptions,
): Promise<Report> {
  const load = currentLoad();
  const home = keep ? resolve(keep) : await mkdtemp(join(tmpdir(), 'gdtx-bench-'));
  const engines = once(() => startEngines({ home: join(home, 'engines'), onProgress: say }));
  const at = async () => ({ engines: await engines.get(), home });
  const dataSet = once(async () => dataSetOf(await at(), { seed, scale }, say));
  const readModel = once(async () => readModelOf(await at(), await dataSet.get(), say));
  const measured: Measured[] = [];
  try {
    for (const { name, about, run } of benchmarks) {
      say(`${name}: ${about}`);
      const own = join(home, name);
      await rm(own, { recursive: true, force: true });
      await mkdir(own, { recursive: true });
      const context = { home: own, seed, scale, engines: engines.get, dataSet: dataSet.get, readModel: readModel.get };
      const began = performance.now();
      const measurements = await run({ ...context, say: (sentence) => say(`  ${sentence}`) });
      measured.push({ name, about, seconds: (performance.now() - began) / 1000, measurements });
    }
    return { machine: await describeMachine(await engines.get(), load), seed, scale, measured };
  } finally {
    await engines.made?.then((started) => started.stop());
    if (!keep) await rm(home, { recursive: true, force: true });
  }
}

/** Only writes the data set and fills the read model, into a home that stays. */
export async function prepareData(options: RunOptions & { keep: string }): Promise<DataSet> {
  const home = resolve(options.keep);
  const engines = await startEngines({ home: join(home, 'engines'), onProgress: options.say });
  try {
    const at = { engines, home };
    return await readModelOf(at, await dataSetOf(at, options, options.say), options.say);
  } finally {
    await engines.stop();
  }
}

function once<Value>(make: () => Promise<Value>): { get: () => Promise<Value>; made: Promise<Value> | undefined } {
  const kept = {
    made: undefined as Promise<Value> | undefined,
    get: () => (kept.made ??= make()),
  };
  return kept;
}
