import { expect, test } from '@jest/globals';
import { Assigned } from './assigned.js';
import type { RawBatch } from './driver.js';

const at = { topic: 't', partition: 0 };

/** Messages `from` to `to` inclusive, fetched at `from` unless told otherwise. */
function raw(from: number, to: number, { fetched = from, highWatermark = 100 } = {}): RawBatch {
  const offsets = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return {
    ...at,
    fetched: BigInt(fetched),
    last: BigInt(to),
    highWatermark: BigInt(highWatermark),
    messages: offsets.map((offset) => ({ offset: String(offset), key: null, value: Buffer.from(String(offset)) })),
    resolve() {},
    heartbeat: async () => {},
  };
}

function placedAt(position: number, high = 100): Assigned {
  const assigned = new Assigned([at]);
  assigned.place({ ...at, position: BigInt(position) }, BigInt(high));
  return assigned;
}

function offsets(assigned: Assigned, batch: RawBatch): string {
  const verdict = assigned.examine(batch);
  if (verdict.do === 'seek') return `seek ${verdict.position}`;
  if (verdict.do === 'ignore') return 'ignore';
  return verdict.batch.messages.map(({ offset }) => offset).join(' ');
}

test('what comes next is delivered', () => {
  expect(offsets(placedAt(5), raw(5, 7))).toBe('5 6 7');
});

test('what lies before the position is cut off', () => {
  const verdict = placedAt(6).examine(raw(5, 7));
  expect(verdict).toMatchObject({ do: 'deliver', batch: { firstOffset: 6n, lastOffset: 7n } });
});

test('a batch that lies wholly before the position is fetched anew from there', () => {
  expect(offsets(placedAt(9), raw(5, 7))).toBe('seek 9');
});

test('a batch fetched from beyond the position is fetched anew from there', () => {
  expect(offsets(placedAt(5), raw(8, 9))).toBe('seek 5');
});

test('a hole behind the position is no gap of ours: the topic is compacted', () => {
  expect(offsets(placedAt(5), raw(8, 9, { fetched: 5 }))).toBe('8 9');
});

test('a log that ends before the position was made anew, and is read from where the client begins', () => {
  const assigned = placedAt(50, 50);
  expect(offsets(assigned, raw(0, 2, { highWatermark: 3 }))).toBe('0 1 2');
  expect(assigned.positions().get('t/0')).toBe(0n);
});

test('a partition that is not placed, or not ours, is left alone', () => {
  expect(offsets(new Assigned([at]), raw(0, 1))).toBe('ignore');
  expect(offsets(placedAt(0), { ...raw(0, 1), partition: 1 })).toBe('ignore');
});

test('a partition has one batch at work at a time', () => {
  const assigned = placedAt(0);
  const verdict = assigned.examine(raw(0, 1));
  if (verdict.do !== 'deliver') throw new Error(verdict.do);
  expect(offsets(assigned, raw(0, 1))).toBe('ignore');
  assigned.advance(verdict.batch);
  assigned.release(verdict.batch);
  expect(offsets(assigned, raw(2, 3))).toBe('2 3');
});

test('caught up is when everything heard of is handled', () => {
  const assigned = placedAt(0, 2);
  expect(assigned.caughtUp()).toBe(false);
  const verdict = assigned.examine(raw(0, 1, { highWatermark: 3 }));
  if (verdict.do !== 'deliver') throw new Error(verdict.do);
  assigned.advance(verdict.batch);
  expect(assigned.caughtUp()).toBe(false);
  assigned.release(verdict.batch);
  assigned.skip(at, 3n);
  expect(assigned.caughtUp()).toBe(true);
});

test('an assignment without partitions is caught up, one without positions is not', () => {
  expect(new Assigned([]).caughtUp()).toBe(true);
  expect(new Assigned([at]).caughtUp()).toBe(false);
});

test('only what has moved is to be committed', () => {
  const assigned = placedAt(4);
  expect(assigned.takeUncommitted()).toEqual([{ ...at, position: 4n }]);
  expect(assigned.takeUncommitted()).toEqual([]);
  assigned.skip(at, 6n);
  expect(assigned.takeUncommitted()).toEqual([{ ...at, position: 6n }]);
});
