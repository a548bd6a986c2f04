import { monthIndexOf, type Month } from '@gdtx/territory/days';
import type { UnitRecord } from '@gdtx/territory/registry';
import type { FigureQuery } from '../queries/figure-query.js';
import { Places } from '../queries/places.js';
import { expectedIn, suspendedIn } from './expected.js';
import { monthState, standing, type MonthState, type ServiceMonth } from './month-state.js';
import { dueOf, servicesOf, type ReportingSources } from './reporting.js';

/** What may be said of a unit's month; several hold at once. Labels are those of the ministry's letters. */
export const UNIT_STATES = {
  reported: { vi: 'Đã báo cáo', en: 'Reported' },
  'nothing-to-report': { vi: 'Không phát sinh', en: 'Nothing to report' },
  silent: { vi: 'Chưa báo cáo', en: 'Silent' },
  awaited: { vi: 'Chưa đến hạn', en: 'Not due yet' },
  suspended: { vi: 'Đang đình chỉ hoạt động', en: 'Operation suspended' },
  late: { vi: 'Báo cáo muộn', en: 'Late' },
  closed: { vi: 'Đã chốt số liệu', en: 'Closed' },
  open: { vi: 'Chưa chốt số liệu', en: 'Not closed' },
  approved: { vi: 'Sở đã duyệt', en: 'Approved by the province' },
  'changed-since': { vi: 'Thay đổi sau khi duyệt', en: 'Changed since approved' },
  different: { vi: 'Lệch số đối chiếu', en: 'Differs from its control totals' },
} as const;

export type UnitState = keyof typeof UNIT_STATES;

export interface UnitMonth {
  unit: UnitRecord;
  states: UnitState[];
  /** What was heard of it, by service; of those that were told something. */
  services: { service: string; month: ServiceMonth }[];
}

export interface UnitMonthsQuery extends Pick<FigureQuery, 'unit' | 'mapDay'> {
  month: Month;
  /** Months since year 0; Infinity: latest. */
  known: number;
}

/**
 * Every unit of a place of which a report was expected for the month, or would have been had it not been suspended, with all
 * that is to be said of its month; by id. `differs`: its control totals and what was counted disagree.
 */
export function unitMonths(
  query: UnitMonthsQuery,
  sources: ReportingSources,
  differs: (unit: string) => boolean,
): UnitMonth[] {
  const { registry, told, services } = sources;
  const month = monthIndexOf(query.month);
  const due = dueOf(query.month, sources);
  const includes = new Places(registry, query).includes();
  const isAsked = ({ id }: UnitRecord) => includes(id, { month, day: null });
  const expected = expectedIn(told, query.month)
    .filter(isAsked)
    .map((unit): UnitMonth => {
      const heard = servicesOf(unit.id, month, query.known, sources);
      const states = statesOf(monthState(heard, due), differs(unit.id));
      const ofServices = services
        .map((service, i) => ({ service, month: heard[i]! }))
        .filter(({ month: m }) => wasTold(m));
      return { unit, states, services: ofServices };
    });
  const suspended = suspendedIn(told, query.month)
    .filter(isAsked)
    .map((unit): UnitMonth => ({ unit, states: ['suspended'], services: [] }));
  return [...expected, ...suspended].sort((a, b) => (a.unit.id < b.unit.id ? -1 : 1));
}

function statesOf({ said, late, closed, approved, changedSince }: MonthState, differs: boolean): UnitState[] {
  const states: UnitState[] = [said];
  if (late) states.push('late');
  if (closed) states.push('closed');
  else if (said === 'reported') states.push('open');
  if (approved) states.push('approved');
  if (changedSince) states.push('changed-since');
  if (differs) states.push('different');
  return states;
}

const wasTold = ({ events, heard }: ServiceMonth): boolean => events.length > 0 || heard.firstRecorded !== null;

/** A service's month as a reader sees it. */
export function shownService({ service, month }: UnitMonth['services'][number]): Record<string, unknown> {
  const { closed, approved } = standing(month.events);
  const at = ({ seq, at: when }: { seq: number; at: number }) => ({ seq, recordedAt: new Date(when).toISOString() });
  return {
    service,
    closed: closed ? { ...at(closed), nothingToReport: closed.nothing } : null,
    approved: approved ? { ...at(approved), upToSeq: approved.upToSeq } : null,
    reopened: month.events.filter(({ kind }) => kind === 'reopened').length,
    lastSeq: month.lastSeq || null,
  };
}
