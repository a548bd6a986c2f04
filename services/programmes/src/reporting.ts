import type { Context, Fact } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, notInFuture, unitAlive, unitOfKind } from '@gdtx/ledger/unit-rules';
import {
  firstDay,
  firstDayOfMonth,
  lastDay,
  lastDayOfMonth,
  monthOf,
  type Day,
  type GivenDate,
  type Month,
} from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';

/** Who reports here, and when it may; shared by all rooms. */

/** A community centre teaches too: literacy, life skills, updating of knowledge, and classes that it hosts. */
export const REPORTERS = ['centre', 'community-centre'] as const;
export const CENTRES = ['centre'] as const;

/** The commune's officer reports for the community centres of the commune (Decree 142/2025). */
export const REPORTING_ROLES = ['centre-publisher', 'province-officer', 'commune-officer'] as const;
export const CENTRE_ROLES = ['centre-publisher', 'province-officer'] as const;

type Kinds = typeof REPORTERS | typeof CENTRES;

/** The source is a centre that lived when it happened, and it has happened. */
export function mayReport(
  fact: Pick<Fact, 'source'>,
  date: Day | GivenDate | undefined,
  path: string,
  { registry, today }: Context,
  kinds: Kinds = REPORTERS,
): Refusal | undefined {
  const from = typeof date === 'string' ? date : firstDay(date);
  return firstRefusal(
    () => unitOfKind(registry, fact.source, kinds, 'source'),
    () => notInFuture(from, today, path),
    () => livedWithin(registry, fact.source, from, lastDayMeant(date, from)),
  );
}

/** The source is a centre, whatever the time. */
export function isReporter(fact: Pick<Fact, 'source'>, { registry }: Context, kinds: Kinds = REPORTERS) {
  return unitOfKind(registry, fact.source, kinds, 'source');
}

/** A whole month is reported: it has begun, and the source lived on a day of it. */
export function mayReportMonth(fact: Pick<Fact, 'source'>, month: Month, context: Context): Refusal | undefined {
  return firstRefusal(
    () => isReporter(fact, context),
    () =>
      month > monthOf(context.today)
        ? refuse('in-future', `${month} has not come yet; today is ${context.today} in Viet Nam.`, 'data.month')
        : undefined,
    () => livedWithin(context.registry, fact.source, firstDayOfMonth(month), lastDayOfMonth(month)),
  );
}

/** The unit lived on some day from `from` to `to`; the refusal says when it began, or who succeeded it. */
export function livedWithin(registry: Registry, unit: string, from: Day, to: Day): Refusal | undefined {
  const began = registry.unit(unit)?.life.from ?? null;
  return unitAlive(registry, unit, began !== null && from < began && began <= to ? began : from, 'source');
}

/** "2018" and "2018-09" mean any day of theirs: they are compared at their own precision. Bounds count from their first day. */
function lastDayMeant(date: Day | GivenDate | undefined, from: Day): Day {
  return typeof date === 'object' && date.on ? lastDay(date) : from;
}

/**
 * The date can belong to the school year. Classes open and intakes are set from June before it begins on; its last
 * examinations and their results may come until December after it ended.
 */
export function inSchoolYear(schoolYear: string, date: Day | GivenDate, path: string): Refusal | undefined {
  if (!schoolYear) return undefined;
  const start = Number(schoolYear.slice(0, 4));
  const [from, to] = typeof date === 'string' ? [date, date] : [firstDay(date), lastDay(date)];
  if (to >= `${start}-06-01` && from <= `${start + 1}-12-31`) return undefined;
  return refuse('school-year-differs', `${from} can't be a day of the school year ${schoolYear}.`, path);
}
