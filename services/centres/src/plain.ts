import type { GivenDate } from '@gdtx/territory/days';

/** A date as a publisher writes it: "2018", "2018-09", "2018-09-25" or bounds. */
export type DateAsGiven = string | { notBefore?: string; notAfter?: string };

/** What a fact or the registry says, as plain JSON: what wasn't said is left out, dates stand as they were given. */
export function plain<Value>(value: Value): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (isGivenDate(value)) return asGiven(value);
  const said = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== '');
  return Object.fromEntries(said.map(([key, inner]) => [key, plain(inner)]));
}

export function asGiven({ on, notBefore, notAfter }: GivenDate): DateAsGiven {
  if (on) return on;
  return { ...(notBefore ? { notBefore } : {}), ...(notAfter ? { notAfter } : {}) };
}

function isGivenDate(value: object): value is GivenDate {
  return 'on' in value && 'notBefore' in value && 'notAfter' in value;
}
