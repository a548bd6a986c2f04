import type { Day, Month } from './days.js';
import { dayBefore, lastDayOfMonth, monthAt, monthIndexOf, monthOf } from './days.js';
import type { UnitRecord } from './records.js';
import { heirsOf, nearestValue, originsOf } from './records.js';
import type { Registry } from './registry.js';
import type { Level, Placement } from './resolve.js';
import { daysOf, DayResolver, isSeated, territoryDays } from './resolve.js';

export type { Level, Placement } from './resolve.js';
export { lineageOf } from './lineage.js';
export { search } from './search.js';
export { isWithin } from './within.js';

/** `then`, or the day whose map is meant; `today` is the day that the caller's clock says. */
export type MapName = 'then' | Day;

/**
 * Where a unit lies on a day: the unit of `level` that holds its seat, which is followed through its lineage, forwards or
 * backwards. At level `centre`: the unit that it was or became by that day.
 */
export function placeOf(registry: Registry, unit: string, day: Day, level: Level): Placement {
  return placeIn(registry.frozen(), unit, day, level);
}

/** Where a month's facts of a unit belong by `then`. */
export function placeThen(registry: Registry, unit: string, month: Month, level: Level): Placement {
  const record = registry.unit(unit);
  return placeOf(registry, unit, record ? thenDay(record, month) : lastDayOfMonth(month), level);
}

/**
 * The day on which a month's facts look for their place: the last of the month on which the unit lived. For what lies
 * before its life, as an award inherited or a balance, its first day; for what is said of it after its end, the month's
 * last day, on which its successors stand for it.
 */
export function thenDay(record: UnitRecord, month: Month): Day {
  const last = lastDayOfMonth(month);
  const { from, to } = record.life;
  if (from !== null && last < from) return from;
  return to !== null && last >= to && monthOf(dayBefore(to)) === month ? dayBefore(to) : last;
}

function placeIn(frozen: Registry, unit: string, day: Day, level: Level): Placement {
  if (level === 'centre') return frozen.remember(`at/${day}`, () => new DayResolver(frozen, day)).self(unit);
  const record = frozen.unit(unit);
  const base = record && isSeated(record) ? nearestValue(record.parents, day) : unit;
  // A unit without news lies in the country all the same.
  return territoryOn(frozen, day).territory(base ?? '', level);
}

/** All days between two changes of territory share one resolver. */
function territoryOn(frozen: Registry, day: Day): DayResolver {
  const days = territoryDays(frozen);
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  const since = low === 0 ? '0000-01-01' : days[low - 1]!;
  const resolvers = frozen.remember('territory', () => new Map<Day, DayResolver>());
  let resolver = resolvers.get(since);
  if (!resolver) resolvers.set(since, (resolver = new DayResolver(frozen, since)));
  return resolver;
}

/** A row of a figure by territory or by centre. */
export interface MapRow {
  /** The unit that the row is; of an undivided row the seat that couldn't be divided, of an unplaced one the unit itself. */
  key: string;
  kind: Placement['kind'];
  /** `ended`, `not-yet`: stands for itself on a day on which it doesn't live. */
  state: 'alive' | 'ended' | 'not-yet';
  /** Of an undivided row: where it may lie. */
  candidates: string[];
}

/** A place in a map: the row, and whether only a declared default successor decided. Packed, so that columns can hold it. */
export type Cell = number;
export const rowOf = (cell: Cell): number => cell >> 1;
export const isEstimated = (cell: Cell): boolean => (cell & 1) === 1;

/** From a month (index, see `monthIndexOf`) on, until the next run, a unit's facts belong to one cell. */
export interface Run {
  from: number;
  cell: Cell;
}

/**
 * A map of the whole country at one level: for each unit and month the row that it belongs to, exactly one. It doesn't
 * change any more when the registry does: ask `mapOf` again.
 */
export class TerritoryMap {
  private readonly found: MapRow[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly runsOf = new Map<string, readonly Run[]>();

  /** `registry` must not change any more. */
  constructor(
    private readonly registry: Registry,
    readonly map: MapName,
    readonly level: Level,
  ) {}

  /** The rows that were met so far, by their index. */
  get rows(): readonly MapRow[] {
    return this.found;
  }

  /** Where a unit's facts of a month belong. */
  cell(unit: string, month: number): Cell {
    const runs = this.runs(unit);
    let last = runs.length - 1;
    while (last > 0 && runs[last]!.from > month) last--;
    return runs[last]!.cell;
  }

  /** The same for all months at once; the first run begins at 0, and by the map of a day there is no other. */
  runs(unit: string): readonly Run[] {
    let runs = this.runsOf.get(unit);
    if (!runs) {
      runs = this.map === 'then' ? this.then(unit) : [{ from: 0, cell: this.place(unit, this.map) }];
      this.runsOf.set(unit, runs);
    }
    return runs;
  }

  private then(unit: string): Run[] {
    const record = this.registry.unit(unit);
    if (!record) return [{ from: 0, cell: this.place(unit, lastDayOfMonth('1000-01')) }];
    const runs: Run[] = [];
    for (const from of this.monthsOfChange(record)) {
      const cell = this.place(unit, thenDay(record, monthAt(from)));
      if (runs.at(-1)?.cell !== cell) runs.push({ from, cell });
    }
    return runs;
  }

  /** The months in which a unit's place may become another: those of every change above it and in its lineage. */
  private monthsOfChange(record: UnitRecord): number[] {
    const months = new Set<number>([0]);
    for (const day of this.daysOfChange(record.id, new Set())) {
      const month = monthIndexOf(monthOf(day));
      months.add(month).add(month + 1);
    }
    return [...months].sort((a, b) => a - b);
  }

  private daysOfChange(unit: string, seen: Set<string>): Day[] {
    const record = seen.has(unit) ? undefined : this.registry.unit(unit);
    seen.add(unit);
    if (!record) return [];
    const lineage = [...heirsOf(record), ...originsOf(record)].map((edge) => edge.other);
    const above = this.level === 'centre' ? [] : record.parents.map((span) => span.value);
    return [...daysOf(record), ...[...above, ...lineage].flatMap((other) => this.daysOfChange(other, seen))];
  }

  private place(unit: string, day: Day): Cell {
    const placement = placeIn(this.registry, unit, day, this.level);
    const estimated = placement.kind === 'placed' && placement.estimated;
    return (this.row(placement, unit, day) << 1) | (estimated ? 1 : 0);
  }

  private row(placement: Placement, unit: string, day: Day): number {
    const key = this.keyOf(placement, unit, day);
    const identity = `${placement.kind}/${key}`;
    const candidates = placement.kind === 'undivided' ? placement.candidates : [];
    const state = placement.kind === 'placed' ? placement.state : 'alive';
    const known = this.indexes.get(identity);
    if (known === undefined) {
      this.indexes.set(identity, this.found.length);
      return this.found.push({ key, kind: placement.kind, state, candidates }) - 1;
    }
    const row = this.found[known]!;
    // By `then` one row may have met several days.
    if (state === 'alive') row.state = 'alive';
    if (candidates.some((each) => !row.candidates.includes(each))) {
      row.candidates = [...new Set([...row.candidates, ...candidates])].sort();
    }
    return known;
  }

  private keyOf(placement: Placement, unit: string, day: Day): string {
    if (placement.kind === 'placed') return placement.unit;
    if (placement.kind === 'none') return 'none';
    if (placement.kind === 'unplaced' || this.level === 'centre') return unit;
    const record = this.registry.unit(unit);
    return (record && isSeated(record) ? nearestValue(record.parents, day) : undefined) ?? unit;
  }
}

/** The map of a level; worked out where it is asked, and kept until the registry's next fact. */
export function mapOf(registry: Registry, { map, level }: { map: MapName; level: Level }): TerritoryMap {
  const frozen = registry.frozen();
  return frozen.remember(`map/${map}/${level}`, () => new TerritoryMap(frozen, map, level));
}
