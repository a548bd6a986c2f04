import { expect, test } from '@jest/globals';
import { LedgerOf } from '../../test/ledger-of.js';
import { ToldModel } from '../../test/told-model.js';
import { twoProvinces } from '../../test/two-provinces.js';
import { indicatorOf } from '../indicators/catalogue.js';
import { monthNumber } from '../model.js';
import { outliers } from './outliers.js';

const registry = twoProvinces();

/** What a centre says of a programme type month by month from January 2024 on. */
function centre(unit: string, type: string, enrolled: number[], present: number[] = []): LedgerOf {
  const ledger = new LedgerOf('programmes', unit);
  for (const [i, total] of enrolled.entries()) {
    const measures = [{ measure: 'learners-enrolled', people: { total } }];
    if (present[i] !== undefined) measures.push({ measure: 'learners-present', people: { total: present[i]! } });
    ledger.tell('TotalsReported', { month: `2024-${String(i + 1).padStart(2, '0')}`, type, measures });
  }
  return ledger;
}
const ask = (told: ToldModel, month: string, indicator: string, unit = 'vn') =>
  outliers({ unit, mapDay: null }, monthNumber(month), [indicatorOf(indicator)!], { model: told.model, registry });

const a = centre('a', 'literacy', [40, 45, 50, 44, 52, 41, 480, 46], [100, 101, 99, 100, 102, 100, 101, 1010]);
const b = centre('b', 'refresher', [40, 45, 50, 44, 52, 41, 47, 46]);
const told = new ToldModel(a, b);

test('a flow of a month beside the months before, each unit and category by itself', () => {
  expect(ask(told, '2024-07', 'learners-enrolled')).toMatchObject([
    { unit: 'a', service: 'programmes', indicator: 'learners-enrolled', category: 'literacy', value: 480, months: 6 },
  ]);
  expect(ask(told, '2024-07', 'learners-enrolled', 'south')).toEqual([]);
  expect(ask(told, '2024-06', 'learners-enrolled')).toEqual([]);
  expect(ask(told, '2024-08', 'learners-enrolled')).toEqual([]);
  expect(ask(told, '2025-08', 'learners-enrolled')).toEqual([]);
});

test('a level as it was on the last day of the months in which it was reported', () => {
  expect(ask(told, '2024-08', 'learners-present')).toMatchObject([{ unit: 'a', value: 1010, median: 100, months: 7 }]);
  expect(ask(told, '2024-09', 'learners-present')).toEqual([]);
});

test('what was corrected is no outlier any more', () => {
  a.withdraw(7);
  a.tell('TotalsReported', {
    ...{ month: '2024-07', type: 'literacy', measures: [{ measure: 'learners-enrolled', people: { total: 48 } }] },
  });
  told.take(a);
  expect(ask(told, '2024-07', 'learners-enrolled')).toEqual([]);
});
