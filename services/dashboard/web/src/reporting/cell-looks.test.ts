import { describe, expect, test } from '@jest/globals';
import type { ReportingCounts } from '../api/types.js';
import { oneState, percentOf, shareOf, stepOfShare } from './cell-looks.js';

const counts = (more: Partial<ReportingCounts>): ReportingCounts => ({
  ...{ expected: 1, suspended: 0, reported: 0, nothingToReport: 0, silent: 0, awaited: 0, late: 0, closed: 0 },
  ...{ approved: 0, changedSince: 0, simulated: 0, ...more },
});

test('shares are of what was expected', () => {
  const month = counts({ expected: 8, reported: 5, nothingToReport: 1, silent: 2, late: 2, approved: 3 });
  expect(shareOf(month, 'completeness')).toBe(6 / 8);
  expect(shareOf(month, 'timeliness')).toBe(4 / 8);
  expect(shareOf(month, 'approval')).toBe(3 / 8);
  expect(shareOf(counts({ expected: 0 }), 'completeness')).toBeNull();
  expect(shareOf(undefined, 'completeness')).toBeNull();
});

test.each([
  [0, '0', 0],
  [0.001, '<1', 0],
  [0.29, '29', 0],
  [0.5, '50', 1],
  [0.749, '74', 1],
  [0.75, '75', 2],
  [0.9, '90', 3],
  [0.9999, '99', 3],
  [1, '100', 4],
])('%d is %s per cent, on step %d', (share, percent, step) => {
  expect([percentOf(share), stepOfShare(share)]).toEqual([percent, step]);
});

describe('one unit’s month is', () => {
  test.each([
    ['silent', { silent: 1 }],
    ['awaited', { awaited: 1 }],
    ['reported', { reported: 1 }],
    ['late', { reported: 1, late: 1 }],
    ['nothing', { nothingToReport: 1 }],
    ['approved', { reported: 1, late: 1, closed: 1, approved: 1 }],
    ['changed', { reported: 1, closed: 1, approved: 1, changedSince: 1 }],
    ['silent', { expected: 2, reported: 1, silent: 1 }],
  ] as const)('%s: %j', (state, more) => {
    expect(oneState(counts(more))).toBe(state);
  });
});
