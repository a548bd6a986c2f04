import { describe, expect, test } from '@jest/globals';
import { given, type TestFact } from '@gdtx/testing/given';
import { centre, world } from '../../test/world.js';
import { centreItem } from '../centre-view.js';

/** What is simulated and what is real never come from one another. */

const simulated = (id: string): TestFact => {
  const fact = centre(id);
  return { ...fact, data: { ...(fact.data as object), simulated: true } };
};
const history = [simulated('s1'), simulated('s2'), centre('real')];
const anew = (id: string, more: object = {}) => ({
  centre: id,
  established: { commune: 'commune-10546-2025', name: { vi: id }, ...more },
});
const reorganised = (sources: string[], targets: object[]): TestFact => ({
  name: 'CommunityCentresReorganised',
  data: { sources, targets, effectiveOn: '2025-09-01' },
});

describe('a simulated community centre', () => {
  test('says so on its page, and so does the one that it becomes', () => {
    const then = given(world, history).when(reorganised(['s1', 's2'], [anew('s3', { simulated: true })]));
    then.accepted();
    const items = ['s1', 's3', 'real'].map((id) => centreItem(then.registry.unit(id)!, '2025-10-01'));
    expect(items.map((item) => (item as { simulated?: true }).simulated)).toEqual([true, true, undefined]);
  });

  test.each([
    ['joins no real one', reorganised(['s1', 'real'], [anew('x')]), 'data.sources.1'],
    ['is absorbed by no real one', reorganised(['s1'], [{ centre: 'real' }]), 'data.targets.0.centre'],
    ['absorbs no real one', reorganised(['real'], [{ centre: 's1' }]), 'data.targets.0.centre'],
    ['becomes none that doesn’t say so', reorganised(['s1'], [anew('x')]), 'data.targets.0.established.simulated'],
    [
      'comes from no real one',
      reorganised(['real'], [anew('x', { simulated: true })]),
      'data.targets.0.established.simulated',
    ],
  ])('%s', (_, said, path) => {
    expect(given(world, history).when(said).refused()).toMatchObject({ slug: 'simulated', path });
  });
});
