import { expect, test } from '@jest/globals';
import { formatAsGiven } from './as-given.js';

test.each([
  ['25/9/2018', '25 September 2018'],
  ['6/2003', 'June 2003'],
  ['1997', '1997'],
  ['không sớm hơn 27/11/2018', 'not before 27 November 2018'],
  ['không muộn hơn 30/6/2025', 'not after 30 June 2025'],
  ['trong khoảng 2001 – 5/2004', 'between 2001 and May 2004'],
])('%s is %s in English', (given, en) => {
  expect(formatAsGiven(given, 'en')).toBe(en);
  expect(formatAsGiven(given, 'vi')).toBe(given);
});
