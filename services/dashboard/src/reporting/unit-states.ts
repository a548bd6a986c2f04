import { monthIndexOf, type Month } from '@gdtx/territory/days';
import type { UnitRecord } from '@gdtx/territory/registry';
import type { FigureQuery } from '../queries/figure-query.js';
import { Places } from '../queries/places.js';
import { expectedIn, suspendedIn } from './expected.js';
import { standing, type MonthState, type ServiceMonth } from './month-state.js';
import { dueOf } from './due.js';
import { stateOf } from './month-states.js';
import type { ReportingSources } from './reporting.js';
import { servicesOf, type ServiceSources } from './services-of.js';

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
}

export interface UnitMonthsQuery extends Pick<FigureQuery, 'unit' | 'mapDay'> {
  month: Month;
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
  const { registry, told, units, monthCode } = sources;
  const month = monthIndexOf(query.month);
  const due = dueOf(query.month, sources);
  const includes = new Places(registry, query).includes();
  const isAsked = ({ id }: UnitRecord) => includes(id, { month, day: null });
  const expected = expectedIn(told, query.month)
    .filter(isAsked)
    .map((unit): UnitMonth => {
      const number = units.find(unit.id);
      const state = stateOf(number === undefined ? 0 : monthCode(number, month), due);
      return { unit, states: statesOf(state, differs(unit.id)) };
    });
  const suspended = suspendedIn(told, query.month)
    .filter(isAsked)
    .map((unit): UnitMonth => ({ unit, states: ['suspended'] }));
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

/** What a unit's month was told, as a reader sees it: by service, of those that were told something. */
export function shownServices(
  unit: string,
  month: number,
  known: number,
  sources: ServiceSources,
): Record<string, unknown>[] {
  const heard = servicesOf(unit, month, known, sources);
  return sources.services.flatMap((service, i) => (wasTold(heard[i]!) ? [shownService(service, heard[i]!)] : []));
}

const wasTold = ({ events, heard }: ServiceMonth): boolean => events.length > 0 || heard.firstRecorded !== null;

function shownService(service: string, { events, lastSeq }: ServiceMonth): Record<string, unknown> {
  const { closed, approved } = standing(events);
  const at = ({ seq, at: when }: { seq: number; at: number }) => ({ seq, recordedAt: new Date(when).toISOString() });
  return {
    service,
    closed: closed ? { ...at(closed), nothingToReport: closed.nothing } : null,
    approved: approved ? { ...at(approved), upToSeq: approved.upToSeq } : null,
    reopened: events.filter(({ kind }) => kind === 'reopened').length,
    lastSeq: lastSeq || null,
  };
}
