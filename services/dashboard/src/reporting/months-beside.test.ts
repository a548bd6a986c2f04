import { expect, test } from '@jest/globals';
import { LedgerOf } from '../../test/ledger-of.js';
import { ToldModel } from '../../test/told-model.js';
import { monthNumber } from '../model.js';
import { monthsBeside } from './months-beside.js';

test('counts the months of a unit that are closed, approved, and changed since', () => {
  const ledger = new LedgerOf('programmes', 'a');
  const enrolled = (month: string) =>
    ledger.tell('TotalsReported', {
      ...{ month, type: 'literacy', measures: [{ measure: 'learners-enrolled', people: { total: 3 } }] },
    });
  for (const month of ['2024-01', '2024-02', '2024-03']) {
    enrolled(month);
    const { seq } = ledger.tell('PeriodClosed', { month });
    if (month !== '2024-03') ledger.tell('PeriodApproved', { unit: 'a', month, upToSeq: seq }, { source: 'p' });
  }
  enrolled('2024-02');
  const { model, periods } = new ToldModel(ledger);
  const lastSeq = (service: string, unit: string, month: number) =>
    model.lastSeqs.of(model.ledgers.find(`${service}/${unit}`), month);
  const sources = { periods, lastSeq, services: ['centres', 'programmes'] };
  const asked = { unit: 'a', from: '2024-01', to: '2024-04', known: Infinity };
  expect(monthsBeside(asked, sources)).toEqual({ months: 4, closed: 3, approved: 2, changedSince: 1 });
  expect(monthsBeside({ ...asked, unit: 'b' }, sources)).toMatchObject({ months: 4, closed: 0 });
  const before = { ...asked, known: monthNumber('2024-12') };
  expect(monthsBeside(before, sources)).toMatchObject({ closed: 0, changedSince: 0 });
});
