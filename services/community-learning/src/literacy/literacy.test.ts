import { describe, expect, test } from '@jest/globals';
import { given, type TestFact } from '@gdtx/testing/given';
import { withCentre, world } from '../../test/world.js';

const counted = (data: object = {}, source = 'commune-10546'): TestFact => ({
  name: 'LiteracyCounted',
  source,
  data: { year: 2024, people: 11800, level1: 11750, level2: 11560, ...data },
});

describe('literacy is counted', () => {
  test('in the commune’s ledger, by year', () => {
    const when = given(world, [counted()]).when(counted({ year: 2025 }));
    expect(when.accepted()).toBe('commune-10546');
    expect(when.state('literacy:commune-10546/2025')).toEqual({ people: 11800, level1: 11750, level2: 11560 });
  });

  test('once a year by each commune', () => {
    const again = given(world, [counted()]).when(counted({ level2: 1 }));
    expect(again.refused()).toMatchObject({ slug: 'counted-twice', path: 'data.year' });
  });

  test('not again by a province or a community centre', () => {
    for (const source of ['province-30', 'district-290', 'tthtcd-1']) {
      const refused = withCentre().when(counted({}, source)).refused();
      expect(refused).toMatchObject({ slug: 'wrong-kind', path: 'source' });
    }
  });

  test('of a year in which the commune lived', () => {
    given(world)
      .when(counted({ year: 2025 }))
      .accepted();
    given(world)
      .when(counted({ year: 2025 }, 'commune-10546-2025'))
      .accepted();
    const late = given({ ...world, today: '2027-01-15' }).when(counted({ year: 2026 }));
    expect(late.refused()).toMatchObject({ slug: 'unit-ended', path: 'source' });
    const early = given(world).when(counted({}, 'commune-10546-2025'));
    expect(early.refused()).toMatchObject({ slug: 'unit-not-yet', path: 'source' });
  });

  test.each([
    ['more at level 2 than at level 1', { level2: 11751 }, 'more-than-level1', 'data.level2'],
    ['more literate than there are', { level1: 11801 }, 'more-than-people', 'data.level1'],
    ['for a year to come', { year: 2027 }, 'in-future', 'data.year'],
    ['for no year', { year: 24 }, 'malformed', 'data.year'],
  ])('not %s', (_, data, slug, path) => {
    expect(given(world).when(counted(data)).refused()).toMatchObject({ slug, path });
  });

  test('not by who isn’t known', () => {
    expect(given(world).when(counted({}, 'commune-0')).refused()).toMatchObject({ slug: 'unit-unknown' });
  });
});
