import type { ReportingCounts, ReportingRow, Text } from '../api/types.js';

/** The calendar out of the rows of `/v1/reporting?by=<place>,month`. Pure. */

export interface CalendarRow {
  key: string;
  label: Text;
  /** One a month; undefined: nothing is known of that month, as nothing was expected. */
  cells: (ReportingCounts | undefined)[];
  /** Whether the row is one unit or place; else it is what can't be placed. */
  placed: boolean;
  estimated: boolean;
  undivided: boolean;
  unplaced: boolean;
  simulated: boolean;
  state: 'ended' | 'notYet' | undefined;
}

/** One row a place, by name; of the months in their order. */
export function calendarRows(
  rows: readonly ReportingRow[],
  months: readonly string[],
  nameOf: (label: Text) => string,
  language: string,
): CalendarRow[] {
  const found = new Map<string, CalendarRow>();
  for (const row of rows) {
    const [key = row.key, month = ''] = row.keys ?? row.key.split(',');
    let known = found.get(key);
    if (!known) found.set(key, (known = rowOf(key, row, months.length)));
    const at = months.indexOf(month);
    if (at >= 0) known.cells[at] = row;
    known.estimated ||= row.estimated === true;
    known.simulated ||= row.simulated > 0;
  }
  const { compare } = new Intl.Collator(language, { numeric: true });
  return [...found.values()].sort((a, b) => compare(nameOf(a.label), nameOf(b.label)));
}

function rowOf(key: string, row: ReportingRow, months: number): CalendarRow {
  const undivided = (row.undivided?.length ?? 0) > 0;
  const unplaced = row.unplaced === true;
  return {
    key,
    label: withoutMonth(row.label),
    cells: Array.from({ length: months }, () => undefined),
    placed: !undivided && !unplaced && key !== 'none',
    ...{ estimated: false, simulated: false, undivided, unplaced, state: row.state },
  };
}

/** The platform's label of a row says the place and its month: `Sơn La · 9/2024`. */
function withoutMonth({ vi, en }: Text): Text {
  const first = (label: string) => label.split(' · ').slice(0, -1).join(' · ') || label;
  return { vi: first(vi), en: first(en) };
}

const COUNTS = [
  ...(['expected', 'suspended', 'reported', 'nothingToReport', 'silent', 'awaited', 'late', 'closed'] as const),
  ...(['approved', 'changedSince', 'simulated'] as const),
];

/** All rows together, month by month. */
export function togetherOf(rows: readonly CalendarRow[], months: readonly string[]): (ReportingCounts | undefined)[] {
  return months.map((_, at) => {
    const cells = rows.flatMap(({ cells }) => cells[at] ?? []);
    if (cells.length === 0) return undefined;
    const sum = (name: (typeof COUNTS)[number]) => cells.reduce((total, cell) => total + cell[name], 0);
    return Object.fromEntries(COUNTS.map((name) => [name, sum(name)])) as unknown as ReportingCounts;
  });
}
