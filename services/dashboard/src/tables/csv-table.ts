import { isDay, isMoment, type Cell, type Table } from './table.js';

/** A table as CSV (RFC 4180, UTF-8 with a byte order mark for spreadsheets). */
export function csvOf({ about, headed, columns, rows }: Table): string {
  const head = headed ? about.map(([name, ...said]) => [`# ${name}`, ...said]) : [];
  return `\u{feff}${[...head, columns, ...rows].map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function quoted(cell: Cell): string {
  const text = isDay(cell) ? cell.day : isMoment(cell) ? cell.moment : String(cell ?? '');
  // A spreadsheet would take a text that begins like this for a formula.
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
