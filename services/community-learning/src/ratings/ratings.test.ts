import { describe, expect, test } from '@jest/globals';
import { given, type TestFact } from '@gdtx/testing/given';
import { withCentre, world } from '../../test/world.js';
import type { CommunityCentrePage } from '../page.js';

const CITY = { body: 'UBND thành phố Chí Linh', of: 'district-290' };

const commune = (data: object = {}, source = 'province-31-2025'): TestFact => ({
  name: 'CommuneRated',
  source,
  data: { commune: 'commune-10546', year: 2024, rating: 'good', ratedBy: CITY, ratedOn: '2025-01-20', ...data },
});
const centre = (data: object = {}, source = 'commune-10546-2025'): TestFact => ({
  name: 'CommunityCentreRated',
  source,
  data: { centre: 'tthtcd-1', year: 2024, rating: 'weak', ratedBy: CITY, ratedOn: '2025-01-15', ...data },
});

describe('a commune is rated', () => {
  test('in its ledger, by year', () => {
    const legalBasis = [{ number: '112/QĐ-UBND', issuedOn: '2025-01-20' }];
    const when = given(world, [commune({ year: 2023, ratedOn: undefined })]).when(commune({ legalBasis }));
    expect(when.accepted()).toBe('commune-10546');
    expect(when.state('commune:commune-10546')).toEqual({
      ratings: {
        2023: { rating: 'good', ratedBy: CITY },
        2024: { rating: 'good', ratedBy: CITY, ratedOn: '2025-01-20', legalBasis },
      },
    });
  });

  test('by an authority of its territory, then or in the rated year', () => {
    const province = { body: 'UBND tỉnh', of: 'province-30' };
    given(world)
      .when(commune({ ratedBy: province, ratedOn: undefined }))
      .accepted();
    const successor = { body: 'UBND thành phố Hải Phòng', of: 'province-31-2025' };
    given(world)
      .when(commune({ ratedBy: successor, ratedOn: '2025-08-01' }))
      .accepted();
    const ministry = { body: 'Bộ GDĐT', of: 'vn' };
    given(world)
      .when(commune({ ratedBy: ministry }))
      .accepted();
  });

  test.each([
    ['a second time for a year', {}, 'exists-already', 'data.year'],
    [
      'by itself',
      { year: 2023, ratedBy: { body: 'UBND', of: 'commune-10546' } },
      'not-the-authority',
      'data.ratedBy.of',
    ],
    [
      'by another province',
      { year: 2023, ratedBy: { body: 'Sở', of: 'province-14' } },
      'not-the-authority',
      'data.ratedBy.of',
    ],
    [
      'by an office of nobody known',
      { year: 2023, ratedBy: { body: 'Sở', of: 'nobody' } },
      'unit-unknown',
      'data.ratedBy.of',
    ],
    ['when it is a district', { commune: 'district-290' }, 'wrong-kind', 'data.commune'],
    ['when nobody knows it', { commune: 'commune-0' }, 'unit-unknown', 'data.commune'],
    ['for a year to come', { year: 2027, ratedOn: undefined }, 'in-future', 'data.year'],
    ['for a year after its end', { year: 2026, ratedOn: undefined }, 'unit-ended', 'data.commune'],
    ['tomorrow', { year: 2023, ratedOn: '2026-01-16' }, 'in-future', 'data.ratedOn'],
    ['before the year began', { year: 2025, ratedOn: '2024-12-31' }, 'year-mismatch', 'data.ratedOn'],
    ['as weak', { rating: 'weak' }, 'malformed', 'data.rating'],
  ])('not %s', (_, data, slug, path) => {
    expect(given(world, [commune()]).when(commune(data)).refused()).toMatchObject({ slug, path });
  });

  test('not in its own name, nor by its own officers', () => {
    const own = given(world).when(commune({}, 'commune-10546'));
    expect(own.refused()).toMatchObject({ slug: 'not-the-authority', path: 'source' });
    const by = (role: 'commune-officer' | 'province-officer', unit: string) =>
      given({ ...world, caller: { roles: [role], units: [unit] } })
        .when(commune({}, unit))
        .refused();
    expect(by('commune-officer', 'commune-10546-2025')).toMatchObject({ slug: 'not-allowed', path: 'type' });
    expect(by('province-officer', 'province-14')).toMatchObject({ slug: 'not-allowed', path: 'data.commune' });
  });
});

describe('a community centre is rated', () => {
  test('in its ledger, and its page shows it by year', () => {
    const when = withCentre([centre({ year: 2023 })]).when(centre());
    expect(when.accepted()).toBe('tthtcd-1');
    expect(when.state<CommunityCentrePage>('community-centre:tthtcd-1')!.ratings).toEqual({
      2023: { rating: 'weak', ratedBy: CITY, ratedOn: '2025-01-15' },
      2024: { rating: 'weak', ratedBy: CITY, ratedOn: '2025-01-15' },
    });
  });

  test.each([
    ['a second time for a year', {}, 'exists-already', 'data.year'],
    ['by itself', { year: 2023, ratedBy: { body: 'Ban', of: 'tthtcd-1' } }, 'not-the-authority', 'data.ratedBy.of'],
    ['when it is no community centre', { centre: 'gdnn-gdtx-chi-linh' }, 'wrong-kind', 'data.centre'],
    ['for a year before it was', { year: 2021, ratedOn: undefined }, 'unit-not-yet', 'data.centre'],
  ])('not %s', (_, data, slug, path) => {
    expect(withCentre([centre()]).when(centre(data)).refused()).toMatchObject({ slug, path });
  });

  test('by its commune’s officers, in its own name by nobody, by its own people never', () => {
    const by = (role: 'centre-publisher' | 'commune-officer', unit: string, source = unit) =>
      withCentre([], { roles: [role], units: [unit] }).when(centre({}, source));
    by('commune-officer', 'commune-10546-2025').accepted();
    const own = by('commune-officer', 'commune-10546-2025', 'tthtcd-1').refused();
    expect(own).toMatchObject({ slug: 'not-the-authority', path: 'source' });
    expect(by('centre-publisher', 'tthtcd-1').refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
    const others = by('commune-officer', 'commune-young').refused();
    expect(others).toMatchObject({ slug: 'not-allowed', path: 'data.centre' });
  });
});
