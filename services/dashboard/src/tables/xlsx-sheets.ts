import type { CellObject, Row, Sheet } from 'write-excel-file/node';
import { isDay, isMoment, type Cell, type Table } from './table.js';
import { WORDS } from './words.js';

/** A table as the two sheets of a workbook: its rows, and what must be known of them. Pure. */

const ROWS = 'Số liệu';
const ABOUT = 'Thuyết minh';
const VIET_NAM_MS = 7 * 3_600_000;
/** Spreadsheets count days from 1900, and the first two months of that year wrongly. */
const FIRST_DAY = '1900-03-01';
const WIDEST = 60;
const LOOKED_AT = 200;

export function sheetsOf(table: Table): Sheet<never>[] {
  const { columns, rows, shares = [] } = table;
  const isShare = columns.map((name) => shares.includes(name));
  const lines = rows.map((row) => row.map((cell, i) => written(cell, isShare[i] === true)));
  const head = columns.map((name) => bold(wordsOf(table, name).vi));
  const about = aboutRows(table);
  return [
    { sheet: ROWS, data: [head, ...lines], columns: widthsOf([head, ...lines]), stickyRowsCount: 1 },
    { sheet: ABOUT, data: about, columns: [{ width: 16 }, { width: 30 }, { width: 32 }, { width: 60 }, { width: 60 }] },
  ];
}

/** What is said of the table, then what each column is called here, in English, and in CSV. */
function aboutRows(table: Table): Row[] {
  const said = table.about.map(([name, ...values]) => [
    ...[bold(name), wordsOf(table, name).vi],
    ...values.map((value) => wrapped(written(value))),
  ]);
  const columns = table.columns.map((name) => {
    const { vi, en } = wordsOf(table, name);
    return [bold(name), vi, en];
  });
  return [...said, [], [bold('columns'), bold('Cột'), bold('Column')], ...columns];
}

function wordsOf({ called }: Table, name: string) {
  return called?.[name] ?? WORDS[name] ?? { vi: name, en: name };
}

/** Numbers as numbers, days as dates, texts as texts (never as formulas), nothing as an empty cell. */
function written(cell: Cell, share = false): CellObject | null {
  if (cell === null || cell === undefined || cell === '') return null;
  if (isDay(cell)) return cell.day < FIRST_DAY ? text(cell.day) : date(Date.parse(cell.day), 'dd/mm/yyyy');
  if (isMoment(cell)) return date(Date.parse(cell.moment) + VIET_NAM_MS, 'dd/mm/yyyy hh:mm:ss');
  if (typeof cell === 'boolean') return { type: Boolean, value: cell };
  if (typeof cell === 'string') return text(cell);
  const format = share ? '0.0%' : Number.isInteger(cell) ? '#,##0' : undefined;
  return { type: Number, value: cell, ...(format && { format }) };
}

const text = (value: string): CellObject => ({ type: String, value });
const bold = (value: string): CellObject => ({ type: String, value, fontWeight: 'bold' });
const date = (ms: number, format: string): CellObject => ({ type: Date, value: new Date(ms), format });
const wrapped = (cell: CellObject | null) =>
  cell?.type === String ? { ...cell, wrap: true, alignVertical: 'top' as const } : cell;

/** Wide enough for what stands in the first rows. */
function widthsOf(lines: readonly (readonly (CellObject | null)[])[]): { width: number }[] {
  return lines[0]!.map((_, i) => {
    const lengths = lines.slice(0, LOOKED_AT).map((line) => lengthOf(line[i]));
    return { width: Math.min(WIDEST, Math.max(...lengths) + 2) };
  });
}

function lengthOf(cell: CellObject | null | undefined): number {
  if (!cell) return 0;
  return cell.value instanceof Date ? 19 : String(cell.value).length;
}
