import { describe, expect, test } from '@jest/globals';
import { ALL, periodOf } from './period.js';

const none = { from: undefined, to: undefined, at: undefined };
const today = '2026-11-29';

describe('the period', () => {
  test.each([
    ['level', none, { on: '2026-11-29' }],
    ['level', { ...none, at: '2025-03-01', from: '2024-01' }, { on: '2025-03-01' }],
    ['flow', none, { from: '2026-01', to: '2026-11' }],
    ['ratio', { ...none, at: '2025-03-09' }, { from: '2025-01', to: '2025-03' }],
    ['flow', { ...none, from: '2024-01', to: '2024-12' }, { from: '2024-01', to: '2024-12' }],
    ['flow', { ...none, from: ALL }, { from: undefined, to: undefined }],
  ] as const)('of a %s', (kind, view, period) => {
    expect(periodOf(view, kind, today)).toEqual(period);
  });
});
