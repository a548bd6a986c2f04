import { describe, expect, test } from '@jest/globals';
import { tellBacThai } from '../test/bac-thai.js';
import { Told } from '../test/facts.js';
import { lineageOf } from './lineage.js';
import type { Registry } from './registry.js';

const ids = (registry: Registry, ...units: string[]) => lineageOf(registry, units).units.map(({ record }) => record.id);
const forms = (registry: Registry, unit: string) =>
  lineageOf(registry, [unit]).edges.map((edge) => `${edge.from} ${edge.form} ${edge.to}`);

describe('the lineage of a unit', () => {
  const registry = tellBacThai(new Told()).registry();

  test('goes back to what it came from and on to what it became, and to nobody else’s', () => {
    const lineage = lineageOf(registry, ['bac-kan']);
    expect(lineage.units.map(({ record, steps }) => [record.id, steps])).toEqual([
      ['bac-thai', -1],
      ['bac-kan', 0],
      ['thai-nguyen-2025', 1],
    ]);
    expect(lineage.edges.map((edge) => `${edge.from} ${edge.extent} ${edge.to} ${edge.on}`)).toEqual([
      'bac-thai part bac-kan 1997-01-01',
      'bac-kan whole thai-nguyen-2025 2025-07-01',
    ]);
    expect(lineage.cut).toBe(false);
  });

  test('is whole from either end', () => {
    const edges = (unit: string) => lineageOf(registry, [unit]).edges.map((edge) => `${edge.from} ${edge.to}`);
    expect(edges('bac-thai').sort()).toEqual(edges('thai-nguyen-2025').sort());
    expect(edges('bac-thai')).toHaveLength(4);
  });

  test('of several is that of each, every unit once', () => {
    expect(ids(registry, 'bac-kan', 'thai-nguyen')).toEqual(ids(registry, 'bac-thai'));
  });

  test('of a unit that nobody knows is empty', () => {
    expect(lineageOf(registry, ['nobody'])).toEqual({ units: [], edges: [], cut: false });
  });

  test('names a successor that there is no news of', () => {
    const told = new Told()
      .centres('CentreEstablished', { centre: 'a', seat: 's', establishedOn: '2000' })
      .centres('CentresReorganised', { sources: ['a'], targets: [{ centre: 'b' }], effectiveOn: '2010-01-01' });
    const lineage = lineageOf(told.registry(), ['a']);
    expect(lineage.units.map(({ record }) => record.id)).toEqual(['a']);
    expect(lineage.edges).toMatchObject([
      { from: 'a', to: 'b', form: undefined, entry: { service: 'centres', seq: 2 } },
    ]);
  });
});

const centre = (id: string) => ({ centre: id, kind: 'gdtx', name: id, seat: 's', establishedOn: '2000' });
const begun = (id: string) => ({ centre: id, established: { kind: 'gdtx', name: id, seat: 's' } });
const centres = (...all: string[]) =>
  all.reduce((told, id) => told.centres('CentreEstablished', centre(id)), new Told());
const number = (text: string) => [{ number: text, issuedOn: '2010-01-01', issuer: 'UBND' }];

describe('an edge', () => {
  test.each([
    ['consolidation', ['a', 'b'], [begun('c')], ['a consolidation c', 'b consolidation c']],
    ['absorption', ['a'], [{ centre: 'b' }], ['a absorption b']],
    ['division', ['a'], [begun('c'), begun('d')], ['a division c', 'a division d']],
    ['separation', ['a'], [{ centre: 'a' }, begun('c')], ['a separation c']],
    ['replacement', ['a'], [begun('c')], ['a replacement c']],
    [
      'rearrangement',
      ['a', 'b'],
      [begun('c'), begun('d')],
      ['a rearrangement c', 'a rearrangement d', 'b rearrangement c', 'b rearrangement d'],
    ],
  ])('says its form: %s', (_, sources, targets, expected) => {
    const told = centres('a', 'b').centres('CentresReorganised', { sources, targets, effectiveOn: '2010-01-01' });
    const all = new Set(['a', 'b'].flatMap((unit) => forms(told.registry(), unit)));
    expect([...all].sort()).toEqual(expected);
  });

  test('of a part that changed hands between two that live on is a transfer', () => {
    const told = centres('a', 'b').centres('CentresReorganised', {
      sources: ['a'],
      targets: [{ centre: 'a' }, { centre: 'b' }],
      effectiveOn: '2010-01-01',
    });
    expect(forms(told.registry(), 'b')).toEqual(['a transfer b']);
  });

  test('of a district to the wards that its communes became says that its level ended', () => {
    const registry = tellBacThai(new Told()).registry();
    expect(forms(registry, 'd-tn')).toEqual(['d-tn level-ended w-tn']);
  });

  test('says its date as given, its decision and its entry, also where two decisions are of one day', () => {
    const told = centres('a', 'b', 'c')
      .centres('CentresReorganised', {
        ...{ sources: ['a'], targets: [{ centre: 'c' }], effectiveOn: '2010-06' },
        legalBasis: number('1/QĐ'),
      })
      .centres('CentresReorganised', {
        ...{ sources: ['b'], targets: [{ centre: 'c' }], effectiveOn: '2010-06-01' },
        legalBasis: number('2/QĐ'),
      });
    const edges = lineageOf(told.registry(), ['c']).edges;
    expect(
      edges.map(({ from, given, legalBasis, entry }) => [from, given!.on, legalBasis[0]!.number, entry!.seq]),
    ).toEqual([
      ['a', '2010-06', '1/QĐ', 4],
      ['b', '2010-06-01', '2/QĐ', 5],
    ]);
  });
});

describe('a lineage is bounded', () => {
  const generations = 12;
  const chain = Array.from({ length: generations }, (_, i) => i).reduce(
    (told, i) =>
      told.centres('CentresReorganised', {
        sources: [`c${i}`],
        targets: [begun(`c${i + 1}`)],
        effectiveOn: `${2001 + i}-01-01`,
      }),
    centres('c0'),
  );

  test('all of it where it fits', () => {
    const lineage = lineageOf(chain.registry(), ['c6']);
    expect([lineage.units.length, lineage.edges.length, lineage.cut]).toEqual([13, 12, false]);
  });

  test('the nearest where it doesn’t, and says so', () => {
    const lineage = lineageOf(chain.registry(), ['c0'], 4);
    expect(lineage.units.map(({ record }) => record.id)).toEqual(['c0', 'c1', 'c2', 'c3']);
    expect(lineage.edges.map(({ to }) => to)).toEqual(['c1', 'c2', 'c3']);
    expect(lineage.cut).toBe(true);
  });

  test('one that bites its own tail ends', () => {
    const told = centres('a', 'b')
      .centres('CentresReorganised', { sources: ['a'], targets: [{ centre: 'b' }], effectiveOn: '2010-01-01' })
      .centres('CentresReorganised', { sources: ['b'], targets: [{ centre: 'a' }], effectiveOn: '2011-01-01' });
    const lineage = lineageOf(told.registry(), ['a']);
    expect(lineage.units.map(({ record, steps }) => [record.id, steps])).toEqual([
      ['a', 0],
      ['b', -1],
    ]);
    expect(lineage.edges).toHaveLength(2);
  });
});
