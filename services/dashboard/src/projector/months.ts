/** Months and days as numbers, as the documents hold them. */

const MS_PER_DAY = 86_400_000;
/** Viet Nam has had one offset since 1975 and no summer time. */
const VIET_NAM_OFFSET_MS = 7 * 3_600_000;

const MOST_DAYS = 20_000;

/** The month in Viet Nam of a moment, as months since year 0. Of each day it is worked out once. */
export class RecordedMonths {
  private readonly ofDays = new Map<number, number>();

  of(recordedAt: number): number {
    const day = Math.floor((recordedAt + VIET_NAM_OFFSET_MS) / MS_PER_DAY);
    return this.ofDays.get(day) ?? this.find(day);
  }

  private find(day: number): number {
    const there = new Date(day * MS_PER_DAY);
    const month = there.getUTCFullYear() * 12 + there.getUTCMonth();
    if (this.ofDays.size >= MOST_DAYS) this.ofDays.clear();
    this.ofDays.set(day, month);
    return month;
  }
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;

/** The year of `2024-09` or `2024-09-05`. */
export function yearOf(date: string): number {
  return digit(date, 0) * 1000 + digit(date, 1) * 100 + digit(date, 2) * 10 + digit(date, 3);
}

/** 0 to 11. */
export function monthInYear(date: string): number {
  return digit(date, 5) * 10 + digit(date, 6) - 1;
}

/** Days since the first of January of its year: 0 to 365. */
export function dayInYear(day: string): number {
  const inMonth = digit(day, 8) * 10 + digit(day, 9) - 1;
  const month = monthInYear(day);
  return BEFORE_MONTH[month]! + inMonth + (month > 1 && isLeap(yearOf(day)) ? 1 : 0);
}

/** 0 to 11: of a day since the first of January. */
export function monthOfDay(year: number, inYear: number): number {
  const leap = isLeap(year) ? 1 : 0;
  let month = 11;
  while (month > 0 && inYear < BEFORE_MONTH[month]! + (month > 1 ? leap : 0)) month--;
  return month;
}

export function dayText(year: number, inYear: number): string {
  const ms = Date.UTC(2000, 0, 1) + (inYear + (inYear > 58 && !isLeap(year) ? 1 : 0)) * MS_PER_DAY;
  return `${String(year).padStart(4, '0')}${new Date(ms).toISOString().slice(4, 10)}`;
}

/** A date that can be stored: `YYYY-MM` or `YYYY-MM-DD`, of years from 1 on. */
export function isDate(date: string): boolean {
  if (date.length !== 7 && date.length !== 10) return false;
  for (let i = 0; i < date.length; i++) {
    const code = date.charCodeAt(i);
    if (i === 4 || i === 7 ? code !== 45 : code < 48 || code > 57) return false;
  }
  const month = monthInYear(date);
  if (month < 0 || month > 11 || yearOf(date) === 0) return false;
  if (date.length === 7) return true;
  const day = digit(date, 8) * 10 + digit(date, 9);
  return day >= 1 && day <= 31;
}

const BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
