import type { PeriodEvent } from './period-rows.js';

/** What a unit has said of a month: exactly one of these. */
export type Said = 'reported' | 'nothing-to-report' | 'silent' | 'awaited';

/** How a unit's month stands, over all services that it reports to. */
export interface MonthState {
  said: Said;
  /** The first that was heard of it came after its day. */
  late: boolean;
  closed: boolean;
  /** Every service's closed month is approved. */
  approved: boolean;
  /** Approved, and entries of the month came after what the approval covers. */
  changedSince: boolean;
}

export interface Heard {
  /** The first month in which a fact of the month was recorded, in months since year 0; none: null. */
  firstRecorded: number | null;
}

/** When a report is due, and the moment from which on a unit that said nothing is silent. Milliseconds since the epoch. */
export interface Due {
  /** The end of the day by which it is due. */
  until: number;
  /** The month of that day, in months since year 0. */
  month: number;
  /** The moment as of which the state is asked. */
  asOf: number;
}

/** One service's part: what it was told of the month. */
export interface ServiceMonth {
  events: readonly PeriodEvent[];
  heard: Heard;
  /** The last entry of the month in this service, if it is known. */
  lastSeq?: number;
}

export function monthState(services: readonly ServiceMonth[], due: Due): MonthState {
  const periods = services.map(({ events }) => standing(events));
  const closed = periods.filter((period) => period.closed !== undefined);
  const recorded = services.map(({ heard }) => heard.firstRecorded).filter((month) => month !== null);
  const facts = recorded.length > 0;
  const nothing = closed.length > 0 && closed.every((period) => period.closed!.nothing);
  const said = facts || (closed.length > 0 && !nothing) ? 'reported' : nothing ? 'nothing-to-report' : undefined;
  const approved = closed.length > 0 && closed.every((period) => period.approved !== undefined);
  return {
    said: said ?? (due.asOf > due.until ? 'silent' : 'awaited'),
    late: said !== undefined && isLate(periods, recorded, due),
    closed: closed.length > 0,
    approved,
    changedSince:
      approved && services.some(({ lastSeq }, i) => (lastSeq ?? 0) > (periods[i]!.approved?.upToSeq ?? Infinity)),
  };
}

/** By the moment of the first closing; a month that was never closed, by the month in which its first fact came. */
function isLate(periods: readonly Standing[], recorded: readonly number[], due: Due): boolean {
  const closings = periods.map(({ firstClosed }) => firstClosed).filter((at) => at !== undefined);
  if (closings.length > 0) return Math.min(...closings) > due.until;
  return Math.min(...recorded) > due.month;
}

export interface Standing {
  closed: PeriodEvent | undefined;
  approved: PeriodEvent | undefined;
  /** A month that was opened again was in time all the same. */
  firstClosed: number | undefined;
}

/** What stands of a month in one service after all that was said of it, in order. */
export function standing(events: readonly PeriodEvent[]): Standing {
  const now: Standing = { closed: undefined, approved: undefined, firstClosed: undefined };
  for (const event of events) {
    switch (event.kind) {
      case 'closed':
        now.closed = event;
        now.approved = undefined;
        now.firstClosed ??= event.at;
        break;
      case 'approved':
        now.approved = event;
        break;
      case 'reopened':
        now.closed = now.approved = undefined;
    }
  }
  return now;
}
