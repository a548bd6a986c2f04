import type { FigureRow, Text, Told } from '../api/types.js';
import { isPlace } from '../ui/places.js';

export interface RankedRow {
  key: string;
  label: Text;
  isPlace: boolean;
  /** One a column, as the columns were given; undefined: nothing is said of this place. */
  values: (Told | undefined)[];
}

/**
 * Figures by place as one table: a row a place that any of them names, by the value of one column, the most first. Places of which that
 * column says nothing stand last, by name; what is no place of its own after them. Pure.
 */
export function rankedRows(columns: readonly (readonly FigureRow[])[], by: number): RankedRow[] {
  const rows = new Map<string, RankedRow>();
  columns.forEach((column, at) => {
    for (const row of column) {
      const known = rows.get(row.key) ?? {
        ...{ key: row.key, label: row.label, isPlace: isPlace(row) },
        values: columns.map(() => undefined),
      };
      known.values[at] = row;
      rows.set(row.key, known);
    }
  });
  const value = ({ values }: RankedRow) => values[by]?.value ?? -Infinity;
  return [...rows.values()].sort(
    (a, b) =>
      Number(b.isPlace) - Number(a.isPlace) ||
      (value(a) === value(b) ? a.label.vi.localeCompare(b.label.vi, 'vi') : value(b) - value(a)),
  );
}
