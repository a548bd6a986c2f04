import { expect, test } from '@jest/globals';
import { ReadModel } from '../columns/read-model.js';
import { monthNumber, type Period, type UnitYear } from '../model.js';
import { PeriodRows } from './period-rows.js';

const said = (what: Period['what'], seq: number, more: Partial<Period> = {}): Period => ({
  ...{ what, seq, at: 1000 + seq, month: monthNumber('2024-09'), recorded: monthNumber('2024-10') },
  ...{ nothing: false, upToSeq: 0, withdrawn: null, ...more },
});
const ID = 'programmes/a';
const events = (rows: PeriodRows, month: string, known?: string) =>
  rows.events('programmes', 'a', monthNumber(month), known === undefined ? Infinity : monthNumber(known));

test('what was said of a month, in order', () => {
  const rows = new PeriodRows();
  const approval = said('approved', 5, { upToSeq: 2 });
  rows.put(ID, 2024, [said('closed', 3), approval, said('reopened', 7), said('closed', 9, { nothing: true })]);
  expect(events(rows, '2024-09')).toEqual([
    { kind: 'closed', seq: 3, at: 1003, nothing: false, upToSeq: 0 },
    { kind: 'approved', seq: 5, at: 1005, nothing: false, upToSeq: 2 },
    { kind: 'reopened', seq: 7, at: 1007, nothing: false, upToSeq: 0 },
    { kind: 'closed', seq: 9, at: 1009, nothing: true, upToSeq: 0 },
  ]);
  expect(events(rows, '2024-08')).toEqual([]);
  expect(rows.events('centres', 'a', monthNumber('2024-09'))).toEqual([]);
});

test('what is said of a year takes the place of what was said of it before, other years stay', () => {
  const rows = new PeriodRows();
  for (let year = 2021; year <= 2029; year++) {
    rows.put(ID, year, [
      said('closed', year, { month: year * 12 }),
      said('closed', year + 100, { month: year * 12 + 11 }),
    ]);
  }
  const month = monthNumber('2024-01');
  rows.put(ID, 2024, [said('closed', 2024, { month }), said('approved', 3000, { month })]);
  expect(events(rows, '2024-01').map(({ kind }) => kind)).toEqual(['closed', 'approved']);
  expect(events(rows, '2024-12')).toEqual([]);
  for (const other of ['2021-01', '2023-12', '2025-01', '2029-12']) expect(events(rows, other)).toHaveLength(1);
  rows.put(ID, 2024, []);
  expect(events(rows, '2024-01')).toEqual([]);
  expect(events(rows, '2025-01')).toHaveLength(1);
});

test('as known at the end of a month: without what came later, with what was withdrawn later', () => {
  const rows = new PeriodRows();
  const withdrawn = said('closed', 3, { withdrawn: monthNumber('2024-12') });
  rows.put(ID, 2024, [withdrawn, said('approved', 5, { recorded: monthNumber('2024-11') })]);
  expect(events(rows, '2024-09').map(({ seq }) => seq)).toEqual([5]);
  expect(events(rows, '2024-09', '2024-11').map(({ seq }) => seq)).toEqual([3, 5]);
  expect(events(rows, '2024-09', '2024-10').map(({ seq }) => seq)).toEqual([3]);
  expect(events(rows, '2024-09', '2024-09')).toEqual([]);
});

test('the read model holds what the newest document says', () => {
  const model = new ReadModel();
  const document = (epoch: number, seq: number, periods: Period[]): UnitYear => ({
    ...{ _id: `${ID}/2024`, service: 'programmes', unit: 'a', year: 2024, epoch, seq },
    ...{ cells: [], levels: [], balances: [], periods },
  });
  model.apply(document(0, 3, [said('closed', 3)]));
  model.apply(document(0, 5, [said('closed', 3), said('approved', 5)]));
  model.apply(document(0, 4, [said('closed', 3), said('reopened', 4)]));
  expect(events(model.periods, '2024-09').map(({ kind }) => kind)).toEqual(['closed', 'approved']);
  model.apply({ ...document(1, 2, []), _id: `${ID}/2023`, year: 2023 });
  model.apply(document(0, 6, [said('closed', 3)]));
  expect(events(model.periods, '2024-09')).toEqual([]);
  model.apply(document(1, 2, [said('reopened', 2)]));
  expect(events(model.periods, '2024-09').map(({ kind }) => kind)).toEqual(['reopened']);
});

test('the control totals of each closing, as long as its document says so', () => {
  const rows = new PeriodRows();
  const counted = (year: number, seq: number, ...values: number[]) => {
    const controlTotals = values.map((value, i) => ({ indicator: `i${i}`, category: i === 1 ? 'c' : '', value }));
    return said('closed', seq, { month: year * 12, remark: { controlTotals } });
  };
  for (let year = 2021; year <= 2029; year++) rows.put(ID, year, [counted(year, year, year, 0.5)]);
  rows.put(ID, 2023, [counted(2023, 2023, 2023, 0.5), said('reopened', 3000), counted(2023, 3001, 30)]);
  const totals = (seq: number) => rows.totals('programmes', 'a', seq);
  for (const seq of [2021, 2023, 2029]) {
    expect(totals(seq)).toEqual([
      { indicator: 'i0', category: '', value: seq },
      { indicator: 'i1', category: 'c', value: 0.5 },
    ]);
  }
  expect(totals(3001)).toEqual([{ indicator: 'i0', category: '', value: 30 }]);
  rows.put(ID, 2023, [said('reopened', 2)]);
  expect([totals(2023), totals(3001)]).toEqual([[], []]);
  expect(totals(2024)).toHaveLength(2);
  expect(rows.totals('centres', 'a', 2021)).toEqual([]);
});

test('a control total of which there are too many kinds to keep its name is there without it', () => {
  const rows = new PeriodRows();
  const closed = (seq: number, ...indicators: string[]) =>
    said('closed', seq, {
      remark: { controlTotals: indicators.map((indicator) => ({ indicator, category: '', value: 7 })) },
    });
  rows.put(ID, 2024, [
    closed(1, ...Array.from({ length: 2 ** 16 }, (_, i) => `kind-${i}`)),
    closed(2, 'kind-0', 'another'),
  ]);
  expect(rows.totals('programmes', 'a', 1).filter(({ indicator }) => indicator === '')).toHaveLength(1);
  expect(rows.totals('programmes', 'a', 2)).toEqual([
    { indicator: 'kind-0', category: '', value: 7 },
    { indicator: '', category: '', value: 7 },
  ]);
});
