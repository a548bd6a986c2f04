import { describe, expect, test } from '@jest/globals';
import { registry } from '../test/world.js';
import { inSchoolYear, livedWithin } from './reporting.js';

describe('a unit lived within a time', () => {
  test.each([
    ['gdtx-son-la', '2018-09-01', '2018-09-24', 'unit-not-yet'],
    ['gdtx-son-la', '2018-09-01', '2018-09-25', undefined],
    ['gdtx-son-la', '2018-09-25', '2018-09-25', undefined],
    ['kthn-son-la', '2018-09-24', '2018-10-31', undefined],
    ['kthn-son-la', '2018-09-25', '2018-10-31', 'unit-ended'],
    ['gdtx-khong-co', '2018-09-25', '2018-10-31', 'unit-unknown'],
  ])('%s from %s to %s: %s', (unit, from, to, slug) => {
    expect(livedWithin(registry, unit, from, to)?.slug).toBe(slug);
  });
});

describe('a school year', () => {
  test.each([
    ['2024-05-31', false],
    ['2024-06-01', true],
    ['2025-12-31', true],
    ['2026-01-01', false],
  ])('has the day %s: %s', (day, has) => {
    expect(inSchoolYear('2024-2025', day, 'x') === undefined).toBe(has);
  });

  test('has a date that may be one of its days', () => {
    expect(inSchoolYear('2024-2025', { on: '2024', notBefore: '', notAfter: '' }, 'x')).toBeUndefined();
    expect(inSchoolYear('2024-2025', { on: '2023', notBefore: '', notAfter: '' }, 'x')?.slug).toBe(
      'school-year-differs',
    );
  });

  test('that isn’t said has any', () => {
    expect(inSchoolYear('', '1990-01-01', 'x')).toBeUndefined();
  });
});
