import { firstDay, type Day, type GivenDate } from '@gdtx/territory/days';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import { refuse, unitUnknown, type Refusal } from './refusal.js';

/** Rules on units and days that decisions of every service share. Pure; each answers with a refusal or nothing. */

/** Dates are not in the future: nothing is reported before it happened. */
export function notInFuture(day: Day, today: Day, path: string): Refusal | undefined {
  if (day <= today) return undefined;
  return refuse('in-future', `${day} is in the future; today is ${today} in Viet Nam.`, path);
}

/** The first refusal of several checks, each evaluated only when those before it passed. */
export function firstRefusal(...checks: (() => Refusal | undefined)[]): Refusal | undefined {
  for (const check of checks) {
    const refusal = check();
    if (refusal) return refusal;
  }
  return undefined;
}

/** The unit is known. */
export function unitKnown(registry: Registry, unit: string, path: string): Refusal | undefined {
  return registry.unit(unit) ? undefined : unitUnknown(unit, path);
}

/** The unit is known and of one of the kinds. */
export function unitOfKind(
  registry: Registry,
  unit: string,
  kinds: readonly UnitRecord['kind'][],
  path: string,
): Refusal | undefined {
  const known = registry.unit(unit);
  if (!known) return unitUnknown(unit, path);
  if (kinds.includes(known.kind)) return undefined;
  return refuse('wrong-kind', `\`${unit}\` is a ${known.kind}; here it must be a ${kinds.join(' or a ')}.`, path);
}

/** The unit lives on that day: not before it exists, not after it has ended; a successor is named. */
export function unitAlive(registry: Registry, unit: string, day: Day, path: string): Refusal | undefined {
  const known = registry.unit(unit);
  if (!known) return unitUnknown(unit, path);
  const { from, to } = known.life;
  if (from !== null && day < from) {
    return refuse('unit-not-yet', `\`${unit}\` exists since ${from}, not yet on ${day}.`, path);
  }
  if (to !== null && day >= to) {
    const successors = known.successors.map((s) => s.other);
    const whom = successors.length ? `; its successor is ${successors.map((s) => `\`${s}\``).join(', ')}` : '';
    return refuse('unit-ended', `\`${unit}\` ended on ${to} and can't say anything of ${day}${whom}.`, path);
  }
  return undefined;
}

/** A report on `day` (its first certain day when given as bounds) by a living unit of a kind, not in the future. */
export function mayReport(
  registry: Registry,
  unit: string,
  kinds: readonly UnitRecord['kind'][],
  date: Day | GivenDate | undefined,
  today: Day,
  paths: { unit: string; date: string },
): Refusal | undefined {
  if (date === undefined) return refuse('malformed', `\`${paths.date}\` is missing.`, paths.date);
  const day = typeof date === 'string' ? date : firstDay(date);
  return firstRefusal(
    () => unitOfKind(registry, unit, kinds, paths.unit),
    () => notInFuture(day, today, paths.date),
    () => unitAlive(registry, unit, day, paths.unit),
  );
}
