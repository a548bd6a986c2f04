import { expect, test } from '@jest/globals';
import { Told } from '../../../../libs/territory/test/facts.js';
import { endOfMonth } from '@gdtx/territory/days';
import { LedgerOf, type Tell } from '../../test/ledger-of.js';
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
const present = (ledger: LedgerOf, month: string, total: number, how: Tell = {}) => {
  const measures = [{ measure: 'learners-present', people: { total, female: 1 } }];
  ledger.tell('TotalsReported', { month, type: 'literacy', measures }, how);
};

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

test('what was known of a level by a month is ready as what was recorded until then, by today’s map', async () => {
  const recorded = (month: string) => ({ recordedAt: endOfMonth(month) - 1_000 });
  // Only in August it is known that a ended with July, and c took over.
  const told = new Told();
  for (const [unit, kind, parent] of [
    ['vn', 'country', ''],
    ['p', 'province', 'vn'],
  ] as const)
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '1990-01-01' });
  for (const centre of ['a', 'b', 'd'])
    told.centres('CentreEstablished', { centre, kind: 'gdtx', name: centre, seat: 'p', establishedOn: '2000' });
  // And until July d was believed to have ended with June.
  told.centres('CentreDissolved', { centre: 'd', effectiveOn: '2024-07-01' });
  told.centres('EntryWithdrawn', { unit: 'vn', seq: 4 }, endOfMonth('2024-07') - 1_000);
  const target = { centre: 'c', default: true, established: { kind: 'gdtx', name: 'c', seat: 'p' } };
  const merger = { sources: ['a'], targets: [target], effectiveOn: '2024-07-01' };
  const known = told.centres('CentresReorganised', merger, endOfMonth('2024-08') - 1_000).registry();

  const ledgers = ['a', 'b', 'c', 'd'].map((unit) => new LedgerOf('programmes', unit));
  const [a, b, c, d] = ledgers as [LedgerOf, LedgerOf, LedgerOf, LedgerOf];
  const taken = new ToldModel();
  const { model } = taken;
  const take = (ledger: LedgerOf) => taken.take(ledger);
  const kept = new KeptReady({
    ...{ model, registry: () => known, seqs: () => new Map(), today: () => TODAY },
    onCrash: (error) => {
      throw error;
    },
  });
  const say = (ledger: LedgerOf, month: string, total: number, when: string) => {
    present(ledger, month, total, recorded(when));
    take(ledger);
  };
  /** At the end of September, as known by the end of a month. */
  const asKnown = (by: string, unit: string) => {
    const asked = { indicator: 'learners-present', on: '2024-09-30', map: 'today', known: by, unit };
    const query = figureQuery(figureParameters.parse(asked), known, TODAY);
    const ready = evaluate(query, { model, registry: known, ready: kept.current().prepared }).all;
    expect(ready).toEqual(evaluate(query, { model, registry: known }).all);
    return ready.value;
  };
  const allKnown = (unit: string) => ['2024-05', '2024-06', '2024-07', '2024-08'].map((by) => asKnown(by, unit));
  try {
    await kept.start();
    say(a, '2024-05', 10, '2024-05');
    say(b, '2024-05', 5, '2024-06');
    expect(allKnown('vn')).toEqual([10, 15, 15, 15]);
    // A month before the one reported last, said late: what held in between was known otherwise.
    say(b, '2024-04', 7, '2024-07');
    say(b, '2024-06', 6, '2024-08');
    b.withdraw(1, recorded('2024-08'));
    take(b);
    expect(allKnown('vn')).toEqual([10, 15, 15, 16]);
    // What c says of itself ends what it carried of a, once it is known that it does.
    say(c, '2024-08', 3, '2024-07');
    expect(allKnown('vn')).toEqual([10, 15, 18, 9]);
    expect(allKnown('p')).toEqual([10, 15, 18, 9]);
    // Recorded by then, heard of late.
    say(a, '2024-06', 11, '2024-05');
    expect(allKnown('vn')).toEqual([11, 16, 19, 9]);
    say(d, '2024-05', 100, '2024-05');
    expect(allKnown('vn')).toEqual([11, 16, 119, 109]);
  } finally {
    kept.stop();
  }
});
