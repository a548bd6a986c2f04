import { expect, test } from '@jest/globals';
import type { FigureRow } from '../api/types.js';
import { rankedRows } from './ranked.js';

const row = (key: string, value: number | null, more: Partial<FigureRow> = {}): FigureRow => ({
  ...{ key, value, precision: 'exact', label: { vi: key, en: key } },
  ...more,
});

test('places by one column, the most first; who said nothing of it last, and what is no place after all', () => {
  const centres = [row('a', 3), row('b', 5), row('c', 4), row('none', 9, { unplaced: true })];
  const topics = [row('b', 1), row('a', 7), row('d', null)];
  const rows = rankedRows([centres, topics], 1);
  expect(rows.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd', 'none']);
  expect(rows.map(({ values }) => values.map((told) => told?.value))).toEqual([
    [3, 7],
    [5, 1],
    [4, undefined],
    [undefined, null],
    [9, undefined],
  ]);
  expect(rankedRows([centres, topics], 0).map(({ key }) => key)).toEqual(['b', 'c', 'a', 'd', 'none']);
});
