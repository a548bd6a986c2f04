import { describe, expect, test } from '@jest/globals';
import { fact, told } from '../../test/world.js';
import type { OfferState } from './offer-state.js';

const trade = (programme: string, more: object = {}) => ({
  programme,
  type: 'general-vocational',
  trade: 'Nấu ăn',
  offeredFrom: { notBefore: '2018-11-27' },
  ...more,
});
const key = 'offer:gdtx-son-la';

describe('ProgrammeOffered', () => {
  const when = (data: object, ...history: object[]) =>
    told(history.map((said) => fact('ProgrammeOffered', said))).when('ProgrammeOffered', data);

  test('is kept with its time and what was said', () => {
    const outcome = when(trade('nau-an', { forms: ['in-service'], until: '2020-01-01', partner: 'Trường X' }));
    expect(outcome.accepted()).toBe('gdtx-son-la');
    expect(outcome.state<OfferState>(key)?.programmes).toEqual([
      {
        id: 'nau-an',
        type: 'general-vocational',
        from: '2018-11-27',
        until: '2020-01-01',
        forms: ['in-service'],
        identity: expect.any(String),
        said: {
          programme: 'nau-an',
          type: 'general-vocational',
          trade: 'Nấu ăn',
          partner: 'Trường X',
          forms: ['in-service'],
          offeredFrom: { notBefore: '2018-11-27' },
          until: '2020-01-01',
        },
      },
    ]);
  });

  test('since an unknown day, or only by a day, has no beginning', () => {
    expect(when(trade('a', { offeredFrom: undefined })).state<OfferState>(key)?.programmes[0]?.from).toBeNull();
    expect(
      when(trade('a', { offeredFrom: { notAfter: '2022-02-16' } })).state<OfferState>(key)?.programmes[0]?.from,
    ).toBeNull();
  });

  test('under an id that was used is refused', () => {
    expect(when(trade('nau-an', { trade: 'May' }), trade('nau-an')).refused()).toMatchObject({
      slug: 'exists-already',
      path: 'data.programme',
    });
  });

  test('the same under another id would count twice', () => {
    expect(when(trade('nau-an-2', { trade: ' nấu  ĂN', role: 'organises' }), trade('nau-an')).refused()).toMatchObject({
      slug: 'counted-twice',
      message: expect.stringContaining('`nau-an`') as unknown as string,
    });
  });

  test.each([
    { trade: 'May' },
    { partner: 'Trường X' },
    { audience: ['học sinh THPT'] },
    { forms: ['distance'] },
    { level: 'college' },
    { type: 'short-term' },
    { role: 'hosts' },
  ])('another one in %j is taken', (more) => {
    when(trade('nau-an-2', more), trade('nau-an')).accepted();
  });

  test('the same again after it had ended is taken', () => {
    when(trade('nau-an-2', { offeredFrom: '2022' }), trade('nau-an', { until: '2021-01-01' })).accepted();
    when(trade('nau-an-2', { until: '2021-01-01' }), trade('nau-an', { offeredFrom: '2022' })).accepted();
    expect(
      when(trade('nau-an-2', { offeredFrom: '2020' }), trade('nau-an', { until: '2021-01-01' })).refused().slug,
    ).toBe('counted-twice');
    expect(
      when(trade('nau-an-2', { offeredFrom: '2022' }), trade('nau-an', { offeredFrom: undefined })).refused().slug,
    ).toBe('counted-twice');
  });

  test('in the future, or until a day in the future, is refused', () => {
    expect(when(trade('a', { offeredFrom: '2026-02' })).refused()).toMatchObject({
      slug: 'in-future',
      path: 'data.offeredFrom',
    });
    expect(when(trade('a', { until: '2026-02-01' })).refused()).toMatchObject({
      slug: 'in-future',
      path: 'data.until',
    });
  });

  test('until before it began is refused', () => {
    expect(when(trade('a', { until: '2018-11-27' })).refused()).toMatchObject({
      slug: 'malformed',
      path: 'data.until',
    });
  });

  test('before the centre lived, or only after it, is refused', () => {
    expect(when(trade('a', { offeredFrom: '2018-09-24' })).refused().slug).toBe('unit-not-yet');
    expect(when(trade('a', { offeredFrom: undefined, until: '2018-09-24' })).refused().slug).toBe('unit-not-yet');
    expect(told().when('ProgrammeOffered', trade('a'), 'kthn-son-la').refused().slug).toBe('unit-ended');
  });

  test('without a day, of a unit that is no centre, is refused', () => {
    expect(
      told()
        .when('ProgrammeOffered', trade('a', { offeredFrom: undefined }), 'province-14')
        .refused().slug,
    ).toBe('wrong-kind');
    expect(
      told()
        .when('ProgrammeOffered', trade('a', { offeredFrom: undefined }), 'gdtx-x')
        .refused().slug,
    ).toBe('unit-unknown');
  });

  test('more than a centre can have are refused', () => {
    const many = Array.from({ length: 1000 }, (_, i) => trade(`t${i}`, { trade: `Nghề ${i}` }));
    expect(when(trade('t1000'), ...many).refused().slug).toBe('too-many');
  });
});

describe('OfferReported', () => {
  const when = (data: object, ...history: object[]) =>
    told(history.map((said) => fact('OfferReported', said))).when('OfferReported', data);
  const report = (reportedOn: unknown, more: object = {}) => ({ reportedOn, fields: 31, ...more });

  test('shows the report of the newest day', () => {
    const first = report('2022-01-01', { openTypes: ['refresher'] });
    expect(when(report('2021-01-01'), first).state<OfferState>(key)).toMatchObject({
      reportedOn: ['2022-01-01', '2021-01-01'],
      report: { day: '2022-01-01', said: { openTypes: ['refresher'] } },
    });
    expect(when(report('2023', { areas: ['a'], open: true }), first).state<OfferState>(key)?.report).toEqual({
      day: '2023-01-01',
      said: { reportedOn: '2023', fields: { value: 31 }, areas: ['a'], open: true },
    });
  });

  test('of a day that was reported is refused', () => {
    expect(when(report('2022-01-01'), report('2022')).refused()).toMatchObject({
      slug: 'exists-already',
      path: 'data.reportedOn',
    });
  });

  test('in the future, or before the centre lived, is refused', () => {
    expect(when(report('2026-02-01')).refused().slug).toBe('in-future');
    expect(when(report('2018-09-24')).refused().slug).toBe('unit-not-yet');
  });

  test('more than a centre can have are refused', () => {
    const days = Array.from({ length: 1000 }, (_, i) =>
      report(new Date(Date.UTC(2019, 0, 1 + i)).toISOString().slice(0, 10)),
    );
    expect(when(report('2025-01-01'), ...days).refused().slug).toBe('too-many');
  });
});
