import { expect, test } from '@jest/globals';
import { Told } from '../../../../libs/territory/test/facts.js';
import { LedgerOf } from '../../test/ledger-of.js';
import { ToldModel } from '../../test/told-model.js';
import { evaluate } from './evaluate.js';
import { figureParameters, figureQuery } from './figure-query.js';

test('a share is estimated where its base is', () => {
  const told = new Told();
  for (const [unit, kind, parent] of [
    ['vn', 'country', ''],
    ['a', 'province', 'vn'],
    ['b', 'province', 'vn'],
    ['c', 'province', 'vn'],
  ] as const)
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '1990-01-01' });
  for (const [centre, seat] of [
    ['x', 'a'],
    ['y', 'b'],
  ] as const)
    told.centres('CentreEstablished', { centre, kind: 'gdtx', name: centre, seat, establishedOn: '2000-01-01' });
  told.provinces('UnitsReorganised', {
    effectiveOn: '2025-07-01',
    parts: [
      { from: 'a', to: 'b', extent: 'part', default: true },
      { from: 'a', to: 'c', extent: 'part' },
    ],
  });
  const registry = told.registry();
  const [x, y] = [new LedgerOf('programmes', 'x'), new LedgerOf('programmes', 'y')];
  const enrolled = (total: number) => ({ measure: 'learners-enrolled', people: { total } });
  x.tell('TotalsReported', { month: '2024-09', type: 'literacy', measures: [enrolled(100)] });
  const left = { measure: 'learners-left', people: { total: 5 } };
  y.tell('TotalsReported', { month: '2024-09', type: 'literacy', measures: [enrolled(50), left] });
  const query = figureQuery(
    figureParameters.parse({ indicator: 'dropout-rate', by: 'province' }),
    registry,
    '2026-01-15',
  );
  const { rows } = evaluate(query, { model: new ToldModel(x, y).model, registry });
  expect(rows.map(({ keys, denominator, estimated }) => [keys[0]!.key, denominator, estimated])).toEqual([
    ['b', 150, 100],
  ]);
});
