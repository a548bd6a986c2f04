import type { Came, LevelColumns } from '../columns/level-columns.js';
import { isToldOnce } from '../columns/level-columns.js';
import { Cells } from './cells.js';
import type { LevelPlaces } from './level-places.js';
import type { Amounts } from './lines.js';
import type { Points } from './points.js';

/** Takes what was known of a level by the end of a month, by point. */
export interface LevelTaking {
  /** So many reports begin. */
  begin(point: number, reports: number): void;
  /** A step of units that stay where they are. */
  still(code: number, category: number, point: number, ...amounts: Amounts): void;
  /** A step of a series whose unit has ended: who bears it is to be looked up. */
  moved(series: number, point: number, ...amounts: Amounts): void;
}

/** In place of a place's code: the number of reports; from -2 down, a series by itself. */
const REPORTS = -1;
const alone = (series: number): number => -2 - series;

/**
 * The steps of a level that are told once, by place, category, point and when they were recorded; of units that have ended, by their
 * series. What is retold isn't among them.
 */
export class LevelCells {
  private readonly cells: Cells;
  private readonly reports: number;
  /** The series whose units have ended. */
  readonly moved = new Set<number>();

  /** Takes in what the columns hold; from then on whoever changes them tells `add`. */
  constructor(
    readonly of: LevelColumns,
    private readonly places: LevelPlaces,
    private readonly points: Points,
  ) {
    this.cells = new Cells(of.indicator);
    this.reports = this.cells.seriesOf(REPORTS, 0);
    const found: number[] = [];
    for (const chunk of of.chunks) {
      const { length, series, day, recorded, step, exact, atLeast, about } = chunk;
      for (let i = 0; i < length; i++) {
        if (!isToldOnce(chunk, i)) continue;
        const point = points.fromNumber(day[i]!);
        const [some, near] = [atLeast ? atLeast[i]! : 0, about ? about[i]! : 0];
        const into = (found[series[i]!] ??= this.cellsOf(series[i]!));
        this.cells.raise(this.reports, point, recorded[i]!, 1, 0, 0, 0);
        this.cells.raise(into, point, recorded[i]!, step[i]!, exact[i]!, some, near);
      }
    }
  }

  /** `by`: a report came, or went. */
  add(recorded: number, series: number, day: number, by: Came, ...amounts: Amounts): void {
    const point = this.points.fromNumber(day);
    this.cells.raise(this.reports, point, recorded, by, 0, 0, 0);
    this.cells.raise(this.cellsOf(series), point, recorded, ...amounts);
  }

  /** Whether they are told apart as these places need it: whoever has ended there has ended here. */
  areFor(places: LevelPlaces): boolean {
    return places.isLike(this.places);
  }

  asKnown(known: number, taking: LevelTaking): void {
    const { chunks, series: all } = this.cells.columns;
    for (const { length, series, month: point, recorded, sum, exact, atLeast, about } of chunks) {
      for (let i = 0; i < length; i++) {
        if (recorded[i]! > known) continue;
        const [s, e, a, b] = [sum[i]!, exact[i]!, atLeast ? atLeast[i]! : 0, about ? about[i]! : 0];
        if (s === 0 && e === 0 && a === 0 && b === 0) continue;
        const code = all.unit[series[i]!]!;
        if (code === REPORTS) taking.begin(point[i]!, s);
        else if (code < REPORTS) taking.moved(alone(code), point[i]!, s, e, a, b);
        else taking.still(code, all.category[series[i]!]!, point[i]!, s, e, a, b);
      }
    }
  }

  private cellsOf(series: number): number {
    const { unit, category } = this.of.series;
    const code = this.places.stillOf(unit[series]!);
    if (code === undefined) this.moved.add(series);
    return this.cells.seriesOf(code ?? alone(series), category[series]!);
  }
}
