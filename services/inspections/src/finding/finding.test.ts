import { describe, expect, test } from '@jest/globals';
import { given } from '@gdtx/testing/given';
import { CITY, finding, OFFICE, order, session, visit } from '../../test/told.js';
import { world } from '../../test/world.js';
import type { FindingState, VisitState } from '../states.js';

const visited = [order(), visit()];

describe('a finding is recorded', () => {
  test('in its visit’s ledger, at its visit’s place, and the visit shows it', () => {
    const when = given(world, visited).when(finding({ indicators: ['concurrent-managers', 'manager-changes'] }));
    expect(when.accepted()).toBe('vn');
    expect(when.state('finding:cl-1')).toEqual({
      id: 'cl-1',
      ledger: 'vn',
      visit: 'chi-linh',
      kind: 'limitation',
      text: 'Cán bộ quản lý TTHTCĐ kiêm nhiệm, hay thay đổi.',
      about: [],
      indicators: ['concurrent-managers', 'manager-changes'],
      place: 'district-290',
    });
    expect(when.state<VisitState>('visit:chi-linh')!.findings).toEqual(['cl-1']);
  });

  test('at the one unit that it is about', () => {
    const place = (about: object[]) => {
      const when = given(world, visited).when(finding({ about }));
      when.accepted();
      return when.state<FindingState>('finding:cl-1')!.place;
    };
    expect(place([{ unit: 'tthtcd-sao-do' }])).toBe('tthtcd-sao-do');
    expect(place([{ body: OFFICE }])).toBe('district-290');
    expect(place([{ unit: 'tthtcd-sao-do' }, { unit: 'tthtcd-pha-lai' }])).toBe('district-290');
  });

  test('may bear on an indicator that nobody counts yet', () => {
    given(world, visited)
      .when(finding({ indicators: ['learning-materials'] }))
      .accepted();
  });

  test.each([
    ['of a visit that nobody knows', { visit: 'nowhere' }, 'visit-unknown', 'data.visit'],
    ['about nobody known', { about: [{ unit: 'nobody' }] }, 'unit-unknown', 'data.about.0.unit'],
    ['about one that wasn’t yet', { about: [{ unit: 'tthtcd-chi-linh' }] }, 'unit-not-yet', 'data.about.0.unit'],
    ['of a kind that isn’t one', { kind: 'violation' }, 'malformed', 'data.kind'],
    ['without a text', { text: '' }, 'malformed', 'data.text'],
    ['with a sentence for an indicator', { indicators: ['Số lớp'] }, 'malformed', 'data.indicators.0'],
    ['with an indicator twice', { indicators: ['staff', 'staff'] }, 'malformed', 'data.indicators'],
  ])('not %s', (_, data, slug, path) => {
    expect(given(world, visited).when(finding(data)).refused()).toMatchObject({ slug, path });
  });

  test('once, and by the side that made the visit', () => {
    const again = given(world, [...visited, finding()]).when(finding());
    expect(again.refused()).toMatchObject({ slug: 'exists-already', path: 'data.finding' });
    const other = given(world, visited).when(finding({}, 'province-30'));
    expect(other.refused()).toMatchObject({ slug: 'not-the-authority', path: 'source' });
    // Whom the visit doesn't concern isn't told that it was made, nor what was found.
    const outside = given(world, [...visited, finding()]).when(finding({}, 'province-14'));
    expect(outside.refused()).toMatchObject({ slug: 'visit-unknown', path: 'data.visit' });
  });

  test('also after the side that made the visit has ended, by its successor’s officers', () => {
    const late = finding({ finding: 'dh-1', visit: 'dong-ha' }, 'district-461');
    const by = (units: string[]) =>
      given({ ...world, caller: { roles: ['province-officer'], units } }, [session({ authority: CITY })]).when(late);
    expect(by(['province-44-2025']).accepted()).toBe('district-461');
    expect(by(['province-14']).refused()).toMatchObject({ slug: 'not-allowed', path: 'source' });
  });

  test('about nobody that the sender may not write to', () => {
    const caller = { roles: ['province-officer' as const], units: ['province-44-2025'] };
    const about = [{ unit: 'gdtx-son-la' }];
    const far = finding({ finding: 'dh-1', visit: 'dong-ha', about }, 'district-461');
    const refused = given({ ...world, caller }, [session()])
      .when(far)
      .refused();
    expect(refused).toMatchObject({ slug: 'not-allowed', path: 'data' });
  });
});
