const DAY_MS = 86_400_000;

/** Days are numbers here: days since 1970-01-01. */
export type DayNumber = number;

export function dayNumber(day: string): DayNumber {
  return Date.parse(day) / DAY_MS;
}

const texts = new Map<DayNumber, string>();

/** YYYY-MM-DD */
export function dayText(day: DayNumber): string {
  let text = texts.get(day);
  if (text === undefined) texts.set(day, (text = new Date(day * DAY_MS).toISOString().slice(0, 10)));
  return text;
}

export function momentOf(day: DayNumber, ofDay: number): number {
  return day * DAY_MS + ofDay;
}

export interface Month {
  /** 0 is the first one. */
  index: number;
  year: number;
  /** 1 to 12. */
  number: number;
  /** YYYY-MM */
  text: string;
  first: DayNumber;
  days: number;
}

export const FIRST_YEAR = 2021;
export const YEARS = 5;

/** The five years that are told of: with the reform of 2025-07-01 in the last one. */
export const MONTHS: readonly Month[] = Array.from({ length: YEARS * 12 }, (_, index) => {
  const [year, number] = [FIRST_YEAR + Math.floor(index / 12), (index % 12) + 1];
  const first = Date.UTC(year, number - 1, 1) / DAY_MS;
  const days = Date.UTC(year, number, 1) / DAY_MS - first;
  return { index, year, number, text: `${year}-${String(number).padStart(2, '0')}`, first, days };
});

/** The index of a day's month in MONTHS; beyond both ends too. */
export function monthIndex(day: DayNumber): number {
  const date = new Date(day * DAY_MS);
  return (date.getUTCFullYear() - FIRST_YEAR) * 12 + date.getUTCMonth();
}
