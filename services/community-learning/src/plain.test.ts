import { expect, test } from '@jest/globals';
import { plain } from './plain.js';

test('what was said is kept, a nought and a no too; what wasn’t said is left out', () => {
  const said = { total: 0, internet: false, name: '', female: undefined, list: [], inner: { list: ['a'], more: '' } };
  expect(plain(said)).toEqual({ total: 0, internet: false, inner: { list: ['a'] } });
  expect(plain(null)).toBeNull();
});

test('dates stand as they were given', () => {
  const on = (date: object) => plain({ date: { on: '', notBefore: '', notAfter: '', ...date } });
  expect(on({ on: '2018-09' })).toEqual({ date: '2018-09' });
  expect(on({ notBefore: '2018-09-25' })).toEqual({ date: { notBefore: '2018-09-25' } });
  expect(on({ notBefore: '2018-09-25', notAfter: '2019-01-01' })).toEqual({
    date: { notBefore: '2018-09-25', notAfter: '2019-01-01' },
  });
});
