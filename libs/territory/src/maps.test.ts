import { describe, expect, test } from '@jest/globals';
import { enrolled, tellBacThai } from '../test/bac-thai.js';
import { Told } from '../test/facts.js';
import { monthIndexOf } from './days.js';
import type { MapName } from './maps.js';
import { isEstimated, mapOf, placeOf, placeThen, rowOf } from './maps.js';
import type { Registry } from './registry.js';
import type { Level, Placement } from './resolve.js';

/** Sums by row, as a figure would show them; undivided and unplaced rows say so. */
function sums(registry: Registry, map: MapName, level: Level, facts = enrolled): Record<string, number> {
  const units = mapOf(registry, { map, level });
  const rows: Record<string, number> = {};
  for (const [unit, month, value] of facts) {
    const cell = units.cell(unit, monthIndexOf(month));
    const row = units.rows[rowOf(cell)]!;
    const key = row.kind === 'placed' ? row.key : `${row.kind} ${row.key}`;
    rows[key] = (rows[key] ?? 0) + value;
  }
  return rows;
}

const placed = (unit: string, estimated = false, state: 'alive' | 'ended' | 'not-yet' = 'alive'): Placement => ({
  kind: 'placed',
  unit,
  estimated,
  state,
});

describe('the worked example', () => {
  const registry = tellBacThai(new Told()).registry();

  test('by then: each month where its unit lay', () => {
    expect(sums(registry, 'then', 'province')).toEqual({
      'bac-thai': 150,
      'thai-nguyen': 200,
      'bac-kan': 60,
      'thai-nguyen-2025': 370,
    });
  });

  test('by today: all in the province that there is', () => {
    expect(sums(registry, '2026-11-22', 'province')).toEqual({ 'thai-nguyen-2025': 780 });
  });

  test('by a day between: backwards and forwards', () => {
    expect(sums(registry, '2010-01-01', 'province')).toEqual({ 'thai-nguyen': 600, 'bac-kan': 180 });
  });

  test('by a day before: all in the province that there was', () => {
    expect(sums(registry, '1990-01-01', 'province')).toEqual({ 'bac-thai': 780 });
  });

  test('a seat known only by the province of 2025 can’t be divided on a day before', () => {
    expect(placeOf(registry, 'c', '2010-01-01', 'province')).toEqual({
      kind: 'undivided',
      candidates: ['bac-kan', 'thai-nguyen'],
    });
    const facts: [string, string, number][] = [...enrolled, ['c', '2025-09', 1]];
    expect(sums(registry, '2010-01-01', 'province', facts)).toEqual({
      'thai-nguyen': 600,
      'bac-kan': 180,
      'undivided thai-nguyen-2025': 1,
    });
    expect(placeOf(registry, 'c', '1990-01-01', 'province')).toEqual(placed('bac-thai'));
    expect(placeOf(registry, 'c', '2010-01-01', 'country')).toEqual(placed('vn'));
  });

  test('turns on the day of each change', () => {
    const on = (day: string) => placeOf(registry, 'a', day, 'province');
    expect([on('1996-12-31'), on('1997-01-01')]).toEqual([placed('bac-thai'), placed('thai-nguyen')]);
    expect([on('2025-06-30'), on('2025-07-01')]).toEqual([placed('thai-nguyen'), placed('thai-nguyen-2025')]);
    expect(placeThen(registry, 'a', '1996-12', 'province')).toEqual(placed('bac-thai'));
    expect(placeThen(registry, 'a', '1997-01', 'province')).toEqual(placed('thai-nguyen'));
  });

  test('has districts until the reform, and the wards they became since', () => {
    expect(sums(registry, '2025-06-30', 'district')).toEqual({ 'd-tn': 600, 'd-bk': 180 });
    expect(sums(registry, '2025-07-01', 'district')).toEqual({ 'none none': 780 });
    expect(sums(registry, 'then', 'district')).toEqual({ 'd-tn': 300, 'd-bk': 110, 'none none': 370 });
    expect(sums(registry, '2025-07-01', 'commune')).toEqual({ 'w-tn': 600, 'w-bk': 180 });
  });
});

/** Two provinces that become one; a city of three wards; a commune divided with a default, and one without. */
const city = () => {
  const told = new Told();
  for (const [unit, kind, parent] of [
    ['vn', 'country', ''],
    ['p1', 'province', 'vn'],
    ['p2', 'province', 'vn'],
    ['city', 'district', 'p1'],
    ['rural', 'district', 'p2'],
    ['island', 'district', 'p2'],
    ['c1', 'commune', 'city'],
    ['c2', 'commune', 'city'],
    ['c3', 'commune', 'rural'],
    ['c4', 'commune', 'rural'],
    ['gone', 'commune', 'rural'],
  ]) {
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: { notAfter: '2024-01-01' } });
  }
  return told
    .provinces('UnitAbolished', { unit: 'gone', effectiveOn: '2015-01-01' })
    .provinces('UnitsReorganised', {
      effectiveOn: '2025-07-01',
      established: [
        { unit: 'p', kind: 'province', parent: 'vn' },
        { unit: 'w1', kind: 'commune', parent: 'p' },
        { unit: 'w2', kind: 'commune', parent: 'p' },
        { unit: 'w3', kind: 'commune', parent: 'p' },
        { unit: 'w-island', kind: 'commune', parent: 'p' },
      ],
      parts: [
        { from: 'p1', to: 'p' },
        { from: 'p2', to: 'p' },
        { from: 'c1', to: 'w1' },
        { from: 'c2', to: 'w1', extent: 'part', default: true },
        { from: 'c2', to: 'w2', extent: 'part' },
        { from: 'c3', to: 'w2', extent: 'part' },
        { from: 'c3', to: 'w3', extent: 'part' },
        { from: 'city', to: 'w1', extent: 'part' },
        { from: 'city', to: 'w2', extent: 'part' },
        { from: 'rural', to: 'w2', extent: 'part' },
        { from: 'rural', to: 'w3', extent: 'part' },
        { from: 'island', to: 'w-island' },
      ],
      moved: [{ unit: 'c4', parent: 'p' }],
    })
    .centres('CentreEstablished', { centre: 'of-city', seat: 'city', knownSince: '2020-01-01' })
    .centres('CentreEstablished', { centre: 'of-province', seat: 'p1', knownSince: '2020-01-01' })
    .centres('CentreEstablished', { centre: 'of-country', seat: 'vn', knownSince: '2020-01-01' })
    .centres('CentreEstablished', { centre: 'lost', seat: 'unheard-of', knownSince: '2020-01-01' })
    .centres('CentreEstablished', { centre: 'of-w2', seat: 'w2', knownSince: '2026-01-01' })
    .centres('CentreEstablished', { centre: 'of-w-island', seat: 'w-island', knownSince: '2026-01-01' })
    .centres('CentreEstablished', { centre: 'of-gone', seat: 'gone', knownSince: '2010-01-01' })
    .community('CommunityCentreEstablished', { centre: 't2', commune: 'c2', knownSince: '2022-04-02' })
    .community('CommunityCentreEstablished', { centre: 't3', commune: 'c3', knownSince: '2022-04-02' });
};

describe('a seat', () => {
  const registry = city().registry();
  const place = (unit: string, day: string, level: Level) => placeOf(registry, unit, day, level);

  test('in a divided commune is placed by the declared default, and that is an estimate', () => {
    expect(place('t2', '2025-06-30', 'commune')).toEqual(placed('c2'));
    expect(place('t2', '2025-07-01', 'commune')).toEqual(placed('w1', true));
  });

  test('in a divided commune is placed above it for certain', () => {
    expect(place('t2', '2025-07-01', 'province')).toEqual(placed('p'));
    expect(place('t3', '2025-07-01', 'province')).toEqual(placed('p'));
  });

  test('in a commune divided without a default stays undivided', () => {
    expect(place('t3', '2025-07-01', 'commune')).toEqual({ kind: 'undivided', candidates: ['w2', 'w3'] });
  });

  test('in a district can’t be divided among the wards that it became', () => {
    expect(place('of-city', '2025-07-01', 'commune')).toEqual({ kind: 'undivided', candidates: ['w1', 'w2'] });
    expect(place('of-city', '2025-06-30', 'commune')).toEqual({ kind: 'undivided', candidates: ['city'] });
    expect(place('of-city', '2025-07-01', 'district')).toEqual({ kind: 'none' });
    expect(place('of-city', '2025-07-01', 'province')).toEqual(placed('p'));
  });

  test('above the level asked for is undivided while the level exists', () => {
    expect(place('of-province', '2025-06-30', 'district')).toEqual({ kind: 'undivided', candidates: ['p1'] });
    expect(place('of-province', '2025-07-01', 'district')).toEqual({ kind: 'none' });
    expect(place('of-province', '2025-07-01', 'commune')).toEqual({ kind: 'undivided', candidates: ['p'] });
    expect(place('of-country', '2025-07-01', 'province')).toEqual({ kind: 'undivided', candidates: ['vn'] });
  });

  test('of today goes back to what it was made of, communes before their district', () => {
    expect(place('of-w2', '2024-05-05', 'commune')).toEqual({ kind: 'undivided', candidates: ['c2', 'c3'] });
    expect(place('of-w2', '2024-05-05', 'province')).toEqual({ kind: 'undivided', candidates: ['p1', 'p2'] });
    expect(place('of-w-island', '2024-05-05', 'district')).toEqual(placed('island'));
    expect(place('of-w-island', '2024-05-05', 'commune')).toEqual({ kind: 'undivided', candidates: ['island'] });
  });

  test('that ended without a successor stands for itself where it last lay', () => {
    expect(place('of-gone', '2026-01-01', 'commune')).toEqual(placed('gone', false, 'ended'));
    expect(place('of-gone', '2026-01-01', 'province')).toEqual(placed('p'));
  });

  test('without news is unplaced, and in the country all the same', () => {
    expect(place('lost', '2025-07-01', 'province')).toEqual({ kind: 'unplaced' });
    expect(place('nobody', '2025-07-01', 'commune')).toEqual({ kind: 'unplaced' });
    expect(place('nobody', '2025-07-01', 'centre')).toEqual({ kind: 'unplaced' });
    expect(place('lost', '2025-07-01', 'country')).toEqual(placed('vn'));
  });

  test('comes to light when its news does', () => {
    const told = city().provinces('UnitEstablished', {
      unit: 'unheard-of',
      kind: 'commune',
      parent: 'p',
      effectiveOn: '2020',
    });
    expect(placeOf(told.registry(), 'lost', '2025-07-01', 'province')).toEqual(placed('p'));
  });

  test('that is itself the unit asked about', () => {
    expect(place('c2', '2025-07-01', 'commune')).toEqual(placed('w1', true));
    expect(place('c4', '2025-07-01', 'commune')).toEqual(placed('c4'));
    expect(place('c4', '2024-01-01', 'district')).toEqual(placed('rural'));
    expect(place('city', '2024-01-01', 'province')).toEqual(placed('p1'));
  });
});

describe('by centre', () => {
  const fresh = { kind: 'gdtx', name: 'N', seat: 's' };
  const registry = new Told()
    .centres('CentreEstablished', { centre: 'a', seat: 's', establishedOn: '2000-01-01' })
    .centres('CentreEstablished', { centre: 'b', seat: 's', establishedOn: '2000-01-01' })
    .centres('CentresReorganised', {
      sources: ['a', 'b'],
      targets: [{ centre: 'c', established: fresh }],
      effectiveOn: '2018-09-25',
    })
    .centres('CentresReorganised', {
      sources: ['c'],
      targets: [
        { centre: 'd', default: true, established: fresh },
        { centre: 'e', established: fresh },
      ],
      effectiveOn: '2022-01-01',
    })
    .centres('CentreEstablished', { centre: 'z', seat: 's', establishedOn: '2010-01-01' })
    .centres('CentreDissolved', { centre: 'z', effectiveOn: '2012-03-15' })
    .registry();
  const place = (unit: string, day: string) => placeOf(registry, unit, day, 'centre');
  const then = (unit: string, month: string) => placeThen(registry, unit, month, 'centre');

  test('by a day: the unit that it was or became', () => {
    expect(place('a', '2018-09-24')).toEqual(placed('a'));
    expect(place('a', '2018-09-25')).toEqual(placed('c'));
    expect(place('b', '2022-01-01')).toEqual(placed('d', true));
    expect(place('c', '2018-09-24')).toEqual({ kind: 'undivided', candidates: ['a', 'b'] });
    expect(place('e', '2020-01-01')).toEqual(placed('c'));
    expect(place('e', '2010-01-01')).toEqual({ kind: 'undivided', candidates: ['a', 'b'] });
  });

  test('by a day: one without predecessor or successor stands for itself', () => {
    expect(place('z', '2009-12-31')).toEqual(placed('z', false, 'not-yet'));
    expect(place('z', '2012-03-15')).toEqual(placed('z', false, 'ended'));
  });

  test('by then: the unit that recorded it, for its last days and for what was before its life too', () => {
    expect(then('a', '2018-08')).toEqual(placed('a'));
    expect(then('a', '2018-09')).toEqual(placed('a'));
    expect(then('c', '2018-09')).toEqual(placed('c'));
    expect(then('c', '2001-01')).toEqual(placed('c'));
  });

  test('by then: what is said of it after its end counts with its successor', () => {
    expect(then('a', '2018-10')).toEqual(placed('c'));
    expect(then('a', '2023-10')).toEqual(placed('d', true));
    expect(then('z', '2012-03')).toEqual(placed('z'));
    expect(then('z', '2012-04')).toEqual(placed('z', false, 'ended'));
  });
});

describe('a map', () => {
  const registry = city()
    .centres('CentreMoved', { centre: 'of-city', seat: 'c3', effectiveOn: '2023-05-20' })
    .registry();

  test('says by then in runs of months what it says month by month', () => {
    const map = mapOf(registry, { map: 'then', level: 'province' });
    expect(map.runs('of-city').map((run) => [run.from, map.rows[rowOf(run.cell)]!.key])).toEqual([
      [0, 'p1'],
      [monthIndexOf('2023-05'), 'p2'],
      [monthIndexOf('2025-07'), 'p'],
    ]);
    expect(map.cell('of-city', monthIndexOf('2023-04'))).toBe(map.runs('of-city')[0]!.cell);
    expect(map.cell('of-city', monthIndexOf('2030-01'))).toBe(map.runs('of-city')[2]!.cell);
  });

  test('flags the estimate at the cell, not at the row', () => {
    const map = mapOf(registry, { map: '2025-07-01', level: 'commune' });
    const [certain, estimate] = [map.cell('c1', 0), map.cell('t2', 0)];
    expect(rowOf(certain)).toBe(rowOf(estimate));
    expect([isEstimated(certain), isEstimated(estimate)]).toEqual([false, true]);
  });

  test('has one undivided row a seat, and one unplaced row a unit', () => {
    const map = mapOf(registry, { map: '2025-07-01', level: 'commune' });
    const row = (unit: string) => map.rows[rowOf(map.cell(unit, 0))];
    expect(row('of-province')).toEqual({ key: 'p1', kind: 'undivided', state: 'alive', candidates: ['p'] });
    expect(row('of-city')).toEqual({ key: 'c3', kind: 'undivided', state: 'alive', candidates: ['w2', 'w3'] });
    expect(row('t3')).toBe(row('of-city'));
    expect(row('lost')).toEqual({ key: 'lost', kind: 'unplaced', state: 'alive', candidates: [] });
    expect(row('of-gone')).toEqual({ key: 'gone', kind: 'placed', state: 'ended', candidates: [] });
  });

  test('is one of territory for all days between which nothing moves, and one a day by centre', () => {
    const moved = city();
    moved.centres('CentreMoved', { centre: 'of-city', seat: 'p2', effectiveOn: '2021-03-04' });
    const live = moved.registry();
    const on = (map: MapName, level: Level = 'province') => mapOf(live, { map, level });
    const where = (map: MapName) => on(map).rows[rowOf(on(map).cell('of-city', 0))]!.key;
    expect(on('2021-03-04')).toBe(on('2025-06-30'));
    expect(on('2021-03-03')).toBe(on('2020-01-01'));
    // A centre moves, and territory does.
    expect(on('2021-03-03')).not.toBe(on('2021-03-04'));
    expect(on('2025-06-30')).not.toBe(on('2025-07-01'));
    expect(['2021-03-03', '2021-03-04', '2025-06-30'].map(where)).toEqual(['p1', 'p2', 'p2']);
    expect(on('2021-03-04', 'centre')).not.toBe(on('2021-03-05', 'centre'));
  });

  test('is kept until the next fact, and stays as it was', () => {
    const live = city().registry();
    const map = mapOf(live, { map: 'then', level: 'province' });
    expect(mapOf(live, { map: 'then', level: 'province' })).toBe(map);
    const move = new Told().centres('CentreMoved', { centre: 'of-city', seat: 'p2', effectiveOn: '2021-01-01' })
      .facts[0]!;
    live.apply({ ...move, seq: 99 });
    const newer = mapOf(live, { map: 'then', level: 'province' });
    expect(newer).not.toBe(map);
    const key = (each: typeof map) => each.rows[rowOf(each.cell('of-city', monthIndexOf('2022-01')))]!.key;
    expect([key(map), key(newer)]).toEqual(['p1', 'p2']);
  });
});
