import { describe, expect, test } from '@jest/globals';
import { LedgerOf } from '../../test/ledger-of.js';
import { changesSince } from './changes-since.js';

const on = (day: string) => ({ on: day });
const told = () => {
  const ledger = new LedgerOf('programmes', 'a');
  ledger.tell('ClassOpened', { class: 'k', type: 'upper-secondary', openedOn: on('2024-09-01') });
  ledger.tell('LearnersEnrolled', { class: 'k', occurredOn: '2024-09-05', learners: { total: 40, female: 20 } });
  ledger.tell('PeriodClosed', { month: '2024-09' });
  ledger.tell('PeriodApproved', { unit: 'a', month: '2024-09', upToSeq: 3 }, { source: 'province-14' });
  return ledger;
};
const since = (ledger: LedgerOf, month = '2024-09') => {
  const { entries, figures } = changesSince(ledger.entries, month, 3);
  return { entries: entries.map(({ entry, effects }) => [entry.seq, effects] as const), figures };
};
const kind = { indicator: 'learners-enrolled', category: 'upper-secondary' };

describe('what has changed in a month since an entry', () => {
  test('is nothing where nothing came', () => {
    expect(since(told())).toEqual({ entries: [], figures: [] });
  });

  test('a late fact, with what it adds; one of another month isn’t among it', () => {
    const ledger = told();
    ledger.tell('LearnersEnrolled', { class: 'k', occurredOn: '2024-10-02', learners: { total: 9 } });
    ledger.tell('LearnersEnrolled', { class: 'k', occurredOn: '2024-09-20', learners: { total: 2, female: 1 } });
    const { entries, figures } = since(ledger);
    expect(entries).toEqual([
      [
        6,
        [
          { ...kind, kind: 'flow', value: 2, takesBack: false },
          { ...kind, indicator: 'learners-present', kind: 'level', value: 2, day: '2024-09-20', takesBack: false },
        ],
      ],
    ]);
    expect(figures).toEqual([
      { ...kind, approved: 40, now: 42 },
      { ...kind, indicator: 'learners-present', approved: 40, now: 42 },
    ]);
    expect(since(ledger, '2024-10').figures).toContainEqual({ ...kind, approved: null, now: 9 });
  });

  test('a withdrawal takes away, and what takes its place adds', () => {
    const ledger = told();
    ledger.withdraw(2);
    ledger.tell('LearnersEnrolled', { class: 'k', occurredOn: '2024-09-05', learners: { total: 38 } });
    const { entries, figures } = since(ledger);
    expect(entries.map(([seq, effects]) => [seq, effects[0]])).toEqual([
      [5, { ...kind, kind: 'flow', value: -40, takesBack: true }],
      [6, { ...kind, kind: 'flow', value: 38, takesBack: false }],
    ]);
    expect(figures[0]).toEqual({ ...kind, approved: 40, now: 38 });
  });

  test('a correction of the class moves what was said of it to another category', () => {
    const ledger = told();
    ledger.withdraw(1);
    ledger.tell('ClassOpened', { class: 'k', type: 'literacy', openedOn: on('2024-09-01') });
    const { entries, figures } = since(ledger);
    expect(entries.at(-1)![0]).toBe(6);
    expect(figures).toContainEqual({ ...kind, approved: 40, now: null });
    expect(figures).toContainEqual({ ...kind, category: 'literacy', approved: null, now: 40 });
  });

  test('what was said and taken back again afterwards leaves its entries and no figure', () => {
    const ledger = told();
    const { seq } = ledger.tell('LearnersEnrolled', {
      ...{ class: 'k', occurredOn: '2024-09-20', learners: { total: 2 } },
    });
    ledger.withdraw(seq);
    const { entries, figures } = since(ledger);
    expect(entries.map(([of]) => of)).toEqual([5, 6]);
    expect(figures).toEqual([]);
  });
});
