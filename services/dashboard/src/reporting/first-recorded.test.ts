import { expect, test } from '@jest/globals';
import { ReadModel } from '../columns/read-model.js';
import { monthNumber, type Cell, type LevelEvent, type UnitYear } from '../model.js';
import { firstRecordedIn } from './first-recorded.js';

const cell = (month: string, recorded: string, count: number): Cell => ({
  indicator: 'learners-enrolled',
  category: '',
  part: '',
  month: monthNumber(month),
  recorded: monthNumber(recorded),
  at: '',
  sum: 10 * count,
  exact: count,
  atLeast: 0,
  about: 0,
});
const level = (day: string, recorded: string, seq: number, withdrawn: string | null = null): LevelEvent => ({
  indicator: 'staff',
  category: '',
  part: '',
  slot: '',
  at: '',
  day,
  mode: 'set',
  value: 5,
  precision: 0,
  seq,
  recorded: monthNumber(recorded),
  withdrawn: withdrawn === null ? null : monthNumber(withdrawn),
});
const year = (service: string, unit: string, cells: Cell[], levels: LevelEvent[] = []): UnitYear => ({
  _id: `${service}/${unit}/2024`,
  service,
  unit,
  year: 2024,
  epoch: 0,
  seq: 9,
  cells,
  levels,
  balances: [],
});

test('the first month in which a fact of a month came, that stands', () => {
  const model = new ReadModel();
  model.apply(year('programmes', 'a', [cell('2024-03', '2024-05', 1), cell('2024-03', '2024-04', 2)]));
  // Withdrawn as a whole.
  model.apply(year('programmes', 'b', [cell('2024-03', '2024-04', 1), cell('2024-03', '2024-06', -1)]));
  // Corrected.
  model.apply(
    year('programmes', 'c', [
      cell('2024-03', '2024-04', 1),
      cell('2024-03', '2024-06', -1),
      cell('2024-03', '2024-07', 1),
    ]),
  );
  const staff = [level('2024-03-31', '2024-04', 1), level('2024-04-01', '2024-04', 2, '2024-05')];
  model.apply(year('centres', 'a', [], staff));
  const first = firstRecordedIn(model);
  const of = (service: string, unit: string, month: string) => first(service, unit, monthNumber(month));
  expect(of('programmes', 'a', '2024-03')).toBe(monthNumber('2024-04'));
  expect(of('programmes', 'a', '2024-04')).toBeNull();
  expect(of('programmes', 'b', '2024-03')).toBeNull();
  expect(of('programmes', 'c', '2024-03')).toBe(monthNumber('2024-04'));
  expect(of('centres', 'a', '2024-03')).toBe(monthNumber('2024-04'));
  expect(of('centres', 'a', '2024-04')).toBeNull();
  expect(of('centres', 'b', '2024-03')).toBeNull();
  expect(of('programmes', 'a', '2024-05')).toBeNull();
});

test('as known at a month, what has been withdrawn since had been heard of, and what came since had not', () => {
  const model = new ReadModel();
  model.apply(year('programmes', 'b', [cell('2024-03', '2024-04', 1), cell('2024-03', '2024-06', -1)]));
  model.apply(year('centres', 'b', [], [level('2024-03-31', '2024-04', 1, '2024-06')]));
  const heard = (service: string, known: string) =>
    firstRecordedIn(model, monthNumber(known))(service, 'b', monthNumber('2024-03'));
  for (const service of ['programmes', 'centres'])
    expect(['2024-03', '2024-05', '2024-06'].map((known) => heard(service, known))).toEqual([
      null,
      monthNumber('2024-04'),
      null,
    ]);
});
