import TestSequencer from '@jest/test-sequencer';

/** What takes longest, longest first. Begun last, each of these would run on alone at the end. */
export const FIRST = [
  'infra/bench/test/benchmarks.e2e',
  'infra/local/test/web/web.e2e',
  'infra/faults/test/faults.e2e',
  'infra/local/test/web/follow-up.e2e',
  'infra/local/test/hostile/hostile-input.e2e',
  'infra/local/test/local-run.e2e',
  'infra/faults/test/specials.e2e',
  'libs/engines/test/engines.int',
  'services/dashboard/test/rebuild.int',
  'libs/ledger/test/outage.int',
  'libs/kafka/test/restart.int',
].map((suite) => `${suite}.test.ts`);

/** Of the others, those that wait for engines come before those that only compute, which fill what is left. */
const rankOf = ({ path }) => {
  const listed = FIRST.findIndex((suite) => path.endsWith(`/${suite}`));
  if (listed >= 0) return listed;
  return FIRST.length + (/\.(int|e2e)\.test\.ts$/.test(path) ? 0 : 1);
};

/** Jest's own order, by the seconds of the last run or by size, within that. */
export default class extends TestSequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
