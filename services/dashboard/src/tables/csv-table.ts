import type { Request, Response } from 'express';

/** Lines as CSV (RFC 4180, UTF-8 with a byte order mark for spreadsheets). */
export function csvText(lines: readonly (readonly unknown[])[]): string {
  return `\u{feff}${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** Whether a list is asked for as CSV, by `format` or by the header `accept`. */
export function wantsCsv(req: Request, format: 'json' | 'csv' | undefined): boolean {
  return (format ?? (req.accepts(['json', 'text/csv']) === 'text/csv' ? 'csv' : 'json')) === 'csv';
}

export function sendCsv(res: Response, name: string, lines: readonly (readonly unknown[])[]): void {
  res.set('content-disposition', `attachment; filename="${name}.csv"`);
  res.type('text/csv; charset=utf-8').send(csvText(lines));
}

function quoted(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  // A spreadsheet would take a text that begins like this for a formula.
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
