import { expect, test } from '@jest/globals';
import type { EntryDocument } from './documents.js';
import { batches, batchesOf } from './relay-batches.js';

const entry = (bytes: number) => ({ data: Buffer.alloc(bytes) }) as EntryDocument;
const sizes = (all: readonly EntryDocument[][]) => all.map((batch) => batch.length);

async function bothWays(entries: EntryDocument[]): Promise<number[]> {
  async function* oneByOne() {
    for (const each of entries) yield await Promise.resolve(each);
  }
  const there = [...batchesOf(entries)];
  const come: EntryDocument[][] = [];
  for await (const batch of batches(oneByOne())) come.push(batch);
  expect(come).toEqual(there);
  expect(there.flat()).toEqual(entries);
  return sizes(there);
}

test('a batch has 2,000 entries at most', async () => {
  expect(await bothWays(Array.from({ length: 4_001 }, () => entry(1)))).toEqual([2000, 2000, 1]);
});

test('a batch is no larger than a request may be, but holds one entry at least', async () => {
  expect(await bothWays([entry(400_000), entry(400_000), entry(1_000_000), entry(1)])).toEqual([2, 1, 1]);
});

test('of no entries there is no batch', async () => {
  expect(await bothWays([])).toEqual([]);
});
