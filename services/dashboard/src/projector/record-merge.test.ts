import { describe, expect, test } from '@jest/globals';
import type { StoredRecord } from '../model.js';
import type { PendingPiece } from './ledger.js';
import { mergeRecords } from './record-merge.js';

const ID = 'recommendations/inspections/vn/r1';
const piece = (seq: number, set: object, more: Partial<PendingPiece> & { append?: Record<string, unknown> } = {}) => {
  const { append, ...rest } = more;
  const part = { kind: 'record', collection: 'recommendations', id: 'r1', set, ...(append ? { append } : {}) };
  return { record: ID, part, seq, by: seq, recorded: 24_300, withdraws: false, ...rest } as PendingPiece;
};
const back = (seq: number, by: number) => piece(seq, {}, { by, withdraws: true, recorded: 24_301 });
const merge = (stored: StoredRecord[], ...pieces: PendingPiece[]) => mergeRecords(stored, pieces, () => 0);

describe('a record', () => {
  test('says what its entries said, the later over the earlier, and lists what they append', () => {
    const [record] = merge(
      [],
      piece(1, { status: 'open', text: 't' }),
      piece(4, { status: 'in-progress' }, { append: { progress: 'a' } }),
      piece(5, {}, { append: { progress: 'b' } }),
    );
    expect(record).toMatchObject({
      _id: ID,
      collection: 'recommendations',
      service: 'inspections',
      unit: 'vn',
      id: 'r1',
      epoch: 0,
      seq: 5,
      stands: true,
      value: { status: 'in-progress', text: 't', progress: ['a', 'b'] },
    });
    expect(record!.pieces).toHaveLength(3);
  });

  test('is what remains when an entry is withdrawn, and doesn’t stand when nothing remains', () => {
    const stored = merge([], piece(1, { status: 'open' }), piece(4, { status: 'closed' }));
    const [reopened] = merge(stored, back(4, 6));
    expect(reopened).toMatchObject({ seq: 6, stands: true, value: { status: 'open' } });
    expect(reopened!.pieces[1]).toMatchObject({ seq: 4, withdrawn: 24_301 });
    const [gone] = merge([reopened!], back(1, 7));
    expect(gone).toMatchObject({ seq: 7, stands: false, value: {} });
    // Withdrawn once.
    expect(merge([gone!], back(1, 8))[0]!.pieces[0]!.withdrawn).toBe(24_301);
  });

  test('isn’t changed by entries that it holds', () => {
    const stored = merge([], piece(1, { status: 'open' }), piece(4, { status: 'closed' }));
    expect(merge(stored, piece(1, { status: 'open' }), piece(4, { status: 'closed' }))).toEqual([]);
    expect(merge(stored, piece(4, { status: 'closed' }), piece(5, { status: 'x' }))).toMatchObject([
      { seq: 5, value: { status: 'x' } },
    ]);
  });

  test('takes a piece that is told anew by a later entry in the place of the old one', () => {
    const stored = merge([], piece(1, { at: 'a', text: 't' }), piece(2, { status: 'closed' }));
    const [record] = merge(stored, back(1, 3), piece(1, { at: 'b', text: 't' }, { by: 3 }));
    expect(record).toMatchObject({ seq: 3, value: { at: 'b', text: 't', status: 'closed' } });
    expect(record!.pieces.map(({ seq, withdrawn }) => [seq, withdrawn])).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  test('begins anew in a new epoch, and isn’t touched by an old one', () => {
    const stored = merge([], piece(1, { a: 1 }), piece(2, { b: 2 }));
    const [anew] = mergeRecords(stored, [piece(1, { a: 3 })], () => 1);
    expect(anew).toMatchObject({ epoch: 1, seq: 1, value: { a: 3 } });
    expect(merge([anew!], piece(9, { c: 1 }))).toEqual([]);
  });
});
