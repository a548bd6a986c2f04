import { randomInt } from 'node:crypto';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { holdHome } from '@gdtx/local/home-lock';
import { endLeftRuns } from '@gdtx/local/left-runs';
import { onStopSignals } from '@gdtx/local/signals';
import { localHome } from '@gdtx/publisher/local-run';
import { readArguments, USAGE, type Asked } from './arguments.js';
import { FAULTS } from './faults.js';
import { tryThem, table } from './try-faults.js';

/** `npm run test:faults [-- --seed N --only NAME --facts N --list]`: answers the exit code. */
export async function tryFaults(args: readonly string[]): Promise<number> {
  let asked: Asked;
  try {
    const names = FAULTS.map(({ name }) => name);
    asked = readArguments(args, names, () => String(randomInt(1, 2 ** 31)));
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 1;
  }
  const { seed, only, facts } = asked;
  const faults = FAULTS.filter(({ name }) => !only || only.includes(name));
  if (asked.list) {
    for (const { name, promise } of faults) console.log(`${name.padEnd(30)} ${promise}`);
    return 0;
  }
  console.log(`Seed ${seed}. ${faults.length} faults, ${facts} facts each; Node ${process.version}, ${machine()}.`);
  const folder = join(localHome(process.env), 'faults');
  const release = await holdHome(folder, 'npm run test:faults');
  onStopSignals(
    () => process.exit(130),
    () => process.exit(130),
  );
  try {
    const left = await endLeftRuns(join(folder, 'homes'));
    if (left.length > 0) console.log(`Ended what an earlier run had left running: ${left.join(', ')}.`);
    const outcomes = await tryThem(faults, { seed, facts, folder: join(folder, 'homes'), print: console.log });
    console.log(`\n${table(outcomes)}\nSeed ${seed}, ${facts} facts each.`);
    return outcomes.every(({ broken }) => broken === undefined) ? 0 : 1;
  } finally {
    await release();
  }
}

function machine(): string {
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${process.platform} ${process.arch}, ${availableParallelism()} cores, ${gigabytes} GB, load ${loadavg()[0]!.toFixed(1)}`;
}
