import { describe, expect, test } from '@jest/globals';
import { given } from '@gdtx/testing/given';
import { established, fact, world } from '../../test/facts.js';
import { centreLine } from './centre-view.js';

/** What is simulated and what is real never come from one another. */

const history = ['s1', 's2'].map((centre) => established(centre, { simulated: true })).concat(established('real'));
const reorganised = (form: string, sources: string[], targets: object[]) =>
  fact('CentresReorganised', { form, sources, targets, effectiveOn: '2019-09-25' });
const anew = (centre: string, more: object = {}) => ({
  centre,
  established: { kind: 'gdtx', name: { vi: centre }, seat: 'province-14', ...more },
});
const refusal = (said: ReturnType<typeof fact>) => given(world, history).when(said).refused();

describe('a simulated centre', () => {
  test('says so on its page, and so does the one that it becomes', () => {
    const said = reorganised('consolidation', ['s1', 's2'], [anew('s3', { simulated: true })]);
    const then = given(world, history).when(said);
    then.accepted();
    const line = (id: string) => centreLine(then.registry.unit(id)!, '2024-01-01').simulated;
    expect(['s1', 's3', 'real'].map(line)).toEqual([true, true, undefined]);
  });

  test.each([
    ['joins no real one', reorganised('consolidation', ['s1', 'real'], [anew('x')]), 'data.sources.1'],
    ['is joined by no real one', reorganised('absorption', ['real'], [{ centre: 's1' }]), 'data.targets.0.centre'],
    ['is absorbed by no real one', reorganised('absorption', ['s1'], [{ centre: 'real' }]), 'data.targets.0.centre'],
    [
      'becomes none that doesn’t say so',
      reorganised('consolidation', ['s1', 's2'], [anew('x')]),
      'data.targets.0.established.simulated',
    ],
    [
      'comes from no real one',
      reorganised('separation', ['real'], [{ centre: 'real' }, anew('x', { simulated: true })]),
      'data.targets.1.established.simulated',
    ],
    [
      'is what no real one is formed from',
      established('x', { formedFrom: [{ unit: 's1' }] }),
      'data.formedFrom.0.unit',
    ],
  ])('%s', (_, said, path) => {
    expect(refusal(said)).toMatchObject({ slug: 'simulated', path });
  });
});
