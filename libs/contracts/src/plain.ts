import type { GivenDate } from './gen/gdtx/common/v1/common.js';

/** A date as a publisher writes it: "2018", "2018-09", "2018-09-25" or bounds. */
export type DateAsGiven = string | { notBefore?: string; notAfter?: string };

/** A message as plain JSON, for state documents and readers: what wasn't said is left out, dates stand as they were given. */
export function plain(value: unknown): unknown {
  return plainWith(value, (list) => list.length > 0);
}

/** The same, with empty lists: for answers in which «none» is said. */
export function plainWithLists(value: unknown): unknown {
  return plainWith(value, () => true);
}

export function plainObject(value: object): Record<string, unknown> {
  return plain({ ...value }) as Record<string, unknown>;
}

function plainWith(value: unknown, keep: (list: unknown[]) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => plainWith(item, keep));
  if (typeof value !== 'object' || value === null) return value;
  if (isGivenDate(value)) return dateAsGiven(value);
  const said = Object.entries(value).filter(
    ([, inner]) => inner !== undefined && inner !== '' && !(Array.isArray(inner) && !keep(inner)),
  );
  return Object.fromEntries(said.map(([key, inner]) => [key, plainWith(inner, keep)]));
}

/** "2018-09" or {notBefore, notAfter}, as it was sent. */
export function dateAsGiven({ on, notBefore, notAfter }: GivenDate): DateAsGiven {
  if (on) return on;
  return { ...(notBefore ? { notBefore } : {}), ...(notAfter ? { notAfter } : {}) };
}

/** The message of a date that was written like that. */
export function givenDateOf(date: DateAsGiven): GivenDate {
  if (typeof date === 'string') return { on: date, notBefore: '', notAfter: '' };
  return { on: '', notBefore: date.notBefore ?? '', notAfter: date.notAfter ?? '' };
}

function isGivenDate(value: object): value is GivenDate {
  return 'on' in value && 'notBefore' in value && 'notAfter' in value && Object.keys(value).length === 3;
}
