import { expect, test } from '@jest/globals';
import { BoundedCache } from './bounded-cache.js';

test('keeps what was put in last, up to a number of bytes', () => {
  const cache = new BoundedCache<number>(100);
  cache.set('a', 1, 40);
  cache.set('b', 2, 40);
  cache.set('a', 3, 40);
  cache.set('c', 4, 40);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([3, undefined, 4]);
  expect(cache.size).toEqual({ entries: 2, bytes: 80 });
});

test('doesn’t keep what is larger than itself, nor anything after it was cleared', () => {
  const cache = new BoundedCache<number>(100);
  cache.set('a', 1, 40);
  cache.set('b', 2, 101);
  expect(cache.size).toEqual({ entries: 0, bytes: 0 });
  cache.set('c', 3, 100);
  cache.clear();
  expect(cache.get('c')).toBeUndefined();
  expect(cache.size).toEqual({ entries: 0, bytes: 0 });
});
