import type { Language } from './numbers.js';

/** Dates as they are given, at their own precision: 25/9/2018, 9/2018, 2018. */

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** A day, month or year (ISO); anything else comes back as it is. */
export function formatDate(date: string, language: Language): string {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date);
  if (!found) return date;
  const [, year, month, day] = found;
  const parts = [day, month].filter((part) => part !== undefined).map(Number);
  if (language === 'vi') return [...parts, year].join('/');
  if (month === undefined) return year!;
  const name = MONTHS[Number(month) - 1]!;
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}

/** A text with the days in it written as the language writes them: the registry’s English names have «(from 2025-07-01)». */
export function withDates(text: string, language: Language): string {
  return text.includes('-') ? text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => formatDate(day, language)) : text;
}

/** The day that somebody wrote as either language does, or as ISO does: 25/9/2018, 25 September 2018. Undefined: it is no day. Days of centuries long past are typing that isn't finished. */
export function readDay(text: string): string | undefined {
  const found =
    /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/.exec(text.trim()) ??
    /^(?<day>\d{1,2})[/.\s-]+(?<month>\d{1,2}|[a-z]{3,})[/.\s-]+(?<year>\d{4})$/i.exec(text.trim());
  if (!found) return undefined;
  const { year, month, day } = found.groups as { year: string; month: string; day: string };
  const number = /\d/.test(month)
    ? Number(month)
    : MONTHS.findIndex((name) => name.toLowerCase().startsWith(month.toLowerCase())) + 1;
  const iso = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return year >= '1900' && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined;
}

/** A date as a fact gives it: an ISO day, month or year, or the bounds between which it lies; '' where none is given. */
export function formatGiven(given: unknown, language: Language): string {
  if (typeof given === 'string') return formatDate(given, language);
  const { on, notBefore, notAfter } = (given ?? {}) as { on?: string; notBefore?: string; notAfter?: string };
  if (on) return formatDate(on, language);
  const words = language === 'vi' ? { from: 'từ', to: 'muộn nhất' } : { from: 'not before', to: 'by' };
  const bounds = [
    notBefore && `${words.from} ${formatDate(notBefore, language)}`,
    notAfter && `${words.to} ${formatDate(notAfter, language)}`,
  ];
  return bounds.filter(Boolean).join(', ');
}

/** The first day on which it may have been, ISO; undefined where no date is given. */
export function firstDayOf(given: unknown): string | undefined {
  const { on, notBefore, notAfter } =
    typeof given === 'string'
      ? { on: given }
      : ((given ?? {}) as { on?: string; notBefore?: string; notAfter?: string });
  const day = on || notBefore || notAfter;
  return day && `${day}-01-01`.slice(0, 10);
}

/** Months, inclusive; an open end stays open. */
export function formatPeriod(from: string | null, to: string | null, language: Language): string {
  const months = (text: string) =>
    language === 'vi' ? `tháng ${formatDate(text, language)}` : formatDate(text, language);
  const words =
    language === 'vi'
      ? { all: 'từ trước đến nay', from: 'từ', to: 'đến hết' }
      : { all: 'all time', from: 'since', to: 'to the end of' };
  if (from === null && to === null) return words.all;
  if (from === null) return `${words.to} ${months(to!)}`;
  if (to === null) return `${words.from} ${months(from)}`;
  if (from === to) return months(from);
  if (from.endsWith('-01') && to.endsWith('-12') && from.slice(0, 4) === to.slice(0, 4)) {
    return language === 'vi' ? `năm ${from.slice(0, 4)}` : from.slice(0, 4);
  }
  // Of one year, that is said once.
  const first = from.slice(0, 4) === to.slice(0, 4) ? months(from).replace(/[/ ]\d{4}$/, '') : months(from);
  return `${first} – ${formatDate(to, language)}`;
}

/** `2024-2025` as năm học 2024-2025. */
export function formatSchoolYear(years: string, language: Language): string {
  return language === 'vi' ? `năm học ${years}` : `school year ${years}`;
}

/** Viet Nam has had one offset since 1975 and no summer time. */
const VIET_NAM_OFFSET_MS = 7 * 3_600_000;

const clockInVietNam = (moment: Date): string => new Date(moment.getTime() + VIET_NAM_OFFSET_MS).toISOString();

/** A moment in Viet Nam: 14:05:07, and the day unless it is today's. */
export function formatMoment(iso: string, language: Language, today: string): string {
  const clock = clockInVietNam(new Date(iso));
  const [day, time] = [clock.slice(0, 10), clock.slice(11, 19)];
  return day === today ? time : `${time}, ${formatDate(day, language)}`;
}

/** The day that it is in Viet Nam, ISO. */
export const dayInVietNam = (moment: Date): string => clockInVietNam(moment).slice(0, 10);

/** The same day a year before; 29 February has none, and is its 28th. */
export function yearBefore(day: string): string {
  const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return before.endsWith('-02-29') ? `${before.slice(0, 8)}28` : before;
}

/** So many months later (or earlier, below 0): of `2024-11`, two later is `2025-01`. */
export function addMonths(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
