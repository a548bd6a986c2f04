import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { specialsInTurn } from '../src/faults/specials-in-turn.js';
import { table, tryThem } from '../src/try-faults.js';

/** The short form of the faults that end nothing. */
const SEED = process.env['FAULTS_SEED'] ?? '1';
const FACTS = 1500;

test('nothing acknowledged is lost or counted twice, whatever Kafka and MongoDB do to it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gdtx-faults-'));
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const outcomes = await tryThem([specialsInTurn], { seed: SEED, facts: FACTS, folder, print });
  process.stderr.write(`${[...lines, table(outcomes)].join('\n')}\n`);
  expect(outcomes.map(({ broken }) => broken)).toEqual([undefined]);
  await rm(folder, { recursive: true, force: true });
}, 600_000);
