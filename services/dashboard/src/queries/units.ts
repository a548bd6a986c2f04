import { givenLabel } from '@gdtx/territory/days';
import { placeOf, search } from '@gdtx/territory/maps';
import { clipToLife, heirsOf, isAlive, nearestValue, stateOn, valueOn } from '@gdtx/territory/records';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import { optional, plain } from './shown.js';
import { unitLabel } from './unit-labels.js';

/** What may be asked of a list of units. */
export interface UnitsQuery {
  parent?: string | undefined;
  kind?: UnitRecord['kind'] | undefined;
  on?: string | undefined;
  q?: string | undefined;
  after?: string | undefined;
  limit: number;
  today: string;
}

/** A page of units by id, each with the places that it lay in: of a kind, below a parent, alive on a day, or found by any name they ever had. */
export function listUnits(
  registry: Registry,
  query: UnitsQuery,
): { units: unknown[]; next: string | null; total: number } {
  const on = query.on ?? query.today;
  // A search without a day finds the dead as well: that is what it is for.
  const found = query.q === undefined ? alive(registry, query, on) : searched(registry, query);
  const wanted = found.filter(
    ({ unit }) => (!query.kind || unit.kind === query.kind) && (!query.parent || parentOn(unit, on) === query.parent),
  );
  if (query.q === undefined) wanted.sort((a, b) => (a.unit.id < b.unit.id ? -1 : 1));
  const rest = query.after === undefined ? wanted : behind(wanted, query.after, query.q === undefined);
  const page = rest.slice(0, query.limit);
  return {
    total: wanted.length,
    units: page.map(({ unit, matches }) => {
      const day = query.on ?? clipToLife(unit, query.today);
      return {
        ...summary(registry, unit, day, query.today),
        within: ancestors(registry, unit, day),
        ...(matches ? { matches } : {}),
      };
    }),
    next: rest.length > page.length ? page.at(-1)!.unit.id : null,
  };
}

/** What stands behind a unit. By id also when that one is gone by now; what is found comes by how well it fits. */
function behind(found: readonly Found[], after: string, byId: boolean): Found[] {
  if (byId) return found.filter(({ unit }) => unit.id > after);
  return found.slice(found.findIndex(({ unit }) => unit.id === after) + 1);
}

interface Found {
  unit: UnitRecord;
  matches?: unknown;
}

function alive(registry: Registry, { kind }: UnitsQuery, on: string): Found[] {
  return [...registry.unitsAlive(kind, on)].map((unit) => ({ unit }));
}

function searched(registry: Registry, { q, on }: UnitsQuery): Found[] {
  return search(registry, q!, on).map(({ unit, matches }) => ({ unit, matches }));
}

function parentOn(unit: UnitRecord, on: string): string | undefined {
  return nearestValue(unit.parents, on);
}

/** The line of a list. */
export function summary(registry: Registry, unit: UnitRecord, day: string, today: string) {
  const parent = parentOn(unit, day);
  return {
    id: unit.id,
    kind: unit.kind,
    ...optional('subkind', nearestValue(unit.subkinds, day)),
    ...optional('simulated', unit.simulated),
    ...optional('type', nearestValue(unit.types, day)),
    name: nearestValue(unit.names, day) ?? { vi: unit.id, en: '' },
    label: unitLabel(registry, unit.id, day),
    ...optional('officialCode', nearestValue(unit.codes, day)),
    ...optional('parent', parent),
    from: unit.life.from,
    to: unit.life.to,
    state: stateOn(unit, today),
    ...(heirsOf(unit).length > 0 ? { successors: heirsOf(unit).map((e) => e.other) } : {}),
  };
}

/** A unit as it was on a day: its name then, where it lay, who it answered to; what it isn't yet or no longer is said. */
export function unitOn(registry: Registry, id: string, on: string): unknown {
  const unit = registry.unit(id);
  if (!unit) return undefined;
  const state = stateOn(unit, on);
  const day = clipToLife(unit, on);
  const authority = nearestValue(unit.authorities, day);
  return {
    ...summary(registry, unit, day, on),
    on,
    state,
    givenFrom: givenLabel(unit.life.givenFrom),
    ...(unit.life.knownSince ? { knownSince: unit.life.from } : {}),
    within: ancestors(registry, unit, day),
    ...optional('address', valueOn(unit.addresses, day)),
    ...optional('authority', authority),
    ...(unit.location ? { location: unit.location } : {}),
    suspended: unit.suspended.some((s) => (s.from === null || on >= s.from) && (s.to === null || on < s.to)),
    ...(state === 'alive' && unit.life.from && !unit.life.knownSince ? { age: ageOn(unit.life.from, on) } : {}),
    legalActs: unit.changes.flatMap((change) =>
      change.legalBasis.map((basis) => ({ change: change.kind, on: change.on, ...plain(basis) })),
    ),
    today: todayOf(registry, unit, on),
  };
}

/** The places that a unit lies in on a day, from the nearest up to the country. Where one of them had ended by then: those that its land lies in, as far as they are certain. */
function ancestors(registry: Registry, unit: UnitRecord, day: string): unknown[] {
  const seats = seatsOf(registry, unit, day);
  const haveEnded = seats.some((id) => registry.unit(id) && stateOn(registry.unit(id)!, day) === 'ended');
  return (haveEnded ? landOf(registry, unit, day) : seats).map((id) => {
    return { id, kind: registry.unit(id)?.kind ?? 'unknown', label: unitLabel(registry, id, day) };
  });
}

/** The same of a unit in a list, on the day or on the nearest of its life: what tells those of one name apart. */
export function placesAbove(registry: Registry, unit: UnitRecord, day: string): unknown[] {
  return ancestors(registry, unit, clipToLife(unit, day));
}

/** The seat, that one's parent and so on, as they were told. */
function seatsOf(registry: Registry, unit: UnitRecord, day: string): string[] {
  const seats: string[] = [];
  let next = parentOn(unit, day);
  while (next && !seats.includes(next)) {
    seats.push(next);
    const record = registry.unit(next);
    next = record && parentOn(record, day);
  }
  return seats;
}

const LEVELS = ['commune', 'district', 'province', 'country'] as const;

function landOf(registry: Registry, unit: UnitRecord, day: string): string[] {
  return LEVELS.flatMap((level) => {
    const place = placeOf(registry, unit.id, day, level);
    return place.kind === 'placed' && !place.estimated && place.unit !== unit.id ? [place.unit] : [];
  });
}

/** Whole years and months from the first day of a life. */
function ageOn(from: string, on: string): { years: number; months: number } {
  const [y1, m1, d1] = from.split('-').map(Number) as [number, number, number];
  const [y2, m2, d2] = on.split('-').map(Number) as [number, number, number];
  const months = (y2 - y1) * 12 + (m2 - m1) - (d2 < d1 ? 1 : 0);
  return { years: Math.floor(months / 12), months: months % 12 };
}

function todayOf(registry: Registry, unit: UnitRecord, on: string): unknown {
  if (isAlive(unit, on)) return undefined;
  return heirsOf(unit).map((edge) => ({
    unit: edge.other,
    extent: edge.extent,
    default: edge.default,
    label: unitLabel(registry, edge.other, on),
  }));
}
