import { expect, test } from '@jest/globals';
import { monthNumber, type RecordPiece, type StoredRecord } from '../model.js';
import { PeriodRows } from './period-rows.js';

const record = (id: string, seq: number, pieces: Partial<RecordPiece>[], epoch = 0): StoredRecord => ({
  _id: `periods/programmes/a/${id}`,
  collection: 'periods',
  service: 'programmes',
  unit: 'a',
  id,
  epoch,
  seq,
  stands: true,
  value: {},
  pieces: pieces.map((piece, i) => ({
    seq: i + 1,
    recorded: monthNumber('2024-10'),
    set: {},
    append: {},
    withdrawn: null,
    ...piece,
  })),
});
const closed = (seq: number, nothing = false): Partial<RecordPiece> => ({
  seq,
  set: { closed: { seq, recordedAt: 1000 + seq, nothingToReport: nothing }, approved: null },
});
const approved = (seq: number, upToSeq: number, recorded = '2024-11'): Partial<RecordPiece> => ({
  seq,
  recorded: monthNumber(recorded),
  set: { approved: { seq, recordedAt: 1000 + seq, upToSeq } },
});
const reopened = (seq: number): Partial<RecordPiece> => ({
  seq,
  set: { closed: null, approved: null },
  append: { reopened: { seq, recordedAt: 1000 + seq } },
});
const events = (rows: PeriodRows, month: string, known?: string) =>
  rows.events('programmes', 'a', monthNumber(month), known === undefined ? Infinity : monthNumber(known));

test('what was said of a month, in order', () => {
  const rows = new PeriodRows();
  rows.apply(record('2024-09', 9, [closed(3), approved(5, 2), reopened(7), closed(9, true)]));
  expect(events(rows, '2024-09')).toEqual([
    { kind: 'closed', seq: 3, at: 1003, nothing: false, upToSeq: 0 },
    { kind: 'approved', seq: 5, at: 1005, nothing: false, upToSeq: 2 },
    { kind: 'reopened', seq: 7, at: 1007, nothing: false, upToSeq: 0 },
    { kind: 'closed', seq: 9, at: 1009, nothing: true, upToSeq: 0 },
  ]);
  expect(events(rows, '2024-08')).toEqual([]);
  expect(rows.events('centres', 'a', monthNumber('2024-09'))).toEqual([]);
});

test('a newer record of a month takes the place of the older one, an older one of none, other months stay', () => {
  const rows = new PeriodRows();
  for (let month = 1; month <= 9; month++) rows.apply(record(`2024-0${month}`, 3, [closed(3)]));
  rows.apply(record('2024-04', 5, [closed(3), approved(5, 2)]));
  rows.apply(record('2024-04', 4, [closed(3), closed(4)]));
  expect(events(rows, '2024-04').map(({ kind }) => kind)).toEqual(['closed', 'approved']);
  for (const month of ['2024-01', '2024-03', '2024-05', '2024-09']) expect(events(rows, month)).toHaveLength(1);
  rows.apply(record('2024-04', 1, [reopened(1)], 1));
  expect(events(rows, '2024-04').map(({ kind }) => kind)).toEqual(['reopened']);
});

test('as known at the end of a month: without what came later, with what was withdrawn later', () => {
  const rows = new PeriodRows();
  const withdrawn = { ...closed(3), withdrawn: monthNumber('2024-12') };
  rows.apply(record('2024-09', 6, [withdrawn, approved(5, 2)]));
  expect(events(rows, '2024-09').map(({ seq }) => seq)).toEqual([5]);
  expect(events(rows, '2024-09', '2024-11').map(({ seq }) => seq)).toEqual([3, 5]);
  expect(events(rows, '2024-09', '2024-10').map(({ seq }) => seq)).toEqual([3]);
  expect(events(rows, '2024-09', '2024-09')).toEqual([]);
});

test('the control totals of each closing, as long as its record says so', () => {
  const rows = new PeriodRows();
  const counted = (seq: number, ...values: number[]): Partial<RecordPiece> => {
    const controlTotals = values.map((value, i) => ({ indicator: `i${i}`, category: i === 1 ? 'c' : '', value }));
    return { seq, set: { closed: { seq, recordedAt: seq, nothingToReport: false, controlTotals }, approved: null } };
  };
  for (let month = 1; month <= 9; month++) rows.apply(record(`2024-0${month}`, month, [counted(month, month, 0.5)]));
  rows.apply(record('2024-03', 12, [counted(3, 3, 0.5), reopened(11), counted(12, 30)]));
  const totals = (seq: number) => rows.totals('programmes', 'a', seq);
  for (const seq of [1, 3, 9]) {
    expect(totals(seq)).toEqual([
      { indicator: 'i0', category: '', value: seq },
      { indicator: 'i1', category: 'c', value: 0.5 },
    ]);
  }
  expect(totals(12)).toEqual([{ indicator: 'i0', category: '', value: 30 }]);
  rows.apply(record('2024-03', 2, [reopened(2)], 1));
  expect([totals(3), totals(12)]).toEqual([[], []]);
  expect(totals(4)).toHaveLength(2);
  expect(rows.totals('centres', 'a', 1)).toEqual([]);
});
