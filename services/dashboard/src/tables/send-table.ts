import type { Request, Response } from 'express';
import { z } from 'zod';
import { csvOf } from './csv-table.js';
import type { Table } from './table.js';
import { xlsxOf, XLSX_TYPE } from './xlsx-table.js';

export type Format = 'json' | 'csv' | 'xlsx';

/** The parameter that says a format instead of the header `accept`. */
export const formatParameter = z.enum(['json', 'csv', 'xlsx']).optional();

const TYPES: Readonly<Record<string, Format>> = { 'text/csv': 'csv', [XLSX_TYPE]: 'xlsx' };

/** In which format an answer is asked for, by `format` or by the header `accept`. */
export function formatOf(req: Request, asked: Format | undefined): Format {
  const accepted = req.accepts(['json', ...Object.keys(TYPES)]);
  return asked ?? (accepted === false ? 'json' : (TYPES[accepted] ?? 'json'));
}

/** Sends a table as the file that was asked for. */
export async function sendTable(res: Response, format: Exclude<Format, 'json'>, table: Table): Promise<void> {
  const body = format === 'csv' ? csvOf(table) : await xlsxOf(table);
  res.set('content-disposition', `attachment; filename="${table.name}.${format}"`);
  res.type(format === 'csv' ? 'text/csv; charset=utf-8' : XLSX_TYPE).send(body);
}
