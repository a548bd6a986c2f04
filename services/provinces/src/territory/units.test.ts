import { describe, expect, test } from '@jest/globals';
import { given, type TestFact, type World } from '@gdtx/testing/given';
import { registryWithCentre, country, established, world } from '../../test/facts.js';

const province = established('province-14', 'province', 'vn', { officialCode: '14' });
const district = established('district-116', 'district', 'province-14', { officialCode: '116' });
const commune = established('commune-03646', 'commune', 'district-116', { officialCode: '03646' });
const known = [country, province, district, commune];

const fact = (name: string, data: object): TestFact => ({ name, data });

/** What a fact is refused with. */
const refusal = (history: TestFact[], said: TestFact, overrides: Partial<World> = {}) =>
  given({ ...world, ...overrides }, history)
    .when(said)
    .refused();

describe('a unit is established', () => {
  test('in the registry’s ledger, alive from its day', () => {
    const then = given(world, [country]).when(
      established('province-14', 'province', 'vn', { effectiveOn: '1991-12-26' }),
    );
    expect(then.accepted()).toBe('vn');
    expect(then.registry.unit('province-14')!.life).toMatchObject({ from: '1991-12-26', to: null });
  });

  test('on every earlier day when only a day is known by which it existed', () => {
    const then = given(world, [country]).when(province);
    then.accepted();
    expect(then.registry.unit('province-14')!.life.from).toBeNull();
  });

  test.each([
    ['district', 'vn'],
    ['province', 'province-14'],
    ['district', 'district-116'],
    ['commune', 'commune-03646'],
    ['commune', 'vn'],
  ])('a %s can’t lie in %s', (kind, parent) => {
    expect(refusal(known, established('a-new-unit', kind, parent))).toMatchObject({
      slug: 'wrong-kind',
      path: 'data.parent',
    });
  });

  test('a commune may lie in a province', () => {
    given(world, known)
      .when(established('commune-1-2025', 'commune', 'province-14'))
      .accepted();
  });

  test('an id is never given twice, also not that of a unit that has ended', () => {
    const history = [...known, fact('UnitAbolished', { unit: 'commune-03646', effectiveOn: '2025-01-01' })];
    expect(
      refusal(history, established('commune-03646', 'commune', 'district-116', { effectiveOn: '2025-06-01' })),
    ).toMatchObject({
      slug: 'exists-already',
      path: 'data.unit',
    });
  });

  test('in a parent that is known', () => {
    expect(refusal([country], district)).toMatchObject({
      slug: 'unit-unknown',
      unit: 'province-14',
      path: 'data.parent',
    });
  });

  test('in a parent that lives on the day', () => {
    const history = [country, established('province-20', 'province', 'vn', { effectiveOn: '1997-01-01' })];
    const inIt = (effectiveOn: unknown) => established('district-1', 'district', 'province-20', { effectiveOn });
    expect(refusal(history, inIt('1996-12-31'))).toMatchObject({ slug: 'unit-not-yet', path: 'data.parent' });
    given(world, history).when(inIt('1997')).accepted();
    // Known by 2024: what was before isn't claimed.
    given(world, history)
      .when(inIt({ notAfter: '2024-01-01' }))
      .accepted();
    const ended = [...history, fact('UnitAbolished', { unit: 'province-20', effectiveOn: '2025-07-01' })];
    expect(refusal(ended, inIt('2025-07-01'))).toMatchObject({ slug: 'unit-ended', path: 'data.parent' });
  });

  test('not in the future, and not with bounds that reach into it', () => {
    const at = (effectiveOn: unknown) => established('province-15', 'province', 'vn', { effectiveOn });
    expect(refusal([country], at('2026-01-16'))).toMatchObject({ slug: 'in-future', path: 'data.effectiveOn' });
    expect(refusal([country], at({ notBefore: '2020-01-01', notAfter: '2030-01-01' }))).toMatchObject({
      slug: 'in-future',
      path: 'data.effectiveOn.notAfter',
    });
    given(world, [country]).when(at('2026')).accepted();
  });

  describe('with an official code', () => {
    const coded = (unit: string, overrides: object = {}) =>
      established(unit, 'commune', 'district-116', { officialCode: '03646', ...overrides });

    test('that no living unit of its kind has', () => {
      expect(refusal(known, coded('another'))).toMatchObject({ slug: 'code-in-use', path: 'data.officialCode' });
    });

    test('that a unit of another kind may have', () => {
      given(world, known)
        .when(established('district-x', 'district', 'province-14', { officialCode: '03646' }))
        .accepted();
    });

    test('again once the former holder has ended', () => {
      const history = [...known, fact('UnitAbolished', { unit: 'commune-03646', effectiveOn: '2025-07-01' })];
      given(world, history)
        .when(coded('commune-03646-2025', { effectiveOn: '2025-07-01' }))
        .accepted();
      expect(refusal(history, coded('another', { effectiveOn: '2025-06-30' })).slug).toBe('code-in-use');
    });

    test('again once the former holder has another code', () => {
      const history = [
        ...known,
        fact('UnitRenamed', { unit: 'commune-03646', officialCode: '03999', effectiveOn: '2025-01-01' }),
      ];
      given(world, history)
        .when(coded('another', { effectiveOn: '2025-01-01' }))
        .accepted();
    });

    test('that a later unit has: late news doesn’t take it away', () => {
      const history = [country, province, district, coded('later', { effectiveOn: '2010-01-01' })];
      expect(refusal(history, coded('earlier', { effectiveOn: '2000-01-01' })).slug).toBe('code-in-use');
    });

    test('of a unit whose beginning was withdrawn', () => {
      const told = given(world, known);
      const data = { unit: 'vn', seq: known.length };
      told.registry.apply({
        service: 'provinces',
        type: 'vn.gdtx.provinces.EntryWithdrawn.v1',
        data,
        seq: 5,
        recordedAt: 5,
      });
      told.when(coded('another')).accepted();
    });
  });

  test('the country by whom may write to all of it', () => {
    const registrar: Partial<World> = { caller: { roles: ['registrar'], units: ['province-14'] } };
    expect(refusal(known, established('province-77', 'province', 'vn'), registrar)).toMatchObject({
      slug: 'not-allowed',
    });
    given({ ...world, ...registrar }, known)
      .when({ ...established('commune-9', 'commune', 'district-116'), source: 'province-14' })
      .accepted();
    expect(refusal([], country, registrar)).toMatchObject({ slug: 'not-allowed' });
  });

  test('by registrars only', () => {
    const others: World['caller'] = {
      roles: ['inspector', 'province-officer', 'commune-officer', 'centre-publisher', 'operator'],
      units: ['vn'],
    };
    expect(refusal([country], province, { caller: others })).toMatchObject({ slug: 'not-allowed', path: 'type' });
  });
});

describe('a unit is renamed', () => {
  const renamed = (data: object) => fact('UnitRenamed', { unit: 'province-20', ...data });
  const history = [
    country,
    established('province-20', 'province', 'vn', { effectiveOn: '1997-01-01', officialCode: '20' }),
  ];

  test('from a day on, also when that lies before a later change', () => {
    const then = given(world, [...history, renamed({ name: { vi: 'C' }, effectiveOn: '2010-01-01' })]).when(
      renamed({ name: { vi: 'B' }, effectiveOn: '2005-06' }),
    );
    then.accepted();
    expect(then.registry.unit('province-20')!.names.map((span) => [span.from, span.value.vi])).toEqual([
      ['1997-01-01', 'province-20'],
      ['2005-06-01', 'B'],
      ['2010-01-01', 'C'],
    ]);
  });

  test('not before it existed, nor after it ended', () => {
    expect(refusal(history, renamed({ name: { vi: 'B' }, effectiveOn: '1996-12-31' })).slug).toBe('unit-not-yet');
    const ended = [...history, fact('UnitAbolished', { unit: 'province-20', effectiveOn: '2020-01-01' })];
    expect(refusal(ended, renamed({ name: { vi: 'B' }, effectiveOn: '2020-01-01' })).slug).toBe('unit-ended');
  });

  test('not in the future', () => {
    expect(refusal(history, renamed({ name: { vi: 'B' }, effectiveOn: '2026-02' })).slug).toBe('in-future');
  });

  test('not twice on one day; another property of that day is no contradiction', () => {
    const once = [...history, renamed({ name: { vi: 'B' }, effectiveOn: '2005-01-01' })];
    expect(refusal(once, renamed({ name: { vi: 'C' }, effectiveOn: '2005' })).slug).toBe('contradicts');
    given(world, once)
      .when(renamed({ type: 'Thành phố', officialCode: '21', effectiveOn: '2005-01-01' }))
      .accepted();
    const type = [...history, renamed({ type: 'Tỉnh', officialCode: '22', effectiveOn: '2005-01-01' })];
    expect(refusal(type, renamed({ type: 'Thành phố', effectiveOn: '2005-01-01' })).slug).toBe('contradicts');
    expect(refusal(type, renamed({ officialCode: '23', effectiveOn: '2005-01-01' })).slug).toBe('contradicts');
  });

  test('to a code that nobody of its kind has in the time that it holds', () => {
    const other = established('province-19', 'province', 'vn', { effectiveOn: '2000-01-01', officialCode: '19' });
    const gone = fact('UnitAbolished', { unit: 'province-19', effectiveOn: '2010-01-01' });
    const take = (effectiveOn: string) => renamed({ officialCode: '19', effectiveOn });
    expect(refusal([...history, other], take('2005-01-01')).slug).toBe('code-in-use');
    given(world, [...history, other, gone])
      .when(take('2010-01-01'))
      .accepted();
    // Its next code begins before the other comes.
    const next = renamed({ officialCode: '21', effectiveOn: '1999-01-01' });
    given(world, [...history, other, next])
      .when(take('1998-01-01'))
      .accepted();
  });

  test('when it is known and territory', () => {
    expect(refusal([country], renamed({ name: { vi: 'B' }, effectiveOn: '2000' }))).toMatchObject({
      slug: 'unit-unknown',
    });
    const registry = registryWithCentre();
    const said = fact('UnitRenamed', { unit: 'gdtx-x', name: { vi: 'B' }, effectiveOn: '2020' });
    expect(refusal([], said, { registry })).toMatchObject({ slug: 'wrong-kind', path: 'data.unit' });
  });

  test('when it says what is new', () => {
    expect(refusal(history, renamed({ effectiveOn: '2005' })).slug).toBe('malformed');
  });
});

describe('a unit moves', () => {
  const history = [
    country,
    province,
    established('province-01', 'province', 'vn', { effectiveOn: '1900' }),
    district,
    commune,
  ];
  const moved = (unit: string, parent: string, effectiveOn: unknown = '2008-08-01') =>
    fact('UnitMoved', { unit, parent, effectiveOn });

  test('into another unit of a fitting kind', () => {
    const then = given(world, history).when(moved('district-116', 'province-01'));
    then.accepted();
    expect(then.registry.unit('district-116')!.parents).toEqual([
      { from: null, to: '2008-08-01', value: 'province-14' },
      { from: '2008-08-01', to: null, value: 'province-01' },
    ]);
  });

  test('not into a unit of a kind that can’t hold it', () => {
    expect(refusal(history, moved('district-116', 'commune-03646')).slug).toBe('wrong-kind');
    expect(refusal(history, moved('vn', 'province-01')).slug).toBe('wrong-kind');
  });

  test('not where it lies already', () => {
    expect(refusal(history, moved('district-116', 'province-14')).slug).toBe('unchanged');
  });

  test('not into what is unknown, not yet or no more', () => {
    expect(refusal(history, moved('district-116', 'province-99'))).toMatchObject({
      slug: 'unit-unknown',
      path: 'data.parent',
    });
    expect(refusal(history, moved('district-99', 'province-01'))).toMatchObject({
      slug: 'unit-unknown',
      path: 'data.unit',
    });
    expect(refusal(history, moved('district-116', 'province-01', '1899-01-01')).slug).toBe('unit-not-yet');
    const ended = [...history, fact('UnitAbolished', { unit: 'province-01', effectiveOn: '2000' })];
    expect(refusal(ended, moved('district-116', 'province-01')).slug).toBe('unit-ended');
  });

  test('not before it is there or after it ended, not in the future, not twice on one day', () => {
    const late = [...history, established('district-2', 'district', 'province-14', { effectiveOn: '2010-01-01' })];
    expect(refusal(late, moved('district-2', 'province-01')).slug).toBe('unit-not-yet');
    expect(refusal(history, moved('district-116', 'province-01', '2030')).slug).toBe('in-future');
    const third = established('province-02', 'province', 'vn');
    expect(
      refusal([...history, third, moved('district-116', 'province-01')], moved('district-116', 'province-02')).slug,
    ).toBe('contradicts');
  });
});

describe('a unit is abolished', () => {
  const abolished = (unit: string, effectiveOn: unknown = '2025-07-01') => fact('UnitAbolished', { unit, effectiveOn });

  test('when nothing lies in it any more', () => {
    expect(refusal(known, abolished('district-116'))).toMatchObject({ slug: 'has-children', path: 'data.unit' });
    expect(refusal(known, abolished('district-116')).message).toContain('commune-03646');
    const then = given(world, [...known, abolished('commune-03646')]).when(abolished('district-116'));
    then.accepted();
    expect(then.registry.unit('district-116')!.life.to).toBe('2025-07-01');
    const left = [
      ...known,
      fact('UnitMoved', { unit: 'commune-03646', parent: 'province-14', effectiveOn: '2025-07-01' }),
    ];
    given(world, left).when(abolished('district-116')).accepted();
  });

  test('says which of many would be left', () => {
    const many = Array.from({ length: 7 }, (_, i) => established(`commune-${i}`, 'commune', 'district-116'));
    expect(refusal([...known, ...many], abolished('district-116')).message).toContain('and 3 more');
  });

  test('once, after it began, and not before what happened to it', () => {
    const fresh = established('commune-2', 'commune', 'district-116', { effectiveOn: '2010-01-01' });
    const later = fact('UnitRenamed', { unit: 'commune-2', name: { vi: 'B' }, effectiveOn: '2020-05-01' });
    expect(refusal([...known, fresh], abolished('commune-2', '2010-01-01')).slug).toBe('not-alive');
    expect(refusal([...known, abolished('commune-03646', '2025')], abolished('commune-03646', '2024-06-01')).slug).toBe(
      'not-alive',
    );
    expect(refusal([...known, fresh, later], abolished('commune-2', '2020-05-01'))).toMatchObject({
      slug: 'contradicts',
    });
    given(world, [...known, fresh, later])
      .when(abolished('commune-2', '2020-05-02'))
      .accepted();
  });

  test('not by a day on which it is known to have existed', () => {
    expect(refusal(known, abolished('commune-03646', '2024-01-01')).slug).toBe('not-alive');
    given(world, known).when(abolished('commune-03646', '2024-01-02')).accepted();
  });

  test('when it is known, a part of the country, and not in the future', () => {
    expect(refusal(known, abolished('commune-9'))).toMatchObject({ slug: 'unit-unknown' });
    expect(refusal([country], abolished('vn')).slug).toBe('wrong-kind');
    expect(refusal(known, abolished('commune-03646', '2026-07-01')).slug).toBe('in-future');
  });
});
