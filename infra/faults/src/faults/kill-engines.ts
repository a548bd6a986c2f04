import type { Fault } from '../fault.js';
import { patiently } from '../tools/patiently.js';
import { underLoad, type Strike } from '../under-load.js';

const TIMES = 3;
const KEPT = 'every acknowledged fact is counted once, in a ledger without a gap that verifies';

/** kill -9 of an engine, which is started again on the same data. The services aren't touched. */
export function killedEngine(engine: 'kafka' | 'mongodb'): Strike {
  return {
    what: `killed ${engine === 'kafka' ? 'the broker' : 'mongod'}`,
    async how({ engines }) {
      await engines[engine].kill();
      await patiently(() => engines[engine].start());
    },
  };
}

const threeTimes = (engine: 'kafka' | 'mongodb') => Array.from({ length: TIMES }, () => killedEngine(engine));

/** `kill -9` of each engine three times while services are published to. */
export const killEngines: readonly Fault[] = [
  {
    name: 'kill-broker',
    promise: `The broker is killed (-9) ${TIMES} times: ${KEPT}.`,
    engines: 'own',
    run: (stage) => underLoad(stage, { strikes: threeTimes('kafka') }),
  },
  {
    name: 'kill-mongod',
    promise: `mongod is killed (-9) ${TIMES} times: ${KEPT}.`,
    engines: 'own',
    run: (stage) => underLoad(stage, { strikes: threeTimes('mongodb') }),
  },
];
