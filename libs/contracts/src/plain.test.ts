import { expect, test } from '@jest/globals';
import { dateAsGiven, givenDateOf, plain, plainWithLists } from './plain.js';

const date = { on: '2018-09', notBefore: '', notAfter: '' };

test('leaves out what was not said, at any depth, and shows dates as they were given', () => {
  const message = {
    name: { vi: 'A', en: '' },
    on: date,
    none: undefined,
    list: [],
    zero: 0,
    no: false,
    items: [{ note: '' }],
  };
  expect(plain(message)).toEqual({ name: { vi: 'A' }, on: '2018-09', zero: 0, no: false, items: [{}] });
  expect(plainWithLists({ list: [], inner: { list: [] } })).toEqual({ list: [], inner: { list: [] } });
});

test('a date with bounds goes there and back', () => {
  const bounds = { on: '', notBefore: '2018-07-18', notAfter: '' };
  expect(dateAsGiven(bounds)).toEqual({ notBefore: '2018-07-18' });
  expect(givenDateOf(dateAsGiven(bounds))).toEqual(bounds);
  expect(givenDateOf(dateAsGiven(date))).toEqual(date);
});
