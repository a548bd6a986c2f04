import { beforeEach, describe, expect, test } from '@jest/globals';
import type { EntryDocument } from './documents.js';
import { Outbox } from './outbox.js';

const entry = (unit: string, seq: number, bytes = 10) =>
  ({ unit, seq, canonical: Buffer.alloc(bytes), data: Buffer.alloc(0) }) as EntryDocument;
const names = (entries: EntryDocument[]) => entries.map((e) => `${e.unit}${e.seq}`);

let outbox: Outbox;
beforeEach(() => {
  outbox = new Outbox();
  outbox.mustLook();
});

describe('what was just committed', () => {
  test('is sent as it comes where it follows what is sent', () => {
    outbox.offer([entry('a', 1), entry('b', 1), entry('a', 2)]);
    expect(names(outbox.take())).toEqual(['a1', 'b1', 'a2']);
    expect(outbox.take()).toEqual([]);
    expect(outbox.mustLook()).toBe(false);
  });

  test('is read from the ledger where it isn’t known how far that is, or something is between', () => {
    outbox.offer([entry('a', 7), entry('b', 1), entry('b', 3), entry('b', 4)]);
    expect(names(outbox.take())).toEqual(['b1']);
    expect(outbox.mustLook()).toBe(true);
    expect(outbox.mustLook()).toBe(false);
    outbox.learn('a', 6, 0);
    outbox.offer([entry('a', 7), entry('a', 8)]);
    expect(names(outbox.take())).toEqual(['a7', 'a8']);
  });

  test('is left out where it is sent already', () => {
    outbox.offer([entry('a', 1), entry('a', 2)]);
    outbox.confirm(outbox.take(), 0);
    outbox.offer([entry('a', 1), entry('a', 2), entry('a', 3)]);
    expect(names(outbox.take())).toEqual(['a3']);
  });

  test('isn’t remembered beyond a limit, by number and by bytes', () => {
    outbox.offer(Array.from({ length: 10_001 }, (_, i) => entry('a', i + 1)));
    expect(outbox.take().length).toBe(10_000);
    expect(outbox.mustLook()).toBe(true);
    outbox.offer(Array.from({ length: 10 }, (_, i) => entry('b', i + 1, 2_000_000)));
    expect(outbox.waiting).toBe(8);
    expect(outbox.mustLook()).toBe(true);
  });
});

describe('marks', () => {
  test('wait until a ledger is quiet for some seconds: its next commit may carry the mark', () => {
    outbox.confirm([entry('a', 3)], 1000);
    expect(outbox.due(15_999)).toEqual([]);
    expect(outbox.marksWait).toBe(true);
    expect(outbox.due(16_000)).toEqual([{ unit: 'a', seq: 3 }]);
    expect(outbox.marksWait).toBe(false);
  });

  test('wait less beside other committers, and no longer than some seconds for a ledger that is never quiet', () => {
    for (let now = 0; now < 4900; now += 100) outbox.confirm([entry('busy', now / 100 + 1)], now);
    outbox.confirm([entry('quiet', 3)], 4500);
    const others = true;
    expect(outbox.due(4900, { others })).toEqual([{ unit: 'quiet', seq: 3 }]);
    expect(outbox.due(5000, { others })).toEqual([{ unit: 'busy', seq: 49 }]);
    expect(outbox.due(9999, { others })).toEqual([]);
  });

  test('that commits carry aren’t made of a busy ledger', () => {
    for (let now = 0; now < 40_000; now += 1000) {
      expect(outbox.carried('a', now)).toBe(now === 0 ? undefined : now / 1000);
      outbox.confirm([entry('a', now / 1000 + 1)], now);
      expect(outbox.due(now)).toEqual([]);
    }
    // The last commit has carried all but the last entry.
    expect(outbox.due(54_000)).toEqual([{ unit: 'a', seq: 40 }]);
  });

  test('are made of everything at the end', () => {
    outbox.confirm([entry('a', 1), entry('b', 2)], 0);
    expect(outbox.due(1, { all: true }).length).toBe(2);
  });

  test('are made for what a crash left unmarked; looking again puts nothing off', () => {
    outbox.learn('a', 5, 0);
    outbox.learn('a', 5, 14_000);
    expect(outbox.due(15_000)).toEqual([{ unit: 'a', seq: 5 }]);
  });
});

test('nothing is believed of the time in which another one relayed', () => {
  outbox.offer([entry('a', 1)]);
  outbox.confirm(outbox.take(), 0);
  outbox.offer([entry('a', 2)]);
  outbox.clear();
  expect(outbox.sentUpTo('a')).toBeUndefined();
  expect(outbox.take()).toEqual([]);
  expect(outbox.due(99_999)).toEqual([]);
  expect(outbox.mustLook()).toBe(true);
});
