import { describe, expect, test } from '@jest/globals';
import { LedgerOf } from '../../test/ledger-of.js';
import { ToldModel } from '../../test/told-model.js';
import { twoProvinces } from '../../test/two-provinces.js';
import { monthNumber } from '../model.js';
import { countedIn } from './counted.js';
import { reconcile } from './reconcile.js';
import { reconciliation } from './reconciliation.js';

const on = (day: string) => ({ on: day });
const people = (total: number) => ({ learners: { total } });

describe('control totals beside what was counted', () => {
  const counted = (known: Record<string, number | null>) => (indicator: string) => known[indicator];
  const total = (indicator: string, value: number) => ({ indicator, category: '', value });

  test('are equal, or differ by so much; what was never said counts as 0', () => {
    const found = reconcile([total('a', 3), total('b', 5), total('c', 0)], counted({ a: 3, b: 7, c: null }));
    expect(found.state).toBe('different');
    expect(found.measures.map(({ counted: is, difference }) => [is, difference])).toEqual([
      [3, 0],
      [7, 2],
      [null, 0],
    ]);
    expect(reconcile([total('a', 0.3)], counted({ a: 0.1 + 0.2 })).state).toBe('equal');
  });

  test('can’t be compared where nothing is counted from entries; what can be decides', () => {
    expect(reconcile([total('x', 3)], counted({})).state).toBe('not-comparable');
    expect(reconcile([total('x', 3), total('a', 1)], counted({ a: 1 })).state).toBe('equal');
    expect(reconcile([], counted({})).state).toBe('without-totals');
  });
});

describe('a closed month', () => {
  const registry = twoProvinces();
  const SEPTEMBER = monthNumber('2024-09');

  const centre = (unit: string) => {
    const ledger = new LedgerOf('programmes', unit);
    ledger.tell('ClassOpened', { class: 'k', type: 'upper-secondary', openedOn: on('2024-08-20') });
    ledger.tell('LearnersEnrolled', { class: 'k', occurredOn: '2024-08-20', ...people(30) });
    ledger.tell('LearnersEnrolled', { class: 'k', occurredOn: '2024-09-05', ...people(12) });
    return ledger;
  };
  const close = (ledger: LedgerOf, totals: Record<string, number>, category = '') =>
    ledger.tell('PeriodClosed', {
      month: '2024-09',
      controlTotals: Object.entries(totals).map(([indicator, value]) => ({ indicator, category, value })),
    });
  const ask = (told: ToldModel, unit = 'vn', known?: number) => {
    const { model, periods } = told;
    const sources = { registry, periods, counted: countedIn(model, SEPTEMBER, known) };
    return reconciliation({ unit, mapDay: null }, SEPTEMBER, sources, known);
  };

  test('is compared measure by measure: a flow over the month, a level on its last day, whole or of a category', () => {
    const a = centre('a');
    close(a, { 'learners-enrolled': 12, 'learners-present': 42, classes: 1 });
    const b = centre('b');
    close(b, { 'learners-enrolled': 42 }, 'upper-secondary');
    const told = new ToldModel(a, b);
    expect(ask(told)).toMatchObject([
      { unit: 'a', service: 'programmes', closing: { seq: 4 }, state: 'equal' },
      {
        unit: 'b',
        state: 'different',
        measures: [{ category: 'upper-secondary', value: 42, counted: 12, difference: -30 }],
      },
    ]);
    expect(ask(told, 'north').map(({ unit }) => unit)).toEqual(['a']);
    expect(ask(told, 'b').map(({ unit }) => unit)).toEqual(['b']);
  });

  test('is compared anew when a late fact, a withdrawal or a correction comes, and when it is closed anew', () => {
    const ledger = centre('a');
    close(ledger, { 'learners-enrolled': 12 });
    const told = new ToldModel(ledger);
    const state = () => {
      told.take(ledger);
      return ask(told).map(({ state: is, measures }) => [is, measures[0]?.difference]);
    };
    expect(state()).toEqual([['equal', 0]]);
    const late = ledger.tell('LearnersEnrolled', { class: 'k', occurredOn: '2024-09-30', ...people(3) });
    expect(state()).toEqual([['different', 3]]);
    ledger.withdraw(late.seq);
    expect(state()).toEqual([['equal', 0]]);
    ledger.withdraw(3);
    ledger.tell('LearnersEnrolled', { class: 'k', occurredOn: '2024-09-05', ...people(10) });
    expect(state()).toEqual([['different', -2]]);
    ledger.tell('PeriodReopened', { unit: 'a', month: '2024-09', reason: 'r' });
    expect(state()).toEqual([]);
    close(ledger, { 'learners-enrolled': 10 });
    expect(state()).toEqual([['equal', 0]]);
  });

  test('is compared as it was known: what was closed, and what was counted, by then', () => {
    const ledger = new LedgerOf('programmes', 'a');
    const at = (day: string) => ({ recordedAt: Date.parse(`${day}T05:00:00Z`) });
    const enrolled = (total: number) => ({ measure: 'learners-enrolled', people: { total } });
    const present = (total: number) => ({ measure: 'learners-present', people: { total } });
    const totals = { month: '2024-09', type: 'literacy', measures: [enrolled(12), present(40)] };
    ledger.tell('TotalsReported', totals, at('2024-10-02'));
    const controlTotals = ['learners-enrolled', 'learners-present'].map((indicator, i) => ({
      ...{ indicator, category: '', value: [12, 40][i] },
    }));
    ledger.tell('PeriodClosed', { month: '2024-09', controlTotals }, at('2024-11-05'));
    ledger.withdraw(1, at('2024-12-03'));
    ledger.tell('TotalsReported', { ...totals, measures: [enrolled(10), present(38)] }, at('2024-12-03'));
    const told = new ToldModel(ledger);
    const known = (month: string) =>
      ask(told, 'vn', monthNumber(month)).map(({ state, measures }) => [state, ...measures.map((m) => m.difference)]);
    expect(known('2024-10')).toEqual([]);
    expect(known('2024-11')).toEqual([['equal', 0, 0]]);
    expect(known('2024-12')).toEqual([['different', -2, -2]]);
    expect(ask(told).map(({ state }) => state)).toEqual(['different']);
  });

  test('names what isn’t counted from entries, and what the catalogue hasn’t', () => {
    const ledger = centre('a');
    close(ledger, { 'dropout-rate': 0.1, centres: 1, 'no-such': 2 });
    const [found] = ask(new ToldModel(ledger));
    expect(found).toMatchObject({ state: 'not-comparable' });
    expect(found!.measures.map(({ counted, difference }) => [counted, difference])).toEqual(
      Array.from({ length: 3 }, () => [null, null]),
    );
  });

  test('of categories that overlap, the whole is the one that stands for it', () => {
    const ledger = new LedgerOf('centres', 'a');
    ledger.tell('StaffingReported', { reportedOn: on('2024-09-10'), total: 45, teachers: 30 });
    ledger.tell('PeriodClosed', { month: '2024-09', controlTotals: [{ indicator: 'staff', category: '', value: 45 }] });
    expect(ask(new ToldModel(ledger))).toMatchObject([{ state: 'equal', service: 'centres' }]);
  });
});
