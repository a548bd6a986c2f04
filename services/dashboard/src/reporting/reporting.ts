import { addMonths, dayInVietNam, lastDayOfMonth, monthIndexOf, type Day, type Month } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import type { FigureQuery } from '../queries/figure-query.js';
import { demandFew } from '../queries/few-rows.js';
import { Places, type Key } from '../queries/places.js';
import { nameOf } from '../queries/tally.js';
import { expectedIn, suspendedIn } from './expected.js';
import type { FirstRecorded } from './first-recorded.js';
import { monthState, type Due, type MonthState, type ServiceMonth } from './month-state.js';
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
  /** By what units are placed. */
  registry: Registry;
  /** Which units there were, as known when it is asked for: who was expected. */
  told: Registry;
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
  const places = new Places(sources.registry, query);
  const includes = places.includes();
  const keyOf = query.by.map((dimension) => (dimension === 'month' ? undefined : places.by(dimension)));
  const all = noneYet();
  const rows = new Map<string, ReportingRow>();
  const rowOf = (unit: string, month: Month): ReportingRow => {
    const keys = keyOf.map((place) => place?.(unit, { month: monthIndexOf(month), day: null }) ?? { key: month });
    const name = nameOf(keys);
    let row = rows.get(name);
    if (!row) rows.set(name, (row = { keys, ...noneYet() }));
    demandFew(rows);
    return row;
  };
  for (let month = query.from; month <= query.to; month = addMonths(month, 1)) {
    const number = monthIndexOf(month);
    const due = dueOf(month, sources);
    for (const { id, simulated = false } of expectedIn(sources.told, month)) {
      if (!includes(id, { month: number, day: null })) continue;
      const state = { ...stateOf(id, number, due, query.known, sources), simulated };
      count(all, state);
      if (query.by.length > 0) count(rowOf(id, month), state);
    }
    for (const { id } of suspendedIn(sources.told, month)) {
      if (!includes(id, { month: number, day: null })) continue;
      all.suspended++;
      if (query.by.length > 0) rowOf(id, month).suspended++;
    }
  }
  const named = [...rows].sort(([one], [other]) => (one < other ? -1 : 1));
  return { all, rows: named.map(([, row]) => row) };
}

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

/** The day by which a report of a month is due. */
export function dueOn(month: Month, dueDay: number): Day {
  const last = lastDayOfMonth(addMonths(month, 1));
  return `${last.slice(0, 8)}${String(Math.min(dueDay, Number(last.slice(8)))).padStart(2, '0')}`;
}

export function dueOf(month: Month, { dueDay, asOf }: Pick<ReportingSources, 'dueDay' | 'asOf'>): Due {
  const day = dueOn(month, dueDay);
  return { until: endOf(day), month: monthIndexOf(day.slice(0, 7)), asOf };
}

const DAY_MS = 86_400_000;
const VIET_NAM_MS = 7 * 3_600_000;

/** The last millisecond of a day in Viet Nam, which has kept UTC+7 since 1975. */
function endOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) - VIET_NAM_MS + DAY_MS - 1;
}

/** How a unit's month (months since year 0) stands, as known at the end of a month. */
export function stateOf(unit: string, month: number, due: Due, known: number, sources: ReportingSources): MonthState {
  return monthState(servicesOf(unit, month, known, sources), due);
}

/** The same, service by service, in the order of `sources.services`. */
export function servicesOf(unit: string, month: number, known: number, sources: ReportingSources): ServiceMonth[] {
  const { services, periods, firstRecorded, lastSeq } = sources;
  return services.map((service) => ({
    events: periods.events(service, unit, month, known),
    heard: { firstRecorded: atMost(firstRecorded(service, unit, month), known) },
    // What has changed since is known of now alone.
    lastSeq: known === Infinity ? lastSeq(service, unit, month) : 0,
  }));
}

const atMost = (month: number | null, known: number) => (month !== null && month > known ? null : month);

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

function count(counts: ReportingCounts, state: MonthState & { simulated: boolean }): void {
  const { said, late, closed, approved, changedSince, simulated } = state;
  counts.expected++;
  counts[SAID[said]]++;
  if (late) counts.late++;
  if (closed) counts.closed++;
  if (approved) counts.approved++;
  if (changedSince) counts.changedSince++;
  if (simulated) counts.simulated++;
}

/** The latest month that has ended. */
export function lastFullMonth(asOf: number): Month {
  return addMonths(dayInVietNam(asOf).slice(0, 7), -1);
}
