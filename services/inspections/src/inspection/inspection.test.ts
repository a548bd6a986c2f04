import { describe, expect, test } from '@jest/globals';
import { given } from '@gdtx/testing/given';
import { CITY, MINISTRY, order, session, visit } from '../../test/told.js';
import { world } from '../../test/world.js';
import type { InspectionState, VisitState } from '../states.js';

describe('an inspection is ordered', () => {
  test('in the ledger of the unit in whose name the authority acts', () => {
    const decision = { number: '600/QĐ-BGDĐT', issuedOn: '2022-03-01', issuer: 'Bộ GDĐT' };
    const when = given(world).when(order({ decision, title: 'Kiểm tra GDTX' }));
    expect(when.accepted()).toBe('vn');
    expect(when.state('inspection:kt-600')).toEqual({
      id: 'kt-600',
      ledger: 'vn',
      authority: MINISTRY,
      level: 'ministry',
      decision,
      orderedOn: '2022-03-01',
      title: 'Kiểm tra GDTX',
      subjects: [{ body: { body: 'Sở GDĐT', of: 'province-27' } }, { body: { body: 'Sở GDĐT', of: 'province-30' } }],
      visits: [],
    });
  });

  test('without subjects or a known decision, of units, or of every unit of a kind', () => {
    given(world)
      .when(order({ subjects: undefined }))
      .accepted();
    const subjects = [{ unit: 'gdtx-son-la' }, { every: { kind: 'gdnn-gdtx', in: 'province-30' } }];
    const when = given(world).when(order({ subjects, orderedOn: { notBefore: '2022-03-01' } }));
    when.accepted();
    expect(when.state('inspection:kt-600')).toMatchObject({ subjects, orderedOn: { notBefore: '2022-03-01' } });
  });

  test.each([
    ['tomorrow', { orderedOn: '2026-01-16' }, 'in-future', 'data.orderedOn'],
    ['by an office of another unit', { authority: CITY }, 'not-the-authority', 'data.authority.of'],
    ['at a level that isn’t its own', { level: 'district' }, 'level-mismatch', 'data.level'],
    ['of nobody known', { subjects: [{ unit: 'nobody' }] }, 'unit-unknown', 'data.subjects.0.unit'],
    ['of one that isn’t yet', { subjects: [{ unit: 'tthtcd-chi-linh' }] }, 'unit-not-yet', 'data.subjects.0.unit'],
    [
      'of an office of nobody known',
      { subjects: [{ body: { body: 'Sở', of: 'nobody' } }] },
      'unit-unknown',
      'data.subjects.0.body.of',
    ],
    [
      'of all in what is no territory',
      { subjects: [{ every: { kind: 'centre', in: 'gdtx-son-la' } }] },
      'wrong-kind',
      'data.subjects.0.every.in',
    ],
    [
      'of all in a territory that isn’t yet',
      { subjects: [{ every: { kind: 'centre', in: 'province-31-2025' } }] },
      'unit-not-yet',
      'data.subjects.0.every.in',
    ],
    ['of all of no kind', { subjects: [{ every: { kind: 'school', in: 'vn' } }] }, 'malformed', 'data.subjects.0'],
    ['of one twice', { subjects: [{ unit: 'gdtx-son-la' }, { unit: 'gdtx-son-la' }] }, 'malformed', 'data.subjects'],
  ])('not %s', (_, data, slug, path) => {
    expect(given(world).when(order(data)).refused()).toMatchObject({ slug, path });
  });

  test('not a second time, and not by a centre', () => {
    const again = given(world, [order()]).when(order());
    expect(again.refused()).toMatchObject({ slug: 'exists-already', path: 'data.inspection' });
    const centre = given(world).when(order({}, 'gdtx-son-la'));
    expect(centre.refused()).toMatchObject({ slug: 'wrong-kind', path: 'source' });
  });

  test('by a province only of what it may write to', () => {
    const authority = { body: 'Sở GDĐT', of: 'province-14' };
    const by = (subjects: object[]) =>
      given({ ...world, caller: { roles: ['province-officer'], units: ['province-14'] } }).when(
        order({ authority, level: 'province', subjects }, 'province-14'),
      );
    expect(by([{ unit: 'gdtx-son-la' }, { every: { kind: 'commune', in: 'district-116' } }]).accepted()).toBe(
      'province-14',
    );
    for (const far of [
      { unit: 'gdnn-gdtx-dong-ha' },
      { body: { body: 'Sở', of: 'province-27' } },
      { every: { kind: 'commune', in: 'district-290' } },
    ]) {
      expect(by([far]).refused()).toMatchObject({ slug: 'not-allowed', path: 'data' });
    }
    const ministry = given({ ...world, caller: { roles: ['province-officer'], units: ['province-14'] } }).when(order());
    expect(ministry.refused()).toMatchObject({ slug: 'not-allowed', path: 'source' });
    const centre = given({ ...world, caller: { roles: ['centre-publisher'] } }).when(order());
    expect(centre.refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
  });
});

describe('a visit is made', () => {
  test('under an order, whose authority it has unless it says so itself, and counts once at its place', () => {
    const when = given(world, [order()]).when(visit());
    expect(when.accepted()).toBe('vn');
    expect(when.state('visit:chi-linh')).toEqual({
      id: 'chi-linh',
      ledger: 'vn',
      inspection: 'kt-600',
      kind: 'inspection',
      occurredOn: '2022-04-02',
      authority: MINISTRY,
      level: 'ministry',
      units: ['gdnn-gdtx-chi-linh', 'tthtcd-pha-lai', 'tthtcd-sao-do'],
      place: 'district-290',
      participants: [{ body: 'Phòng GDĐT Chí Linh', of: 'district-290' }],
      findings: [],
      recommendations: {},
    });
    const shown = when.state<InspectionState>('inspection:kt-600')!;
    expect(shown.visits).toEqual([{ visit: 'chi-linh', occurredOn: '2022-04-02' }]);
    const own = given(world, [order()]).when(visit({ authority: { body: 'Cục', of: 'vn' }, level: 'ministry' }));
    expect(own.state<VisitState>('visit:chi-linh')!.authority).toEqual({ body: 'Cục', of: 'vn' });
  });

  test('without an order; a visit to one unit is there', () => {
    const when = given(world).when(session());
    expect(when.accepted()).toBe('district-461');
    expect(when.state('visit:dong-ha')).toMatchObject({ place: 'gdnn-gdtx-dong-ha', authority: CITY });
    expect(when.state('visit:dong-ha')).not.toHaveProperty('inspection');
  });

  test('on the day of the order, or in the month that is all that is known of it', () => {
    given(world, [order()])
      .when(visit({ occurredOn: '2022-03-01' }))
      .accepted();
    given(world, [order({ orderedOn: '2022-04' })])
      .when(visit())
      .accepted();
  });

  test('by the successor of who ordered it', () => {
    const authority = { body: 'Sở GDĐT', of: 'province-30' };
    const late = { occurredOn: '2025-10-01', units: ['tthtcd-sao-do'], place: undefined, participants: undefined };
    const ordered = order({ authority, level: 'province', orderedOn: '2025-05-01', subjects: [] }, 'province-30');
    expect(given(world, [ordered]).when(visit(late, 'province-31-2025')).accepted()).toBe('province-31-2025');
    const by = (inspection: string) =>
      given(world, [ordered])
        .when(visit({ ...late, inspection }, 'province-44-2025'))
        .refused();
    expect(by('kt-600')).toMatchObject({ slug: 'inspection-unknown', path: 'data.inspection' });
    expect(by('kt-0').message.replace('kt-0', 'kt-600')).toBe(by('kt-600').message);
  });

  test('not by another who is to be inspected', () => {
    const visited = { occurredOn: '2022-05-01', units: ['province-30'], place: undefined, participants: [] };
    const own = given(world, [order()]).when(visit(visited, 'province-30'));
    expect(own.refused()).toMatchObject({ slug: 'not-the-authority', path: 'source' });
  });

  test.each([
    ['under an order that nobody knows', { inspection: 'kt-0' }, 'inspection-unknown', 'data.inspection'],
    ['before its order', { occurredOn: '2022-02-28' }, 'before-order', 'data.occurredOn'],
    ['tomorrow', { occurredOn: '2026-01-16' }, 'in-future', 'data.occurredOn'],
    ['without an order or an authority', { inspection: undefined, level: 'ministry' }, 'malformed', 'data.authority'],
    ['without an order or a level', { inspection: undefined, authority: MINISTRY }, 'malformed', 'data.level'],
    ['to several units at no place', { place: undefined }, 'malformed', 'data.place'],
    ['to nobody at no place', { units: undefined, place: undefined }, 'malformed', 'data.place'],
    ['to one unit twice', { units: ['tthtcd-sao-do', 'tthtcd-sao-do'] }, 'malformed', 'data.units'],
    ['by an office of another unit', { authority: CITY }, 'not-the-authority', 'data.authority.of'],
    ['at a level that isn’t its own', { level: 'district' }, 'level-mismatch', 'data.level'],
    ['to nobody known', { units: ['nobody'] }, 'unit-unknown', 'data.units.0'],
    ['to one that isn’t yet', { units: ['gdtx-son-la', 'tthtcd-chi-linh'] }, 'unit-not-yet', 'data.units.1'],
    ['where nothing is', { place: 'nowhere' }, 'unit-unknown', 'data.place'],
    ['where nothing is yet', { place: 'commune-10546-2025' }, 'unit-not-yet', 'data.place'],
    [
      'with an office of nobody known',
      { participants: [{ body: 'Hội', of: 'nobody' }] },
      'unit-unknown',
      'data.participants.0.of',
    ],
  ])('not %s', (_, data, slug, path) => {
    expect(given(world, [order()]).when(visit(data)).refused()).toMatchObject({ slug, path });
  });

  test('not to one that has ended, nor by a district that has', () => {
    const late = given(world, [order()]).when(visit({ occurredOn: '2025-09-01', place: 'province-31-2025' }));
    expect(late.refused()).toMatchObject({ slug: 'unit-ended', path: 'data.units.1' });
    const ended = given(world).when(session({ occurredOn: '2025-07-01' }));
    expect(ended.refused()).toMatchObject({ slug: 'unit-ended', path: 'source' });
  });

  test('once', () => {
    const again = given(world, [order(), visit()]).when(visit());
    expect(again.refused()).toMatchObject({ slug: 'exists-already', path: 'data.visit' });
  });

  test('by a province’s officers where they may write, and by no centre', () => {
    const by = (roles: ('province-officer' | 'centre-publisher')[], units: string[]) =>
      given({ ...world, caller: { roles, units } }).when(session());
    by(['province-officer'], ['province-44-2025']).accepted();
    expect(by(['province-officer'], ['province-14']).refused()).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(by(['centre-publisher'], ['vn']).refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
    const caller = { roles: ['province-officer' as const], units: ['province-44-2025'] };
    for (const far of [{ units: ['gdtx-son-la'] }, { place: 'province-14' }]) {
      const refused = given({ ...world, caller })
        .when(session(far))
        .refused();
      expect(refused).toMatchObject({ slug: 'not-allowed', path: 'data' });
    }
  });
});
