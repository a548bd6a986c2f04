import { Recent } from '@gdtx/territory/recent';
import type { Registry } from '@gdtx/territory/registry';
import { sinceWhen } from '@gdtx/territory/resolve';
import { LATEST } from '../columns/known.js';
import type { OnFlow, FlowColumns } from '../columns/flow-columns.js';
import type { LevelColumns, OnReport, OnStep, OnToldOnce } from '../columns/level-columns.js';
import type { ReadModel } from '../columns/read-model.js';
import { asKnown } from '../queries/as-known.js';
import type { ReadySums } from '../queries/evaluate.js';
import type { FigureQuery } from '../queries/figure-query.js';
import type { Counted } from '../queries/registry-levels.js';
import type { Tally } from '../queries/tally.js';
import { placesFor } from './answers.js';
import { FlowCells } from './flow-cells.js';
import { LevelCells } from './level-cells.js';
import { made } from '../made.js';
import { PlacedUnits } from './placed-units.js';
import { Points } from './points.js';
import { provinces, type SumPlaces } from './sum-places.js';
import { Sums, type CellsOf } from './sums.js';

/** So many, besides, are kept while they are asked for: a screen asks for many figures by the same map, as known at the same time. */
const MOST_ASKED = 6;
/** For so long after they were asked last. */
const ASKED_MS = 60_000;

interface Asked {
  sums: Sums;
  /** When it was asked for last, as of performance.now(). */
  at: number;
}

/**
 * Sums by province kept ready for `then` and `today`, and those of other maps and times that were asked for a moment ago: of one state of
 * the registry, which must not change, and one today. What changes in the columns is told to it; when the registry changes, another takes
 * its place as a whole.
 */
export class Prepared implements ReadySums {
  private readonly points: Points;
  private readonly then: Sums;
  private readonly now: Sums;
  private readonly asked = new Recent<Asked>(MOST_ASKED);
  /** By today's map, by which most is asked. */
  private readonly flowCells = new Map<FlowColumns, FlowCells>();
  private readonly levelCells = new Map<LevelColumns, LevelCells>();
  /** Where units lie by it, whatever was known when. */
  private readonly provincesToday: SumPlaces;
  /** By the registry that says which units there were, and the map: what was known by months between which nothing was heard of units. */
  private readonly placed = new WeakMap<Registry, Map<string, PlacedUnits>>();

  constructor(
    readonly model: ReadModel,
    readonly registry: Registry,
    readonly today: string,
  ) {
    this.points = new Points(today);
    this.provincesToday = provinces(registry, model.units, today);
    this.then = this.sums('then', LATEST);
    this.now = this.sums('today', LATEST);
  }

  async fill(pause: () => Promise<void>): Promise<void> {
    await this.then.fill(pause);
    await this.now.fill(pause);
  }

  flows = (query: FigureQuery, columns: FlowColumns, tally: Tally): boolean => {
    const sums = this.sumsFor(query);
    sums?.addFlow(query, columns, tally);
    return sums !== undefined;
  };

  levels = (query: FigureQuery, columns: LevelColumns): Tally | undefined => this.sumsFor(query)?.level(query, columns);

  counts = (query: FigureQuery, kind: Counted): Tally | undefined => this.sumsFor(query)?.count(query, kind);

  onFlow: OnFlow = (...change) => {
    const [columns, ...ofOne] = change;
    this.flowCells.get(columns)?.add(...ofOne);
    for (const sums of this.all()) sums.onFlow(...change);
  };

  onStep: OnStep = (...change) => {
    for (const sums of this.all()) sums.onStep(...change);
  };

  onToldOnce: OnToldOnce = (columns, ...change) => this.levelCells.get(columns)?.add(...change);

  onReport: OnReport = (...change) => {
    for (const sums of this.all()) sums.onReport(...change);
  };

  /** Lets go of what nobody has asked for in a while. */
  forgetUnasked(): void {
    const since = performance.now() - ASKED_MS;
    this.asked.drop(({ at }) => at < since);
  }

  private *all(): Iterable<Sums> {
    yield this.then;
    yield this.now;
    for (const { sums } of this.asked.values()) yield sums;
  }

  private sumsFor(query: FigureQuery): Sums | undefined {
    if (query.today !== this.today) return undefined;
    const { known } = query;
    const { lineage } = asKnown(query, this);
    const places = placesFor(query, lineage);
    if (!places) return undefined;
    // The whole nation is the same by every map; today's has the fewest provinces.
    const map = places === 'nation' ? 'today' : this.mapOf(query, lineage);
    if (known === LATEST && map === 'then') return this.then;
    if (known === LATEST && map === 'today') return this.now;
    const asked = this.asked.get(`${map}/${known}`, () => ({ sums: this.sums(map, known), at: 0 }));
    asked.at = performance.now();
    return asked.sums;
  }

  /** `then`, `today`, or the first of the days that share a map. Today's is of the newest lineage, that of a day of the one that was known. */
  private mapOf({ map, known }: FigureQuery, lineage: Registry): string {
    if (map === 'then' || map === 'today') return map;
    const since = sinceWhen(lineage, map);
    return known === LATEST && since === sinceWhen(lineage, this.today) ? 'today' : since;
  }

  private sums(map: string, known: number): Sums {
    const cells = map === 'today' ? { cells: this.cells } : {};
    return new Sums(this.model, this.points, { placed: this.placedBy(map, known), known, ...cells });
  }

  private placedBy(map: string, known: number): PlacedUnits {
    const { model, points, provincesToday } = this;
    const { lineage, told } = asKnown({ map, known }, this);
    const byMap = made(this.placed, told, () => new Map<string, PlacedUnits>());
    return made(byMap, map, () => {
      const places = map === 'today' ? provincesToday : provinces(lineage, model.units, map === 'then' ? null : map);
      return new PlacedUnits(told, places, model, points);
    });
  }

  private readonly cells: CellsOf = {
    flow: (columns) => made(this.flowCells, columns, () => new FlowCells(columns, this.provincesToday.codes)),
    level: (columns) => made(this.levelCells, columns, () => this.makeLevelCells(columns)),
  };

  private makeLevelCells(columns: LevelColumns): LevelCells {
    return new LevelCells(columns, this.placedBy('today', LATEST).levels, this.points);
  }
}
