import { describe, expect, test } from '@jest/globals';
import { FOLDS } from '../indicators/folds/all.js';
import { monthNumber } from '../model.js';
import { LedgerOf } from '../../test/ledger-of.js';
import { flowsOf } from '../../test/world.js';
import { Arena } from './arena.js';
import { FactTypes } from './fact-types.js';
import { Ledger } from './ledger.js';
import { SeriesTable } from './series.js';
import { readUnitYear } from './stored-year.js';
import { mergeRecords } from './record-merge.js';
import { foldWholeLedger } from './whole-ledger.js';

const types = new FactTypes(FOLDS, ['programmes', 'inspections']);
const on = (day: string) => ({ on: day });

function folded(told: LedgerOf) {
  const ledger = new Ledger(
    told.service,
    told.unit,
    0,
    { table: new SeriesTable(), arena: new Arena() },
    { yearChanged: () => undefined, isIncomplete: () => undefined },
  );
  const unknown = foldWholeLedger(told.entries, types, ledger);
  const years = new Map(
    [...ledger.documents()].map((y) => [y.year, readUnitYear(y.toStored(told.service, told.unit))]),
  );
  const records = new Map(mergeRecords([], ledger.pieces, () => 0).map((r) => [`${r.collection}/${r.id}`, r]));
  return { unknown, years, records };
}

const opened = (type: string) => ({ class: 'a', type, openedOn: on('2024-09-01') });
const enrolled = (total: number, day = '2024-09-05') => ({ class: 'a', occurredOn: day, learners: { total } });
const MARCH = Date.UTC(2025, 2, 10);

describe('a correction of what other entries were folded with', () => {
  const told = new LedgerOf('programmes', 'c1');
  told.tell('ClassOpened', opened('upper-secondary'));
  told.tell('LearnersEnrolled', enrolled(40));
  told.tell('LearnersEnrolled', enrolled(3));
  told.withdraw(3);
  told.tell('LearnersLeft', { ...enrolled(2, '2024-11-04'), reason: 'other' });
  told.withdraw(1, { recordedAt: MARCH });
  told.tell('ClassOpened', opened('refresher'), { recordedAt: MARCH });
  told.tell('LearnersEnrolled', enrolled(5, '2024-10-01'), { recordedAt: MARCH });
  const year = folded(told).years.get(2024)!;

  test('moves their parts to where they belong now', () => {
    expect(flowsOf(year, 'learners-enrolled', 'upper-secondary')).toEqual({});
    expect(flowsOf(year, 'learners-enrolled', 'refresher')).toEqual({ '2024-09': 40, '2024-10': 5 });
    expect(flowsOf(year, 'trainees')).toEqual({ '2024-09': 40, '2024-10': 5 });
    expect(flowsOf(year, 'learners-left')).toEqual({ '2024-11': 2 });
    const present = year.levels.filter(({ indicator }) => indicator === 'learners-present');
    const standing = present.filter(({ withdrawn }) => withdrawn === null);
    expect(standing.map(({ category, value, seq }) => [category, value, seq])).toEqual([
      ['refresher', 40, 2],
      ['refresher', -2, 5],
      ['refresher', 5, 8],
    ]);
  });

  test('leaves what was known before as it was known', () => {
    const before = year.cells.filter(({ recorded }) => recorded < monthNumber('2025-03'));
    expect(flowsOf({ ...year, cells: before }, 'learners-enrolled')).toEqual({ '2024-09': 40 });
    expect(flowsOf({ ...year, cells: before }, 'learners-enrolled', 'upper-secondary')).toEqual({ '2024-09': 40 });
    expect(year.levels.find(({ seq, withdrawn }) => seq === 2 && withdrawn)!.withdrawn).toBe(monthNumber('2025-03'));
  });

  test('isn’t one when it says the same', () => {
    const same = new LedgerOf('programmes', 'c1');
    same.tell('ClassOpened', opened('literacy'));
    same.tell('LearnersEnrolled', enrolled(40));
    same.withdraw(1);
    same.tell('ClassOpened', { ...opened('literacy'), openedOn: on('2024-08-30') });
    const { cells, levels } = folded(same).years.get(2024)!;
    expect(cells.every(({ exact }) => exact === 1)).toBe(true);
    expect(levels.filter(({ withdrawn }) => withdrawn).map(({ indicator }) => indicator)).toEqual(['classes']);
  });
});

test('a correction reaches what follows from what it changes', () => {
  const told = new LedgerOf('inspections', 'vn');
  const visit = { visit: 'v', kind: 'inspection', occurredOn: '2024-03-12', units: ['a', 'b'] };
  told.tell('VisitMade', { ...visit, place: 'district-1' });
  told.tell('RecommendationIssued', { recommendation: 'r', visit: 'v', issuedOn: on('2024-03-12'), due: '2024-06-30' });
  told.tell('RecommendationClosed', { recommendation: 'r', closedOn: '2024-05-01', outcome: 'done' });
  told.tell('FindingRecorded', { finding: 'f', visit: 'v', kind: 'strength' });
  told.withdraw(1, { recordedAt: MARCH });
  told.tell('VisitMade', { ...visit, place: 'district-2', occurredOn: '2024-04-02' }, { recordedAt: MARCH });
  const { years, records } = folded(told);
  const { levels, cells } = years.get(2024)!;
  const standing = levels.filter(({ withdrawn }) => withdrawn === null);
  expect(standing.map(({ indicator, at, day, value }) => [indicator, at, day, value])).toEqual([
    ['recommendations-open', 'district-2', '2024-03-12', 1],
    ['recommendations-overdue', 'district-2', '2024-03-12', 0],
    ['recommendations-overdue', 'district-2', '2024-07-01', 1],
    ['recommendations-open', 'district-2', '2024-05-01', 0],
    ['recommendations-overdue', 'district-2', '2024-07-01', 0],
  ]);
  const sums = new Map<string, number>();
  for (const { indicator, at, month, sum } of cells) {
    const key = `${indicator} ${at} ${month % 12}`;
    sums.set(key, (sums.get(key) ?? 0) + sum);
  }
  expect(Object.fromEntries([...sums].filter(([, sum]) => sum !== 0))).toEqual({
    'findings district-2 3': 1,
    'recommendations-closed district-2 4': 1,
  });
  expect(records.get('findings/f')!.value).toMatchObject({ at: 'district-2', occurredOn: '2024-04-02' });
  expect(records.get('recommendations/r')!.value).toMatchObject({ at: 'district-2', status: 'closed' });
  expect(records.get('visits/v')!.value).toMatchObject({ place: 'district-2' });
  // Of the two entries that spoke of the visit one stands.
  expect(records.get('visits/v')!.pieces.map(({ withdrawn }) => withdrawn === null)).toEqual([false, true]);
});

test('what can’t be folded is named, and the rest is folded', () => {
  const told = new LedgerOf('programmes', 'c1');
  told.tellUnknown('OfALaterVersion');
  told.tell('LearnersEnrolled', {}, { bytes: Buffer.from([255, 255]) });
  told.tell('LearnersEnrolled', { class: 'a', learners: { total: 1 } });
  told.tell('TotalsReported', { month: '2024-05', type: 'literacy', measures: [] });
  told.withdraw(1);
  told.tell('EntryWithdrawn', { unit: 'c1', seq: 2, reason: 'without what it takes back' });
  told.tell('LearnersEnrolled', enrolled(4));
  const { unknown, years } = folded(told);
  expect(unknown.map(({ seq, type }) => [seq, type.split('.').at(-2)])).toEqual([
    [1, 'OfALaterVersion'],
    [2, 'LearnersEnrolled'],
    [3, 'LearnersEnrolled'],
  ]);
  expect(flowsOf(years.get(2024)!, 'learners-enrolled')).toEqual({ '2024-09': 4 });
});
