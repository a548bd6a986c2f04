import { monthAt, monthIndexOf, type Month } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import type { Dictionary } from '../columns/dictionary.js';
import type { FigureQuery } from '../queries/figure-query.js';
import { demandFew } from '../queries/few-rows.js';
import type { Key } from '../queries/places.js';
import { codesOf, EXCLUDED, inclusionOf, RowCodes } from '../queries/row-codes.js';
import { nameOf } from '../queries/tally.js';
import { codeOf, marksOf, numberOf, VARIES, type UnitCodes } from '../queries/unit-codes.js';
import { dueOf } from './due.js';
import { livingMonths } from './expected.js';
import type { MonthState } from './month-state.js';
import { stateOf, type CodeOfMonth } from './month-states.js';

export const PLACES = ['province', 'district', 'commune', 'centre'] as const;
export type ReportingDimension = (typeof PLACES)[number] | 'month';

export interface ReportingQuery extends Pick<FigureQuery, 'unit' | 'mapDay'> {
  from: Month;
  to: Month;
  by: readonly ReportingDimension[];
  /** Months since year 0; Infinity: latest. */
  known: number;
}

export interface ReportingSources {
  /** By what units are placed. */
  registry: Registry;
  /** Which units there were, as known when it is asked for: who was expected. */
  told: Registry;
  /** As the read model numbers units. */
  units: Dictionary;
  /** Of the asked months. */
  monthCode: CodeOfMonth;
  /** The day of the following month by which a report is due. */
  dueDay: number;
  /** The moment as of which is asked, milliseconds since the epoch. */
  asOf: number;
}

/** Months of units, counted. reported + nothingToReport + silent + awaited = expected; the others are shares of these. */
export interface ReportingCounts {
  expected: number;
  /** Not expected, since their operation was suspended through the month. */
  suspended: number;
  reported: number;
  nothingToReport: number;
  silent: number;
  awaited: number;
  late: number;
  closed: number;
  approved: number;
  changedSince: number;
  /** Of those expected, how many are of simulated units. */
  simulated: number;
}

export interface ReportingRow extends ReportingCounts {
  keys: Key[];
}

/** Who has reported of the months, and who hasn't, by the places that units had then or have by a map; rows by key. */
export function reporting(
  query: ReportingQuery,
  sources: ReportingSources,
): { all: ReportingCounts; rows: ReportingRow[] } {
  const { registry, told, units, monthCode } = sources;
  const level = query.by.find((dimension) => dimension !== 'month');
  const place = level && codesOf(registry, units, level, query.mapDay);
  const mark = marksOf(registry, units);
  const codes = new RowCodes(inclusionOf(query, registry, units), place, mark);
  const rows = new Rows(query, place);
  const [from, to] = [monthIndexOf(query.from), monthIndexOf(query.to)];
  const dues = Array.from({ length: to - from + 1 }, (_, at) => dueOf(monthAt(from + at), sources));
  const all = noneYet();
  for (const { unit, first, last, suspended } of livingMonths(told, units)) {
    const always = codes.always(unit);
    if (always === EXCLUDED) continue;
    const runs = always === VARIES ? codes.runs(unit) : undefined;
    const simulated = mark(unit) !== 0;
    for (let month = Math.max(first, from); month <= Math.min(last, to); month++) {
      const code = runs ? codeOf(runs, month) : always;
      if (code === EXCLUDED) continue;
      const row = rows.of(code, month);
      if (suspended(month)) {
        all.suspended++;
        if (row) row.suspended++;
        continue;
      }
      const state = stateOf(monthCode(unit, month), dues[month - from]!);
      count(all, state, simulated);
      if (row) count(row, state, simulated);
    }
  }
  return { all, rows: rows.inOrder() };
}

/** The rows of an answer while they are counted: by place, month, both or neither. */
class Rows {
  private readonly found = new Map<number, ReportingRow>();

  constructor(
    private readonly query: ReportingQuery,
    private readonly place: UnitCodes | undefined,
  ) {}

  of(code: number, month: number): ReportingRow | undefined {
    const { by } = this.query;
    if (by.length === 0) return undefined;
    const place = this.place ? numberOf(code) : 0;
    const key = place * MONTHS + (by.includes('month') ? month : 0);
    let row = this.found.get(key);
    if (!row) {
      this.found.set(key, (row = { keys: by.map((each) => this.key(each, code, month)), ...noneYet() }));
      demandFew(this.found);
    }
    return row;
  }

  inOrder(): ReportingRow[] {
    const named = [...this.found.values()].map((row) => [nameOf(row.keys), row] as const);
    return named.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  }

  private key(by: ReportingDimension, code: number, month: number): Key {
    if (by === 'month') return { key: monthAt(month) };
    const { simulated: _, ...key } = this.place!.key(code);
    return key;
  }
}

/** More than months since year 0 will ever be. */
const MONTHS = 0x20000;

/** Shares of what was expected; null where nothing was. */
export interface ReportingRates {
  /** Said something: reported, or said that there was nothing to report. */
  completeness: number | null;
  /** Said it by the day on which it was due. */
  timeliness: number | null;
  /** Approved by the province. */
  approval: number | null;
}

export function ratesOf({ expected, reported, nothingToReport, late, approved }: ReportingCounts): ReportingRates {
  const share = (count: number) => (expected === 0 ? null : count / expected);
  const said = reported + nothingToReport;
  return { completeness: share(said), timeliness: share(said - late), approval: share(approved) };
}

function noneYet(): ReportingCounts {
  return {
    expected: 0,
    suspended: 0,
    reported: 0,
    nothingToReport: 0,
    silent: 0,
    awaited: 0,
    late: 0,
    closed: 0,
    approved: 0,
    changedSince: 0,
    simulated: 0,
  };
}

const SAID = {
  reported: 'reported',
  'nothing-to-report': 'nothingToReport',
  silent: 'silent',
  awaited: 'awaited',
} as const satisfies Record<MonthState['said'], keyof ReportingCounts>;

function count(counts: ReportingCounts, state: MonthState, simulated: boolean): void {
  const { said, late, closed, approved, changedSince } = state;
  counts.expected++;
  counts[SAID[said]]++;
  if (late) counts.late++;
  if (closed) counts.closed++;
  if (approved) counts.approved++;
  if (changedSince) counts.changedSince++;
  if (simulated) counts.simulated++;
}
