import type { GivenDate } from '@gdtx/territory/days';

/** A date as a publisher writes it: "2018", "2018-09", "2018-09-25" or bounds. */
export type DateAsGiven = string | { notBefore?: string; notAfter?: string };

/**
 * What a fact said, as plain JSON for a state document: what wasn't said is left out, dates stand as they were given.
 */
export function plain<Value>(value: Value): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (isGivenDate(value)) return dateAsGiven(value);
  const said = Object.entries(value).filter(([, inner]) => wasSaid(inner));
  return Object.fromEntries(said.map(([key, inner]) => [key, plain(inner)]));
}

/** "2018-09" or {notBefore, notAfter}, as it was sent. */
export function dateAsGiven({ on, notBefore, notAfter }: GivenDate): DateAsGiven {
  if (on) return on;
  return { ...(notBefore ? { notBefore } : {}), ...(notAfter ? { notAfter } : {}) };
}

function wasSaid(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function isGivenDate(value: object): value is GivenDate {
  return 'on' in value && 'notBefore' in value && 'notAfter' in value;
}

/** The message of a date that stands in a state document. */
export function givenDateOf(date: DateAsGiven): GivenDate {
  if (typeof date === 'string') return { on: date, notBefore: '', notAfter: '' };
  return { on: '', notBefore: date.notBefore ?? '', notAfter: date.notAfter ?? '' };
}
