import { expect, test } from '@jest/globals';
import { createRandom } from '../random.js';
import type { Ask } from './ask.js';
import type { LedgerEntry, Ledgers } from './check-ledgers.js';
import type { Expected } from './expected.js';
import { checkServed } from './served.js';

const UNIT = 'centre-a';
const EXPECTED: Expected = {
  values: new Map([['learners-enrolled', new Map([[UNIT, 30]])]]),
  targets: [{ unit: UNIT, indicator: 'attendances', year: 2024, value: 9 }],
};
const LEDGERS: Ledgers = new Map([[`programmes/${UNIT}`, [{}, {}] as LedgerEntry[]]]);

const FIGURE = { value: 30, rows: [{ key: UNIT, value: 30 }] };
const TARGET = { target: 9 };
const SOURCES = [
  { id: 'f-1', part: 30 },
  { figure: { value: 30 }, recomputed: 30, equal: true },
];
const VERIFIED = { valid: true, entries: 2 };

/** What a platform answers; `more` in the place of what a sound one would. */
async function found(more: { figure?: object; target?: object; sources?: object[]; verified?: object } = {}) {
  const { figure = FIGURE, target = TARGET, sources = SOURCES, verified = VERIFIED } = more;
  const ask: Ask = {
    json: async <T>(path: string) => {
      const answer = path.includes('/verify') ? verified : path.includes('by=centre') ? figure : target;
      return answer as T;
    },
    lines: async <T>() => sources as T[],
  };
  const { violations, counts } = await checkServed(ask, EXPECTED, LEDGERS, createRandom('1'));
  return { kinds: violations.map(({ kind }) => kind), counts };
}

test('a platform that says what was acknowledged', async () => {
  expect(await found()).toEqual({
    kinds: [],
    counts: '2 figures and 1 targets as expected, 1 sources that add up, 1 ledgers that verify',
  });
});

test.each([
  ['a figure of another value', { figure: { value: 31, rows: [{ key: UNIT, value: 31 }] } }],
  ['a target of another value', { target: { target: 8 } }],
  ['no target', { target: {} }],
  ['sources that do not add up', { sources: [{ figure: { value: 30 }, recomputed: 29, equal: false }] }],
  ['sources of another figure', { sources: [{ figure: { value: 29 }, recomputed: 29, equal: true }] }],
  ['sources that break off', { sources: SOURCES.slice(0, 1) }],
])('%s is found', async (_, more) => {
  const { kinds } = await found(more);
  expect(new Set(kinds)).toEqual(new Set(['figure']));
});

test.each([
  ['that does not verify', { valid: false, entries: 2 }],
  ['of another length', { valid: true, entries: 3 }],
])('a ledger %s is found', async (_, verified) => {
  expect((await found({ verified })).kinds).toEqual(['verify']);
});
