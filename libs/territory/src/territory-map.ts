import type { Day } from './days.js';
import { lastDayOfMonth, monthAt, monthIndexOf, monthOf } from './days.js';
import { baseOf, resolverOf, thenDay } from './places.js';
import type { UnitRecord } from './records.js';
import { heirsOf, isAlive } from './records.js';
import type { Registry } from './registry.js';
import type { Finds, Level, Placement } from './resolve.js';
import type { DayResolver } from './resolve.js';
import { daysOf, territoryDays } from './resolve.js';

/** `then`, or the day whose map is meant; `today` is the day that the caller's clock says. */
export type MapName = 'then' | Day;

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

const FIRST_DAY = '0000-01-01';

/**
 * A map of the whole country at one level: for each unit and month the row that it belongs to, exactly one. It doesn't
 * change any more when the registry does: ask `mapOf` again.
 */
export class TerritoryMap {
  private readonly found: MapRow[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly runsOf = new Map<string, readonly Run[]>();
  /** Units that lie in the same place share their finds, and so their cell. */
  private readonly cells = new Map<Finds, Cell>();
  private readonly ends = new Map<number, { last: Day; resolver: DayResolver }>();
  private ofDay: DayResolver | undefined;

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
    // By a day it is one for all months, and climbing to it is kept elsewhere.
    if (this.map !== 'then') return this.place(unit, this.map);
    const runs = this.runs(unit);
    let last = runs.length - 1;
    while (last > 0 && runs[last]!.from > month) last--;
    return runs[last]!.cell;
  }

  /** The same for all months at once; the first run begins at 0, and by the map of a day there is no other. */
  runs(unit: string): readonly Run[] {
    if (this.map !== 'then') return [{ from: 0, cell: this.place(unit, this.map) }];
    let runs = this.runsOf.get(unit);
    if (!runs) this.runsOf.set(unit, (runs = this.then(unit)));
    return runs;
  }

  private then(unit: string): Run[] {
    const record = this.registry.unit(unit);
    if (!record) return [{ from: 0, cell: this.place(unit, FIRST_DAY) }];
    // By centre a unit that still lives stands for itself, before its beginning too.
    if (this.level === 'centre' && record.life.to === null) return [{ from: 0, cell: this.itself(unit) }];
    const runs: Run[] = [];
    for (const from of this.monthsOfChange(record)) {
      const { last, resolver } = this.endOf(from);
      const day = thenDay(record, last);
      const cell = day === last ? this.placeBy(resolver, record, unit, day) : this.place(unit, day);
      if (runs.at(-1)?.cell !== cell) runs.push({ from, cell });
    }
    return runs;
  }

  private endOf(month: number): { last: Day; resolver: DayResolver } {
    let end = this.ends.get(month);
    if (!end) {
      const last = lastDayOfMonth(monthAt(month));
      this.ends.set(month, (end = { last, resolver: resolverOf(this.registry, last, this.level) }));
    }
    return end;
  }

  /**
   * The months from which a unit's facts may belong elsewhere: those of each change of territory, and those in which its
   * own life or seat changed, with the month after, when a life no longer touches the month.
   */
  private monthsOfChange(record: UnitRecord): number[] {
    const months = new Set<number>([0]);
    const own = this.level === 'centre' ? this.daysOfHeirs(record, new Set()) : daysOf(record);
    for (const day of own) {
      const month = monthIndexOf(monthOf(day));
      months.add(month).add(month + 1);
    }
    if (this.level !== 'centre') for (const month of this.territoryMonths) months.add(month);
    return [...months].sort((a, b) => a - b);
  }

  private get territoryMonths(): readonly number[] {
    return this.registry.rememberTerritory('months', () => [
      ...new Set(territoryDays(this.registry).map((day) => monthIndexOf(monthOf(day)))),
    ]);
  }

  private daysOfHeirs(record: UnitRecord, seen: Set<string>): Day[] {
    seen.add(record.id);
    const heirs = heirsOf(record).filter((edge) => !seen.has(edge.other));
    const records = heirs.map((edge) => this.registry.unit(edge.other)).filter((heir) => heir !== undefined);
    return [...daysOf(record), ...records.flatMap((heir) => this.daysOfHeirs(heir, seen))];
  }

  private place(unit: string, day: Day): Cell {
    const record = this.registry.unit(unit);
    if (this.level === 'centre' && record && isAlive(record, day)) return this.itself(unit);
    return this.placeBy(this.resolver(day), record, unit, day);
  }

  /** By the map of a day it is one for all units. */
  private resolver(day: Day): DayResolver {
    if (day !== this.map) return resolverOf(this.registry, day, this.level);
    return (this.ofDay ??= resolverOf(this.registry, day, this.level));
  }

  private itself(unit: string): Cell {
    return this.row({ kind: 'placed', unit, estimated: false, state: 'alive' }, unit) << 1;
  }

  private placeBy(resolver: DayResolver, record: UnitRecord | undefined, unit: string, day: Day): Cell {
    const base = this.level === 'centre' ? unit : baseOf(record, unit, day);
    const finds = resolver.finds(base, this.level);
    const known = this.cells.get(finds);
    if (known !== undefined) return known;
    const placement = resolver.placement(finds);
    if (placement.kind === 'undivided') return this.row(placement, base || unit) << 1;
    if (placement.kind === 'unplaced') return this.row(placement, unit) << 1;
    const cell =
      placement.kind === 'placed'
        ? (this.row(placement, placement.unit) << 1) | (placement.estimated ? 1 : 0)
        : this.row(placement, 'none') << 1;
    this.cells.set(finds, cell);
    return cell;
  }

  private row(placement: Placement, key: string): number {
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
}
