import { addDays, addMonths, lastDayOfMonth, type Day, type Month } from '@gdtx/territory/days';
import type { Random } from './random.js';

/** The five years that a nation reports of, across the reform of 1 July 2025. */
export const FIRST_MONTH: Month = '2021-01';
export const LAST_MONTH: Month = '2025-12';
/** What is sent late has been sent by then. */
export const LAST_DAY: Day = '2026-02-28';
/** The day on which the registry of a nation is told. */
export const BEGINNING: Day = '2021-01-04';

export function* monthsFrom(from: Month, to: Month): Iterable<Month> {
  for (let month = from; month <= to; month = addMonths(month, 1)) yield month;
}

export function dayIn(month: Month, rng: Random): Day {
  return `${month}-${String(rng.int(1, Number(lastDayOfMonth(month).slice(8)))).padStart(2, '0')}`;
}

export function dayBetween(from: Day, to: Day, rng: Random): Day {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return addDays(from, rng.int(0, Math.max(0, days)));
}

export const laterDay = (one: Day, other: Day): Day => (one > other ? one : other);
export const earlierDay = (one: Day, other: Day): Day => (one < other ? one : other);

/** "2024-2025" of a day: it begins in September. */
export function schoolYearOn(day: Day): string {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0);
  return `${year}-${year + 1}`;
}

/** How busy a month is: little around Tết and in summer, much in autumn; and little in the closures of 2021. */
export function season(month: Month): number {
  const closed = month >= '2021-05' && month <= '2021-10' ? 0.5 : 1;
  const usual = [0.9, 0.6, 1.1, 1.1, 1.1, 0.9, 0.7, 0.9, 1.3, 1.3, 1.1, 1][Number(month.slice(5)) - 1]!;
  return usual * closed;
}
