import { describe, expect, test } from '@jest/globals';
import { folded, Told } from '../test/facts.js';

const begun = (centre: string, more: object = {}) => ({ centre, seat: 'province-14', establishedOn: '2020', ...more });

describe('a simulated unit', () => {
  test('is so because its beginning says it; a real one bears no mark', () => {
    const registry = new Told()
      .centres('CentreEstablished', begun('a', { simulated: true }))
      .centres('CentreEstablished', begun('b'))
      .add('community-learning', 'CommunityCentreEstablished', { ...begun('t'), commune: 'c', simulated: true })
      .centres('CentresReorganised', {
        sources: ['a'],
        targets: [{ centre: 'c', established: { kind: 'gdtx', seat: 'province-14', simulated: true } }],
        effectiveOn: '2024-01-01',
      })
      .registry();
    expect(['a', 'b', 'c', 't'].map((id) => registry.unit(id)!.simulated)).toEqual([true, undefined, true, true]);
    expect(['a', 'b', 'x'].map((id) => registry.wasSimulated(id))).toEqual([true, false, undefined]);
  });

  test('stays so when its beginning is withdrawn and said anew, and so does a real one', () => {
    const withdrawn = (seq: number) => ({ unit: 'vn', seq, withdrawn: undefined });
    const told = new Told()
      .centres('CentreEstablished', begun('a', { simulated: true }), 1)
      .centres('CentreEstablished', begun('b'), 1)
      .centres('EntryWithdrawn', withdrawn(1), 2)
      .centres('EntryWithdrawn', withdrawn(2), 2);
    const without = told.registry();
    expect([without.has('a'), without.wasSimulated('a'), without.wasSimulated('b')]).toEqual([false, true, false]);
    const anew = folded([
      ...told.facts,
      ...new Told()
        .centres('CentreEstablished', begun('a'))
        .centres('CentreEstablished', begun('b', { simulated: true }))
        .facts.map((fact, index) => ({ ...fact, seq: 5 + index, recordedAt: 3 })),
    ]);
    expect([anew.unit('a')!.simulated, anew.unit('b')!.simulated]).toEqual([true, undefined]);
    expect(anew.knownAt(1).unit('a')!.simulated).toBe(true);
  });
});
