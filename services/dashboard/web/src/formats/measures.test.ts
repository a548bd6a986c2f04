import { expect, test } from '@jest/globals';
import { measureOf } from './measures.js';

test.each([
  ['centres', 1, 'centre'],
  ['centres', 2, 'centres'],
  ['centres', 0, 'centres'],
  ['classes', 1, 'class'],
  ['families', 1, 'family'],
  ['people', 1, 'person'],
  ['courses and topics', 1, 'course or topic'],
  ['VND', 1, 'VND'],
  ['%', 1, '%'],
])('%s, %d of them: %s', (en, value, told) => {
  expect(measureOf({ vi: 'v', en }, value, 'en')).toBe(told);
  expect(measureOf({ vi: 'v', en }, value, 'vi')).toBe('v');
});
