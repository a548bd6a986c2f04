import { useState, type ReactNode } from 'react';
import { useWords } from '../i18n/i18n.js';
import { ranksOf } from './ranks.js';
import styles from './ranked-table.module.css';
import ui from './ui.module.css';
import { useFollowed } from './use-followed.js';

export interface RankedColumn<Row> {
  key: string;
  /** Its head: what is counted, and its unit of measure. */
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Whether it is the one that the rows are ranked by. */
  isChosen?: boolean;
  className?: string | undefined;
  /** It says nothing that another column doesn't: nothing to who can't see it. */
  isDecoration?: boolean;
}

/** Places under each other with their ranks (cells may hold plain links), in the order given; the first ones, and all of them by a click. */
export function RankedTable<Row extends { key: string }>({
  rows,
  valueOf,
  place,
  columns,
  first,
}: {
  rows: readonly Row[];
  /** What a row is ranked by; null: it has no rank. */
  valueOf: (row: Row) => number | null;
  place: { head: string; cell: (row: Row) => ReactNode };
  columns: readonly RankedColumn<Row>[];
  first: number;
}) {
  const { t } = useWords();
  const followed = useFollowed();
  const [all, setAll] = useState(false);
  const ranks = ranksOf(rows.map(valueOf));
  const shown = all ? rows : rows.slice(0, first);
  const several = columns.some(({ isChosen }) => isChosen !== undefined);
  return (
    <>
      <table className={`${ui.table} ${styles.ranked}`} data-several={several || undefined} onClick={followed}>
        <thead>
          <tr>
            <th scope="col" className={ui.num}>
              {t('map.rank')}
            </th>
            <th scope="col">{place.head}</th>
            {columns.map(({ key, head, isChosen, isDecoration, className = '' }) => (
              <th
                key={key}
                scope="col"
                className={`${ui.num} ${className}`}
                aria-sort={isChosen ? 'descending' : undefined}
                aria-hidden={isDecoration}
                data-chosen={isChosen}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, i) => (
            <tr key={row.key}>
              <td className={ui.num}>{ranks[i]}</td>
              <th scope="row">{place.cell(row)}</th>
              {columns.map(({ key, cell, isChosen, isDecoration, className = '' }) => (
                <td key={key} className={`${ui.num} ${className}`} data-chosen={isChosen} aria-hidden={isDecoration}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <button type="button" className={`${ui.button} ${ui.more}`} onClick={() => setAll(true)}>
          {t('map.showAll', { count: rows.length })}
        </button>
      )}
    </>
  );
}
