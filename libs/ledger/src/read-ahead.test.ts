import { beforeEach, expect, test } from '@jest/globals';
import type { Item } from './decide-batch.js';
import type { ReplayedEntry } from './ledger-store.js';
import { ReadAhead } from './read-ahead.js';

const withdrawal = (unit: string) =>
  ({ parsed: { rule: { name: 'EntryWithdrawn' }, fact: { data: { unit, seq: 1 } } } }) as unknown as Item;
const enrolment = { parsed: { rule: { name: 'LearnersEnrolled' }, fact: { data: {} } } } as unknown as Item;
const entry = (seq: number, bytes = 10) => ({ seq, data: Buffer.alloc(bytes) }) as unknown as ReplayedEntry;

let reads: string[];
let ahead: ReadAhead;
beforeEach(() => {
  reads = [];
  const ledgers: Record<string, ReplayedEntry[]> = { huge: [entry(1, 17_000_000)] };
  ahead = new ReadAhead({
    replayed: async (unit, fromSeq) => {
      reads.push(`${unit} from ${fromSeq}`);
      return ledgers[unit] ?? [entry(1), entry(2)];
    },
  });
});
const during = (items: Item[], unit: string) => ahead.whileReady(items, async () => ahead.entries(unit).length);

test('a ledger is read once while withdrawals of it wait, and is let go of behind them', async () => {
  const items = [withdrawal('a'), enrolment, withdrawal('a')];
  const inner = () => during([withdrawal('a')], 'a');
  expect(await ahead.whileReady(items, async () => [await inner(), ahead.entries('a').length])).toEqual([2, 2]);
  expect(reads).toEqual(['a from 1']);
  expect(ahead.entries('a')).toEqual([]);
});

test('other facts need none, and of many ledgers only the first are read', async () => {
  expect(await during([enrolment], 'a')).toBe(0);
  expect(reads).toEqual([]);
  expect(await during(['a', 'b', 'c', 'd', 'e'].map(withdrawal), 'e')).toBe(0);
  expect(reads.length).toBe(4);
});

test('a ledger that is too large to be kept isn’t', async () => {
  expect(await during([withdrawal('huge')], 'huge')).toBe(0);
});

test('what was read is let go of when it isn’t known what stands in the database, and when the work fails', async () => {
  const forgetting = ahead.whileReady([withdrawal('a')], async () => {
    ahead.forget();
    return ahead.entries('a').length;
  });
  expect(await forgetting).toBe(0);
  await expect(ahead.whileReady([withdrawal('a')], () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(ahead.entries('a')).toEqual([]);
});
