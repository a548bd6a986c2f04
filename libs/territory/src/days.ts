import type { GivenDate } from '@gdtx/contracts/gen/gdtx/common/v1/common';

export type { GivenDate };

/** A day in Viet Nam, `YYYY-MM-DD`. Days compare as text. */
export type Day = string;

/** A month, `YYYY-MM`. */
export type Month = string;

const MS_PER_DAY = 86_400_000;
/** Viet Nam has had one offset since 1975 and no summer time. */
const VIET_NAM_OFFSET_MS = 7 * 3_600_000;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : DAYS[month - 1]!;
}

const DAY = /^[1-9]\d{3}-\d{2}-\d{2}$/;
const ZERO = 0x30;

/** The two digits that stand there, as a number. */
const two = (text: string, at: number): number => 10 * (text.charCodeAt(at) - ZERO) + text.charCodeAt(at + 1) - ZERO;

/** The day counts when it stands in the calendar: `2023-02-29` doesn't. Years 1000 to 9999. */
export function isRealDay(text: string): boolean {
  // Several times for every fact: without a list of parts.
  if (!DAY.test(text)) return false;
  const [month, day] = [two(text, 5), two(text, 8)];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(100 * two(text, 0) + two(text, 2), month);
}

export function isRealMonth(text: string): boolean {
  return isRealDay(`${text}-01`);
}

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, in the calendar. */
export function isRealDate(text: string): boolean {
  if (/^\d{4}$/.test(text)) return isRealDay(`${text}-01-01`);
  if (/^\d{4}-\d{2}$/.test(text)) return isRealMonth(text);
  return isRealDay(text);
}

export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

export function firstDayOfMonth(month: Month): Day {
  return `${month}-01`;
}

export function lastDayOfMonth(month: Month): Day {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  return `${month}-${pad(daysIn(year, number), 2)}`;
}

/** Months as integers, so that columns can hold them: `2024-05` is 24292. */
export function monthIndexOf(month: Month): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

export function monthAt(index: number): Month {
  return `${pad(Math.floor(index / 12), 4)}-${pad((index % 12) + 1, 2)}`;
}

export function addMonths(month: Month, count: number): Month {
  return monthAt(monthIndexOf(month) + count);
}

export function addDays(day: Day, count: number): Day {
  return dayAt(Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY + count);
}

export function dayBefore(day: Day): Day {
  return addDays(day, -1);
}

/** A year earlier; of 29 February, the 28th. */
export function sameDayLastYear(day: Day): Day {
  const before = `${pad(Number(day.slice(0, 4)) - 1, 4)}${day.slice(4)}`;
  return isRealDay(before) ? before : dayBefore(`${before.slice(0, 5)}03-01`);
}

/** The day that it is in Viet Nam at a moment given in milliseconds since the epoch. */
export function dayInVietNam(ms: number): Day {
  return dayAt(Math.floor((ms + VIET_NAM_OFFSET_MS) / MS_PER_DAY));
}

const MOST_TEXTS = 20_000;
const texts = new Map<number, Day>();

/** Of days since 1970. A text is made once: the same few thousand days are asked for over and over. */
function dayAt(number: number): Day {
  let text = texts.get(number);
  if (text === undefined) {
    text = new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
    if (texts.size >= MOST_TEXTS) texts.clear();
    texts.set(number, text);
  }
  return text;
}

/** The last millisecond of a day in Viet Nam. */
export function endOfDay(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) + MS_PER_DAY - VIET_NAM_OFFSET_MS - 1;
}

/** The last millisecond of a month in Viet Nam. */
export function endOfMonth(month: Month): number {
  return Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7))) - VIET_NAM_OFFSET_MS - 1;
}

/** School years run from September to August: `2024-09` and `2025-08` are in `2024-2025`. */
export function schoolYearOf(month: Month): string {
  const year = Number(month.slice(0, 4));
  const start = Number(month.slice(5, 7)) >= 9 ? year : year - 1;
  return `${start}-${start + 1}`;
}

/** `2024-2025` is 2024-09 to 2025-08. */
export function monthsOfSchoolYear(schoolYear: string): { from: Month; to: Month } {
  const start = Number(schoolYear.slice(0, 4));
  return { from: `${start}-09`, to: `${start + 1}-08` };
}

const firstDayOf = (on: string): Day => (on.length === 4 ? `${on}-01-01` : on.length === 7 ? `${on}-01` : on);
const lastDayOf = (on: string): Day => (on.length === 4 ? `${on}-12-31` : on.length === 7 ? lastDayOfMonth(on) : on);

/** The day from which a given date counts: the first of `on`, else `notBefore`, else `notAfter`. Empty when it says nothing. */
export function firstDay(given: GivenDate | undefined): Day {
  if (!given) return '';
  return given.on ? firstDayOf(given.on) : given.notBefore || given.notAfter;
}

/** The last day that a given date allows: the last of `on`, else `notAfter`, else `notBefore`. Empty when it says nothing. */
export function lastDay(given: GivenDate | undefined): Day {
  if (!given) return '';
  return given.on ? lastDayOf(given.on) : given.notAfter || given.notBefore;
}

/** Known only to have been so by a day: the beginning itself is unknown. */
export function isOpenStart(given: GivenDate | undefined): boolean {
  return !!given && !given.on && !given.notBefore && !!given.notAfter;
}

/** A date that was given to the day. */
export function onDay(on: string): GivenDate {
  return { on, notBefore: '', notAfter: '' };
}

/**
 * Compares two dates of any precision at the coarser of the two: `2003-06` and `2003-06-15` are equal (0), `2003-06` is
 * before `2004` (-1). Bounds count from their first day.
 */
export function compareGiven(one: GivenDate | string, other: GivenDate | string): -1 | 0 | 1 {
  const [a, b] = [precise(one), precise(other)];
  const length = Math.min(a.length, b.length);
  const [left, right] = [a.slice(0, length), b.slice(0, length)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const precise = (date: GivenDate | string): string => (typeof date === 'string' ? date : date.on || firstDay(date));

/** A date as an official reads it, as precise as it was given: `25/9/2018`, `6/2003`, `không sớm hơn 27/11/2018`. */
export function givenLabel(given: GivenDate | undefined, language: 'vi' | 'en' = 'vi'): string {
  if (!given) return '';
  const write = language === 'vi' ? vietnamese : (date: string): string => date;
  const words =
    language === 'vi' ? ['không sớm hơn', 'không muộn hơn', 'trong khoảng'] : ['not before', 'not after', 'between'];
  if (given.on) return write(given.on);
  if (given.notBefore && given.notAfter) {
    return `${words[2]} ${write(given.notBefore)}${language === 'vi' ? ' – ' : ' and '}${write(given.notAfter)}`;
  }
  if (given.notBefore) return `${words[0]} ${write(given.notBefore)}`;
  return given.notAfter ? `${words[1]} ${write(given.notAfter)}` : '';
}

const vietnamese = (date: string): string => date.split('-').map(Number).reverse().join('/');
