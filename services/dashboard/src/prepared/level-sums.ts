import { LATEST, stoodBy } from '../columns/known.js';
import { eachRetoldAsKnown, eachStepAsKnown } from '../columns/known-levels.js';
import type { Came, LevelColumns } from '../columns/level-columns.js';
import type { ReadModel } from '../columns/read-model.js';
import { saidAnewFrom, type Heir } from '../queries/heirs.js';
import type { LevelCells } from './level-cells.js';
import { ITS_OWN, NOBODY, type LevelPlaces, type Piece } from './level-places.js';
import { Line, Lines, type Amounts } from './lines.js';
import type { Points } from './points.js';

/**
 * What changes in a level at each point, by place, of each category: so the level at a point is the sum of all changes until then. What
 * a unit moves, when its place becomes another or a successor carries its level, is a change too: it goes from the one line to the other.
 */
export class LevelSums {
  lines = new Lines();
  /** How many reports that stand begin at each point. */
  private begins = new Line(0, 0);
  private carriers: Carriers = new Map();
  private readonly cut = new Map<number, readonly Piece[]>();
  private stale = true;
  /** What was known then is made of these, where they are told apart by the same places. */
  private readonly cells: LevelCells | undefined;

  constructor(
    private readonly columns: LevelColumns,
    private readonly model: ReadModel,
    readonly places: LevelPlaces,
    private readonly points: Points,
    /** As known by the end of this month, months since year 0. */
    private readonly known: number,
    cells: LevelCells | undefined,
  ) {
    this.cells = cells?.areFor(places) ? cells : undefined;
  }

  /** Brings it up to date; call it before it is read. */
  refresh(): void {
    if (!this.stale) return;
    this.stale = false;
    this.lines = new Lines();
    this.begins = new Line(0, 0);
    this.cut.clear();
    this.findCarriers();
    if (this.cells) this.takeCells(this.cells);
    else this.takeSteps();
  }

  private takeSteps(): void {
    const lines: (Line | null | undefined)[] = [];
    eachStepAsKnown(this.columns, this.known, (series, day, step, exact, atLeast, about) => {
      const point = this.point(day);
      this.begins.add(point, 1, 0, 0, 0);
      let line = lines[series];
      if (line === undefined) lines[series] = line = this.lineOfSeries(series);
      if (line) line.add(point, step, exact, atLeast, about);
      else this.add(series, point, step, exact, atLeast, about);
    });
  }

  private takeCells(cells: LevelCells): void {
    cells.asKnown(this.known, {
      begin: (point, reports) => this.begins.add(point, reports, 0, 0, 0),
      still: (code, category, point, ...amounts) => this.lines.of(code, category).add(point, ...amounts),
      moved: (series, point, ...amounts) => this.add(series, point, ...amounts),
    });
    eachRetoldAsKnown(this.columns, this.known, (series, day, ...amounts) => {
      const point = this.point(day);
      this.begins.add(point, 1, 0, 0, 0);
      this.add(series, point, ...amounts);
    });
  }

  /** The line of a series whose unit is never moved and never carried; null: it is. */
  private lineOfSeries(series: number): Line | null {
    const { unit, category } = this.columns.series;
    const pieces = this.places.of(unit[series]!);
    const [{ code, heirs }] = pieces as readonly [Piece, ...Piece[]];
    return pieces.length > 1 || heirs.length > 0 || code === NOBODY ? null : this.lines.of(code, category[series]!);
  }

  /** What is known of then isn't added to: whatever changes there is a report that came late, or went. */
  addStep(series: number, day: number, sum: number, exact: number, atLeast: number, about: number): void {
    if (!this.stale && this.known === LATEST) this.add(series, this.point(day), sum, exact, atLeast, about);
  }

  private add(series: number, point: number, ...amounts: Amounts): void {
    const { unit, category } = this.columns.series;
    this.put(this.piecesOf(unit[series]!), category[series]!, point, ...amounts);
  }

  /** Adds a step to the line that its point lies in, and moves it from there to the lines that come after. */
  private put(pieces: readonly Piece[], of: number, point: number, ...amounts: Amounts): void {
    const [sum, exact, atLeast, about] = amounts;
    let at = pieces.length - 1;
    while (at > 0 && pieces[at]!.from > point) at--;
    let code = pieces[at]!.code;
    if (code !== NOBODY) this.lines.of(code, of).add(point, sum, exact, atLeast, about);
    for (at++; at < pieces.length; at++) {
      const { from, code: next } = pieces[at]!;
      if (next === code) continue;
      if (code !== NOBODY) this.lines.of(code, of).add(from, -sum, -exact, -atLeast, -about);
      if (next !== NOBODY) this.lines.of(next, of).add(from, sum, exact, atLeast, about);
      code = next;
    }
  }

  /** A report of these columns came or no longer stands. */
  noteBegin(day: number, by: Came): void {
    if (!this.stale && this.known === LATEST) this.begins.add(this.point(day), by, 0, 0, 0);
  }

  /** A report of the indicator, of whatever part, came or no longer stands: it may end what its unit carried. */
  noteReport(unit: number, day: number, by: Came, recorded: number): void {
    if (this.stale) return;
    if (this.known !== LATEST) {
      if (recorded <= this.known) this.stale = true;
      return;
    }
    for (const carrier of this.carriers.get(unit) ?? []) {
      if (by === 1 && day >= carrier.since && day < carrier.first) this.end(carrier, day);
      // Which one is the first now has to be looked for.
      else if (by === -1 && day === carrier.first) this.stale = true;
    }
  }

  /** A carrier's first report is from another day: what it carried is put there anew. */
  private end(carrier: Carrier, first: number): void {
    const before = new Map([...carrier.carried].map((unit) => [unit, this.piecesOf(unit)]));
    carrier.first = first;
    for (const unit of before.keys()) this.cut.delete(unit);
    const { series, chunks } = this.columns;
    const moved = Array.from({ length: series.length }, (_, of) => before.get(series.unit[of]!));
    for (const { length, series: all, day, step, exact, atLeast, about } of chunks) {
      for (let i = 0; i < length; i++) {
        const of = all[i]!;
        const pieces = moved[of];
        if (!pieces) continue;
        const [s, e, a, b] = [step[i]!, exact[i]!, atLeast?.[i] ?? 0, about?.[i] ?? 0];
        if (s === 0 && e === 0 && a === 0 && b === 0) continue;
        const [category, point] = [series.category[of]!, this.point(day[i]!)];
        this.put(pieces, category, point, -s, -e, -a, -b);
        this.put(this.piecesOf(series.unit[of]!), category, point, s, e, a, b);
      }
    }
  }

  /** The first point at which anything was reported. */
  get firstPoint(): number | undefined {
    const { start, sum } = this.begins;
    const first = sum.findIndex((count) => count > 0);
    return first < 0 ? undefined : start + first;
  }

  private point(day: number): number {
    return this.points.fromNumber(day);
  }

  private findCarriers(): void {
    const carriers: Carriers = new Map();
    const { series } = this.columns;
    const look = (unit: number) => {
      const pieces = this.places.of(unit);
      if (pieces.length > 1 || pieces[0]!.heirs !== ITS_OWN) {
        for (const { heirs } of pieces) watch(carriers, heirs, unit);
      }
    };
    if (this.cells) for (const moved of this.cells.moved) look(series.unit[moved]!);
    else for (let i = 0; i < series.length; i++) look(series.unit[i]!);
    if (carriers.size > 0) {
      for (const columns of this.model.levelsOfAllParts(this.columns.indicator)) {
        readReports(columns, carriers, this.known);
      }
    }
    this.carriers = carriers;
  }

  /** The pieces of a unit, where a successor's own report ends what it carried. */
  private piecesOf(unit: number): readonly Piece[] {
    const pieces = this.places.of(unit);
    if (!pieces.some(({ heirs }) => heirs.length > 0)) return pieces;
    let cut = this.cut.get(unit);
    if (!cut) this.cut.set(unit, (cut = this.cutUp(unit, pieces)));
    return cut;
  }

  private cutUp(unit: number, pieces: readonly Piece[]): Piece[] {
    return pieces.flatMap((piece, i) => {
      if (piece.heirs.length === 0) return [piece];
      const first = saidAnewFrom(piece.heirs, (heir, since) => this.firstReport(heir, since, unit));
      if (first === Infinity) return [piece];
      const from = this.point(first);
      const nobody = { from: Math.max(from, piece.from), code: NOBODY, heirs: ITS_OWN };
      if (from <= piece.from) return [nobody];
      return from < (pieces[i + 1]?.from ?? Infinity) ? [piece, nobody] : [piece];
    });
  }

  private firstReport(heir: number, since: number, unit: number): number {
    const known = this.carriers.get(heir)?.find((each) => each.since === since);
    if (known) {
      known.carried.add(unit);
      return known.first;
    }
    // Its predecessor was never heard of when the carriers were looked for.
    this.stale = true;
    return Infinity;
  }
}

/** An heir that carries levels from a day on, until its first report since then. */
interface Carrier {
  since: number;
  first: number;
  /** Of which units. */
  carried: Set<number>;
}

type Carriers = Map<number, Carrier[]>;

function watch(carriers: Carriers, heirs: readonly Heir[], carried: number): void {
  for (const { unit, since, heirs: theirs } of heirs) {
    let known = carriers.get(unit);
    if (!known) carriers.set(unit, (known = []));
    const carrier = known.find((each) => each.since === since);
    if (carrier) carrier.carried.add(carried);
    else known.push({ since, first: Infinity, carried: new Set([carried]) });
    watch(carriers, theirs, carried);
  }
}

function readReports({ chunks, series }: LevelColumns, carriers: Carriers, known: number): void {
  for (const { length, series: of, day, recorded, withdrawn } of chunks) {
    for (let i = 0; i < length; i++) {
      if (!stoodBy(known, recorded[i]!, withdrawn[i]!)) continue;
      for (const carrier of carriers.get(series.unit[of[i]!]!) ?? []) {
        if (day[i]! >= carrier.since && day[i]! < carrier.first) carrier.first = day[i]!;
      }
    }
  }
}
