import { describe, expect, test } from '@jest/globals';
import type { FigureRow } from '../api/types.js';
import { furthestBehind } from './furthest-behind.js';

const row = (key: string, value: number | null, more: Partial<FigureRow> = {}): FigureRow => ({
  ...{ key, value, precision: 'exact', label: { vi: key, en: key } },
  ...more,
});
const ranked = (now: FigureRow[], before: FigureRow[] = [], count = 10) => {
  const { rows, compared, against } = furthestBehind(now, before, count);
  return { against, compared, rows: rows.map(({ row: { key }, share }) => [key, Number(share.toFixed(2))]) };
};

describe('who is furthest behind', () => {
  test('against before, the largest fall first; who has not fallen is not behind', () => {
    const now = [row('a', 90), row('b', 50), row('c', 120)];
    const before = [row('a', 100), row('b', 100), row('c', 100)];
    expect(ranked(now, before)).toEqual({
      against: 'before',
      compared: 3,
      rows: [
        ['b', -0.5],
        ['a', -0.1],
      ],
    });
    expect(ranked(now, before, 1).rows).toEqual([['b', -0.5]]);
  });

  test('against targets, once any is set', () => {
    const now = [row('a', 90, { target: 100 }), row('b', 50), row('c', 40, { target: 100 })];
    expect(ranked(now, [row('b', 100)])).toEqual({
      against: 'target',
      compared: 2,
      rows: [
        ['c', -0.6],
        ['a', -0.1],
      ],
    });
  });

  test('what is unknown, was unknown, or was nothing, is not ranked', () => {
    const now = [row('a', null), row('b', 5), row('c', 5), row('d', 5)];
    expect(ranked(now, [row('a', 1), row('b', null), row('c', 0)])).toMatchObject({ rows: [], compared: 0 });
  });

  test('equals come by key', () => {
    expect(ranked([row('b', 1), row('a', 1)], [row('a', 2), row('b', 2)]).rows).toEqual([
      ['a', -0.5],
      ['b', -0.5],
    ]);
  });
});
