import { describe, expect, test } from '@jest/globals';
import type { Refusal } from '@gdtx/ledger/refusal';
import { given } from '@gdtx/testing/given';
import {
  ask,
  CITY,
  close,
  EVERY,
  MINISTRY,
  OFFICE,
  order,
  progress,
  recommend,
  session,
  visit,
} from '../../test/told.js';
import { world } from '../../test/world.js';
import type { RecommendationState, VisitState } from '../states.js';

const visited = [order(), visit(), session()];
const issued = [...visited, recommend(), ask()];

/** What was said of `cl-0`, had `id` been asked for. */
const toldOf = (id: string, refusal: Refusal): Refusal => ({
  ...refusal,
  message: refusal.message.replaceAll('cl-0', id),
});

describe('a recommendation is issued', () => {
  test('once, in the ledger of the issuing side, however many it addresses', () => {
    const basis = [{ number: '12/KH-UBND', issuedOn: '2024-01-15' }];
    const said = { due: '2022-12-31', indicators: ['manager-changes'], basis, with: [OFFICE] };
    const when = given(world, visited).when(recommend(said));
    expect(when.accepted()).toBe('vn');
    expect(when.state('recommendation:cl-2')).toEqual({
      id: 'cl-2',
      ledger: 'vn',
      visit: 'chi-linh',
      number: 2,
      text: 'Kịp thời kiện toàn cán bộ quản lý TTHTCĐ.',
      addressees: [{ body: OFFICE }, { every: EVERY }],
      issuedOn: '2022-04-02',
      ...said,
      place: 'district-290',
      progress: [],
    });
    expect(when.state<VisitState>('visit:chi-linh')!.recommendations).toEqual({ 2: 'cl-2' });
  });

  test('at the place that it names, at the one unit that it addresses, or where the visit was', () => {
    const place = (data: object) => {
      const when = given(world, visited).when(recommend(data));
      when.accepted();
      return when.state<RecommendationState>('recommendation:cl-2')!.place;
    };
    const one = [{ unit: 'tthtcd-sao-do' }];
    expect(place({ addressees: one, place: 'gdnn-gdtx-chi-linh' })).toBe('gdnn-gdtx-chi-linh');
    expect(place({ addressees: one })).toBe('tthtcd-sao-do');
    expect(place({ addressees: [...one, { unit: 'tthtcd-pha-lai' }] })).toBe('district-290');
    expect(place({ addressees: [{ body: OFFICE }] })).toBe('district-290');
  });

  test('with a due day in the future, and upwards too', () => {
    given(world, visited)
      .when(recommend({ due: '2030-12-31' }))
      .accepted();
    given(world, visited)
      .when(ask({ addressees: [{ body: MINISTRY }, { body: { body: 'Sở GDĐT', of: 'province-45' } }] }))
      .accepted();
  });

  test.each([
    ['of a visit that nobody knows', { visit: 'nowhere' }, 'visit-unknown', 'data.visit'],
    ['before its visit', { issuedOn: '2022-04-01' }, 'before-visit', 'data.issuedOn'],
    ['tomorrow', { issuedOn: '2026-01-16' }, 'in-future', 'data.issuedOn'],
    ['to be done before it was issued', { due: '2022-04-01' }, 'due-before-issue', 'data.due'],
    ['to nobody', { addressees: [] }, 'malformed', 'data.addressees'],
    ['to nobody known', { addressees: [{ unit: 'nobody' }] }, 'unit-unknown', 'data.addressees.0.unit'],
    ['to one that isn’t yet', { addressees: [{ unit: 'tthtcd-chi-linh' }] }, 'unit-not-yet', 'data.addressees.0.unit'],
    ['with an office of nobody known', { with: [{ body: 'Hội', of: 'nobody' }] }, 'unit-unknown', 'data.with.0.of'],
    ['for no place', { place: 'nowhere' }, 'unit-unknown', 'data.place'],
    ['for a place that isn’t yet', { place: 'commune-10546-2025' }, 'unit-not-yet', 'data.place'],
    ['with the number 0', { number: 0 }, 'malformed', 'data.number'],
  ])('not %s', (_, data, slug, path) => {
    expect(given(world, visited).when(recommend(data)).refused()).toMatchObject({ slug, path });
  });

  test('to an office of its own territory or above it, and to no other', () => {
    const far = given(world, visited).when(ask({ addressees: [{ body: { body: 'Sở GDĐT', of: 'province-14' } }] }));
    expect(far.refused()).toMatchObject({ slug: 'not-its-territory', path: 'data.addressees.0.body.of' });
  });

  test('with an id and a number of its own', () => {
    const again = given(world, issued).when(recommend({ number: 3 }));
    expect(again.refused()).toMatchObject({ slug: 'exists-already', path: 'data.recommendation' });
    const taken = given(world, issued).when(recommend({ recommendation: 'cl-3' }));
    expect(taken.refused()).toMatchObject({ slug: 'number-taken', path: 'data.number' });
    given(world, issued)
      .when(recommend({ recommendation: 'cl-3', number: 3 }))
      .accepted();
  });

  test('by the side that made the visit, while it lives', () => {
    const other = given(world, visited).when(recommend({}, 'province-30'));
    expect(other.refused()).toMatchObject({ slug: 'not-the-authority', path: 'source' });
    const by = (visit: string) => given(world, visited).when(recommend({ visit }, 'province-14')).refused();
    expect(by('chi-linh')).toMatchObject({ slug: 'visit-unknown', path: 'data.visit' });
    expect(by('cl-0').message.replace('cl-0', 'chi-linh')).toBe(by('chi-linh').message);
    const late = given(world, visited).when(ask({ issuedOn: '2025-07-01' }));
    expect(late.refused()).toMatchObject({ slug: 'unit-ended', path: 'source' });
  });

  test('by officers of the province only to units that they may write to', () => {
    const caller = { roles: ['province-officer' as const], units: ['province-44-2025'] };
    given({ ...world, caller }, visited)
      .when(ask())
      .accepted();
    for (const far of [
      { addressees: [{ unit: 'gdtx-son-la' }] },
      { addressees: [{ every: { kind: 'centre', in: 'province-14' } }] },
      { place: 'province-14' },
    ]) {
      const refused = given({ ...world, caller }, visited)
        .when(ask(far))
        .refused();
      expect(refused).toMatchObject({ slug: 'not-allowed', path: 'data' });
    }
    const centre = given({ ...world, caller: { roles: ['centre-publisher'] } }, visited).when(ask());
    expect(centre.refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
  });
});

describe('progress is reported', () => {
  test('in the ledger of the recommendation, and stands with it', () => {
    const when = given(world, [...issued, progress({ reportedOn: '2026-01-05' })]).when(progress({ state: 'done' }));
    expect(when.accepted()).toBe('vn');
    expect(when.state<RecommendationState>('recommendation:cl-2')!.progress).toEqual([
      { by: 'commune-10546-2025', reportedOn: '2026-01-05', state: 'in-progress', text: 'Đã kiện toàn.' },
      { by: 'commune-10546-2025', reportedOn: '2026-01-10', state: 'done', text: 'Đã kiện toàn.' },
    ]);
  });

  // Of `cl-2`: to the office of education of Chí Linh, and to every community centre there.
  test.each([
    ['the addressed office’s unit', 'district-290', '2023-01-10'],
    ['a community centre that is covered', 'tthtcd-sao-do', '2023-01-10'],
    ['one that is covered and lives on after the district', 'tthtcd-sao-do', '2026-01-10'],
    ['the successor of one that is covered', 'tthtcd-chi-linh', '2026-01-10'],
    ['a centre in the office’s territory', 'gdnn-gdtx-chi-linh', '2023-01-10'],
    ['the same centre now that the district has ended', 'gdnn-gdtx-chi-linh', '2026-01-10'],
    ['the ward that succeeded', 'commune-10546-2025', '2026-01-10'],
    ['the province that sees to what an ended district left', 'province-31-2025', '2026-01-10'],
  ])('by %s', (_, source, reportedOn) => {
    expect(given(world, issued).when(progress({ reportedOn }, source)).accepted()).toBe('vn');
  });

  test('not by the issuer itself', () => {
    const refused = given(world, issued).when(progress({}, 'vn')).refused();
    expect(refused).toMatchObject({ slug: 'not-an-addressee', path: 'source' });
  });

  test.each([
    ['a community centre elsewhere', 'tthtcd-son-la'],
    ['a centre elsewhere', 'gdtx-son-la'],
    ['another province', 'province-14'],
  ])('not by %s, which isn’t told whether there is one', (_, source) => {
    const by = (recommendation: string) => given(world, issued).when(progress({ recommendation }, source)).refused();
    expect(by('cl-2')).toMatchObject({ slug: 'recommendation-unknown', path: 'data.recommendation' });
    expect(by('cl-2')).toEqual(toldOf('cl-2', by('cl-0')));
  });

  test('not by the province while the district lives', () => {
    const early = progress({ reportedOn: '2023-01-10' }, 'province-30');
    expect(given(world, issued).when(early).refused()).toMatchObject({ slug: 'not-an-addressee' });
  });

  test('of what every unit of a kind is asked for, by no other kind', () => {
    const history = [...visited, recommend({ addressees: [{ every: EVERY }] })];
    const covered = given(world, history).when(progress({}, 'tthtcd-chi-linh'));
    expect(covered.accepted()).toBe('vn');
    const other = given(world, history).when(progress({}, 'gdnn-gdtx-chi-linh'));
    expect(other.refused()).toMatchObject({ slug: 'recommendation-unknown' });
    const centres = [...visited, recommend({ addressees: [{ every: { ...EVERY, kind: 'gdnn-gdtx' } }] })];
    expect(given(world, centres).when(progress({}, 'gdnn-gdtx-chi-linh')).accepted()).toBe('vn');
  });

  test('of what one unit is asked for, by no neighbour', () => {
    const own = progress({ recommendation: 'dh-1', reportedOn: '2024-06-30' }, 'gdnn-gdtx-dong-ha');
    expect(given(world, issued).when(own).accepted()).toBe('district-461');
    const neighbour = progress({ recommendation: 'dh-1', reportedOn: '2024-06-30' }, 'district-461');
    expect(given(world, issued).when(neighbour).refused()).toMatchObject({ slug: 'not-an-addressee' });
  });

  test('of what a ministry is asked for, by the ministry alone', () => {
    const history = [...visited, ask({ addressees: [{ body: MINISTRY }] })];
    const by = (source: string) => given(world, history).when(progress({ recommendation: 'dh-1' }, source));
    expect(by('vn').accepted()).toBe('district-461');
    expect(by('gdtx-son-la').refused()).toMatchObject({ slug: 'recommendation-unknown' });
  });

  test('of what a living office is asked for, by what came into its territory since', () => {
    const office = { body: 'Sở GDĐT', of: 'province-31-2025' };
    const late = visit({ occurredOn: '2025-08-01', units: undefined, place: 'province-31-2025', participants: [] });
    const asked = recommend({ addressees: [{ body: office }], issuedOn: '2025-08-01' });
    expect(given(world, [order(), late, asked]).when(progress({}, 'tthtcd-chi-linh')).accepted()).toBe('vn');
  });

  test.each([
    ['of what nobody knows', { recommendation: 'cl-0' }, 'recommendation-unknown', 'data.recommendation'],
    ['tomorrow', { reportedOn: '2026-01-16' }, 'in-future', 'data.reportedOn'],
    ['in a state that isn’t one', { state: 'closed' }, 'malformed', 'data.state'],
  ])('not %s', (_, data, slug, path) => {
    expect(given(world, issued).when(progress(data)).refused()).toMatchObject({ slug, path });
  });

  test('not before it was issued, nor by who has ended, nor by nobody', () => {
    const by = (data: object, source: string) => given(world, issued).when(progress(data, source)).refused();
    expect(by({ reportedOn: '2022-04-01' }, 'tthtcd-sao-do')).toMatchObject({ slug: 'before-issue' });
    expect(by({}, 'district-290')).toMatchObject({ slug: 'unit-ended', path: 'source' });
    expect(by({}, 'nobody')).toMatchObject({ slug: 'unit-unknown', path: 'source' });
  });

  test('not of a time after it was closed; what was before may come late', () => {
    const history = [...issued, close({ closedOn: '2026-01-11' })];
    const after = given(world, history).when(progress({ reportedOn: '2026-01-12' }));
    expect(after.refused()).toMatchObject({ slug: 'closed-already', path: 'data.reportedOn' });
    given(world, history).when(progress()).accepted();
  });

  test('by its own people: of a centre, a commune, a province', () => {
    const by = (role: 'centre-publisher' | 'commune-officer' | 'operator', unit: string, source = unit) =>
      given({ ...world, caller: { roles: [role], units: [unit] } }, issued).when(progress({}, source));
    by('centre-publisher', 'tthtcd-sao-do').accepted();
    by('commune-officer', 'commune-10546-2025').accepted();
    by('commune-officer', 'commune-10546-2025', 'tthtcd-chi-linh').accepted();
    const others = by('centre-publisher', 'gdtx-son-la', 'tthtcd-sao-do').refused();
    expect(others).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(by('operator', 'tthtcd-sao-do').refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
  });

  test('by nobody else, of what is there and of what isn’t', () => {
    const by = (role: 'centre-publisher' | 'operator', recommendation: string) =>
      given({ ...world, caller: { roles: [role], units: ['gdtx-son-la'] } }, issued)
        .when(progress({ recommendation }, 'tthtcd-sao-do'))
        .refused();
    expect(by('centre-publisher', 'cl-0')).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(by('centre-publisher', 'cl-0')).toEqual(by('centre-publisher', 'cl-2'));
    expect(by('operator', 'cl-0')).toMatchObject({ slug: 'not-allowed', path: 'type' });
    expect(by('operator', 'cl-0')).toEqual(by('operator', 'cl-2'));
  });
});

describe('a recommendation is closed', () => {
  test('by the side that issued it', () => {
    const when = given(world, issued).when(close({ outcome: 'lapsed' }));
    expect(when.accepted()).toBe('vn');
    expect(when.state('recommendation:cl-2')).toMatchObject({
      closed: { by: 'vn', closedOn: '2026-01-12', outcome: 'lapsed' },
    });
  });

  test.each([
    ['a ward that succeeded the city', 'commune-19351-2025'],
    ['the province that sees to what an ended district left', 'province-44-2025'],
  ])('by %s', (_, source) => {
    const when = given(world, issued).when(close({ recommendation: 'dh-1' }, source));
    expect(when.accepted()).toBe('district-461');
  });

  test('not by its addressee', () => {
    const refused = given(world, issued).when(close({}, 'tthtcd-sao-do')).refused();
    expect(refused).toMatchObject({ slug: 'not-the-issuer', path: 'source' });
  });

  test('not by another authority, which isn’t told whether there is one', () => {
    const by = (recommendation: string) =>
      given(world, issued).when(close({ recommendation }, 'province-14')).refused();
    expect(by('cl-2')).toMatchObject({ slug: 'recommendation-unknown', path: 'data.recommendation' });
    expect(by('cl-2')).toEqual(toldOf('cl-2', by('cl-0')));
  });

  test('not by the ministry in the name of itself, when a city issued it', () => {
    const refused = given(world, issued)
      .when(close({ recommendation: 'dh-1' }))
      .refused();
    expect(refused).toMatchObject({ slug: 'not-the-issuer', path: 'source' });
  });

  test.each([
    ['when nobody knows it', { recommendation: 'cl-0' }, 'recommendation-unknown', 'data.recommendation'],
    ['tomorrow', { closedOn: '2026-01-16' }, 'in-future', 'data.closedOn'],
    ['before it was issued', { closedOn: '2022-04-01' }, 'before-issue', 'data.closedOn'],
    ['with an outcome that isn’t one', { outcome: 'forgotten' }, 'malformed', 'data.outcome'],
  ])('not %s', (_, data, slug, path) => {
    expect(given(world, issued).when(close(data)).refused()).toMatchObject({ slug, path });
  });

  test('once, and not before progress that was reported', () => {
    const again = given(world, [...issued, close()]).when(close());
    expect(again.refused()).toMatchObject({ slug: 'closed-already', path: 'data.recommendation' });
    const early = given(world, [...issued, progress()]).when(close({ closedOn: '2026-01-09' }));
    expect(early.refused()).toMatchObject({ slug: 'before-progress', path: 'data.closedOn' });
    given(world, [...issued, progress()])
      .when(close({ closedOn: '2026-01-10' }))
      .accepted();
  });

  test('not in the name of who has ended', () => {
    const ended = given(world, issued).when(close({ recommendation: 'dh-1' }, 'district-461'));
    expect(ended.refused()).toMatchObject({ slug: 'unit-ended', path: 'source' });
    const then = given(world, issued).when(close({ recommendation: 'dh-1', closedOn: '2025-06-30' }, CITY.of));
    expect(then.accepted()).toBe('district-461');
  });

  test('by inspectors, or officers of the province that may write to the issuing side', () => {
    const by = (role: 'province-officer' | 'centre-publisher', units: string[], source: string) =>
      given({ ...world, caller: { roles: [role], units } }, issued).when(close({ recommendation: 'dh-1' }, source));
    by('province-officer', ['province-44-2025'], 'province-44-2025').accepted();
    const other = by('province-officer', ['province-14'], 'province-44-2025').refused();
    expect(other).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(by('centre-publisher', ['vn'], 'vn').refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
  });
});
