import { expect, test } from '@jest/globals';
import { holdsOn, ratingsUntil } from './centre-pages.js';

test('ratings of years up to the day’s, the latest first', () => {
  const ratings = [2021, 2023, 2022].map((year) => ({ year, rating: 'good' }));
  expect(ratingsUntil(ratings, '2022-06-30').map(({ year }) => year)).toEqual([2022, 2021]);
});

test.each([
  ['before it was awarded', '2024-12-19', false],
  ['on its first day', '2024-12-20', true],
  ['on its last day', '2029-12-19', true],
  ['on the day on which it is no longer valid', '2029-12-20', false],
])('an accreditation %s', (_what, on, holds) => {
  expect(holdsOn({ day: '2024-12-20', validUntil: '2029-12-20' }, on)).toBe(holds);
});

test('an accreditation without an end holds on', () => {
  expect(holdsOn({ day: '2024-12-20' }, '2099-01-01')).toBe(true);
});
