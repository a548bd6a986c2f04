import { beforeEach, describe, expect, test } from '@jest/globals';
import { CommitQueue, Overloaded, type Queued } from './commit-queue.js';
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

describe('a call', () => {
  test('without facts is answered at once', async () => {
    expect(await queue.add([])).toEqual([]);
  });

  test('fails as a whole, with what of it still waits; others don’t', async () => {
    const failed = queue.add(items(700));
    const other = queue.add(items(10));
    const batch = queue.next();
    queue.reject(batch, new Error('down'));
    await expect(failed).rejects.toThrow('down');
    const rest = queue.next();
    expect(rest.length).toBe(10);
    queue.resolve(rest, outcomes(rest));
    expect((await other).length).toBe(10);
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
