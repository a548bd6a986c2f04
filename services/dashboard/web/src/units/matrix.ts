import type { FigureRow, Text, Told } from '../api/types.js';

export interface Matrix {
  years: string[];
  rows: { key: string; label: Text; cells: (Told | undefined)[] }[];
}

/** A figure by place and year as a table: a row a place, a column a year; rows by their last year, the most first. Pure. */
export function matrixOf(rows: readonly FigureRow[]): Matrix {
  const years = [...new Set(rows.map(yearOf))].sort();
  const places = new Map<string, Matrix['rows'][number]>();
  for (const row of rows) {
    const key = row.keys?.[0] ?? row.key;
    const place = places.get(key) ?? { key, label: withoutYear(row), cells: years.map(() => undefined) };
    place.cells[years.indexOf(yearOf(row))] = row;
    places.set(key, place);
  }
  const last = ({ cells }: Matrix['rows'][number]) => cells.at(-1)?.value ?? -Infinity;
  const byName = (a: Text, b: Text) => a.vi.localeCompare(b.vi, 'vi');
  return { years, rows: [...places.values()].sort((a, b) => last(b) - last(a) || byName(a.label, b.label)) };
}

const yearOf = ({ keys, key }: FigureRow): string => keys?.[1] ?? key.split(',').at(-1)!;

/** Rows by two things bear both names: «Phường Chí Linh · 2022». */
function withoutYear(row: FigureRow): Text {
  const end = ` · ${yearOf(row)}`;
  const cut = (name: string) => (name.endsWith(end) ? name.slice(0, -end.length) : name);
  return { vi: cut(row.label.vi), en: cut(row.label.en) };
}
