import { expect, test } from '@jest/globals';
import { Told } from '../../../../libs/territory/test/facts.js';
import { LedgerOf } from '../../test/ledger-of.js';
import { ToldModel } from '../../test/told-model.js';
import { evaluate } from '../queries/evaluate.js';
import { figureParameters, figureQuery } from '../queries/figure-query.js';
import { KeptReady } from './kept-ready.js';

/** Centres a and b of province p were merged into c, in province q, on 2024-07-01. */
const registry = (() => {
  const told = new Told();
  for (const [unit, kind, parent] of [
    ['vn', 'country', ''],
    ['p', 'province', 'vn'],
    ['q', 'province', 'vn'],
  ] as const)
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '1990-01-01' });
  for (const centre of ['a', 'b'])
    told.centres('CentreEstablished', { centre, kind: 'gdtx', name: centre, seat: 'p', establishedOn: '2000' });
  told.centres('CentresReorganised', {
    sources: ['a', 'b'],
    targets: [{ centre: 'c', default: true, established: { kind: 'gdtx', name: 'c', seat: 'q' } }],
    effectiveOn: '2024-07-01',
  });
  return told.registry();
})();

const TODAY = '2024-12-15';
const present = (ledger: LedgerOf, month: string, total: number) =>
  ledger.tell('TotalsReported', {
    ...{ month, type: 'literacy' },
    measures: [{ measure: 'learners-present', people: { total, female: 1 } }],
  });

test('a successor’s first report ends what it carried of each predecessor, also of one that was heard of late', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map((unit) => new LedgerOf('programmes', unit)) as [LedgerOf, LedgerOf, LedgerOf];
  const told = new ToldModel();
  const { model } = told;
  const kept = new KeptReady({
    ...{ model, registry: () => registry, seqs: () => new Map(), today: () => TODAY },
    onCrash: (error) => {
      throw error;
    },
  });
  const byMonth = () => {
    const asked = { indicator: 'learners-present', by: 'province,month', from: '2024-05', to: '2024-10' };
    const answers = ['then', 'today'].map((map) => {
      const query = figureQuery(figureParameters.parse({ ...asked, map }), registry, TODAY);
      const ready = evaluate(query, { model, registry, ready: kept.current().prepared });
      const scanned = evaluate(query, { model, registry });
      expect(new Map(ready.rows.map((row) => [JSON.stringify(row.keys), row]))).toEqual(
        new Map(scanned.rows.map((row) => [JSON.stringify(row.keys), row])),
      );
      return ready;
    });
    const rows = answers[0]!.rows.map(({ keys: [place, month], value }) => [`${place!.key} ${month!.key}`, value]);
    return Object.fromEntries(rows) as Record<string, number>;
  };
  const say = (ledger: LedgerOf, month: string, total: number) => {
    present(ledger, month, total);
    told.take(ledger);
    return byMonth();
  };
  try {
    await kept.start();
    expect(say(a, '2024-05', 10)).toMatchObject({ 'p 2024-06': 10, 'q 2024-07': 10, 'q 2024-10': 10 });
    expect(say(b, '2024-05', 5)).toMatchObject({ 'p 2024-06': 15, 'q 2024-07': 15, 'q 2024-10': 15 });
    expect(say(c, '2024-10', 7)).toMatchObject({ 'p 2024-06': 15, 'q 2024-09': 15, 'q 2024-10': 7 });
    expect(say(c, '2024-08', 8)).toMatchObject({ 'p 2024-06': 15, 'q 2024-07': 15, 'q 2024-08': 8, 'q 2024-10': 7 });
    c.withdraw(2);
    told.take(c);
    expect(byMonth()).toMatchObject({ 'q 2024-09': 15, 'q 2024-10': 7 });
  } finally {
    kept.stop();
  }
});
