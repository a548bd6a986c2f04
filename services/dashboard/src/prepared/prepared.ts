import type { Registry } from '@gdtx/territory/registry';
import type { FlowColumns } from '../columns/flow-columns.js';
import type { LevelColumns } from '../columns/level-columns.js';
import type { ReadModel } from '../columns/read-model.js';
import type { ReadySums } from '../queries/evaluate.js';
import type { FigureQuery } from '../queries/figure-query.js';
import { daysAsked } from '../queries/levels.js';
import { firstMonthOf, firstMonthOfKind } from '../queries/registry-levels.js';
import type { Tally } from '../queries/tally.js';
import { cellsOf } from '../queries/unit-codes.js';
import { addFlow, isByProvince, levelAt } from './answers.js';
import { FlowSums } from './flow-sums.js';
import { LevelPlaces } from './level-places.js';
import { LevelSums } from './level-sums.js';
import { Points } from './points.js';
import { FIRST_DAY, UnitCounts } from './unit-counts.js';

/** By `then`, and by the map of today. */
const THEN = 0;
const TODAY = 1;
const MAPS = [THEN, TODAY] as const;
type MapNumber = (typeof MAPS)[number];

const KINDS = ['centre', 'community-centre'] as const;
type Counted = (typeof KINDS)[number];

/**
 * Sums by province kept ready for `then` and `today`, of one state of the registry, which must not change, and one today. What
 * changes in the columns is told to it; when the registry changes, another takes its place as a whole.
 */
export class Prepared implements ReadySums {
  private readonly points: Points;
  private readonly levelPlaces: readonly LevelPlaces[];
  private readonly flowSums = MAPS.map(() => new Map<FlowColumns, FlowSums>());
  private readonly levelSums = MAPS.map(() => new Map<LevelColumns, LevelSums>());
  private readonly counted = MAPS.map(() => new Map<Counted, UnitCounts>());

  constructor(
    readonly model: ReadModel,
    readonly registry: Registry,
    readonly today: string,
  ) {
    this.points = new Points(today);
    this.levelPlaces = MAPS.map((map) => new LevelPlaces(registry, model.units, this.dayOf(map), this.points));
  }

  /** Makes the sums of every total; `pause` lets others work in between. Those of parts are made when one is first asked for. */
  async fill(pause: () => Promise<void>): Promise<void> {
    for (const map of MAPS) {
      for (const columns of [...this.model.flowRows.columns]) {
        if (columns.part !== '') continue;
        this.flowsOf(columns, map);
        await pause();
      }
      for (const columns of [...this.model.levelRows.columns]) {
        if (columns.part !== '') continue;
        this.levelsOf(columns, map);
        await pause();
      }
      for (const kind of KINDS) {
        this.countsOf(kind, map);
        await pause();
      }
    }
  }

  flows = (query: FigureQuery, columns: FlowColumns, tally: Tally): boolean => {
    const map = this.mapFor(query);
    if (map === undefined) return false;
    addFlow(query, this.flowsOf(columns, map), this.model.categories, tally);
    return true;
  };

  levels = (query: FigureQuery, columns: LevelColumns): Tally | undefined => {
    const map = this.mapFor(query);
    if (map === undefined) return undefined;
    const { lines, places, firstPoint } = this.levelsOf(columns, map);
    const firstMonth = firstPoint === undefined ? undefined : this.points.month(firstPoint);
    const changes = { lines, keyOf: (code: number) => places.keyOf(code), firstMonth };
    return levelAt(query, changes, this.points, this.model.categories);
  };

  counts = (query: FigureQuery, kind: Counted): Tally | undefined => {
    const map = this.mapFor(query);
    if (map === undefined) return undefined;
    const first = this.registry.remember(`first-month/${kind}`, () => ({ of: firstMonthOfKind(this.registry, kind) }));
    const firstMonth = firstMonthOf(query, first.of);
    if (daysAsked(query, firstMonth).some(({ day }) => day < FIRST_DAY)) return undefined;
    const counts = this.countsOf(kind, map);
    const changes = { lines: counts.lines, keyOf: (code: number) => counts.keyOf(code), firstMonth };
    return levelAt(query, changes, this.points, this.model.categories);
  };

  onFlow(columns: FlowColumns, series: number, month: number, ...amounts: [number, number, number, number]): void {
    for (const map of MAPS) this.flowSums[map]!.get(columns)?.add(series, month, ...amounts);
  }

  onStep(columns: LevelColumns, series: number, day: number, ...amounts: [number, number, number, number]): void {
    for (const map of MAPS) this.levelSums[map]!.get(columns)?.addStep(series, day, ...amounts);
  }

  onReport(columns: LevelColumns, series: number, day: number, by: 1 | -1): void {
    const unit = columns.series.unit[series]!;
    for (const map of MAPS) {
      this.levelSums[map]!.get(columns)?.noteBegin(day, by);
      for (const ofPart of this.model.levelsOfAllParts(columns.indicator)) {
        this.levelSums[map]!.get(ofPart)?.noteReport(unit, day, by);
      }
    }
  }

  private dayOf(map: MapNumber): string | null {
    return map === THEN ? null : this.today;
  }

  private mapFor(query: FigureQuery): MapNumber | undefined {
    if (query.today !== this.today) return undefined;
    return MAPS.find((map) => isByProvince(query, this.registry, this.dayOf(map)));
  }

  private flowsOf(columns: FlowColumns, map: MapNumber): FlowSums {
    return made(this.flowSums[map]!, columns, () => {
      return new FlowSums(columns, cellsOf(this.registry, this.model.units, this.dayOf(map) ?? 'then', 'province'));
    });
  }

  private levelsOf(columns: LevelColumns, map: MapNumber): LevelSums {
    const places = this.levelPlaces[map]!;
    const sums = made(this.levelSums[map]!, columns, () => new LevelSums(columns, this.model, places, this.points));
    sums.refresh();
    return sums;
  }

  private countsOf(kind: Counted, map: MapNumber): UnitCounts {
    const make = () => new UnitCounts(this.registry, this.model, kind, this.dayOf(map), this.points);
    return made(this.counted[map]!, kind, make);
  }
}

function made<Of, Sums>(held: Map<Of, Sums>, of: Of, make: () => Sums): Sums {
  let sums = held.get(of);
  if (!sums) held.set(of, (sums = make()));
  return sums;
}
