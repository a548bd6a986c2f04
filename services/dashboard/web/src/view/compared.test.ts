import { describe, expect, test } from '@jest/globals';
import { compared, lastMonth } from './compared.js';

describe('what is held against what', () => {
  test('a level: the same day a year before', () => {
    expect(compared('level', '2026-11-29')).toEqual({
      now: { on: '2026-11-29' },
      whole: { on: '2026-11-29' },
      before: { on: '2025-11-29' },
    });
  });

  test('what adds up: whole months against the same ones', () => {
    expect(compared('flow', '2026-11-29')).toEqual({
      now: { from: '2026-01', to: '2026-11' },
      whole: { from: '2026-01', to: '2026-10' },
      before: { from: '2025-01', to: '2025-10' },
    });
  });

  test('in January no month is whole', () => {
    expect(compared('flow', '2026-01-05')).toEqual({
      now: { from: '2026-01', to: '2026-01' },
      whole: undefined,
      before: undefined,
    });
    expect(lastMonth('2026-01-05')).toBe('2025-12');
  });
});
