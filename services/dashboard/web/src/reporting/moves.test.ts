import { describe, expect, test } from '@jest/globals';
import { placeAfter } from './moves.js';

const size = { rows: 30, columns: 13 };
const from = { row: 5, column: 12 };

describe('in a grid of 30 rows and 13 columns, from row 5 at the right edge', () => {
  test.each([
    [{ key: 'ArrowUp' }, { row: 4, column: 12 }],
    [{ key: 'ArrowDown' }, { row: 6, column: 12 }],
    [{ key: 'ArrowLeft' }, { row: 5, column: 11 }],
    [{ key: 'ArrowRight' }, { row: 5, column: 12 }],
    [{ key: 'PageUp' }, { row: 0, column: 12 }],
    [{ key: 'PageDown' }, { row: 15, column: 12 }],
    [{ key: 'Home' }, { row: 5, column: 0 }],
    [
      { key: 'Home', ctrlKey: true },
      { row: 0, column: 0 },
    ],
    [
      { key: 'End', ctrlKey: true },
      { row: 29, column: 12 },
    ],
    [{ key: 'Enter' }, undefined],
    [{ key: 'a' }, undefined],
  ])('%j leads to %j', (key, to) => {
    expect(placeAfter(key, from, size)).toEqual(to);
  });
});
