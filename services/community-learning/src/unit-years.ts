import { refuse, unitUnknown, type Refusal } from '@gdtx/ledger/refusal';
import { unitAlive } from '@gdtx/ledger/unit-rules';
import { firstDay, lastDay, type GivenDate } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';

/** The unit lived at some time of the year: what is said of a year needs no day. */
export function livedIn(registry: Registry, unit: string, year: number, path: string): Refusal | undefined {
  const known = registry.unit(unit);
  if (!known) return unitUnknown(unit, path);
  const { from, to } = known.life;
  if (from !== null && from > `${year}-12-31`) {
    return refuse('unit-not-yet', `\`${unit}\` exists since ${from}, not yet in ${year}.`, path);
  }
  if (to !== null && to <= `${year}-01-01`) {
    return refuse('unit-ended', `\`${unit}\` ended on ${to}: of ${year} nothing can be said of it.`, path);
  }
  return undefined;
}

/** The year has begun. */
export function yearBegun(year: number, today: string, path: string): Refusal | undefined {
  if (`${year}-01-01` <= today) return undefined;
  return refuse('in-future', `${year} hasn't begun; today is ${today} in Viet Nam.`, path);
}

/** The unit lived on one of the days that a coarse date allows: "2004" fits a commune that began in March of 2004. */
export function aliveAround(registry: Registry, unit: string, date: GivenDate, path: string): Refusal | undefined {
  const first = unitAlive(registry, unit, firstDay(date), path);
  return first && unitAlive(registry, unit, lastDay(date), path) ? first : undefined;
}
