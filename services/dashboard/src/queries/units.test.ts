import { expect, test } from '@jest/globals';
import { Told } from '../../../../libs/territory/test/facts.js';
import { listUnits, unitOn } from './units.js';

test('a page goes on behind its last unit, also when that one has ended since', () => {
  const told = new Told();
  told.provinces('UnitEstablished', { unit: 'vn', kind: 'country', parent: '', name: 'vn', effectiveOn: '1990-01-01' });
  for (const unit of ['a', 'b', 'c', 'd'])
    told.provinces('UnitEstablished', { unit, kind: 'province', parent: 'vn', name: unit, effectiveOn: '1990-01-01' });
  const page = (after?: string) => {
    const { units, next } = listUnits(told.registry(), { kind: 'province', after, limit: 2, today: '2026-01-15' });
    return [(units as { id: string }[]).map(({ id }) => id), next];
  };
  expect(page()).toEqual([['a', 'b'], 'b']);
  told.provinces('UnitAbolished', { unit: 'b', effectiveOn: '2026-01-10' });
  expect(page('b')).toEqual([['c', 'd'], null]);
});

test('each is listed with the places that it lay in, the nearest first', () => {
  const told = new Told();
  const say = (unit: string, kind: string, parent: string) =>
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '1990-01-01' });
  say('vn', 'country', '');
  say('p', 'province', 'vn');
  say('c', 'commune', 'p');
  const { units } = listUnits(told.registry(), { kind: 'commune', limit: 2, today: '2026-01-15' });
  expect(units).toMatchObject([
    {
      id: 'c',
      within: [
        { id: 'p', kind: 'province' },
        { id: 'vn', kind: 'country' },
      ],
    },
  ]);
});

test('a unit whose seat has ended lies in what the seat’s land is part of, on a day after that', () => {
  const told = new Told();
  const say = (unit: string, kind: string, parent: string) =>
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '1990-01-01' });
  say('vn', 'country', '');
  say('p', 'province', 'vn');
  say('d', 'district', 'p');
  say('c', 'commune', 'd');
  told.centres('CentreEstablished', { centre: 'z', kind: 'gdtx', name: 'z', seat: 'd', establishedOn: '2000' });
  told.provinces('UnitsReorganised', {
    effectiveOn: '2025-07-01',
    parts: [
      { from: 'p', to: 'q', extent: 'whole' },
      { from: 'c', to: 'e', extent: 'whole' },
      { from: 'd', to: 'e', extent: 'part' },
      { from: 'd', to: 'f', extent: 'part' },
    ],
    established: [
      { unit: 'q', kind: 'province', parent: 'vn', name: 'q' },
      { unit: 'e', kind: 'commune', parent: 'q', name: 'e' },
      { unit: 'f', kind: 'commune', parent: 'q', name: 'f' },
    ],
  });
  const within = (on: string) => {
    const { within } = unitOn(told.registry(), 'z', on) as { within: { id: string }[] };
    return within.map(({ id }) => id);
  };
  expect(within('2025-06-30')).toEqual(['d', 'p', 'vn']);
  expect(within('2025-07-01')).toEqual(['q', 'vn']);
});
