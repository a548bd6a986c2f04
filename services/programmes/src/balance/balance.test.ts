import { describe, expect, test } from '@jest/globals';
import { fact, told } from '../../test/world.js';
import type { BalancesState } from './balance.js';

const HOA = 'gdtx-thanh-hoa';
const SPAN = { from: '2003-06', to: '2022-02-16' };
const UPPER = ['tổ trưởng, khối trưởng chuyên môn trường THPT, trung tâm GDNN-GDTX'];
const LOWER = ['tổ trưởng, khối trưởng chuyên môn trường tiểu học, THCS'];

const refreshed = (count: number, audience: string[] | undefined, more: object = {}) => ({
  measure: 'refresher-trainees',
  programmeTypes: ['refresher'],
  audience,
  basis: 'total',
  count,
  ...SPAN,
  ...more,
});
const it = (measure: string, count: number, more: object = {}) => ({
  measure,
  programmeTypes: ['it-certificate'],
  count,
  ...SPAN,
  ...more,
});
const when = (data: object, ...history: object[]) =>
  told(history.map((said) => fact('OpeningBalanceDeclared', said, HOA))).when('OpeningBalanceDeclared', data, HOA);

describe('a balance', () => {
  test('is kept with its time and what was said', () => {
    const outcome = when(refreshed(1000, ['giáo viên chủ nhiệm lớp'], { precision: 'about', asGiven: 'gần 1000' }));
    expect(outcome.accepted()).toBe(HOA);
    expect(outcome.state<BalancesState>(`balances:${HOA}`)?.balances).toEqual([
      expect.objectContaining({
        count: 1000,
        precision: 'about',
        basis: 'total',
        from: '2003-06-01',
        to: '2022-02-16',
        said: expect.objectContaining({
          asGiven: 'gần 1000',
          from: '2003-06',
          audience: ['giáo viên chủ nhiệm lớp'],
        }) as unknown,
      }),
    ]);
  });

  test('may begin before the centre did: it can be inherited', () => {
    when(refreshed(1, UPPER, { from: '1990', to: '2003-05-31' })).accepted();
    when(refreshed(1, UPPER, { from: undefined })).accepted();
  });

  test('ends on the last day of the year that it names, and on the first certain day of bounds', () => {
    const end = (to: unknown) =>
      when(refreshed(1, UPPER, { from: undefined, to })).state<BalancesState>(`balances:${HOA}`)?.balances[0]?.to;
    expect([end('2018'), end('2018-06'), end({ notBefore: '2018-11-27' }), end({ notAfter: '2018-11-27' })]).toEqual([
      '2018-12-31',
      '2018-06-30',
      '2018-11-27',
      '2018-11-27',
    ]);
  });

  test('in the future is refused, also when its year isn’t over', () => {
    expect(when(refreshed(1, UPPER, { to: '2026-02-01' })).refused()).toMatchObject({
      slug: 'in-future',
      path: 'data.to',
    });
    expect(when(refreshed(1, UPPER, { to: '2026' })).refused().slug).toBe('in-future');
  });

  test('that begins after its end is refused', () => {
    expect(when(refreshed(1, UPPER, { from: '2022-03' })).refused()).toMatchObject({
      slug: 'malformed',
      path: 'data.from',
    });
  });

  test('that ends after its centre is refused, and the successor is named', () => {
    const say = (to: string) =>
      told().when('OpeningBalanceDeclared', refreshed(1, UPPER, { to, from: undefined }), 'kthn-son-la');
    expect(say('2018-09-25').refused()).toMatchObject({
      slug: 'unit-ended',
      message: expect.stringContaining('`gdtx-son-la`') as unknown as string,
    });
    say('2018-09-24').accepted();
  });

  test('of a unit that is no centre, or that nobody knows, is refused', () => {
    expect(told().when('OpeningBalanceDeclared', refreshed(1, UPPER), 'province-38').refused().slug).toBe('wrong-kind');
    expect(told().when('OpeningBalanceDeclared', refreshed(1, UPPER), 'gdtx-x').refused().slug).toBe('unit-unknown');
  });

  test('of an area that is no territory, or that nobody knows, is refused', () => {
    expect(when(refreshed(1, UPPER, { area: 'gdtx-son-la' })).refused()).toMatchObject({
      slug: 'wrong-kind',
      path: 'data.area',
    });
    expect(when(refreshed(1, UPPER, { area: 'district-9' })).refused()).toMatchObject({
      slug: 'unit-unknown',
      path: 'data.area',
    });
    when(refreshed(1, UPPER, { area: 'district-116' })).accepted();
  });

  test.each([
    ['refresher-trainees', 'it-certificate'],
    ['linked-trainees', 'refresher'],
    ['general-vocational-pupils', 'literacy'],
    ['literacy-learners', 'lower-secondary'],
  ])('of %s isn’t of type %s', (measure, type) => {
    expect(when({ measure, programmeTypes: [type], count: 1, ...SPAN }).refused()).toMatchObject({
      slug: 'type-differs',
      path: 'data.programmeTypes.0',
    });
  });

  test('as a yearly average is of people who learn', () => {
    when({
      measure: 'linked-trainees',
      programmeTypes: ['linked-degree'],
      basis: 'yearly-average',
      count: 700,
      ...SPAN,
    }).accepted();
    expect(when(it('certificates-issued', 700, { basis: 'yearly-average' })).refused()).toMatchObject({
      slug: 'wrong-basis',
      path: 'data.basis',
    });
  });

  test('more than a unit can have are refused', () => {
    const years = Array.from({ length: 500 }, (_, i) =>
      refreshed(1, UPPER, { from: String(1500 + i), to: String(1500 + i) }),
    );
    expect(when(refreshed(1, UPPER, { from: '2001', to: '2001' }), ...years).refused().slug).toBe('too-many');
  });
});

describe('nobody is counted twice', () => {
  test('parts of a whole stand side by side', () => {
    when(refreshed(1000, ['giáo viên chủ nhiệm lớp']), refreshed(1212, UPPER), refreshed(3627, LOWER)).accepted();
  });

  test.each([
    ['of all groups', ['tổ trưởng, khối trưởng chuyên môn các trường phổ thông']],
    ['that names both groups', [...UPPER, ...LOWER]],
    ['of a wider group', ['tổ trưởng chuyên môn']],
    ['of everybody', []],
    ['without an audience', undefined],
  ])('their sum %s is refused, whichever comes first', (_, audience) => {
    const refusal = when(refreshed(4839, audience), refreshed(1212, UPPER), refreshed(3627, LOWER)).refused();
    expect(refusal).toMatchObject({ slug: 'counted-twice', path: 'data.measure' });
    expect(refusal.message).toContain('1212');
    expect(when(refreshed(1212, UPPER), refreshed(4839, audience)).refused().slug).toBe('counted-twice');
  });

  test('the same again is refused', () => {
    expect(when(refreshed(1212, UPPER), refreshed(1212, UPPER)).refused().slug).toBe('counted-twice');
  });

  test('times that meet on one day are refused, times that don’t are taken', () => {
    const first = refreshed(1, UPPER, { from: '2010', to: '2014' });
    expect(when(refreshed(1, UPPER, { from: '2014-12-31', to: '2016' }), first).refused().slug).toBe('counted-twice');
    expect(when(refreshed(1, UPPER, { from: '2004', to: '2010-01-01' }), first).refused().slug).toBe('counted-twice');
    when(refreshed(1, UPPER, { from: '2015', to: '2016' }), first).accepted();
    when(refreshed(1, UPPER, { from: '2004', to: '2009' }), first).accepted();
  });

  test('an unknown start overlaps everything before the end', () => {
    const first = refreshed(1, UPPER, { from: '2010', to: '2014' });
    expect(when(refreshed(1, UPPER, { from: undefined, to: '2016' }), first).refused().message).toContain(
      'from 2010-01-01',
    );
    expect(when(refreshed(1, UPPER, { from: { notAfter: '2015-01-01' }, to: '2016' }), first).refused().slug).toBe(
      'counted-twice',
    );
    expect(when(first, refreshed(1, UPPER, { from: undefined, to: '2016' })).refused().message).toContain(
      'until 2016-12-31',
    );
    when(refreshed(1, UPPER, { from: undefined, to: '2009' }), first).accepted();
  });

  test('other measures, other types and averages don’t meet', () => {
    const all = { measure: 'trainees', programmeTypes: ['refresher', 'short-term'], count: 1, ...SPAN };
    when({ ...all, measure: 'attendances' }, all).accepted();
    when({ ...all, programmeTypes: ['linked-degree'] }, all).accepted();
    when({ ...all, basis: 'yearly-average' }, all).accepted();
    expect(when({ ...all, programmeTypes: ['linked-degree', 'refresher'] }, all).refused().slug).toBe('counted-twice');
  });

  test('people refreshed are people trained', () => {
    const trained = { measure: 'trainees', programmeTypes: ['refresher', 'short-term'], count: 1, ...SPAN };
    expect(when(refreshed(1, UPPER), trained).refused().slug).toBe('counted-twice');
    expect(when(trained, refreshed(1, UPPER)).refused().slug).toBe('counted-twice');
  });
});

describe('certificates ≤ passed ≤ candidates', () => {
  test('17,506 of 17,591 are taken, in either order', () => {
    when(it('certificates-issued', 17506), it('exam-candidates', 17591)).accepted();
    when(it('exam-candidates', 17591), it('certificates-issued', 17506)).accepted();
  });

  test('17,592 of 17,591 are refused, in either order', () => {
    expect(when(it('certificates-issued', 17592), it('exam-candidates', 17591)).refused()).toMatchObject({
      slug: 'more-than-candidates',
      path: 'data.count',
    });
    expect(when(it('exam-candidates', 17591), it('certificates-issued', 17592)).refused().slug).toBe(
      'more-than-candidates',
    );
  });

  test('17,592 of 17,591 are refused as such, also where 17,506 are declared already', () => {
    const refusal = when(
      it('certificates-issued', 17592),
      it('exam-candidates', 17591),
      it('certificates-issued', 17506),
    ).refused();
    expect(refusal).toMatchObject({
      slug: 'more-than-candidates',
      message: expect.stringMatching(/^17592 /) as unknown as string,
    });
  });

  test('parts of the time or of the audience add up', () => {
    const parts = [it('certificates-issued', 9000, { to: '2010' }), it('certificates-issued', 8000, { from: '2011' })];
    expect(when(it('exam-candidates', 16999), ...parts).refused().slug).toBe('more-than-candidates');
    when(it('exam-candidates', 17000), ...parts).accepted();
    const groups = [
      it('certificates-issued', 9000, { audience: UPPER }),
      it('certificates-issued', 8000, { audience: LOWER }),
    ];
    expect(when(it('exam-candidates', 16999), ...groups).refused().slug).toBe('more-than-candidates');
  });

  test('an unknown start is taken as that of the candidates', () => {
    expect(
      when(it('certificates-issued', 17592, { from: undefined }), it('exam-candidates', 17591)).refused().slug,
    ).toBe('more-than-candidates');
  });

  test('what reaches beyond the candidates’ time, types or audience may have had others', () => {
    const few = it('exam-candidates', 10, { from: '2010', to: '2012', audience: UPPER });
    when(it('certificates-issued', 11, { from: '2009', to: '2012', audience: UPPER }), few).accepted();
    when(it('certificates-issued', 11, { from: '2010', to: '2013', audience: UPPER }), few).accepted();
    when(it('certificates-issued', 11, { from: '2010', to: '2012' }), few).accepted();
    when(
      it('certificates-issued', 11, {
        from: '2010',
        to: '2012',
        audience: UPPER,
        programmeTypes: ['language-certificate'],
      }),
      few,
    ).accepted();
    when(it('certificates-issued', 11, { from: '2009' }), it('exam-candidates', 10, { from: '2010' })).accepted();
  });

  test('an unknown start of the candidates holds everything before their end', () => {
    expect(when(it('certificates-issued', 11), it('exam-candidates', 10, { from: undefined })).refused().slug).toBe(
      'more-than-candidates',
    );
  });

  test('"more than" and "about" refuse nothing that could be right', () => {
    when(it('certificates-issued', 11), it('exam-candidates', 10, { precision: 'at-least' })).accepted();
    when(it('certificates-issued', 11, { precision: 'about' }), it('exam-candidates', 10)).accepted();
    expect(
      when(it('certificates-issued', 11, { precision: 'at-least' }), it('exam-candidates', 10)).refused().slug,
    ).toBe('more-than-candidates');
  });

  test('those who passed stand between', () => {
    expect(when(it('exam-passed', 11), it('exam-candidates', 10)).refused().slug).toBe('more-than-candidates');
    expect(when(it('certificates-issued', 11), it('exam-passed', 10)).refused().slug).toBe('more-than-passed');
  });
});
