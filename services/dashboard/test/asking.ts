import fc from 'fast-check';
import { addMonths, monthIndexOf, monthOf } from '@gdtx/territory/days';
import { indicatorOf } from '../src/indicators/catalogue.js';
import { refuseWithoutAnswer } from '../src/queries/answerable.js';
import type { Dimension } from '../src/queries/dimensions.js';
import type { Evaluation } from '../src/queries/evaluate.js';
import { figureParameters, figureQuery, type FigureQuery } from '../src/queries/figure-query.js';
import type { Folded } from './chronicle.js';

export const FLOWS = [
  'learners-enrolled',
  'learners-left',
  'exam-candidates',
  'certificates-issued',
  'trainees',
  'findings',
];
export const LEVELS = ['learners-present', 'classes', 'staff', 'recommendations-open', 'recommendations-overdue'];
const COUNTS = ['centres', 'community-centres'];
const RATIOS = ['dropout-rate', 'retention-rate', 'certification-rate', 'community-coverage'];
const BYS = [
  ...['', 'province', 'district', 'commune', 'centre', 'month', 'category', 'authority', 'school-year'],
  ...['province,year', 'centre,category', 'district,school-year', 'authority,month'],
];

const anything = fc.record({
  indicator: fc.constantFrom(...FLOWS, ...FLOWS, ...LEVELS, ...LEVELS, ...COUNTS, ...RATIOS, 'recommendations-closed'),
  by: fc.constantFrom(...BYS),
  map: fc.constantFrom('then', 'then', 'today', 'today', '2003-05-05', '2001-01-01'),
  part: fc.constantFrom('', '', '', 'female'),
  unit: fc.constantFrom('vn', 'vn', 'p1', 'p2', 'd12', 'z1'),
  from: fc.nat({ max: 60 }),
  to: fc.nat({ max: 160 }),
  open: fc.boolean(),
  known: fc.nat({ max: 150 }),
});

/** A figure that has an answer. */
export const asking = anything.filter(({ indicator, by, part }) => isAnswerable(indicator, by, part));

/** Whether there is anything to answer with: rows that an indicator has, and a part that it counts. */
export function isAnswerable(indicator: string, by: string, part: string): boolean {
  try {
    refuseWithoutAnswer(indicatorOf(indicator)!, by === '' ? [] : (by.split(',') as Dimension[]), part);
    return true;
  } catch {
    return false;
  }
}

export type Asking = typeof asking extends fc.Arbitrary<infer T> ? T : never;

/** The query, of all that is recorded, and a month as whose end it may be asked for. */
export function queryOf(
  { by, part, from, to, open, known, ...asked }: Asking,
  { registry }: Folded,
  today: string,
): { query: FigureQuery; known: number } {
  const period = open ? {} : { from: addMonths('1999-11', from), to: addMonths('1999-11', from + to) };
  const more = { ...(by ? { by } : {}), ...(part ? { part } : {}) };
  const query = figureQuery(figureParameters.parse({ ...asked, ...period, ...more }), registry, today);
  return { query, known: Math.min(monthIndexOf('1999-12') + known, monthIndexOf(monthOf(today))) };
}

type Row = { keys: { key: string; undivided?: unknown; unplaced?: boolean; state?: string }[] };
const named = ({ keys }: Row) =>
  keys.map((k) => `${k.key}${k.undivided ? ' undivided' : ''}${k.unplaced ? ' unplaced' : ''} ${k.state ?? ''}`).join();

/** An answer in a form that compares. */
export function shown({ all, rows, notIncluded }: Evaluation) {
  const balances = notIncluded.map(({ balance, why }) => `${balance.unit}/${balance.seq} ${why}`).sort();
  return { all, rows: Object.fromEntries(rows.map((row) => [named(row), { ...row, keys: undefined }])), balances };
}
