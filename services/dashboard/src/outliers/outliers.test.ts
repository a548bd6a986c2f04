import { describe, expect, test } from '@jest/globals';
import { LedgerOf } from '../../test/ledger-of.js';
import { ToldModel } from '../../test/told-model.js';
import { twoProvinces } from '../../test/two-provinces.js';
import { monthNumber } from '../model.js';
import { KeptOutliers } from './kept-outliers.js';
import { outliersIn } from './outliers.js';

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
const ask = async (told: ToldModel, month: string, indicator: string, unit = 'vn', known?: number) => {
  const number = monthNumber(month);
  const all = await new KeptOutliers(told.model).of(number, known);
  return outliersIn({ unit, mapDay: null }, number, registry, all).filter((each) => each.indicator === indicator);
};

const a = centre('a', 'literacy', [40, 45, 50, 44, 52, 41, 480, 46], [100, 101, 99, 100, 102, 100, 101, 1010]);
const b = centre('b', 'refresher', [40, 45, 50, 44, 52, 41, 47, 46]);
const told = new ToldModel(a, b);

test('a flow of a month beside the months before, each unit and category by itself', async () => {
  expect(await ask(told, '2024-07', 'learners-enrolled')).toMatchObject([
    { unit: 'a', service: 'programmes', indicator: 'learners-enrolled', category: 'literacy', value: 480, months: 6 },
  ]);
  expect(await ask(told, '2024-07', 'learners-enrolled', 'south')).toEqual([]);
  expect(await ask(told, '2024-06', 'learners-enrolled')).toEqual([]);
  expect(await ask(told, '2024-08', 'learners-enrolled')).toEqual([]);
  expect(await ask(told, '2025-08', 'learners-enrolled')).toEqual([]);
});

test('a level as it was on the last day of the months in which it was reported', async () => {
  expect(await ask(told, '2024-08', 'learners-present')).toMatchObject([
    { unit: 'a', value: 1010, median: 100, months: 7 },
  ]);
  expect(await ask(told, '2024-09', 'learners-present')).toEqual([]);
});

test('what was corrected is no outlier any more', async () => {
  a.withdraw(7);
  a.tell('TotalsReported', {
    ...{ month: '2024-07', type: 'literacy', measures: [{ measure: 'learners-enrolled', people: { total: 48 } }] },
  });
  told.take(a);
  expect(await ask(told, '2024-07', 'learners-enrolled')).toEqual([]);
});

test('as it was known: before it was recorded, and before it was corrected', async () => {
  const ledger = new LedgerOf('programmes', 'a');
  const at = (day: string) => ({ recordedAt: Date.parse(`${day}T05:00:00Z`) });
  const say = (month: number, total: number, day: string) => {
    const measures = ['learners-enrolled', 'learners-present'].map((measure) => ({ measure, people: { total } }));
    return ledger.tell('TotalsReported', { month: `2024-0${month}`, type: 'literacy', measures }, at(day));
  };
  for (const [i, total] of [40, 45, 50, 44, 52, 41].entries()) say(i + 1, total, '2024-07-02');
  const wrong = say(7, 480, '2024-08-02');
  ledger.withdraw(wrong.seq, at('2024-10-02'));
  say(7, 48, '2024-10-02');
  const told = new ToldModel(ledger);
  for (const indicator of ['learners-enrolled', 'learners-present']) {
    const known = async (month: string) =>
      (await ask(told, '2024-07', indicator, 'vn', monthNumber(month))).map((each) => each.value);
    const by = await Promise.all(['2024-07', '2024-08', '2024-09', '2024-10'].map(known));
    expect(by).toEqual([[], [480], [480], []]);
    expect(await ask(told, '2024-07', indicator)).toEqual([]);
  }
});

describe('the share of women', () => {
  const topic = (ledger: LedgerOf, month: number, area: string, total: number, female?: number) =>
    ledger.tell('TopicHeld', {
      ...{
        topic: `t${month}-${area}`,
        title: 'T',
        heldOn: `2024-${String(month).padStart(2, '0')}-10`,
        meetings: 1,
        hours: 2,
      },
      ...{ attendances: female === undefined ? { total } : { total, female }, area },
    });

  test('of a total with a digit too many, lost among large topics; by the unit’s other categories where one is new', async () => {
    const ledger = new LedgerOf('community-learning', 'a');
    for (const [i, total] of [200, 30, 150, 40, 180, 36, 300].entries()) topic(ledger, i + 1, 'Law', total, total / 2);
    topic(ledger, 8, 'Law', 400, 20);
    topic(ledger, 8, 'Health', 400, 21);
    topic(ledger, 9, 'Health', 400, 199);
    const told = new ToldModel(ledger);
    const found = await ask(told, '2024-08', 'attendances');
    expect(found).toMatchObject([
      { unit: 'a', category: 'Law', value: 400, compared: 'women-share', said: 0.05, median: 0.5, months: 7 },
      { unit: 'a', category: 'Health', value: 400, compared: 'women-share', said: 0.0525, median: 0.5, months: 7 },
    ]);
    expect(await ask(told, '2024-09', 'attendances')).toEqual([]);
  });

  test('isn’t known where one of a month’s entries doesn’t say how many were women', async () => {
    const ledger = new LedgerOf('community-learning', 'a');
    for (const [i, total] of [200, 30, 150, 40, 180, 36, 300].entries()) topic(ledger, i + 1, 'Law', total, total / 2);
    topic(ledger, 8, 'Law', 380);
    ledger.tell('TopicHeld', {
      ...{ topic: 'more', title: 'T', heldOn: '2024-08-11', meetings: 1, hours: 2, area: 'Law' },
      attendances: { total: 20, female: 10 },
    });
    expect(await ask(new ToldModel(ledger), '2024-08', 'attendances')).toEqual([]);
  });

  test('of a level, as it was', async () => {
    const ledger = new LedgerOf('programmes', 'a');
    for (const [i, [total, female]] of [...Array.from({ length: 7 }, () => [100, 50]), [1000, 55]].entries()) {
      ledger.tell('TotalsReported', {
        ...{ month: `2024-0${i + 1}`, type: 'literacy' },
        measures: [{ measure: 'learners-present', people: { total, female } }],
      });
    }
    // The value itself is far off already.
    expect(await ask(new ToldModel(ledger), '2024-08', 'learners-present')).toMatchObject([
      { compared: 'value', said: 1000 },
    ]);
  });
});
