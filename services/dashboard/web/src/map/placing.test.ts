import { describe, expect, test } from '@jest/globals';
import type { UnitSummary } from '../api/types.js';
import { dayDrawn, placing } from './placing.js';

const unit = (id: string, officialCode: string, successors?: string[]): UnitSummary => ({
  ...{ id, officialCode, kind: 'province', name: { vi: id, en: id }, label: { vi: id, en: id }, from: null, to: null },
  ...(successors && { successors }),
});
const of2024 = [unit('province-14', '14'), unit('province-06', '06', ['province-19-2025'])];

describe('where a shape belongs', () => {
  test('to its province while that lives, else to what it became', () => {
    const before = placing(of2024, new Set(['province-14', 'province-06']));
    expect([before('14'), before('06')]).toEqual(['province-14', 'province-06']);
    const after = placing(of2024, new Set(['province-14', 'province-19-2025']));
    expect([after('14'), after('06')]).toEqual(['province-14', 'province-19-2025']);
  });

  test('to nothing where neither is there, or the code is unknown', () => {
    const long = placing(of2024, new Set(['province-14']));
    expect([long('06'), long('99')]).toEqual([undefined, undefined]);
  });
});

describe('the day that is drawn', () => {
  const today = '2026-11-29';
  test.each([
    [{ map: 'today', to: '2020-01' }, '2026-11-29'],
    [{ map: '1990-01-01', to: null }, '1990-01-01'],
    [{ map: 'then', to: null }, '2026-11-29'],
    [{ map: 'then', to: '2024-02' }, '2024-02-29'],
    [{ map: 'then', to: '2026-11' }, '2026-11-29'],
    [{ map: 'then', on: '2025-03-05', to: null }, '2025-03-05'],
  ])('%j', (figure, day) => {
    expect(dayDrawn(figure, today)).toBe(day);
  });
});
