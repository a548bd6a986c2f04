import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { readLedgers, type LedgersReader, type ReadLedger } from './ledger-batches.js';

const canonical = Buffer.from('{}');
const entryOf = (service: string, unit: string, seq: number): Entry => {
  const previousHash = Buffer.alloc(32, seq);
  const hash = createHash('sha256').update(previousHash).update(canonical).digest();
  return { service, unit, seq, previousHash, hash, recordedAt: seq } as Entry;
};

/** Every ledger has two entries; `none` has none. */
function reader(calls: string[] = []): LedgersReader {
  return async function* (service, units) {
    calls.push(`${service}: ${units.length}`);
    for (const unit of units)
      if (unit !== 'none') for (const seq of [1, 2]) yield [{ entry: entryOf(service, unit, seq), canonical }];
  };
}
async function all(ledgers: AsyncIterable<ReadLedger>): Promise<ReadLedger[]> {
  const found: ReadLedger[] = [];
  for await (const ledger of ledgers) found.push(ledger);
  return found;
}
const names = (count: number, service = 'programmes') =>
  Array.from({ length: count }, (_, i) => `${service}/c${String(i).padStart(4, '0')}`);

test('ledgers come one by one, in order, many a call; the first calls are small', async () => {
  const calls: string[] = [];
  const asked = [...names(7, 'centres'), ...names(250)];
  const found = await all(readLedgers(asked, reader(calls), () => true));
  expect(found.map(({ service, unit }) => `${service}/${unit}`)).toEqual(asked);
  expect(found.every(({ entries, brokenAt }) => entries.length === 2 && brokenAt === null)).toBe(true);
  const sizes = ['centres: 1', 'centres: 4', 'centres: 2', 'programmes: 64', 'programmes: 100', 'programmes: 86'];
  expect(calls).toEqual(sizes);
});

test('nothing is read before it is wanted', async () => {
  const calls: string[] = [];
  for await (const { unit } of readLedgers(names(250), reader(calls), () => true)) {
    expect(unit).toBe('c0000');
    break;
  }
  expect(calls).toEqual(['programmes: 1']);
});

test('entries that aren’t asked for are left out, also where none is left; a ledger without entries isn’t there', async () => {
  const found = await all(readLedgers(['p/a', 'p/b', 'p/none'], reader(), ({ unit, seq }) => unit === 'a' && seq < 2));
  expect(found.map(({ unit, entries }) => [unit, entries.length])).toEqual([
    ['a', 1],
    ['b', 0],
  ]);
});

test('a ledger may come in several pages', async () => {
  const inPages: LedgersReader = async function* (service, units) {
    for (const unit of units)
      for (const seqs of [[1, 2], [3]]) yield seqs.map((seq) => ({ entry: entryOf(service, unit, seq), canonical }));
  };
  const found = await all(readLedgers(['p/a', 'p/b'], inPages, () => true));
  expect(found.map(({ unit, entries }) => [unit, entries.map(({ seq }) => seq)])).toEqual([
    ['a', [1, 2, 3]],
    ['b', [1, 2, 3]],
  ]);
});

test('says which entry is the first whose hash isn’t right', async () => {
  const broken: LedgersReader = async function* (service, [unit]) {
    for (const seq of [1, 2, 3])
      yield [{ entry: entryOf(service, unit!, seq), canonical: seq > 1 ? Buffer.from('{"x":1}') : canonical }];
  };
  expect((await all(readLedgers(['p/a'], broken, () => true)))[0]!.brokenAt).toBe(2);
});
