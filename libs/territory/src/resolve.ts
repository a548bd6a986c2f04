import type { Day } from './days.js';
import type { TerritoryKind, UnitKind, UnitRecord } from './records.js';
import { heirsOf, nearestValue, originsOf, stateOn } from './records.js';
import type { Registry } from './registry.js';

/** What rows can be made of: a level of territory, or `centre`, which is the unit itself. */
export type Level = TerritoryKind | 'centre';

export type Placement =
  | { kind: 'placed'; unit: string; estimated: boolean; state: 'alive' | 'ended' | 'not-yet' }
  | { kind: 'undivided'; candidates: string[] }
  /** No such level there on that day, as districts since 2025-07-01. */
  | { kind: 'none' }
  /** News of the registry is missing: the unit, its seat, or what that became. */
  | { kind: 'unplaced' };

export const COUNTRY = 'vn';

const rank: Record<UnitKind, number> = {
  country: 0,
  province: 1,
  district: 2,
  commune: 3,
  centre: 4,
  'community-centre': 4,
};

/**
 * Where something may be found on the way up from a unit. An id; or `^id`, where the way began above the level asked for;
 * or one of the two below. No slug begins with any of these signs.
 */
type Find = string;
const NO_LEVEL = '-';
const NO_NEWS = '?';

/** All finds, and those that remain when each divided unit goes to its declared default successor. */
export interface Finds {
  all: readonly Find[];
  preferred: readonly Find[];
}

const only = (find: Find): Finds => {
  const finds = [find];
  return { all: finds, preferred: finds };
};

const noLevel = only(NO_LEVEL);
const noNews = only(NO_NEWS);
/** A unit without news lies in the country all the same. */
const inTheCountry = only(COUNTRY);

/**
 * Where units lie on one day. What it works out it keeps, so that a whole map costs one climb a unit of territory, and
 * units that lie in the same place share one object of finds.
 */
export class DayResolver {
  private readonly memos = new Map<Level, Map<string, Finds>>();
  private readonly levels = new Map<TerritoryKind, boolean>();

  /** `unit` must answer the same for as long as the resolver is used. */
  constructor(
    private readonly unit: (id: string) => UnitRecord | undefined,
    private readonly anyAlive: (kind: TerritoryKind) => boolean,
    readonly day: Day,
  ) {}

  /** For units of every kind, on one day. */
  static ofAll(frozen: Registry, day: Day): DayResolver {
    return new DayResolver(
      (id) => frozen.unit(id),
      (kind) => anyAlive(frozen, kind, day),
      day,
    );
  }

  /** For units of territory. All days between two changes of territory share one. */
  static ofTerritory(registry: Registry, day: Day): DayResolver {
    const since = lastChange(territoryDays(registry), day);
    const { frozen, resolvers } = registry.rememberTerritory('resolvers', (frozen) => ({
      frozen,
      resolvers: new Map<Day, DayResolver>(),
    }));
    let resolver = resolvers.get(since);
    if (!resolver) {
      const exists = (kind: TerritoryKind): boolean => anyAlive(frozen, kind, since);
      resolvers.set(since, (resolver = new DayResolver((id) => frozen.territory(id), exists, since)));
    }
    return resolver;
  }

  /** What holds a unit of territory at a level on this day; at level `centre`: the unit that it was or became. */
  finds(unit: string, level: Level): Finds {
    return level === 'country' ? inTheCountry : this.climb(unit, level);
  }

  placement(finds: Finds): Placement {
    if (finds.all.length === 1) return this.single(finds.all[0]!, false);
    const preferred = finds.preferred.length === 1 ? this.single(finds.preferred[0]!, true) : undefined;
    if (preferred?.kind === 'placed') return preferred;
    if (finds.all.includes(NO_NEWS)) return { kind: 'unplaced' };
    return {
      kind: 'undivided',
      candidates: finds.all
        .filter((find) => find !== NO_LEVEL)
        .map(idOf)
        .sort(),
    };
  }

  private single(find: Find, estimated: boolean): Placement {
    if (find === NO_NEWS) return { kind: 'unplaced' };
    if (find === NO_LEVEL) return { kind: 'none' };
    if (isAbove(find)) return { kind: 'undivided', candidates: [idOf(find)] };
    const record = this.unit(find);
    return { kind: 'placed', unit: find, estimated, state: record ? stateOn(record, this.day) : 'alive' };
  }

  private climb(unit: string, level: Level): Finds {
    let memo = this.memos.get(level);
    if (!memo) this.memos.set(level, (memo = new Map()));
    const known = memo.get(unit);
    if (known) return known;
    const record = this.unit(unit);
    // Should lineage ever bite its own tail, nothing is invented where it closes.
    if (record) memo.set(unit, this.here(record, level) ?? noNews);
    const finds = record ? this.find(record, level) : noNews;
    memo.set(unit, finds);
    return finds;
  }

  private find(record: UnitRecord, level: Level): Finds {
    const state = stateOn(record, this.day);
    const edges = state === 'ended' ? heirsOf(record) : state === 'not-yet' ? originsOf(record) : [];
    if (edges.length === 0) return this.here(record, level) ?? this.above(record, level);
    const reached = edges.map((edge) => this.climb(edge.other, level));
    const declared = state === 'ended' ? edges.findIndex((edge) => edge.default) : -1;
    const preferred = declared >= 0 ? [reached[declared]!] : reached;
    return {
      all: union(reached.map((finds) => finds.all)),
      preferred: union(preferred.map((finds) => finds.preferred)),
    };
  }

  /** At the level already, or above it. */
  private here(record: UnitRecord, level: Level): Finds | undefined {
    if (level === 'centre' || record.kind === level) return only(record.id);
    if (rank[record.kind] > rank[level]) return undefined;
    return this.exists(level) ? only(`^${record.id}`) : noLevel;
  }

  private above(record: UnitRecord, level: Level): Finds {
    const parent = nearestValue(record.parents, this.day);
    if (parent === undefined) return noNews;
    const finds = this.climb(parent, level);
    return finds.all.some(isAbove) ? { all: passed(finds.all), preferred: passed(finds.preferred) } : finds;
  }

  private exists(level: TerritoryKind): boolean {
    let exists = this.levels.get(level);
    if (exists === undefined) {
      exists = this.anyAlive(level);
      this.levels.set(level, exists);
    }
    return exists;
  }
}

const isAbove = (find: Find): boolean => find.startsWith('^');

/** A way that began below the level and comes out above it has passed no unit of it. */
const passed = (all: readonly Find[]): readonly Find[] => union([all.map((find) => (isAbove(find) ? NO_LEVEL : find))]);

const idOf = (find: Find): string => (isAbove(find) ? find.slice(1) : find);

function union(lists: readonly (readonly Find[])[]): readonly Find[] {
  return [...new Set(lists.flat())];
}

/** Whether a unit's own seat says where it lies, as that of a centre does. */
export const isSeated = (record: UnitRecord): boolean => rank[record.kind] === 4;

/** The days on which any territory began, ended or moved, in order. Between two of them one map holds. */
export function territoryDays(registry: Registry): readonly Day[] {
  return registry.rememberTerritory('days', (frozen) => {
    const days = new Set<Day>();
    for (const kind of ['country', 'province', 'district', 'commune'] as const) {
      for (const record of frozen.all(kind)) for (const day of daysOf(record)) days.add(day);
    }
    return [...days].sort();
  });
}

/** The first day of the time around a day in which neither territory nor any seat moves: all its days share one map of territory. */
export function sinceWhen(registry: Registry, day: Day): Day {
  const moves = () => [...new Set([...territoryDays(registry), ...seatDays(registry)])].sort();
  return lastChange(registry.remember('moves', moves), day);
}

/** The days on which a centre, or a community centre, came to lie elsewhere. */
function* seatDays(registry: Registry): Iterable<Day> {
  for (const kind of ['centre', 'community-centre'] as const) {
    for (const { parents } of registry.all(kind)) {
      for (const { from } of parents.slice(1)) if (from !== null) yield from;
    }
  }
}

function lastChange(days: readonly Day[], day: Day): Day {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? '0000-01-01' : days[low - 1]!;
}

const anyAlive = (registry: Registry, kind: TerritoryKind, day: Day): boolean =>
  !registry.unitsAlive(kind, day).next().done;

/** The days on which something changes in where a unit is. */
export function daysOf(record: UnitRecord): Day[] {
  const days: Day[] = [];
  const add = ({ from, to }: { from: Day | null; to: Day | null }): void => {
    if (from !== null) days.push(from);
    if (to !== null) days.push(to);
  };
  add(record.life);
  for (const span of record.parents) add(span);
  return days;
}
