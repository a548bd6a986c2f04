import { describe, expect, test } from '@jest/globals';
import type { Cursor, LevelPart, StoredRecord } from '../model.js';
import { Arena } from '../projector/arena.js';
import { PackedYear } from '../projector/packed-year.js';
import { SeriesTable } from '../projector/series.js';
import type { StoredUnitYear } from '../projector/stored-year.js';
import { compareCursors, compareRecords } from './compare-records.js';
import { compareYears, countOf } from './compare-years.js';
import { sentenceOf } from './difference.js';

const RECORDED = 2025 * 12;
const SEPTEMBER = 8;

/** A document of 2024 as the projector stores it. */
function document(fill: (year: PackedYear, flow: number, staff: number) => void, epoch = 0): StoredUnitYear {
  const table = new SeriesTable();
  const year = new PackedYear({ table, arena: new Arena() }, 2024, epoch);
  const numberOf = (indicator: string, category = '') => table.numberOf(indicator, category, '', undefined);
  fill(year, numberOf('learners-enrolled', 'literacy'), numberOf('staff'));
  year.seq = 9;
  return year.toStored('programmes', 'gdtx-son-la');
}

const staff = (value: number): LevelPart => ({
  ...{ kind: 'level', indicator: 'staff', category: '', part: '', precision: 0, slot: '', mode: 'set' },
  ...{ day: '2024-07-18', value },
});
const saying = (live: StoredUnitYear | undefined, rebuilt: StoredUnitYear | undefined) =>
  compareYears(live, rebuilt).map(sentenceOf);
const withFlow = (...values: number[]) =>
  document((year, flow) => values.forEach((value) => year.addFlow(flow, SEPTEMBER, RECORDED, value, 0, 1)));
const WHERE = 'programmes gdtx-son-la 2024 learners-enrolled (literacy, 2024-09, recorded 2025-01)';

describe('documents of a year', () => {
  test('that say the same are alike, in whatever order and epoch, and whatever has come to nothing', () => {
    const one = document((year, flow) => {
      year.addFlow(flow, SEPTEMBER, RECORDED, 40, 0, 1);
      year.addFlow(flow, 10, RECORDED, 5, 0, 1);
    });
    const other = document((year, flow) => {
      year.addFlow(flow, 2, RECORDED, 7, 0, 1);
      year.addFlow(flow, 10, RECORDED, 5, 0, 1);
      year.addFlow(flow, SEPTEMBER, RECORDED, 40, 0, 1);
      year.addFlow(flow, 2, RECORDED, 7, 0, -1);
    }, 3);
    expect(saying(one, other)).toEqual([]);
    expect(saying(one, one)).toEqual([]);
    expect(countOf(other)).toBe(3);
  });

  test('are told apart by a sum, by what it is made of, and where one has nothing', () => {
    expect(saying(withFlow(43), withFlow(42))).toEqual([`${WHERE}: live 43 (1 exact), rebuilt 42 (1 exact)`]);
    expect(saying(withFlow(40, 2), withFlow(42))).toEqual([`${WHERE}: live 42 (2 exact), rebuilt 42 (1 exact)`]);
    expect(saying(undefined, withFlow(42))).toEqual([`${WHERE}: live nothing, rebuilt 42 (1 exact)`]);
  });

  test('are told apart by a level, also where it is withdrawn', () => {
    const live = document((year, _, series) => {
      year.addLevel(series, staff(45), 3, RECORDED);
      year.withdraw(3, RECORDED + 1, 4);
    });
    const rebuilt = document((year, _, series) => year.addLevel(series, staff(45), 3, RECORDED));
    expect(saying(live, rebuilt)).toContain(
      'programmes gdtx-son-la 2024 staff (set 2024-07-18, entry 3, recorded 2025-01): live 45, withdrawn 2025-02, rebuilt 45',
    );
  });

  test('are told apart by the last entry of a month, where both know it', () => {
    const changedBy = (seq: number) => document((year) => year.monthChanged(SEPTEMBER, seq));
    expect(saying(changedBy(5), changedBy(6))).toEqual([
      'programmes gdtx-son-la 2024 last-entry (2024-09): live 5, rebuilt 6',
    ]);
    const { lastSeqs: _, ...before } = changedBy(5);
    expect(saying(before, changedBy(6))).toEqual([]);
  });
});

describe('records', () => {
  const record = (value: object, stands = true): StoredRecord => ({
    ...{ _id: 'targets/provinces/vn/t', collection: 'targets', service: 'provinces', unit: 'vn', id: 't' },
    ...{ epoch: 0, seq: 4, stands, value: { year: 2025, ...value }, pieces: [] },
  });

  test('are alike whatever the order of their fields', () => {
    expect(compareRecords(record({ a: { b: 1, c: 2 } }), record({ a: { c: 2, b: 1 } }))).toEqual([]);
  });

  test('are told apart by a field, and where one is missing', () => {
    expect(compareRecords(record({ value: 5 }), record({ value: 6 })).map(sentenceOf)).toEqual([
      'provinces vn 2025 targets (t, value): live 5, rebuilt 6',
    ]);
    expect(compareRecords(record({}), record({}, false)).map(sentenceOf)).toEqual([
      'provinces vn 2025 targets (t, stands): live true, rebuilt false',
    ]);
    expect(compareRecords(record({}), undefined).map(sentenceOf)).toEqual([
      'provinces vn 2025 targets (t): live there, rebuilt nothing',
    ]);
  });
});

test('cursors at one entry are told apart by its hash and by what couldn’t be folded', () => {
  const cursor = (more: Partial<Cursor> = {}): Cursor => ({
    ...{ _id: 'programmes/a', service: 'programmes', unit: 'a', partition: 1, epoch: 0, seq: 3 },
    ...{ hash: Buffer.from('aa', 'hex'), years: [], unknown: [], ...more },
  });
  expect(compareCursors(cursor(), cursor({ epoch: 2, years: [2024] }))).toEqual([]);
  const differing = cursor({ hash: Buffer.from('bb', 'hex'), unknown: [{ seq: 2, type: 'x' }] });
  expect(compareCursors(cursor(), differing).map(sentenceOf)).toEqual([
    'programmes a cursor (entries that can’t be folded): live nothing, rebuilt 2 x',
    'programmes a cursor (hash of entry 3): live aa, rebuilt bb',
  ]);
});
