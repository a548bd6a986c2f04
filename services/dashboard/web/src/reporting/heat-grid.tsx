import { memo, useCallback, useEffect, useMemo, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { Link } from 'react-router';
import type { Share } from '../api/reporting-answers.js';
import type { ReportingCounts } from '../api/types.js';
import { formatPeriod } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { useFollowed } from '../ui/use-followed.js';
import { Marks } from '../ui/value.js';
import type { CalendarRow } from './calendar-rows.js';
import { oneState, percentOf, shareOf, SIGNS, stepOfShare } from './cell-looks.js';
import { cellWordsOf, type CellWords } from './cell-words.js';
import { placeAfter } from './moves.js';
import styles from './reporting.module.css';

export interface HeatGridOf {
  label: string;
  months: readonly string[];
  /** All of it together, as the first row; undefined: there is but one row. */
  together: { name: string; cells: readonly (ReportingCounts | undefined)[] } | undefined;
  rows: readonly CalendarRow[];
  share: Share;
  /** Rows are single units: a cell shows how its month stands instead of a share. */
  single: boolean;
  /** The name of the first column. */
  by: string;
  addressOfRow: (key: string) => string;
  /** Undefined: all of it. */
  addressOfCell: (key: string | undefined, month: string) => string;
  /** What is to be read of the cell that is pointed at. */
  onRead: (words: string | undefined) => void;
}

/**
 * Who has reported, a row a place, a column a month. One stop of the tabulator key: the arrow keys lead from cell to cell. Where
 * it is wider than there is room, it alone is scrolled, and begins at the latest month.
 */
export const HeatGrid = memo(function HeatGrid(props: HeatGridOf) {
  const { label, months, together, rows, share, by, onRead, addressOfCell } = props;
  const words = useWords();
  const spoken = useMemo(() => cellWordsOf(share, words), [share, words]);
  const grid = useRef<HTMLTableElement>(null);
  const [scroller, scrolls] = useScrolled();
  const followed = useFollowed();
  const size = { rows: rows.length + (together ? 1 : 0), columns: months.length + 1 };

  // What had the stop may be gone.
  useEffect(() => {
    if (!grid.current?.querySelector('[data-at][tabindex="0"]')) {
      (grid.current?.querySelector(`[data-at="0,${months.length}"]`) as HTMLElement | null)?.setAttribute(
        'tabindex',
        '0',
      );
    }
  });
  const read = (target: EventTarget) =>
    onRead((target as HTMLElement).closest('[data-at]')?.getAttribute('aria-label') ?? undefined);
  const onFocus = (event: FocusEvent<HTMLTableElement>) => {
    const focused = event.target.closest('[data-at]');
    if (!focused) return;
    for (const stop of grid.current!.querySelectorAll('[data-at][tabindex="0"]')) stop.setAttribute('tabindex', '-1');
    focused.setAttribute('tabindex', '0');
    read(focused);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const [row, column] = ((event.target as HTMLElement).dataset['at'] ?? '').split(',').map(Number);
    if (row === undefined || column === undefined) return;
    const to = event.altKey || event.metaKey ? undefined : placeAfter(event, { row, column }, size);
    if (!to) return;
    event.preventDefault();
    (grid.current!.querySelector(`[data-at="${to.row},${to.column}"]`) as HTMLElement | null)?.focus();
  };
  return (
    <div
      ref={scroller}
      className={styles.scroll}
      {...(scrolls && { role: 'region', 'aria-label': label, tabIndex: 0 })}
    >
      <table
        ref={grid}
        role="grid"
        aria-label={label}
        className={styles.grid}
        style={{ '--months': months.length } as React.CSSProperties}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
        onClick={followed}
        onMouseOver={({ target }) => read(target)}
        onMouseLeave={() => onRead(undefined)}
      >
        <thead>
          <tr>
            <th scope="col">{by}</th>
            {months.map((month, i) => (
              <MonthHead key={month} month={month} withYear={i === 0 || month.endsWith('-01')} />
            ))}
          </tr>
        </thead>
        <tbody>
          {together && (
            <tr className={styles.together}>
              <th scope="row" data-at="0,0" tabIndex={-1}>
                {together.name}
              </th>
              {months.map((month, i) =>
                cell({
                  ...{ spoken, month, name: together.name, counts: together.cells[i], share, single: false },
                  ...{ at: `0,${i + 1}`, first: i === months.length - 1 },
                  to: addressOfCell(undefined, month),
                }),
              )}
            </tr>
          )}
          {rows.map((row, i) => (
            <Row key={row.key} {...props} spoken={spoken} row={row} at={i + (together ? 1 : 0)} />
          ))}
        </tbody>
      </table>
    </div>
  );
});

function MonthHead({ month, withYear }: { month: string; withYear: boolean }) {
  const { language } = useWords();
  const name = formatPeriod(month, month, language);
  return (
    <th scope="col" data-year={withYear || undefined}>
      <span className="unseen">{name}</span>
      <span aria-hidden="true">
        <small>{withYear ? month.slice(0, 4) : ''}</small>
        {language === 'vi' ? `T${Number(month.slice(5))}` : name.slice(0, 3)}
      </span>
    </th>
  );
}

function Row({ row, at, spoken, ...props }: HeatGridOf & { row: CalendarRow; at: number; spoken: CellWords }) {
  const words = useWords();
  const { months, share, single, addressOfRow, addressOfCell } = props;
  const name = words.text(row.label);
  const { simulated, undivided, unplaced, state } = row;
  const told = {
    ...{ value: null, precision: 'exact' as const, simulated, undivided, unplaced },
    ...(row.estimated && { estimated: 1 }),
    ...(state && { state }),
  };
  return (
    <tr>
      <th scope="row" {...(!row.placed && { 'data-at': `${at},0`, tabIndex: -1 })}>
        {row.placed ? (
          <Link to={addressOfRow(row.key)} data-at={`${at},0`} tabIndex={-1}>
            {name}
          </Link>
        ) : (
          name
        )}{' '}
        <Marks told={told} />
      </th>
      {months.map((month, i) =>
        cell({
          ...{ spoken, month, name, counts: row.cells[i], share, single },
          ...{ at: `${at},${i + 1}`, first: at === 0 && i === months.length - 1 },
          to: row.placed ? addressOfCell(row.key, month) : undefined,
        }),
      )}
    </tr>
  );
}

interface CellOf {
  spoken: CellWords;
  name: string;
  month: string;
  counts: ReportingCounts | undefined;
  share: Share;
  single: boolean;
  at: string;
  first: boolean;
  to: string | undefined;
}

/** Elements, and no component: of hundreds, each would cost as much again. */
function cell({ spoken, name, month, counts, share, single, at, first, to }: CellOf) {
  const value = shareOf(counts, share);
  const stop = { 'data-at': at, tabIndex: first ? 0 : -1, 'aria-label': spoken(name, month, counts) };
  if (!counts || value === null) return <td key={month} {...stop} data-look="none" />;
  const look = single
    ? oneState(counts)
    : counts.awaited > 0 && share === 'completeness'
      ? 'awaited'
      : `step-${stepOfShare(value)}`;
  const sign = single ? SIGNS[oneState(counts)] : percentOf(value);
  return to === undefined ? (
    <td key={month} {...stop} data-look={look}>
      {sign}
    </td>
  ) : (
    <td key={month}>
      <a {...stop} href={to} data-look={look}>
        {sign}
      </a>
    </td>
  );
}

/** Whether there is more of an element than there is room for; it is scrolled to its end first. */
function useScrolled(): [(element: HTMLElement | null) => (() => void) | undefined, boolean] {
  const [scrolls, setScrolls] = useState(false);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    element.scrollLeft = element.scrollWidth;
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, scrolls];
}
