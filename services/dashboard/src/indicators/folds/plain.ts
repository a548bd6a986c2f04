import type { GivenDate } from '@gdtx/contracts/gen/gdtx/common/v1/common';

/** A fact's message as plain JSON for lists: what wasn't said is left out, dates stand as they were given. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (isGivenDate(value)) return value.on || plainObject({ notBefore: value.notBefore, notAfter: value.notAfter });
  return plainObject(value);
}

export function plainObject(value: object): Record<string, unknown> {
  const said = Object.entries(value).filter(([, inner]) => wasSaid(inner));
  return Object.fromEntries(said.map(([key, inner]) => [key, plain(inner)]));
}

function wasSaid(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function isGivenDate(value: object): value is GivenDate {
  return 'on' in value && 'notBefore' in value && 'notAfter' in value;
}
