import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEngines, type Engines } from '@gdtx/engines/engines';
import type { Fault } from './fault.js';
import { patiently } from './tools/patiently.js';
import { plainEnvironment, setStage } from './stage.js';

export interface Outcome {
  name: string;
  promise: string;
  /** What was seen when it was kept. */
  seen: string;
  /** Why it was not kept. */
  broken: string | undefined;
  seconds: number;
}

export interface Tried {
  seed: string;
  facts: number;
  /** Every fault has its home in here. */
  folder: string;
  print(line: string): void;
}

/** Topics and databases pile up, and each costs the engines memory: after so many faults they are started anew. */
const FAULTS_A_PAIR = 6;

/** Tries faults one after the other, each on its own stage. */
export async function tryThem(faults: readonly Fault[], { seed, facts, folder, print }: Tried): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const pair = sharedPair(join(folder, 'engines'));
  try {
    for (const fault of faults) {
      const { name, promise } = fault;
      const began = performance.now();
      const seconds = () => (performance.now() - began) / 1000;
      const say = (sentence: string) => print(`  ${seconds().toFixed(1).padStart(6)} s  ${sentence}`);
      print(`\n${name}: ${promise}`);
      const home = join(folder, name);
      const shared = fault.engines === 'shared' ? () => pair.use() : undefined;
      const { stage, clear } = setStage({ home, name, seed, facts, say, shared });
      let seen = '';
      let broken: string | undefined;
      try {
        seen = await fault.run(stage);
      } catch (error) {
        broken = (error as Error).message;
        say(`Broken: ${(error as Error).stack}`);
      }
      await clear().catch((error: Error) => (broken ??= `the stage could not be cleared: ${error.message}`));
      if (broken === undefined) await rm(home, { recursive: true, force: true });
      else
        print(
          `  Its home stays: ${home}\n  Again: npm run test:faults -- --seed ${seed} --only ${name} --facts ${facts}`,
        );
      outcomes.push({ name, promise, seen, broken, seconds: seconds() });
    }
  } finally {
    await pair.stop();
  }
  return outcomes;
}

/** The pair of engines of those that don't hurt them. */
function sharedPair(home: string) {
  let running: Promise<Engines> | undefined;
  let used = 0;
  const stop = async () => {
    const engines = await running?.catch(() => undefined);
    running = undefined;
    used = 0;
    await engines?.stop();
    await rm(home, { recursive: true, force: true });
  };
  return {
    async use() {
      if (used === FAULTS_A_PAIR) await stop();
      used++;
      return (running ??= patiently(() => startEngines({ home, env: plainEnvironment() })));
    },
    stop,
  };
}

/** A line a fault: name, kept or broken, seconds, and what was promised and seen. */
export function table(outcomes: readonly Outcome[]): string {
  const width = Math.max(5, ...outcomes.map(({ name }) => name.length));
  const row = (name: string, verdict: string, seconds: string, words: string) =>
    `${name.padEnd(width)}  ${verdict.padEnd(6)}  ${seconds.padStart(7)}  ${words}`;
  const lines = outcomes.flatMap(({ name, promise, seen, broken, seconds }) => [
    row(name, broken === undefined ? 'kept' : 'BROKEN', seconds.toFixed(0), promise),
    row('', '', '', (broken ?? seen).split('\n')[0]!),
  ]);
  const count = outcomes.filter(({ broken }) => broken !== undefined).length;
  const sum = count === 0 ? 'All promises were kept.' : `${count} of ${outcomes.length} promises were broken.`;
  return [row('fault', '', 'seconds', 'promise, and what was seen'), ...lines, sum].join('\n');
}
