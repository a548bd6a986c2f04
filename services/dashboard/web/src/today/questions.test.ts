import { expect, test } from '@jest/globals';
import { lastMonthDue } from './questions.js';

test('nobody is late with the last month until it is due: the month before is the last one that was', () => {
  expect(lastMonthDue('2026-12-01', '2026-12-10')).toBe('2026-10');
  expect(lastMonthDue('2026-12-10', '2026-12-10')).toBe('2026-10');
  expect(lastMonthDue('2026-12-11', '2026-12-10')).toBe('2026-11');
});
