import { expect, test } from '@jest/globals';
import { FirstHeard } from './first-heard.js';

test('a month was heard of from the first on that was recorded of it, in whatever order it came', () => {
  const heard = new FirstHeard();
  expect(heard.wasHeardBy(24_300, Infinity)).toBe(false);
  heard.note(24_300, 24_301);
  expect([24_300, 24_301, Infinity].map((known) => heard.wasHeardBy(24_300, known))).toEqual([false, true, true]);
  heard.note(24_300, 24_299);
  heard.note(24_300, 24_305);
  expect([24_298, 24_299].map((known) => heard.wasHeardBy(24_300, known))).toEqual([false, true]);
  expect(heard.wasHeardBy(24_301, Infinity)).toBe(false);
  expect(heard.wasHeardBy(70_000, Infinity)).toBe(false);
});
