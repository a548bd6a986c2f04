import { describe, expect, test } from '@jest/globals';
import { given, type TestFact } from '@gdtx/testing/given';
import { withCentre, world } from '../../test/world.js';

const counted = (data: object = {}, source = 'commune-10546'): TestFact => ({
  name: 'LearningModelsCounted',
  source,
  data: {
    year: 2024,
    model: 'family',
    eligible: 4200,
    registered: 3600,
    recognised: 3100,
    countedOn: '2024-11-30',
    ...data,
  },
});

describe('learning models are counted', () => {
  test('by model, in the commune’s ledger', () => {
    const clans = { model: 'clan', eligible: 12, registered: 9, recognised: 9, countedOn: '2025-01' };
    const when = given(world, [counted()]).when(counted(clans));
    expect(when.accepted()).toBe('commune-10546');
    expect(when.state('models:commune-10546/2024')).toEqual({
      family: { eligible: 4200, registered: 3600, recognised: 3100, countedOn: '2024-11-30' },
      clan: { eligible: 12, registered: 9, recognised: 9, countedOn: '2025-01' },
    });
  });

  test('once for each unit, year and model', () => {
    const again = given(world, [counted()]).when(counted({ recognised: 1 }));
    expect(again.refused()).toMatchObject({ slug: 'counted-twice', path: 'data.model' });
    given(world, [counted()])
      .when(counted({ year: 2023, countedOn: '2023' }))
      .accepted();
    given(world, [counted()]).when(counted({}, 'commune-10576')).accepted();
  });

  test('not twice by another level: a province’s or a community centre’s are the same families again', () => {
    for (const source of ['province-30', 'district-290', 'vn', 'tthtcd-1']) {
      const refused = withCentre().when(counted({}, source)).refused();
      expect(refused).toMatchObject({ slug: 'wrong-kind', path: 'source' });
    }
  });

  test.each([
    ['more recognised than registered', { recognised: 3601 }, 'more-than-registered', 'data.recognised'],
    ['more registered than there are', { registered: 4201 }, 'more-than-eligible', 'data.registered'],
    ['a model that isn’t one', { model: 'school' }, 'malformed', 'data.model'],
    ['tomorrow', { year: 2026, countedOn: '2026-01-16' }, 'in-future', 'data.countedOn'],
    ['before the year', { countedOn: '2023-12-31' }, 'year-mismatch', 'data.countedOn'],
    ['two years after', { year: 2022 }, 'year-mismatch', 'data.countedOn'],
    ['when the commune has ended', { countedOn: '2025-07-01' }, 'unit-ended', 'source'],
  ])('not %s', (_, data, slug, path) => {
    expect(given(world).when(counted(data)).refused()).toMatchObject({ slug, path });
  });

  test('by the commune’s officers and the province’s, not by a centre’s', () => {
    const by = (role: 'centre-publisher' | 'commune-officer' | 'province-officer', unit: string) =>
      given({ ...world, caller: { roles: [role], units: [unit] } }).when(counted());
    by('commune-officer', 'commune-10546-2025').accepted();
    by('province-officer', 'province-31-2025').accepted();
    expect(by('centre-publisher', 'commune-10546-2025').refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
    expect(by('commune-officer', 'commune-young').refused()).toMatchObject({ slug: 'not-allowed', path: 'source' });
  });
});
