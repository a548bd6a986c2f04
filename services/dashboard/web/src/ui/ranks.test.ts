import { expect, test } from '@jest/globals';
import { ranksOf } from './ranks.js';

test.each([
  [
    [5, 5, 4, 3, 3, 1],
    [1, 1, 3, 4, 4, 6],
  ],
  [
    [null, 2, null, 9, 0],
    [undefined, 2, undefined, 1, 3],
  ],
  [[], []],
])('%j rank %j', (values, ranks) => {
  expect(ranksOf(values)).toEqual(ranks);
});
