import { describe, expect, test } from '@jest/globals';
import type { ServiceMonth } from '../api/reporting-answers.js';
import type { UnitSummary } from '../api/types.js';
import { approvable, approvals, approverOf, reopenable, reopenings } from './approval.js';

const at = '2024-10-02T00:00:00.000Z';
const service = (name: string, more: Partial<ServiceMonth>): ServiceMonth => ({
  ...{ service: name, closed: null, approved: null, reopened: 0, lastSeq: null, ...more },
});
const closed = { seq: 12, recordedAt: at, nothingToReport: false };

describe('what can be approved of a unit’s month', () => {
  test.each([
    ['nothing of a month that is open', service('programmes', { lastSeq: 7 }), undefined],
    ['a closed one up to its closing', service('programmes', { closed, lastSeq: 11 }), 12],
    ['one that was told more since up to the last entry', service('programmes', { closed, lastSeq: 15 }), 15],
    [
      'nothing to report up to its closing',
      service('programmes', { closed: { ...closed, nothingToReport: true } }),
      12,
    ],
    [
      'nothing that is approved up to its last entry',
      service('programmes', { closed, lastSeq: 12, approved: { seq: 13, recordedAt: at, upToSeq: 12 } }),
      undefined,
    ],
    [
      'again what has changed since',
      service('programmes', { closed, lastSeq: 14, approved: { seq: 13, recordedAt: at, upToSeq: 12 } }),
      14,
    ],
  ])('%s', (_, month, upToSeq) => {
    const expected = upToSeq === undefined ? [] : [{ unit: 'gdtx-son-la', service: 'programmes', upToSeq }];
    expect(approvable({ unit: 'gdtx-son-la', services: [month] })).toEqual(expected);
  });

  test('each service’s ledger by itself', () => {
    const services = [service('centres', { closed, lastSeq: 3 }), service('programmes', { lastSeq: 7 })];
    expect(approvable({ unit: 'a', services })).toEqual([{ unit: 'a', service: 'centres', upToSeq: 12 }]);
    expect(reopenable({ services })).toEqual(['centres']);
  });
});

test('the facts are in the province’s name, each in its service, and with ids of their own', () => {
  let count = 0;
  const newId = () => `id-${++count}`;
  const of = [
    { unit: 'a', service: 'centres', upToSeq: 3 },
    { unit: 'a', service: 'community-learning', upToSeq: 9 },
  ];
  expect(approvals(of, { month: '2024-09', by: 'province-14', note: '', newId })).toEqual([
    {
      ...{ id: 'id-1', source: 'province-14' },
      ...{ type: 'vn.gdtx.centres.PeriodApproved.v1', data: { unit: 'a', month: '2024-09', upToSeq: 3 } },
    },
    {
      ...{ id: 'id-2', source: 'province-14' },
      ...{ type: 'vn.gdtx.community-learning.PeriodApproved.v1', data: { unit: 'a', month: '2024-09', upToSeq: 9 } },
    },
  ]);
  expect(approvals(of.slice(0, 1), { month: '2024-09', by: 'vn', note: 'x', newId })[0]!.data).toMatchObject({
    note: 'x',
  });
  expect(reopenings(of.slice(0, 1), { month: '2024-09', by: 'vn', reason: 'Thiếu một lớp', newId })).toMatchObject([
    { type: 'vn.gdtx.centres.PeriodReopened.v1', data: { unit: 'a', month: '2024-09', reason: 'Thiếu một lớp' } },
  ]);
});

describe('who approves', () => {
  const unit = (id: string, kind: string) => ({ id, kind }) as UnitSummary;
  const sonLa = unit('province-14', 'province');
  const officer = { roles: ['province-officer'] };
  const within = ['gdtx-son-la', 'commune-3', 'province-14', 'vn'];

  test('an officer of the province that the unit lies in, in the province’s name', () => {
    expect(approverOf(officer, [unit('province-38', 'province'), sonLa], within, false)).toBe(sonLa);
  });

  test('also of what their province came from', () => {
    expect(approverOf(officer, [sonLa], ['province-13', 'vn'], false)).toBe(sonLa);
  });

  test.each([
    ['no other role', { roles: ['inspector'] }, [unit('vn', 'country')], within, true],
    [
      'no other province, where the reader sees everything',
      { roles: ['province-officer', 'inspector'] },
      [sonLa],
      ['province-38', 'vn'],
      true,
    ],
    ['no district', officer, [unit('district-116', 'district')], ['district-116', 'vn'], false],
    ['nobody without a unit', officer, [], within, false],
  ])('%s', (_, who, mine, of, readsAll) => {
    expect(approverOf(who, mine, of, readsAll)).toBeUndefined();
  });
});
