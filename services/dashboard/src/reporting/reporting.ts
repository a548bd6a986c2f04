import { addMonths, dayInVietNam, lastDayOfMonth, monthIndexOf, type Day, type Month } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import type { FigureQuery } from '../queries/figure-query.js';
import { Places, type Key } from '../queries/places.js';
import { expectedIn } from './expected.js';
import type { FirstRecorded } from './first-recorded.js';
import { monthState, type Due, type MonthState } from './month-state.js';
import type { PeriodRows } from './period-rows.js';

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
  registry: Registry;
  periods: PeriodRows;
  firstRecorded: FirstRecorded;
  /** The last entry that changed what is said of a month (months since year 0); 0: none. */
  lastSeq: (service: string, unit: string, month: number) => number;
  /** The services that units report to. */
  services: readonly string[];
  /** The day of the following month by which a report is due. */
  dueDay: number;
  /** The moment as of which is asked, milliseconds since the epoch. */
  asOf: number;
}

/** Months of units, counted. reported + nothingToReport + silent + awaited = expected; the others are shares of these. */
export interface ReportingCounts {
  expected: number;
  reported: number;
  nothingToReport: number;
  silent: number;
  awaited: number;
  late: number;
  closed: number;
  approved: number;
  changedSince: number;
}

export interface ReportingRow extends ReportingCounts {
  keys: Key[];
}

/** Who has reported of the months, and who hasn't, by the places that units had then or have by a map; rows by key. */
export function reporting(
  query: ReportingQuery,
  sources: ReportingSources,
): { all: ReportingCounts; rows: ReportingRow[] } {
  const places = new Places(sources.registry, query);
  const includes = places.includes();
  const keyOf = query.by.map((dimension) => (dimension === 'month' ? undefined : places.by(dimension)));
  const all = noneYet();
  const rows = new Map<string, ReportingRow>();
  for (let month = query.from; month <= query.to; month = addMonths(month, 1)) {
    const number = monthIndexOf(month);
    const due = dueOf(month, sources);
    for (const { id } of expectedIn(sources.registry, month)) {
      const moment = { month: number, day: null };
      if (!includes(id, moment)) continue;
      const state = stateOf(id, number, due, query.known, sources);
      count(all, state);
      if (query.by.length === 0) continue;
      const keys = keyOf.map((place) => place?.(id, moment) ?? { key: month });
      const name = keys.map(({ key }) => key).join(',');
      let row = rows.get(name);
      if (!row) rows.set(name, (row = { keys, ...noneYet() }));
      count(row, state);
    }
  }
  const named = [...rows].sort(([one], [other]) => (one < other ? -1 : 1));
  return { all, rows: named.map(([, row]) => row) };
}

/** The day by which a report of a month is due. */
export function dueOn(month: Month, dueDay: number): Day {
  const last = lastDayOfMonth(addMonths(month, 1));
  return `${last.slice(0, 8)}${String(Math.min(dueDay, Number(last.slice(8)))).padStart(2, '0')}`;
}

function dueOf(month: Month, { dueDay, asOf }: ReportingSources): Due {
  const day = dueOn(month, dueDay);
  return { until: endOf(day), month: monthIndexOf(day.slice(0, 7)), asOf };
}

const DAY_MS = 86_400_000;
const VIET_NAM_MS = 7 * 3_600_000;

/** The last millisecond of a day in Viet Nam, which has kept UTC+7 since 1975. */
function endOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) - VIET_NAM_MS + DAY_MS - 1;
}

function stateOf(unit: string, month: number, due: Due, known: number, sources: ReportingSources): MonthState {
  const { services, periods, firstRecorded, lastSeq } = sources;
  const heard = services.map((service) => ({
    events: periods.events(service, unit, month, known),
    heard: { firstRecorded: atMost(firstRecorded(service, unit, month), known) },
    // What has changed since is known of now alone.
    lastSeq: known === Infinity ? lastSeq(service, unit, month) : 0,
  }));
  return monthState(heard, due);
}

const atMost = (month: number | null, known: number) => (month !== null && month > known ? null : month);

function noneYet(): ReportingCounts {
  return {
    expected: 0,
    reported: 0,
    nothingToReport: 0,
    silent: 0,
    awaited: 0,
    late: 0,
    closed: 0,
    approved: 0,
    changedSince: 0,
  };
}

const SAID = {
  reported: 'reported',
  'nothing-to-report': 'nothingToReport',
  silent: 'silent',
  awaited: 'awaited',
} as const satisfies Record<MonthState['said'], keyof ReportingCounts>;

function count(counts: ReportingCounts, { said, late, closed, approved, changedSince }: MonthState): void {
  counts.expected++;
  counts[SAID[said]]++;
  if (late) counts.late++;
  if (closed) counts.closed++;
  if (approved) counts.approved++;
  if (changedSince) counts.changedSince++;
}

/** The latest month that has ended. */
export function lastFullMonth(asOf: number): Month {
  return addMonths(dayInVietNam(asOf).slice(0, 7), -1);
}
