import { expect, test } from '@jest/globals';
import { pagesOf } from './pages.js';

const entries = (...said: [unit: string, bytes: number][]) =>
  said.map(([unit, bytes]) => ({ unit, canonical: new Uint8Array(bytes) }));
const pages = (of: ReturnType<typeof entries>, bytes: number) =>
  [...pagesOf(of, bytes)].map((page) => page.map(({ unit }) => unit).join(''));

test('entries are divided into pages of one ledger each, and of so many bytes or little more', () => {
  const some = entries(['a', 6], ['a', 6], ['a', 6], ['b', 1], ['b', 1], ['c', 20], ['c', 1]);
  expect(pages(some, 10)).toEqual(['aa', 'a', 'bb', 'c', 'c']);
  expect(pages(some, 0)).toEqual(['a', 'a', 'a', 'b', 'b', 'c', 'c']);
  expect(pages([], 10)).toEqual([]);
});
