import { address } from '../api/client.js';
import type { FigureQuestion } from '../api/queries.js';
import { addMonths, yearBefore } from '../formats/dates.js';
import type { Of } from '../ui/headline-questions.js';
import { lastMonth } from '../view/compared.js';

/** What the panels ask. Pure. */

/** Into what the figures of a unit are parted: of a province, into its units. */
export const partsOf = (unit: string): 'province' | 'centre' => (unit === 'vn' ? 'province' : 'centre');

const whose = (unit: string) => (unit === 'vn' ? {} : { unit });

/** Who has reported of a month, of the last whole one where none is named. */
export const reportingPath = ({ unit, at, view: { map, known } }: Of, month = lastMonth(at)): string =>
  address('/v1/reporting', { month, by: partsOf(unit), map, known, ...whose(unit) });

/** The last month whose reports were due before a day: until those of the last whole one are (`dueOn`), nobody is late with them, and it is the one before. */
export const lastMonthDue = (at: string, dueOn: string): string => addMonths(lastMonth(at), at <= dueOn ? -1 : 0);

export const overduePath = ({ unit, view: { known } }: Of): string =>
  address('/v1/recommendations', {
    ...{ status: 'overdue', limit: 1, known: known === 'latest' ? undefined : known },
    ...whose(unit),
  });

/** What is compared for every unit. */
export const comparedPath = (path: '/v1/reconciliation' | '/v1/outliers', { unit, at, view: { map } }: Of): string =>
  address(path, { month: lastMonth(at), map, limit: 1, ...whose(unit) });

/** Learners present by part, on the day and a year before. */
export function behindQuestions({ unit, at, view: { map, known } }: Of): {
  now: FigureQuestion;
  before: FigureQuestion;
} {
  const common = { indicator: 'learners-present', unit, by: partsOf(unit), map, known };
  return { now: { ...common, on: at }, before: { ...common, on: yearBefore(at) } };
}
