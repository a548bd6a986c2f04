import { expect, test } from '@jest/globals';
import { BoundedCache } from './bounded-cache.js';

test('keeps what was put in last, up to a number of bytes', () => {
  let dropped = 0;
  const cache = new BoundedCache<number>(
    100,
    (bytes) => bytes,
    () => (dropped += 1),
  );
  cache.set('a', 41);
  cache.set('b', 42);
  cache.set('a', 43);
  expect(dropped).toBe(0);
  cache.set('c', 44);
  expect(dropped).toBe(1);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([43, undefined, 44]);
  expect(cache.size).toEqual({ entries: 2, bytes: 87 });
});

test('doesn’t keep what is larger than itself, nor anything after it was cleared', () => {
  const cache = new BoundedCache<number>(100, (bytes) => bytes);
  cache.set('a', 40);
  cache.set('b', 101);
  expect(cache.size).toEqual({ entries: 0, bytes: 0 });
  cache.set('c', 100);
  cache.clear();
  expect(cache.get('c')).toBeUndefined();
  expect(cache.size).toEqual({ entries: 0, bytes: 0 });
});
