import { beforeEach, describe, expect, test } from '@jest/globals';
import { CommitQueue, ofSeveralCalls, Overloaded, type Queued } from './commit-queue.js';
import type { Item, Outcome } from './decide-batch.js';

const item = (bytes = 10, name = 'LearnersEnrolled') =>
  ({ parsed: { canonical: 'x'.repeat(bytes), rule: { name } } }) as unknown as Item;
const items = (n: number, bytes?: number) => Array.from({ length: n }, () => item(bytes));
const outcomes = (batch: readonly Queued[]) =>
  batch.map((_, i) => ({ status: 'accepted', receipt: { seq: i } })) as unknown as Outcome[];

let queue: CommitQueue;
beforeEach(() => void (queue = new CommitQueue()));

describe('a batch', () => {
  test('is at most 500 facts, in the order in which they came', async () => {
    const first = queue.add(items(400));
    const second = queue.add(items(300));
    const batch = queue.next();
    expect(batch.length).toBe(500);
    expect(batch[400]).toMatchObject({ index: 0 });
    queue.resolve(batch, outcomes(batch));
    expect((await first).length).toBe(400);
    const rest = queue.next();
    expect(rest.length).toBe(200);
    queue.resolve(rest, outcomes(rest));
    expect(((await second)[100] as { receipt: { seq: number } }).receipt.seq).toBe(0);
    expect(queue.next()).toEqual([]);
  });

  test('is at most a megabyte, but one fact at least', () => {
    void queue.add([item(600_000), item(400_000), item(1), item(2_000_000), item(1)]);
    expect(queue.next().length).toBe(2);
    expect(queue.next().length).toBe(1);
    expect(queue.next().length).toBe(1);
    expect(queue.next().length).toBe(1);
  });

  test('holds a withdrawal alone', () => {
    const withdrawal = item(10, 'EntryWithdrawn');
    void queue.add([item(), withdrawal, withdrawal, item(), item()]);
    expect([1, 2, 3, 4, 5].map(() => queue.next().length)).toEqual([1, 1, 1, 2, 0]);
  });
});

describe('short calls', () => {
  /** Facts are told apart by their sizes. */
  const next = () => {
    const sizes = queue.next().map(({ item: { parsed } }) => parsed.canonical.length);
    return { all: sizes.length, short: sizes.filter((size) => size === 1).length, firstIsShort: sizes[0] === 1 };
  };

  test('go before a long one that came first, of which a hundred facts go with them', () => {
    void queue.add(items(300, 2));
    void queue.add(items(2, 1));
    void queue.add(items(20, 1));
    expect(next()).toEqual({ all: 122, short: 22, firstIsShort: true });
  });

  test('keep batches small while they come, and for five batches longer', () => {
    void queue.add(items(5_000, 2));
    void queue.add(items(1, 1));
    const sizes = Array.from({ length: 7 }, () => next().all);
    expect(sizes).toEqual([101, 100, 100, 100, 100, 500, 500]);
  });

  test('never keep a long one from its turn, however many they are', () => {
    void queue.add(items(200, 2));
    for (let i = 0; i < 1_000; i++) void queue.add(items(1, 1));
    expect([next(), next()]).toEqual([
      { all: 500, short: 400, firstIsShort: true },
      { all: 500, short: 400, firstIsShort: true },
    ]);
    expect(next()).toEqual({ all: 200, short: 200, firstIsShort: true });
  });

  test('never by their size either', () => {
    void queue.add(items(30, 2));
    for (let i = 0; i < 4; i++) void queue.add([item(400_000)]);
    expect(next().all).toBe(31);
  });

  test('nor as withdrawals, each of which has a batch for itself', () => {
    void queue.add(items(150, 2));
    for (let i = 0; i < 3; i++) void queue.add([item(1, 'EntryWithdrawn')]);
    expect(Array.from({ length: 5 }, () => next().all)).toEqual([1, 100, 1, 50, 1]);
    expect(queue.length).toBe(0);
  });

  test('have their turn when the long one, whose turn it was, is gone', () => {
    const long = queue.add(items(150, 2));
    void queue.add([item(1, 'EntryWithdrawn')]);
    void queue.add([item(1)]);
    expect(next().all).toBe(1);
    const batch = queue.next();
    expect(batch.length).toBe(100);
    void queue.add([item(1, 'EntryWithdrawn')]);
    queue.reject(batch, new Error('down'));
    return expect(long)
      .rejects.toThrow('down')
      .then(() => expect([next().all, next().all, next().all]).toEqual([1, 1, 0]));
  });
});

describe('what the next batch begins with', () => {
  const sizes = () => queue.ahead().length;

  test('is seen before it is taken, and grows', () => {
    void queue.add(items(300));
    const seen = queue.ahead();
    expect(seen.length).toBe(300);
    void queue.add(items(300));
    const more = queue.ahead();
    expect([more.length, more.slice(0, 300)]).toEqual([500, seen]);
    expect(queue.next().map((queued) => queued.item)).toEqual(more);
    expect([sizes(), queue.length]).toEqual([100, 100]);
  });

  test('isn’t clear where little waits, or a withdrawal', () => {
    void queue.add(items(99));
    expect(sizes()).toBe(0);
    void queue.add([...items(30), item(10, 'EntryWithdrawn'), ...items(200)]);
    expect(sizes()).toBe(129);
    queue.next();
    expect([sizes(), queue.length]).toEqual([0, 201]);
  });

  test('isn’t clear while a short call waits, nor for five batches after it', () => {
    void queue.add(items(2_000));
    expect(sizes()).toBe(500);
    void queue.add(items(1));
    expect(sizes()).toBe(0);
    const seen = Array.from({ length: 6 }, () => [queue.next().length, sizes()]);
    expect(seen).toEqual([
      [101, 0],
      [100, 0],
      [100, 0],
      [100, 0],
      [100, 500],
      [500, 500],
    ]);
  });
});

describe('others may join what waits', () => {
  test('while it is little', () => {
    expect(queue.mayBeJoined).toBe(false);
    void queue.add(items(60));
    expect(queue.mayBeJoined).toBe(true);
    void queue.add(items(40));
    expect(queue.mayBeJoined).toBe(false);
  });

  test('but not a withdrawal, which is committed alone', () => {
    void queue.add([item(10, 'EntryWithdrawn')]);
    void queue.add(items(1));
    expect(queue.mayBeJoined).toBe(false);
    queue.next();
    expect(queue.mayBeJoined).toBe(true);
  });

  test('and have done so where a batch is of several calls', () => {
    void queue.add(items(3));
    expect(ofSeveralCalls(queue.next())).toBe(false);
    void queue.add(items(3));
    void queue.add(items(1));
    expect(ofSeveralCalls(queue.next())).toBe(true);
    expect(ofSeveralCalls(queue.next())).toBe(false);
  });
});

describe('a call', () => {
  test('without facts is answered at once', async () => {
    expect(await queue.add([])).toEqual([]);
  });

  test('fails as a whole, with what of it still waits; others don’t', async () => {
    const failed = queue.add(items(700));
    const other = queue.add(items(30));
    const batch = queue.next();
    queue.reject(batch, new Error('down'));
    await expect(failed).rejects.toThrow('down');
    const rest = queue.next();
    expect(rest.length).toBe(30);
    queue.resolve(rest, outcomes(rest));
    expect((await other).length).toBe(30);
  });

  test('fails with all others where nothing can be answered', async () => {
    const calls = [queue.add(items(3)), queue.add(items(3))];
    queue.rejectAll(new Error('down'));
    for (const call of calls) await expect(call).rejects.toThrow('down');
    expect(queue.length).toBe(0);
  });
});

describe('the room', () => {
  const full = (facts: number, bytes: number) => expect(() => queue.checkRoom(facts, bytes)).toThrow(Overloaded);

  test('is bounded by number', () => {
    void queue.add(items(19_999));
    queue.checkRoom(1, 10);
    full(2, 10);
    queue.next();
    queue.checkRoom(501, 10);
  });

  test('is bounded by bytes, and is free again when facts are taken out', () => {
    for (let i = 0; i < 48; i++) void queue.add([item(1_000_000)]);
    full(1, 1);
    queue.next();
    queue.checkRoom(1, 1_000_000);
    full(1, 1_000_001);
  });

  test('takes one call of any size when nobody waits', () => {
    void queue.add(items(20_001));
    expect(queue.length).toBe(20_001);
    full(1, 0);
  });

  test('stays as large after long use', () => {
    for (let i = 0; i < 300; i++) {
      void queue.add(items(100));
      queue.next();
    }
    expect(queue.length).toBe(0);
    void queue.add(items(20_000));
    full(1, 0);
  });
});
