import { describe, expect, test } from '@jest/globals';
import { tellBacThai } from '../test/bac-thai.js';
import { Told } from '../test/facts.js';
import { lineageOf } from './lineage.js';

describe('the lineage of a unit', () => {
  const registry = tellBacThai(new Told()).registry();

  test('goes back to what it came from and on to what it became, and to nobody else’s', () => {
    const lineage = lineageOf(registry, 'bac-kan')!;
    expect(lineage.units.map((unit) => unit.id)).toEqual(['bac-thai', 'bac-kan', 'thai-nguyen-2025']);
    expect(lineage.edges.map((edge) => `${edge.from} ${edge.extent} ${edge.to} ${edge.on}`)).toEqual([
      'bac-thai part bac-kan 1997-01-01',
      'bac-kan whole thai-nguyen-2025 2025-07-01',
    ]);
    expect(lineage.changes.map((change) => change.kind)).toEqual(['divided', 'merged']);
  });

  test('is whole from either end', () => {
    const edges = (unit: string) => lineageOf(registry, unit)!.edges.map((edge) => `${edge.from} ${edge.to}`);
    expect(edges('bac-thai').sort()).toEqual(edges('thai-nguyen-2025').sort());
    expect(edges('bac-thai')).toHaveLength(4);
  });

  test('of a unit that nobody knows isn’t', () => {
    expect(lineageOf(registry, 'nobody')).toBeUndefined();
  });

  test('leaves out a successor that there is no news of', () => {
    const told = new Told()
      .centres('CentreEstablished', { centre: 'a', seat: 's', establishedOn: '2000' })
      .centres('CentresReorganised', { sources: ['a'], targets: [{ centre: 'b' }], effectiveOn: '2010-01-01' });
    const lineage = lineageOf(told.registry(), 'a')!;
    expect(lineage.units.map((unit) => unit.id)).toEqual(['a']);
    expect(lineage.edges).toHaveLength(1);
  });
});
