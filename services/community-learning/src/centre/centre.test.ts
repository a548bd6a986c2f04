import { describe, expect, test } from '@jest/globals';
import type { Role } from '@gdtx/service-kit/tokens';
import { given, type TestFact } from '@gdtx/testing/given';
import { centre, withCentre, world } from '../../test/world.js';

const establish = (data: object, source = 'vn'): TestFact => ({
  name: 'CommunityCentreEstablished',
  source,
  data: {
    centre: 'tthtcd-9',
    commune: 'commune-10546',
    name: { vi: 'TTHTCĐ' },
    knownSince: '2022-04-02',
    ...data,
  },
});

describe('a community centre is renamed', () => {
  const renamed = (vi: string, effectiveOn = '2024-01-01', centreId = 'tthtcd-1'): TestFact => ({
    name: 'CommunityCentreRenamed',
    data: { centre: centreId, name: { vi }, effectiveOn },
  });
  const history = [establish({ centre: 'tthtcd-1' })];

  test('and lives on under its other name', () => {
    const then = given(world, history).when(renamed('TTHTCĐ Chí Linh'));
    expect(then.accepted()).toBe('vn');
    const unit = then.registry.unit('tthtcd-1')!;
    expect(unit.names.map(({ from, value }) => [from, value.vi])).toEqual([
      ['2022-04-02', 'TTHTCĐ'],
      ['2024-01-01', 'TTHTCĐ Chí Linh'],
    ]);
    expect([unit.life.to, unit.changes.at(-1)!.kind]).toEqual([null, 'renamed']);
  });

  test.each([
    ['to what it is called already', renamed('TTHTCĐ'), 'unchanged'],
    ['before it was there', renamed('X', '2022-04-01'), 'unit-not-yet'],
    ['on a day to come', renamed('X', '2027-01-01'), 'in-future'],
    ['that isn’t known', renamed('X', '2024-01-01', 'tthtcd-nowhere'), 'unit-unknown'],
    ['that is a commune', renamed('X', '2024-01-01', 'commune-10546'), 'wrong-kind'],
    ['without a name', { ...renamed('X'), data: { centre: 'tthtcd-1', effectiveOn: '2024-01-01' } }, 'malformed'],
  ])('but not one %s', (_, fact, slug) => {
    expect(given(world, history).when(fact).refused().slug).toBe(slug);
  });

  test('but not to two names from one day on, nor by somebody else’s officer', () => {
    expect(
      given(world, [...history, renamed('X')])
        .when(renamed('Y'))
        .refused().slug,
    ).toBe('contradicts');
    const caller = { roles: ['commune-officer' as const], units: ['commune-young'] };
    expect(
      given({ ...world, caller }, history)
        .when({ ...renamed('X'), source: 'commune-young' })
        .refused().slug,
    ).toBe('not-allowed');
  });
});

describe('a community centre is moved', () => {
  const moved = (data: object, source = 'vn'): TestFact => ({
    ...{ name: 'CommunityCentreMoved', source },
    data: { centre: 'tthtcd-1', effectiveOn: '2024-03-01', ...data },
  });

  test('to another commune, and lies there from that day on', () => {
    const then = withCentre().when(moved({ commune: 'commune-10576', address: 'Nhà văn hóa' }));
    expect(then.accepted()).toBe('vn');
    const { parents, addresses, changes } = then.registry.unit('tthtcd-1')!;
    expect(parents.map(({ from, value }) => [from, value])).toEqual([
      ['2022-04-02', 'commune-10546'],
      ['2024-03-01', 'commune-10576'],
    ]);
    expect(addresses).toEqual([{ from: '2024-03-01', to: null, value: 'Nhà văn hóa' }]);
    expect(changes.at(-1)).toMatchObject({ kind: 'moved', from: ['commune-10546'], to: ['commune-10576'] });
  });

  test('to another address in its commune', () => {
    withCentre()
      .when(moved({ address: 'Nhà văn hóa' }))
      .accepted();
  });

  test.each([
    ['nowhere', {}, 'malformed', 'data'],
    ['to where it is', { commune: 'commune-10546' }, 'unchanged', 'data'],
    ['to a commune that nobody knows', { commune: 'commune-0' }, 'unit-unknown', 'data.commune'],
    ['to a district', { commune: 'district-290' }, 'wrong-kind', 'data.commune'],
    ['to a commune that isn’t yet', { commune: 'commune-10546-2025' }, 'unit-not-yet', 'data.commune'],
    ['to one that has ended', { commune: 'commune-10576', effectiveOn: '2025-07-01' }, 'unit-ended', 'data.commune'],
    ['on a day to come', { commune: 'commune-10576', effectiveOn: '2026-01-16' }, 'in-future', 'data.effectiveOn'],
    ['before it was there', { commune: 'commune-10576', effectiveOn: '2022-04-01' }, 'unit-not-yet', 'data.centre'],
    ['when it is none', { centre: 'gdnn-gdtx-chi-linh', address: 'X' }, 'wrong-kind', 'data.centre'],
  ])('but not %s', (_, data, slug, path) => {
    expect(withCentre().when(moved(data)).refused()).toMatchObject({ slug, path });
  });

  test('but not to two places from one day on', () => {
    const twice = withCentre([moved({ commune: 'commune-10576' })]).when(moved({ commune: 'commune-10591' }));
    expect(twice.refused().slug).toBe('contradicts');
  });

  test('only by who may write to it and to where it goes', () => {
    const by = (unit: string, commune: string) =>
      withCentre([], { roles: ['commune-officer'], units: [unit] }).when(moved({ commune }, unit));
    expect(by('commune-10546-2025', 'commune-10576').accepted()).toBe('vn');
    expect(by('commune-10546-2025', 'commune-young').refused().slug).toBe('not-allowed');
    expect(by('commune-young', 'commune-young').refused().slug).toBe('not-allowed');
    const publisher = withCentre([], { roles: ['centre-publisher'] }).when(moved({ commune: 'commune-10576' }));
    expect(publisher.refused().slug).toBe('not-allowed');
  });
});

describe('a community centre stops working and works again', () => {
  const suspended = (from: string, until?: string, centreId = 'tthtcd-1'): TestFact => ({
    name: 'CommunityCentreSuspended',
    data: { centre: centreId, from, ...(until ? { until } : {}) },
  });
  const resumed = (effectiveOn: string): TestFact => ({
    name: 'CommunityCentreResumed',
    data: { centre: 'tthtcd-1', effectiveOn },
  });

  test('and lives on meanwhile', () => {
    const then = withCentre([suspended('2023-05-10')]).when(resumed('2023-09'));
    expect(then.accepted()).toBe('vn');
    const { suspended: spans, changes, life } = then.registry.unit('tthtcd-1')!;
    expect(spans).toEqual([{ from: '2023-05-10', to: '2023-09-01', value: true }]);
    expect([changes.map(({ kind }) => kind), life.to]).toEqual([['established', 'suspended', 'resumed'], null]);
    withCentre([suspended('2023-05-10'), resumed('2023-09-01')])
      .when(suspended('2024-01-01', '2026-09-01'))
      .accepted();
  });

  test.each([
    ['in the future', suspended('2026-01-16'), 'in-future', 'data.from'],
    ['before it is there', suspended('2022-04-01'), 'unit-not-yet', 'data.centre'],
    ['until before it begins', suspended('2023-05-10', '2023-05-10'), 'contradicts', 'data.until'],
    ['when it is none', suspended('2023-05-10', undefined, 'gdnn-gdtx-chi-linh'), 'wrong-kind', 'data.centre'],
    ['when nobody knows it', suspended('2023-05-10', undefined, 'tthtcd-0'), 'unit-unknown', 'data.centre'],
  ])('but is not suspended %s', (_, fact, slug, path) => {
    expect(withCentre().when(fact).refused()).toMatchObject({ slug, path });
  });

  test('but is not suspended twice at a time', () => {
    const twice = withCentre([suspended('2023-05-10')]).when(suspended('2023-01-01', '2023-05-11'));
    expect(twice.refused()).toMatchObject({ slug: 'overlaps', path: 'data.from' });
  });

  test('but doesn’t resume what it never stopped', () => {
    expect(withCentre().when(resumed('2023-05-10')).refused()).toMatchObject({ slug: 'not-suspended' });
    const over = withCentre([suspended('2023-05-10', '2023-09-01')]).when(resumed('2023-09-01'));
    expect(over.refused()).toMatchObject({ slug: 'not-suspended', path: 'data.effectiveOn' });
  });

  test('only by its own officers', () => {
    const caller = { roles: ['commune-officer' as const], units: ['commune-young'] };
    for (const fact of [suspended('2023-05-10'), resumed('2023-09-01')]) {
      const by = withCentre([], caller).when({ ...fact, source: 'commune-young' });
      expect(by.refused().slug).toBe('not-allowed');
    }
  });
});

describe('a community centre is established', () => {
  test('in the registry’s ledger, with its life and its page', () => {
    const when = given(world).when(centre('tthtcd-1'));
    expect(when.accepted()).toBe('vn');
    expect(when.state('unit:tthtcd-1')).toEqual({ id: 'tthtcd-1', from: '2022-04-02', to: null });
    expect(when.state('community-centre:tthtcd-1')).toMatchObject({ id: 'tthtcd-1', commune: 'commune-10546' });
    expect(when.registry.unit('tthtcd-1')).toMatchObject({ kind: 'community-centre' });
  });

  test('from a date that is given to the year', () => {
    const when = given(world).when(establish({ knownSince: undefined, establishedOn: '2008' }));
    when.accepted();
    expect(when.state('unit:tthtcd-9')).toMatchObject({ from: '2008-01-01' });
  });

  test('also as the second one of its commune', () => {
    withCentre().when(centre('tthtcd-2')).accepted();
  });

  test('in a commune that began later in the year that is all that is known', () => {
    const start = { commune: 'commune-young', knownSince: undefined };
    given(world)
      .when(establish({ ...start, establishedOn: '2004' }))
      .accepted();
    const refused = given(world)
      .when(establish({ ...start, establishedOn: '2004-02' }))
      .refused();
    expect(refused).toMatchObject({ slug: 'unit-not-yet', path: 'data.commune' });
  });

  test.each([
    ['without a start', { knownSince: undefined }, 'malformed', 'data'],
    ['with two starts', { establishedOn: '2008' }, 'malformed', 'data'],
    ['with the id of a centre', { centre: 'gdnn-gdtx-chi-linh' }, 'exists-already', 'data.centre'],
    ['with the id of a commune', { centre: 'commune-10546' }, 'exists-already', 'data.centre'],
    ['known since tomorrow', { knownSince: '2026-01-16' }, 'in-future', 'data.knownSince'],
    [
      'founded by a day to come',
      { knownSince: undefined, establishedOn: { notBefore: '2020-01-01', notAfter: '2027-01-01' } },
      'in-future',
      'data.establishedOn.notAfter',
    ],
    ['founded next month', { knownSince: undefined, establishedOn: '2026-02' }, 'in-future', 'data.establishedOn'],
    ['in a commune that nobody knows', { commune: 'commune-0' }, 'unit-unknown', 'data.commune'],
    ['in a district', { commune: 'district-290' }, 'wrong-kind', 'data.commune'],
    ['in a commune that has ended', { knownSince: '2025-07-01' }, 'unit-ended', 'data.commune'],
    ['in a commune that isn’t yet', { commune: 'commune-10546-2025' }, 'unit-not-yet', 'data.commune'],
  ])('not %s', (_, data, slug, path) => {
    expect(given(world).when(establish(data)).refused()).toMatchObject({ slug, path });
  });

  test('not a second time', () => {
    expect(withCentre().when(centre('tthtcd-1')).refused()).toMatchObject({ slug: 'exists-already' });
  });

  test('by the officers of its commune’s successor, but by nobody else’s', () => {
    const by = (units: string[], source: string, roles: Role[] = ['commune-officer']) =>
      given({ ...world, caller: { roles, units } }).when(establish({}, source));
    by(['commune-10546-2025'], 'commune-10546-2025').accepted();
    const others = by(['province-14'], 'province-14', ['province-officer']).refused();
    expect(others).toMatchObject({ slug: 'not-allowed', path: 'data' });
    const publisher = given({ ...world, caller: { roles: ['centre-publisher'] } }).when(establish({}));
    expect(publisher.refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
  });
});

const three = [centre('tthtcd-1'), centre('tthtcd-2', '10576'), centre('tthtcd-3', '10591')];
const fresh = (id: string, commune = 'commune-10546-2025') => ({
  centre: id,
  established: { commune, name: { vi: 'TTHTCĐ phường Chí Linh' } },
});
const reorganise = (data: object): TestFact => ({
  name: 'CommunityCentresReorganised',
  data: { sources: ['tthtcd-1', 'tthtcd-2'], targets: [fresh('tthtcd-9')], effectiveOn: '2025-09-01', ...data },
});

describe('community centres are reorganised', () => {
  test('into a new one: the sources end, it begins', () => {
    const when = given(world, three).when(reorganise({}));
    expect(when.accepted()).toBe('vn');
    expect(when.state('unit:tthtcd-1')).toEqual({ id: 'tthtcd-1', from: '2022-04-02', to: '2025-09-01' });
    expect(when.state('unit:tthtcd-9')).toEqual({ id: 'tthtcd-9', from: '2025-09-01', to: null });
    expect(when.state('community-centre:tthtcd-9')).toMatchObject({ commune: 'commune-10546-2025' });
    expect(when.registry.unit('tthtcd-2')!.successors).toMatchObject([{ other: 'tthtcd-9' }]);
  });

  test('into one that lives on, a source or not', () => {
    const absorbed = given(world, three).when(reorganise({ targets: [{ centre: 'tthtcd-3' }] }));
    absorbed.accepted();
    expect(absorbed.state('unit:tthtcd-3')).toMatchObject({ to: null });
    const kept = given(world, three).when(reorganise({ targets: [{ centre: 'tthtcd-1' }] }));
    kept.accepted();
    expect(kept.state('unit:tthtcd-1')).toMatchObject({ to: null });
    expect(kept.state('unit:tthtcd-2')).toMatchObject({ to: '2025-09-01' });
  });

  test('into two, one of which is the default successor', () => {
    const targets = [{ ...fresh('tthtcd-8'), default: true }, fresh('tthtcd-9')];
    given(world, three).when(reorganise({ targets })).accepted();
  });

  test.each([
    ['tomorrow', { effectiveOn: '2026-01-16' }, 'in-future', 'data.effectiveOn'],
    ['with a source that nobody knows', { sources: ['tthtcd-0'] }, 'unit-unknown', 'data.sources.0'],
    ['with a source of another kind', { sources: ['gdnn-gdtx-chi-linh'] }, 'wrong-kind', 'data.sources.0'],
    ['before a source has lived a day', { effectiveOn: '2022-04-02' }, 'not-alive', 'data.sources.0'],
    ['into a new one whose id is taken', { targets: [fresh('tthtcd-3')] }, 'exists-already', 'data.targets.0.centre'],
    [
      'into a new one in no commune',
      { targets: [fresh('tthtcd-9', 'district-290')] },
      'wrong-kind',
      'data.targets.0.established.commune',
    ],
    [
      'into a new one in a commune that has ended',
      { targets: [fresh('tthtcd-9', 'commune-10546')] },
      'unit-ended',
      'data.targets.0.established.commune',
    ],
    ['into one that nobody knows', { targets: [{ centre: 'tthtcd-0' }] }, 'unit-unknown', 'data.targets.0.centre'],
    [
      'into one of another kind',
      { targets: [{ centre: 'gdnn-gdtx-chi-linh' }] },
      'wrong-kind',
      'data.targets.0.centre',
    ],
    [
      'into itself alone',
      { sources: ['tthtcd-1'], targets: [{ centre: 'tthtcd-1' }] },
      'nothing-changes',
      'data.targets',
    ],
    ['with a source named twice', { sources: ['tthtcd-1', 'tthtcd-1'] }, 'malformed', 'data.sources'],
    ['with a target named twice', { targets: [fresh('tthtcd-9'), fresh('tthtcd-9')] }, 'malformed', 'data.targets'],
    [
      'with two default successors',
      {
        targets: [
          { ...fresh('tthtcd-8'), default: true },
          { ...fresh('tthtcd-9'), default: true },
        ],
      },
      'malformed',
      'data.targets',
    ],
  ])('not %s', (_, data, slug, path) => {
    expect(given(world, three).when(reorganise(data)).refused()).toMatchObject({ slug, path });
  });

  test('not with a source that has ended, nor into one', () => {
    const history = [...three, reorganise({ sources: ['tthtcd-1'], targets: [{ centre: 'tthtcd-2' }] })];
    const again = given(world, history).when(reorganise({ effectiveOn: '2025-10-01' }));
    expect(again.refused()).toMatchObject({ slug: 'not-alive', path: 'data.sources.0' });
    const into = { sources: ['tthtcd-3'], targets: [{ centre: 'tthtcd-1' }], effectiveOn: '2025-10-01' };
    const back = given(world, history).when(reorganise(into));
    expect(back.refused()).toMatchObject({ slug: 'unit-ended', path: 'data.targets.0.centre' });
  });

  test('only by who may write to every centre and commune named', () => {
    const caller = { roles: ['commune-officer' as const], units: ['commune-10546-2025'] };
    const far = centre('tthtcd-far', 'young');
    const source = 'commune-10546-2025';
    const mine = given({ ...world, caller }, three).when({ ...reorganise({}), source });
    mine.accepted();
    const others = { ...reorganise({ sources: ['tthtcd-1', 'tthtcd-far'] }), source };
    expect(
      given({ ...world, caller }, [...three, far])
        .when(others)
        .refused(),
    ).toMatchObject({ slug: 'not-allowed' });
    const into = { ...reorganise({ targets: [{ centre: 'tthtcd-far' }] }), source };
    expect(
      given({ ...world, caller }, [...three, far])
        .when(into)
        .refused(),
    ).toMatchObject({ slug: 'not-allowed' });
  });
});

const dissolve = (data: object): TestFact => ({
  name: 'CommunityCentreDissolved',
  data: { centre: 'tthtcd-1', effectiveOn: '2025-12-31', ...data },
});

describe('a community centre is dissolved', () => {
  test('and has ended on that day', () => {
    const when = withCentre().when(dissolve({}));
    expect(when.accepted()).toBe('vn');
    expect(when.state('unit:tthtcd-1')).toMatchObject({ to: '2025-12-31' });
    expect(when.registry.unit('tthtcd-1')!.life.to).toBe('2025-12-31');
  });

  test.each([
    ['tomorrow', { effectiveOn: '2026-01-16' }, 'in-future', 'data.effectiveOn'],
    ['before it has lived a day', { effectiveOn: '2022-04-02' }, 'not-alive', 'data.centre'],
    ['when nobody knows it', { centre: 'tthtcd-0' }, 'unit-unknown', 'data.centre'],
    ['when it is none', { centre: 'gdnn-gdtx-chi-linh' }, 'wrong-kind', 'data.centre'],
  ])('not %s', (_, data, slug, path) => {
    expect(withCentre().when(dissolve(data)).refused()).toMatchObject({ slug, path });
  });

  test('once', () => {
    const again = withCentre([dissolve({})]).when(dissolve({ effectiveOn: '2026-01-01' }));
    expect(again.refused()).toMatchObject({ slug: 'not-alive', path: 'data.centre' });
  });

  test('not before a day by which it is known to have existed', () => {
    const old = { ...centre('tthtcd-old'), data: { ...(centre('tthtcd-old').data as object) } };
    old.data = { ...old.data, knownSince: undefined, establishedOn: { notAfter: '2010-06-30' } };
    const at = (effectiveOn: string) => given(world, [old]).when(dissolve({ centre: 'tthtcd-old', effectiveOn }));
    expect(at('2010-06-30').refused()).toMatchObject({ slug: 'not-alive', path: 'data.centre' });
    at('2010-07-01').accepted();
  });

  test('not before something that happened to it', () => {
    const absorbed = reorganise({ sources: ['tthtcd-2'], targets: [{ centre: 'tthtcd-1' }] });
    const early = given(world, [...three, absorbed]).when(dissolve({ effectiveOn: '2025-08-01' }));
    expect(early.refused()).toMatchObject({ slug: 'contradicts', path: 'data.centre' });
    given(world, [...three, absorbed])
      .when(dissolve({}))
      .accepted();
  });

  test('and reports no more, but may still say what was before', () => {
    const survey = (surveyedOn: string): TestFact => ({
      name: 'NeedsSurveyed',
      source: 'tthtcd-1',
      data: { surveyedOn, people: { total: 10 } },
    });
    const after = withCentre([dissolve({})]).when(survey('2025-12-31'));
    expect(after.refused()).toMatchObject({ slug: 'unit-ended', path: 'source' });
    expect(
      withCentre([dissolve({})])
        .when(survey('2025-12-30'))
        .accepted(),
    ).toBe('tthtcd-1');
  });
});
