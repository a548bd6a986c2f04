import type { Registry } from '@gdtx/territory/registry';
import type { FlowColumns } from '../columns/flow-columns.js';
import type { Came, LevelColumns } from '../columns/level-columns.js';
import type { ReadModel } from '../columns/read-model.js';
import type { FigureQuery } from '../queries/figure-query.js';
import { daysAsked } from '../queries/levels.js';
import { COUNTED, firstMonthOf, firstMonthOfKind, type Counted } from '../queries/registry-levels.js';
import type { Tally } from '../queries/tally.js';
import { addFlow, levelAt } from './answers.js';
import { FlowSums } from './flow-sums.js';
import { LevelPlaces } from './level-places.js';
import { LevelSums } from './level-sums.js';
import type { Points } from './points.js';
import type { SumPlaces } from './sum-places.js';
import { FIRST_DAY, UnitCounts } from './unit-counts.js';

export interface SumsOf {
  places: SumPlaces;
  /** Which units there were. */
  told: Registry;
  /** As known by the end of this month, months since year 0. */
  known: number;
}

type Amounts = [sum: number, exact: number, atLeast: number, about: number];

/** The sums of indicators by the same places and as known at the same time: each is made when it is first needed, and follows from then on. */
export class Sums {
  private readonly levelPlaces: LevelPlaces;
  private readonly flows = new Map<FlowColumns, FlowSums>();
  private readonly levels = new Map<LevelColumns, LevelSums>();
  private readonly counted = new Map<Counted, UnitCounts>();

  constructor(
    private readonly model: ReadModel,
    private readonly points: Points,
    private readonly of: SumsOf,
  ) {
    this.levelPlaces = new LevelPlaces(of.told, model.units, of.places, points);
  }

  /** Makes the sums of every total; `pause` lets others work in between. Those of parts are made when one is first asked for. */
  async fill(pause: () => Promise<void>): Promise<void> {
    for (const columns of [...this.model.flowRows.columns]) {
      if (columns.part !== '') continue;
      this.flowsOf(columns);
      await pause();
    }
    for (const columns of [...this.model.levelRows.columns]) {
      if (columns.part !== '') continue;
      this.levelsOf(columns);
      await pause();
    }
    for (const kind of COUNTED) {
      this.countsOf(kind);
      await pause();
    }
  }

  addFlow(query: FigureQuery, columns: FlowColumns, tally: Tally): void {
    addFlow(query, this.flowsOf(columns), this.model.categories, tally);
  }

  /** Undefined where a day is asked that isn't kept. */
  level(query: FigureQuery, columns: LevelColumns): Tally | undefined {
    const { lines, places, firstPoint } = this.levelsOf(columns);
    const firstMonth = firstPoint === undefined ? undefined : this.points.month(firstPoint);
    const changes = { lines, keyOf: (code: number) => places.keyOf(code), firstMonth };
    return levelAt(query, changes, this.points, this.model.categories);
  }

  /** Undefined where a day is asked that isn't kept. */
  count(query: FigureQuery, kind: Counted): Tally | undefined {
    const { told } = this.of;
    const firstMonth = firstMonthOf(query, firstMonthOfKind(told, kind));
    if (daysAsked(query, firstMonth).some(({ day }) => day < FIRST_DAY)) return undefined;
    const counts = this.countsOf(kind);
    const changes = { lines: counts.lines, keyOf: (code: number) => counts.keyOf(code), firstMonth };
    return levelAt(query, changes, this.points, this.model.categories);
  }

  onFlow(columns: FlowColumns, recorded: number, series: number, month: number, ...amounts: Amounts): void {
    if (recorded <= this.of.known) this.flows.get(columns)?.add(series, month, ...amounts);
  }

  onStep(columns: LevelColumns, series: number, day: number, ...amounts: Amounts): void {
    this.levels.get(columns)?.addStep(series, day, ...amounts);
  }

  onReport(columns: LevelColumns, series: number, day: number, by: Came, recorded: number): void {
    const unit = columns.series.unit[series]!;
    this.levels.get(columns)?.noteBegin(day, by);
    for (const ofPart of this.model.levelsOfAllParts(columns.indicator)) {
      this.levels.get(ofPart)?.noteReport(unit, day, by, recorded);
    }
  }

  private flowsOf(columns: FlowColumns): FlowSums {
    const { places, known } = this.of;
    return made(this.flows, columns, () => new FlowSums(columns, places.codes, known));
  }

  private levelsOf(columns: LevelColumns): LevelSums {
    const { model, levelPlaces, points, of } = this;
    const sums = made(this.levels, columns, () => new LevelSums(columns, model, levelPlaces, points, of.known));
    sums.refresh();
    return sums;
  }

  private countsOf(kind: Counted): UnitCounts {
    const { model, points, of } = this;
    return made(this.counted, kind, () => new UnitCounts(of.told, model, kind, of.places, points));
  }
}

function made<Of, Kept>(held: Map<Of, Kept>, of: Of, make: () => Kept): Kept {
  let kept = held.get(of);
  if (!kept) held.set(of, (kept = make()));
  return kept;
}
