import { describe, expect, test } from '@jest/globals';
import { fold, RECORDED } from '../../../test/folding.js';
import { FOLDS, SERVICES_FOLDED } from './all.js';

test('a target stands by unit, indicator, category and year', () => {
  const data = { unit: 'vn', indicator: 'community-internet', year: 2025, value: 70 };
  expect(fold({ type: 'provinces.TargetSet', data })).toEqual([
    { kind: 'record', collection: 'targets', id: 'vn/community-internet//2025', set: { ...data, category: '' } },
  ]);
});

describe.each([...SERVICES_FOLDED])('a month of reports in %s', (service) => {
  const entry = { source: 'province-14' };
  const said = { kind: 'period', month: '2024-09', at: RECORDED, nothing: false, upToSeq: 0 };

  test('is closed', () => {
    const data = { month: '2024-09', nothingToReport: true };
    expect(fold({ type: `${service}.PeriodClosed`, data })).toEqual([{ ...said, what: 'closed', nothing: true }]);
  });

  test('is closed with what the publisher counted itself', () => {
    const counted = { controlTotals: [{ indicator: 'classes', category: '', value: 3 }], note: 'n' };
    expect(fold({ type: `${service}.PeriodClosed`, data: { month: '2024-09', ...counted } })).toEqual([
      { ...said, what: 'closed', remark: counted },
    ]);
  });

  test('is approved up to an entry', () => {
    const data = { unit: 'gdtx-son-la', month: '2024-09', upToSeq: 6 };
    expect(fold({ type: `${service}.PeriodApproved`, data, entry })).toEqual([
      { ...said, what: 'approved', upToSeq: 6, remark: { by: 'province-14' } },
    ]);
  });

  test('is opened again', () => {
    const data = { month: '2024-09', reason: 'Thiếu một lớp' };
    expect(fold({ type: `${service}.PeriodReopened`, data, entry })).toEqual([
      { ...said, what: 'reopened', remark: { by: 'province-14', reason: 'Thiếu một lớp' } },
    ]);
  });
});

test.each([...SERVICES_FOLDED])(
  'of an entry in %s that the registry contradicts it is kept that it stands',
  (service) => {
    const data = { unit: 'gdtx-son-la', seq: 3, reason: 'Trung tâm mới dạy tiếp', note: 'n' };
    expect(fold({ type: `${service}.ConflictSettled`, data, entry: { source: 'province-14' } })).toEqual([
      {
        ...{ kind: 'record', collection: 'settlements', id: '3' },
        set: { seq: 7, recordedAt: RECORDED, by: 'province-14', reason: 'Trung tâm mới dạy tiếp', note: 'n' },
      },
    ]);
  },
);

test('no type is folded and silent at once', () => {
  expect([...FOLDS.folds.keys()].filter((type) => FOLDS.silent.has(type))).toEqual([]);
});
