import { expect, test } from '@jest/globals';
import type { FigureRow } from '../api/types.js';
import { matrixOf } from './matrix.js';

const row = (place: string, year: string, value: number): FigureRow => ({
  ...{ key: `${place},${year}`, keys: [place, year], value, precision: 'exact' },
  label: { vi: `Phường ${place} · ${year}`, en: `${place} ward · ${year}` },
});

test('a row a place, a column a year', () => {
  const { years, rows } = matrixOf([
    row('a', '2022', 3),
    row('b', '2021', 1),
    row('b', '2022', 4),
    row('c', '2021', 2),
  ]);
  expect(years).toEqual(['2021', '2022']);
  expect(rows.map(({ label, cells }) => [label.vi, ...cells.map((told) => told?.value)])).toEqual([
    ['Phường b', 1, 4],
    ['Phường a', undefined, 3],
    ['Phường c', 2, undefined],
  ]);
  expect(matrixOf([])).toEqual({ years: [], rows: [] });
});
