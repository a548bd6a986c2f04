import { csvText } from '../tables/csv-table.js';
import type { Figure } from './figure.js';

const COLUMNS = [
  'key',
  'label',
  'labelEn',
  'value',
  'precision',
  'numerator',
  'denominator',
  'estimated',
  'simulated',
  'remark',
] as const;

/** A figure as CSV (RFC 4180, UTF-8 with a byte order mark for spreadsheets): its rows, or itself where there are none. */
export function figureCsv(figure: Figure): string {
  const rows =
    figure.by.length > 0
      ? figure.rows.map((row) => ({ ...row, labelEn: row.label.en, label: row.label.vi, remark: remarkOf(row) }))
      : [
          {
            ...figure,
            key: figure.unit,
            label: figure.unitLabel.vi,
            labelEn: figure.unitLabel.en,
            remark: remarkOf(figure),
          },
        ];
  const head = [
    ['# indicator', figure.indicator, figure.label.vi],
    ['# measure', figure.measure.vi],
    ['# unit', figure.unit, figure.unitLabel.vi],
    ['# period', figure.on ?? `${figure.from ?? ''}..${figure.to ?? ''}`],
    ['# map', figure.map],
    ['# known', figure.known],
    ['# asOf', figure.asOf ?? ''],
    ...(figure.simulated ? [['# simulated', 'true', 'Có số liệu mô phỏng']] : []),
  ];
  const lines = [
    ...head,
    [...COLUMNS],
    ...rows.map((row) => COLUMNS.map((c) => (row as unknown as Record<string, unknown>)[c])),
  ];
  return csvText(lines);
}

function remarkOf(row: { undivided?: true; unplaced?: true; remark?: { vi: string } }): string {
  if (row.undivided) return 'undivided';
  return row.unplaced ? 'unplaced' : (row.remark?.vi ?? '');
}
