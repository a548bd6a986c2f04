import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { allInTurn } from '../src/faults/all-in-turn.js';
import { table, tryThem } from '../src/try-faults.js';

/** The short form of `npm run test:faults`: each kind of kill once, on one platform, with few facts. */
const SEED = process.env['FAULTS_SEED'] ?? '1';
const FACTS = 1500;

test('nothing acknowledged is lost or counted twice, whatever is killed on the way', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gdtx-faults-'));
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const outcomes = await tryThem([allInTurn], { seed: SEED, facts: FACTS, folder, print });
  process.stderr.write(`${[...lines, table(outcomes)].join('\n')}\n`);
  expect(outcomes.map(({ name, broken }) => ({ name, broken }))).toEqual([{ name: 'all-in-turn', broken: undefined }]);
  await rm(folder, { recursive: true, force: true });
}, 600_000);
