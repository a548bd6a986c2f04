import type { Day, Month } from './days.js';
import { lastDayOfMonth } from './days.js';
import type { Registry } from './registry.js';
import type { Level, Placement } from './resolve.js';
import { findsOf, thenDay } from './places.js';
import { sinceWhen } from './resolve.js';
import type { MapName } from './territory-map.js';
import { TerritoryMap } from './territory-map.js';

export type { Level, Placement } from './resolve.js';
export { search } from './search.js';
export { isEstimated, rowOf } from './territory-map.js';
export type { Cell, MapName, MapRow, Run, TerritoryMap } from './territory-map.js';
export { isWithin } from './within.js';

/**
 * Where a unit lies on a day: the unit of `level` that holds its seat, which is followed through its lineage, forwards or
 * backwards. At level `centre`: the unit that it was or became by that day.
 */
export function placeOf(registry: Registry, unit: string, day: Day, level: Level): Placement {
  const { resolver, finds } = findsOf(registry.frozen(), unit, day, level);
  return resolver.placement(finds);
}

/** Where a month's facts of a unit belong by `then`. */
export function placeThen(registry: Registry, unit: string, month: Month, level: Level): Placement {
  const record = registry.unit(unit);
  const last = lastDayOfMonth(month);
  return placeOf(registry, unit, record ? thenDay(record, last) : last, level);
}

/**
 * The map of a level; worked out where it is asked, and kept until the registry's next fact. Days between which nothing moves share
 * one of territory, named by the first of them; by centre each has its own, since units begin and end.
 */
export function mapOf(registry: Registry, { map, level }: { map: MapName; level: Level }): TerritoryMap {
  const frozen = registry.frozen();
  const name = map === 'then' || level === 'centre' ? map : sinceWhen(frozen, map);
  return frozen.remember(`map/${name}/${level}`, () => new TerritoryMap(frozen, name, level));
}
