import { describe, expect, test } from '@jest/globals';
import { given, type TestFact, type World } from '@gdtx/testing/given';
import { established, fact, sonLa, consolidation, world } from '../../test/facts.js';
import type { CentrePage } from '../centre-page.js';

const refusal = (history: TestFact[], said: TestFact, overrides: Partial<World> = {}) =>
  given({ ...world, ...overrides }, history)
    .when(said)
    .refused();

describe('a centre is established', () => {
  test('in the registry’s ledger, alive from its day, with what it rests on', () => {
    const said = established('gdtx-x', {
      establishedOn: '1992-11',
      authority: { body: 'Sở GDĐT', of: 'province-14' },
      formedFrom: [{ name: 'Trường Cán bộ quản lý giáo dục', kind: 'school' }],
      legalBasis: [{ number: '191/QĐ-UB' }],
      note: 'Ghi chú',
    });
    const then = given(world, []).when({ ...said, id: 'founding' });
    expect(then.accepted()).toBe('vn');
    expect(then.registry.unit('gdtx-x')!.life).toMatchObject({ from: '1992-11-01', knownSince: false });
    expect(then.state<CentrePage>('centre:gdtx-x')).toEqual({
      reports: {},
      awards: [],
      ratings: [],
      accreditation: { targets: [], awarded: [] },
      legalActs: [
        {
          day: '1992-11-01',
          on: '1992-11',
          fact: 'CentreEstablished',
          id: 'founding',
          legalBasis: [{ number: '191/QĐ-UB' }],
          note: 'Ghi chú',
        },
      ],
    });
  });

  test('or known to exist since a day', () => {
    const then = given(world, []).when(established('gdtx-x', { establishedOn: undefined, knownSince: '2023-01-01' }));
    then.accepted();
    expect(then.registry.unit('gdtx-x')!.life).toMatchObject({ from: '2023-01-01', knownSince: true });
    expect(then.state<CentrePage>('centre:gdtx-x')!.legalActs).toMatchObject([{ on: '2023-01-01', legalBasis: [] }]);
  });

  test('one of the two, and not both', () => {
    const at = { slug: 'malformed', path: 'data.establishedOn' };
    expect(refusal([], established('gdtx-x', { establishedOn: undefined }))).toMatchObject(at);
    expect(refusal([], established('gdtx-x', { knownSince: '2000-01-01' }))).toMatchObject(at);
  });

  test('on a day that has come', () => {
    expect(refusal([], established('x', { establishedOn: '2026-02-01' }))).toMatchObject({
      slug: 'in-future',
      path: 'data.establishedOn',
    });
    expect(
      refusal([], established('x', { establishedOn: { notBefore: '2020-01-01', notAfter: '2027-01-01' } })),
    ).toMatchObject({
      slug: 'in-future',
      path: 'data.establishedOn.notAfter',
    });
    expect(refusal([], established('x', { establishedOn: undefined, knownSince: '2026-02-01' }))).toMatchObject({
      slug: 'in-future',
      path: 'data.knownSince',
    });
  });

  test('with an id that nothing else ever had', () => {
    for (const id of ['district-116', 'tthtcd-2', 'gdtx-cu']) {
      expect(refusal([...sonLa, consolidation()], established(id))).toMatchObject({
        slug: 'exists-already',
        path: 'data.centre',
      });
    }
  });

  test('in territory that is known and hasn’t ended; it may begin later', () => {
    const seated = (seat: string, establishedOn = '2000-01-01') => established('x', { seat, establishedOn });
    const at = (slug: string) => ({ slug, path: 'data.seat' });
    expect(refusal([], seated('district-9'))).toMatchObject(at('unit-unknown'));
    expect(refusal(sonLa, seated('gdtx-cu'))).toMatchObject(at('wrong-kind'));
    expect(refusal([], seated('district-461', '2025-07-01'))).toMatchObject(at('unit-ended'));
    given(world, []).when(seated('district-461', '2025-06-30')).accepted();
    given(world, []).when(seated('province-44-2025')).accepted();
  });

  test('under a body of territory', () => {
    const under = (of: string, establishedOn = '2000-01-01') =>
      established('x', { authority: { body: 'UBND', of }, establishedOn });
    const at = (slug: string) => ({ slug, path: 'data.authority.of' });
    expect(refusal([], under('district-9'))).toMatchObject(at('unit-unknown'));
    expect(refusal([], under('tthtcd-1'))).toMatchObject(at('wrong-kind'));
    expect(refusal([], under('district-461', '2025-07-01'))).toMatchObject(at('unit-ended'));
  });

  test('from units that are known, where it names any', () => {
    const from = (formedFrom: object[]) => established('x', { formedFrom });
    given(world, sonLa)
      .when(from([{ unit: 'gdtx-cu' }, { name: 'Trường' }]))
      .accepted();
    expect(refusal([], from([{ name: 'Trường' }, { unit: 'gdtx-cu' }]))).toMatchObject({
      slug: 'unit-unknown',
      path: 'data.formedFrom.1.unit',
    });
    expect(refusal([], from([{ kind: 'school' }]))).toMatchObject({ slug: 'malformed', path: 'data.formedFrom.0' });
  });

  test('by a registrar of where it lies', () => {
    const by = (units: string[]) => ({ caller: { roles: ['registrar' as const], units } });
    const said = { ...established('x'), source: 'province-14' };
    given({ ...world, ...by(['province-14']) }, [])
      .when(said)
      .accepted();
    expect(refusal([], { ...said, source: 'province-44-2025' }, by(['province-44-2025']))).toMatchObject({
      slug: 'not-allowed',
      path: 'data',
    });
    const publisher = { caller: { roles: ['centre-publisher' as const, 'province-officer' as const], units: ['vn'] } };
    expect(refusal([], said, publisher)).toMatchObject({ slug: 'not-allowed', path: 'type' });
  });
});

/** Thái Nguyên: one life under three names. */
const thaiNguyen = established('gdtx-tn', {
  kind: 'taichuc',
  name: { vi: 'Tại chức Bắc Thái' },
  establishedOn: '1992-11-25',
  authority: { body: 'Sở GDĐT', of: 'province-14' },
  address: 'Ngõ 185',
});
const renamed = (more: object = {}) =>
  fact('CentreRenamed', { centre: 'gdtx-tn', name: { vi: 'GDTX Bắc Thái' }, effectiveOn: '1994-09-14', ...more });

describe('a centre is renamed', () => {
  test('from a day on, with another kind where the name says so, in any order', () => {
    const last = renamed({ name: { vi: 'GDTX Thái Nguyên' }, effectiveOn: '1997' });
    const then = given(world, [thaiNguyen, last]).when(renamed({ kind: 'gdtx' }));
    then.accepted();
    const { names, subkinds } = then.registry.unit('gdtx-tn')!;
    expect(names.map((span) => [span.from, span.value.vi])).toEqual([
      ['1992-11-25', 'Tại chức Bắc Thái'],
      ['1994-09-14', 'GDTX Bắc Thái'],
      ['1997-01-01', 'GDTX Thái Nguyên'],
    ]);
    expect(subkinds.map((span) => span.value)).toEqual(['taichuc', 'gdtx']);
    expect(then.state<CentrePage>('centre:gdtx-tn')!.legalActs.map((act) => [act.fact, act.on])).toEqual([
      ['CentreEstablished', '1992-11-25'],
      ['CentreRenamed', '1994-09-14'],
      ['CentreRenamed', '1997'],
    ]);
  });

  test('not before it existed and not after it ended; a successor is named', () => {
    expect(refusal([thaiNguyen], renamed({ effectiveOn: '1992-11-24' }))).toMatchObject({
      slug: 'unit-not-yet',
      path: 'data.centre',
    });
    const late = renamed({ centre: 'gdtx-cu', effectiveOn: '2018-09-25' });
    expect(refusal([...sonLa, consolidation()], late)).toMatchObject({ slug: 'unit-ended' });
    expect(refusal([...sonLa, consolidation()], late).message).toContain('`gdtx-son-la`');
  });

  test('when it is known, a centre, and the day has come', () => {
    expect(refusal([], renamed())).toMatchObject({ slug: 'unit-unknown', path: 'data.centre' });
    expect(refusal([], renamed({ centre: 'district-116' }))).toMatchObject({ slug: 'wrong-kind' });
    expect(refusal([thaiNguyen], renamed({ effectiveOn: '2027' }))).toMatchObject({ slug: 'in-future' });
  });

  test('to another name, and once a day', () => {
    const same = { name: { vi: 'Tại chức Bắc Thái' } };
    expect(refusal([thaiNguyen], renamed(same))).toMatchObject({ slug: 'unchanged' });
    given(world, [thaiNguyen])
      .when(renamed({ ...same, kind: 'gdtx' }))
      .accepted();
    given(world, [thaiNguyen])
      .when(renamed({ name: { ...same.name, en: 'In-service' } }))
      .accepted();
    expect(refusal([thaiNguyen, renamed()], renamed({ name: { vi: 'Khác' } }))).toMatchObject({ slug: 'contradicts' });
    // On the day on which it was founded it may already be called otherwise.
    given(world, [thaiNguyen])
      .when(renamed({ effectiveOn: '1992-11-25' }))
      .accepted();
  });

  test('by a registrar who may write to it', () => {
    const caller = { roles: ['registrar' as const], units: ['province-44-2025'] };
    expect(refusal([thaiNguyen], { ...renamed(), source: 'province-44-2025' }, { caller }).slug).toBe('not-allowed');
  });
});

describe('a centre’s kind changes', () => {
  const changedTo = (kind: string, more: object = {}) =>
    fact('CentreKindChanged', { centre: 'gdtx-tn', kind, effectiveOn: '2016', ...more });

  test('from a day on', () => {
    const then = given(world, [thaiNguyen]).when(changedTo('gdnn-gdtx', { name: { vi: 'GDNN' } }));
    then.accepted();
    expect(then.registry.unit('gdtx-tn')!.subkinds.at(-1)).toMatchObject({ from: '2016-01-01', value: 'gdnn-gdtx' });
    expect(then.state<CentrePage>('centre:gdtx-tn')!.legalActs.at(-1)).toMatchObject({
      fact: 'CentreKindChanged',
      on: '2016',
    });
  });

  test('to another one, once a day, while it lives', () => {
    expect(refusal([thaiNguyen], changedTo('taichuc'))).toMatchObject({ slug: 'unchanged' });
    expect(refusal([thaiNguyen, changedTo('gdtx')], changedTo('kthn'))).toMatchObject({ slug: 'contradicts' });
    expect(
      refusal([thaiNguyen, renamed({ effectiveOn: '2016' })], changedTo('gdtx', { name: { vi: 'B' } })),
    ).toMatchObject({ slug: 'contradicts' });
    given(world, [thaiNguyen, renamed({ effectiveOn: '2016' })])
      .when(changedTo('gdtx'))
      .accepted();
    expect(refusal([thaiNguyen], changedTo('gdtx', { effectiveOn: '1990' }))).toMatchObject({ slug: 'unit-not-yet' });
    expect(refusal([thaiNguyen], changedTo('school'))).toMatchObject({ slug: 'malformed', path: 'data.kind' });
  });
});

describe('a centre’s authority changes', () => {
  const under = (authority: object, effectiveOn = '2005-01-01') =>
    fact('AuthorityChanged', { centre: 'gdtx-tn', authority, effectiveOn });

  test('from a day on', () => {
    const then = given(world, [thaiNguyen]).when(under({ body: 'UBND', of: 'district-116' }));
    then.accepted();
    expect(then.registry.unit('gdtx-tn')!.authorities.at(-1)).toMatchObject({ value: { of: 'district-116' } });
    expect(then.state<CentrePage>('centre:gdtx-tn')!.legalActs.at(-1)).toMatchObject({ fact: 'AuthorityChanged' });
  });

  test('to another body, of territory that hasn’t ended, once a day', () => {
    expect(refusal([thaiNguyen], under({ body: 'Sở GDĐT', of: 'province-14' }))).toMatchObject({ slug: 'unchanged' });
    given(world, [thaiNguyen])
      .when(under({ body: 'Sở Nội vụ', of: 'province-14' }))
      .accepted();
    expect(refusal([thaiNguyen], under({ body: 'UBND', of: 'district-461' }, '2025-07-01'))).toMatchObject({
      slug: 'unit-ended',
    });
    expect(refusal([thaiNguyen], under({ body: 'UBND', of: 'district-9' }))).toMatchObject({
      slug: 'unit-unknown',
      path: 'data.authority.of',
    });
    const once = under({ body: 'UBND', of: 'district-116' });
    expect(refusal([thaiNguyen, once], under({ body: 'UBND', of: 'district-461' }))).toMatchObject({
      slug: 'contradicts',
    });
    expect(refusal([thaiNguyen], under({ body: 'UBND', of: 'district-116' }, '1990'))).toMatchObject({
      slug: 'unit-not-yet',
    });
  });

  test('is nobody’s where none was said', () => {
    given(world, [established('x')])
      .when(
        fact('AuthorityChanged', {
          centre: 'x',
          authority: { body: 'Sở GDĐT', of: 'province-14' },
          effectiveOn: '2005',
        }),
      )
      .accepted();
  });
});

describe('a centre moves', () => {
  const moved = (to: object, effectiveOn = '2005-01-01') =>
    fact('CentreMoved', { centre: 'gdtx-tn', ...to, effectiveOn });

  test('to another seat, or address', () => {
    const then = given(world, [thaiNguyen, moved({ address: 'Ngõ 1' }, '2001')]).when(moved({ seat: 'district-116' }));
    then.accepted();
    const { parents, addresses } = then.registry.unit('gdtx-tn')!;
    expect(parents.at(-1)).toMatchObject({ from: '2005-01-01', value: 'district-116' });
    expect(addresses.at(-1)).toMatchObject({ from: '2001-01-01', value: 'Ngõ 1' });
    expect(then.state<CentrePage>('centre:gdtx-tn')!.legalActs.map((act) => act.on)).toEqual([
      '1992-11-25',
      '2001',
      '2005-01-01',
    ]);
  });

  test('somewhere else, that hasn’t ended, once a day, while it lives', () => {
    expect(refusal([thaiNguyen], moved({ seat: 'province-14' }))).toMatchObject({ slug: 'unchanged' });
    expect(refusal([thaiNguyen], moved({ seat: 'province-14', address: 'Ngõ 185' }))).toMatchObject({
      slug: 'unchanged',
    });
    expect(refusal([thaiNguyen], moved({ seat: 'district-461' }, '2025-08-01'))).toMatchObject({
      slug: 'unit-ended',
      path: 'data.seat',
    });
    expect(refusal([thaiNguyen, moved({ address: 'Ngõ 1' })], moved({ address: 'Ngõ 2' }))).toMatchObject({
      slug: 'contradicts',
    });
    expect(refusal([thaiNguyen], moved({ address: 'Ngõ 2' }, '1990'))).toMatchObject({ slug: 'unit-not-yet' });
    expect(refusal([thaiNguyen], moved({}))).toMatchObject({ slug: 'malformed' });
  });

  test('by a registrar of both places', () => {
    const caller = { roles: ['registrar' as const], units: ['province-14'] };
    const away = { ...moved({ seat: 'province-44-2025' }), source: 'province-14' };
    expect(refusal([thaiNguyen], away, { caller }).slug).toBe('not-allowed');
    given({ ...world, caller }, [thaiNguyen])
      .when({ ...moved({ seat: 'district-116' }), source: 'province-14' })
      .accepted();
  });
});

describe('a suspended centre resumes its work', () => {
  const suspended = (from: string, until?: string) => fact('OperationSuspended', { centre: 'gdtx-tn', from, until });
  const resumed = (effectiveOn: string) => fact('OperationResumed', { centre: 'gdtx-tn', effectiveOn });

  test.each([
    ['where nobody said until when', undefined],
    ['earlier than was said', '2025-12-31'],
  ])('%s', (_, until) => {
    const then = given(world, [thaiNguyen, suspended('2021-05-10', until)]).when(resumed('2021-09'));
    then.accepted();
    const centre = then.registry.unit('gdtx-tn')!;
    expect(centre.suspended).toEqual([{ from: '2021-05-10', to: '2021-09-01', value: true }]);
    expect(centre.changes.map(({ kind }) => kind).slice(-2)).toEqual(['suspended', 'resumed']);
    expect(then.state<CentrePage>('centre:gdtx-tn')!.legalActs.at(-1)).toMatchObject({ fact: 'OperationResumed' });
  });

  test('and may be suspended again', () => {
    const again = given(world, [thaiNguyen, suspended('2021-05-10'), resumed('2021-09-01')]).when(
      suspended('2022-01-01'),
    );
    again.accepted();
    expect(again.registry.unit('gdtx-tn')!.suspended).toEqual([
      { from: '2021-05-10', to: '2021-09-01', value: true },
      { from: '2022-01-01', to: null, value: true },
    ]);
  });

  test('only if it is suspended, on a day that has come', () => {
    for (const [history, day] of [
      [[thaiNguyen], '2021-09-01'],
      [[thaiNguyen, suspended('2021-05-10')], '2021-05-10'],
      [[thaiNguyen, suspended('2021-05-10', '2021-09-01')], '2021-09-01'],
      [[thaiNguyen, suspended('2021-05-10'), resumed('2021-09-01')], '2021-09-01'],
    ] as const) {
      expect(refusal([...history], resumed(day))).toMatchObject({ slug: 'not-suspended', path: 'data.effectiveOn' });
    }
    expect(refusal([thaiNguyen, suspended('2021-05-10')], resumed('2030-01-01')).slug).toBe('in-future');
  });
});

describe('a centre’s operation is suspended', () => {
  const suspended = (from: unknown, until?: string) => fact('OperationSuspended', { centre: 'gdtx-tn', from, until });

  test('from a day on, until another or one not known; that may be to come', () => {
    const then = given(world, [thaiNguyen, suspended('2021-05-10', '2021-09-06')]).when(
      suspended('2025-12', '2026-09-01'),
    );
    then.accepted();
    expect(then.registry.unit('gdtx-tn')!.suspended).toEqual([
      { from: '2021-05-10', to: '2021-09-06', value: true },
      { from: '2025-12-01', to: '2026-09-01', value: true },
    ]);
    expect(then.state<CentrePage>('centre:gdtx-tn')!.legalActs.at(-1)).toMatchObject({
      fact: 'OperationSuspended',
      on: '2025-12',
    });
  });

  test('once at a time', () => {
    expect(refusal([thaiNguyen, suspended('2021-05-10', '2021-09-06')], suspended('2021-09-05'))).toMatchObject({
      slug: 'overlaps',
      path: 'data.from',
    });
    expect(refusal([thaiNguyen, suspended('2021-05-10')], suspended('2022-01-01', '2022-02-01'))).toMatchObject({
      slug: 'overlaps',
    });
    expect(refusal([thaiNguyen, suspended('2021-05-10')], suspended('2020-01-01'))).toMatchObject({ slug: 'overlaps' });
    given(world, [thaiNguyen, suspended('2021-05-10')])
      .when(suspended('2020-01-01', '2021-05-10'))
      .accepted();
    given(world, [thaiNguyen, suspended('2021-05-10', '2021-09-06')])
      .when(suspended('2021-09-06'))
      .accepted();
  });

  test('on a day that has come, before it is over, while the centre lives', () => {
    expect(refusal([thaiNguyen], suspended('2026-02-01'))).toMatchObject({ slug: 'in-future', path: 'data.from' });
    expect(refusal([thaiNguyen], suspended('2021-05-10', '2021-05-10'))).toMatchObject({
      slug: 'contradicts',
      path: 'data.until',
    });
    expect(refusal([thaiNguyen], suspended('1990'))).toMatchObject({ slug: 'unit-not-yet' });
  });
});

describe('a centre is dissolved', () => {
  const dissolved = (effectiveOn: unknown = '2020-01-01', centre = 'gdtx-tn') =>
    fact('CentreDissolved', { centre, effectiveOn });

  test('from a day on', () => {
    const then = given(world, [thaiNguyen]).when(dissolved());
    then.accepted();
    expect(then.registry.unit('gdtx-tn')!.life.to).toBe('2020-01-01');
    expect(then.state<CentrePage>('centre:gdtx-tn')!.legalActs.at(-1)).toMatchObject({ fact: 'CentreDissolved' });
  });

  test('once, after it began, and not before what happened to it', () => {
    expect(refusal([thaiNguyen, dissolved()], dissolved('2019'))).toMatchObject({ slug: 'not-alive' });
    expect(refusal([thaiNguyen], dissolved('1992-11-25'))).toMatchObject({ slug: 'not-alive' });
    expect(refusal([thaiNguyen, renamed({ effectiveOn: '2021' })], dissolved())).toMatchObject({ slug: 'contradicts' });
    expect(
      refusal([established('x', { establishedOn: { notAfter: '2010-01-01' } })], dissolved('2009', 'x')),
    ).toMatchObject({ slug: 'not-alive' });
  });

  test('when it is known, a centre, and the day has come', () => {
    expect(refusal([], dissolved())).toMatchObject({ slug: 'unit-unknown' });
    expect(refusal([], dissolved('2020', 'district-116'))).toMatchObject({ slug: 'wrong-kind' });
    expect(refusal([thaiNguyen], dissolved('2026-07-01'))).toMatchObject({ slug: 'in-future' });
  });
});
