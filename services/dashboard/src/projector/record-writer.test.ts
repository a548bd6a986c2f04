import { expect, test } from '@jest/globals';
import { BreakingStore } from '../../test/breaking-store.js';
import type { PendingPiece } from './ledger.js';
import { MemoryStore } from './memory-store.js';
import { writePieces } from './record-writer.js';

const piece = (id: string, by: number, set: Record<string, unknown> = { by }): PendingPiece => ({
  record: `targets/programmes/c1/${id}`,
  part: { kind: 'record', collection: 'targets', id, set },
  seq: by,
  by,
  recorded: 24_300,
  withdraws: false,
});
const many = (from: number, count: number) => Array.from({ length: count }, (_, i) => piece(`${from + i}`, from + i));
const epoch = () => 0;

test('many pieces: new records are inserted, to those that are there is added what they did not hold', async () => {
  const kept = new MemoryStore();
  const store = new BreakingStore(kept);
  await writePieces(store, [piece('7', 7, { a: 1 }), piece('8', 8, { a: 1 })], epoch);
  const pieces = [...many(100, 600), piece('7', 7, { a: 1 }), piece('8', 700, { b: 2 })];
  expect(await writePieces(store, pieces, epoch)).toEqual({ outdated: 0, failed: [] });
  expect(kept.recordsById.size).toBe(602);
  expect(kept.recordsById.get('targets/programmes/c1/7')!.pieces).toHaveLength(1);
  expect(kept.recordsById.get('targets/programmes/c1/8')).toMatchObject({ seq: 700, value: { a: 1, b: 2 } });
  const before = new Map(kept.recordsById);
  await writePieces(store, pieces, epoch);
  expect(kept.recordsById).toEqual(before);
});

test('what could not be inserted is named, and comes with the next attempt', async () => {
  const kept = new MemoryStore();
  const store = new BreakingStore(kept);
  const pieces = many(1, 600);
  store.fault = (_, count) => (count > 500 ? { kind: 'refuses', index: 3 } : undefined);
  expect((await writePieces(store, pieces, epoch)).failed).toHaveLength(1);
  expect(kept.recordsById.size).toBe(599);
  store.fault = () => undefined;
  expect(await writePieces(store, pieces, epoch)).toEqual({ outdated: 0, failed: [] });
  expect(kept.recordsById.size).toBe(600);
});
