import {
  addMonths,
  dayInVietNam,
  endOfDay,
  lastDayOfMonth,
  monthIndexOf,
  type Day,
  type Month,
} from '@gdtx/territory/days';
import type { Due } from './month-state.js';

/** The day by which a report of a month is due. */
export function dueOn(month: Month, dueDay: number): Day {
  const last = lastDayOfMonth(addMonths(month, 1));
  return `${last.slice(0, 8)}${String(Math.min(dueDay, Number(last.slice(8)))).padStart(2, '0')}`;
}

export function dueOf(month: Month, { dueDay, asOf }: { dueDay: number; asOf: number }): Due {
  const day = dueOn(month, dueDay);
  return { until: endOfDay(day), month: monthIndexOf(day.slice(0, 7)), asOf };
}

/** The latest month that has ended. */
export function lastFullMonth(asOf: number): Month {
  return addMonths(dayInVietNam(asOf).slice(0, 7), -1);
}
