import type { Day } from '@gdtx/territory/days';
import { placeOf } from '@gdtx/territory/maps';
import { clipToLife, isAlive, stateOn, valueOn } from '@gdtx/territory/records';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import { isWithin } from '@gdtx/territory/within';
import { plain } from '@gdtx/contracts/plain';

export function isCommunityCentre(registry: Registry, id: string): boolean {
  return registry.unit(id)?.kind === 'community-centre';
}

/** Community centres by id: those that live on the day in one of the roots, after an id; `next` where there are more. */
export function centresWithin(
  registry: Registry,
  { roots, on, after, limit }: { roots: readonly string[]; on: Day; after: string; limit: number },
): { items: UnitRecord[]; next: string | null } {
  const items: UnitRecord[] = [];
  for (const unit of byId(registry)) {
    if (unit.id <= after || !isAlive(unit, on) || !isWithin(registry, unit.id, roots, on)) continue;
    if (items.length === limit) return { items, next: items.at(-1)!.id };
    items.push(unit);
  }
  return { items, next: null };
}

/** The 11,000 are sorted once for each state of the registry. */
function byId(registry: Registry): UnitRecord[] {
  return registry.remember('community-learning/by-id', () =>
    [...registry.all('community-centre')].sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
}

/** A line of the list. `suspended`: it exists, but doesn’t work that day. */
export function centreItem(unit: UnitRecord, on: Day): unknown {
  const day = clipToLife(unit, on);
  return plain({
    id: unit.id,
    state: stateOn(unit, on),
    simulated: unit.simulated,
    name: valueOn(unit.names, day),
    commune: valueOn(unit.parents, day),
    address: valueOn(unit.addresses, day),
    suspended: valueOn(unit.suspended, on),
    life: unit.life,
  });
}

/**
 * A community centre as of a day, with all that happened to it. `place`: the commune that its own has become by then,
 * `estimated` where only a declared default successor decides. `inSameCommune`: the others that live there, which is no
 * mistake: a commune of 2025 has those of the communes that it was made of until it merges them.
 */
export function centreView(registry: Registry, id: string, on: Day): object {
  const unit = registry.unit(id)!;
  const place = placeOf(registry, id, on, 'commune');
  return {
    ...(centreItem(unit, on) as object),
    on,
    place: place.kind === 'placed' ? { commune: place.unit, estimated: place.estimated } : null,
    inSameCommune: isAlive(unit, on) && place.kind === 'placed' ? neighbours(registry, id, place.unit, on) : [],
    suspensions: unit.suspended.map(({ from, to }) => ({ from, to })),
    ...(plain({ predecessors: unit.predecessors, successors: unit.successors, changes: unit.changes }) as object),
  };
}

function neighbours(registry: Registry, id: string, commune: string, on: Day): string[] {
  const liesThere = (unit: UnitRecord) => {
    const place = placeOf(registry, unit.id, on, 'commune');
    return place.kind === 'placed' && place.unit === commune;
  };
  return byId(registry)
    .filter((other) => other.id !== id && isAlive(other, on) && liesThere(other))
    .map((other) => other.id);
}
