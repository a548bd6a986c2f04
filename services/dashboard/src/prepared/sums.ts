import type { FlowColumns } from '../columns/flow-columns.js';
import { LATEST } from '../columns/known.js';
import type { Came, LevelColumns } from '../columns/level-columns.js';
import type { ReadModel } from '../columns/read-model.js';
import type { FigureQuery } from '../queries/figure-query.js';
import { daysAsked } from '../queries/levels.js';
import { COUNTED, firstMonthOf, firstMonthOfKind, type Counted } from '../queries/registry-levels.js';
import type { Tally } from '../queries/tally.js';
import type { UnitCodes } from '../queries/unit-codes.js';
import { addFlow, levelAt } from './answers.js';
import type { FlowCells } from './flow-cells.js';
import { FlowSums } from './flow-sums.js';
import type { LevelCells } from './level-cells.js';
import { LevelSums } from './level-sums.js';
import { made } from '../made.js';
import type { Amounts } from './lines.js';
import type { PlacedUnits } from './placed-units.js';
import type { Points } from './points.js';
import { FIRST_DAY } from './unit-counts.js';

export interface SumsOf {
  placed: PlacedUnits;
  /** As known by the end of this month, months since year 0. */
  known: number;
  /** What sums by these places are made of, where it is told apart by place already. */
  cells?: CellsOf;
}

export interface CellsOf {
  flow(columns: FlowColumns): FlowCells;
  level(columns: LevelColumns): LevelCells;
}

/** The sums of indicators by the same places and as known at the same time: each is made when it is first needed, and follows from then on. */
export class Sums {
  private readonly flows = new Map<FlowColumns, FlowSums>();
  private readonly levels = new Map<LevelColumns, LevelSums>();

  constructor(
    private readonly model: ReadModel,
    private readonly points: Points,
    private readonly of: SumsOf,
  ) {}

  /** Of what adds up over months. */
  get codes(): UnitCodes {
    return this.of.placed.places.codes;
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
      this.of.cells?.level(columns);
      await pause();
    }
    for (const kind of COUNTED) {
      this.of.placed.counts(kind);
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
    const { placed } = this.of;
    const firstMonth = firstMonthOf(query, firstMonthOfKind(placed.told, kind));
    if (daysAsked(query, firstMonth).some(({ day }) => day < FIRST_DAY)) return undefined;
    const counts = placed.counts(kind);
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
    const { known, cells } = this.of;
    return made(this.flows, columns, () =>
      cells ? FlowSums.ofCells(cells.flow(columns), known) : FlowSums.of(columns, this.codes, known),
    );
  }

  private levelsOf(columns: LevelColumns): LevelSums {
    const { model, points } = this;
    const { placed, known, cells } = this.of;
    const sums = made(this.levels, columns, () => {
      const told = known === LATEST ? undefined : cells?.level(columns);
      return new LevelSums(columns, model, placed.levels, points, known, told);
    });
    sums.refresh();
    return sums;
  }
}
