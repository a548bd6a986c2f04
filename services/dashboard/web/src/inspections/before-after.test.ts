import { describe, expect, test } from '@jest/globals';
import { beforeAfter, unitsAimedAt } from './before-after.js';

describe('before and after', () => {
  test('a level: on the day of issue, and on the day looked at', () => {
    expect(beforeAfter('level', '2022-04-02', '2026-11-29')).toEqual({
      before: { on: '2022-04-02' },
      now: { on: '2026-11-29' },
      comparable: true,
    });
  });

  test.each(['flow', 'ratio'] as const)('a %s: the twelve whole months before each', (kind) => {
    expect(beforeAfter(kind, '2022-04-02', '2026-11-29')).toEqual({
      before: { from: '2021-04', to: '2022-03' },
      now: { from: '2025-11', to: '2026-10' },
      comparable: true,
    });
  });

  test('after less than a year, only the months since, which aren’t held against a year', () => {
    expect(beforeAfter('flow', '2026-03-15', '2026-11-29')).toMatchObject({
      before: { from: '2025-03', to: '2026-02' },
      now: { from: '2026-03', to: '2026-10' },
      comparable: false,
    });
    expect(beforeAfter('flow', '2026-11-20', '2026-11-29').now).toEqual({ from: '2026-11', to: '2026-11' });
  });
});

describe('whose figures', () => {
  const office = { body: { body: 'Phòng GDĐT', of: 'district-290' } };
  const every = { every: { kind: 'community-centre', in: 'district-290' } };

  test('an office and all centres of its district: the district’s, once', () => {
    expect(unitsAimedAt([office, every], 'district-290')).toEqual(['district-290']);
  });

  test('one centre: its own', () => {
    expect(unitsAimedAt([{ unit: 'gdnn-gdtx-dong-ha' }], 'gdnn-gdtx-dong-ha')).toEqual(['gdnn-gdtx-dong-ha']);
  });

  test('more than three: those of the place where it counts', () => {
    expect(
      unitsAimedAt(
        ['a', 'b', 'c', 'd'].map((unit) => ({ unit })),
        'p',
      ),
    ).toEqual(['p']);
    expect(unitsAimedAt([], undefined)).toEqual([]);
  });
});
