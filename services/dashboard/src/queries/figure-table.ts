import { indicatorOf } from '../indicators/catalogue.js';
import { aboutFreshness, type About, type Table } from '../tables/table.js';
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

/** A figure as a table: its rows, or itself where there are none. */
export function figureTable(figure: Figure): Table {
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
  return {
    name: `${figure.indicator}-${figure.unit}`,
    headed: true,
    about: aboutFigure(figure),
    columns: COLUMNS,
    rows: rows.map((row) => COLUMNS.map((name) => row[name as keyof typeof row] as Table['rows'][number][number])),
    ...(figure.measure.vi === '%' && { shares: ['value'] }),
  };
}

function aboutFigure(figure: Figure): About[] {
  const { indicator, label, measure, unit, unitLabel, on, from, to, by, part, map, known, simulated } = figure;
  const definition = indicatorOf(indicator)?.definition;
  return [
    ['indicator', indicator, label.vi, label.en],
    ['measure', measure.vi, measure.en],
    ['unit', unit, unitLabel.vi, unitLabel.en],
    ['period', on ? { day: on } : `${from ?? ''}..${to ?? ''}`],
    ...(by.length > 0 ? [['by', by.join(',')] as const] : []),
    ...(part === 'total' ? [] : [['part', part] as const]),
    ['map', map],
    ['known', known],
    ...aboutFreshness(figure),
    ...(simulated ? [['simulated', 'true', 'Có số liệu mô phỏng', 'Holds simulated data'] as const] : []),
    ...(definition ? [['definition', definition.vi, definition.en] as const] : []),
    ...figure.notIncluded.map((balance) => ['notIncluded', JSON.stringify(balance)] as const),
  ];
}

function remarkOf(row: { undivided?: true; unplaced?: true; remark?: { vi: string } }): string {
  if (row.undivided) return 'undivided';
  return row.unplaced ? 'unplaced' : (row.remark?.vi ?? '');
}
