import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { levelsAsKnown, type LevelStepColumns } from '../columns/known-levels.js';
import type { LevelColumns } from '../columns/level-columns.js';
import { dayNumber, dayText } from '../columns/level-events.js';
import type { ReadModel } from '../columns/read-model.js';
import { bearersOn, ReportDays, type BearerOf } from './bearers.js';
import type { AsKnown } from './as-known.js';
import { demandFew } from './few-rows.js';
import type { FigureQuery } from './figure-query.js';
import { Grouped } from './grouped.js';
import { daysAsked } from './levels.js';
import { codesOf, dimensionsOf, EXCLUDED, inclusionOf, keysOfRows, RowCodes } from './row-codes.js';
import { Tally } from './tally.js';
import { ESTIMATED, marksOf } from './unit-codes.js';

/** A level that is kept ready. Gives undefined for what isn't. */
export type ReadyLevels = (query: FigureQuery, columns: LevelColumns) => Tally | undefined;

/** Tallies what was reported of a level, as it holds on the last day of each period. */
export function reportedLevel(
  query: FigureQuery,
  indicator: string,
  { model, lineage, told, ready }: ReportedFrom,
): Tally {
  const columns = model.levels(indicator, query.part);
  if (!columns) return new Tally();
  return ready?.levels(query, columns) ?? scanLevels(query, levelsAsKnown(columns, query.known), model, lineage, told);
}

/** `told` says who bears a level on a day, `lineage` where that one lies. */
interface ReportedFrom extends Pick<AsKnown, 'model' | 'lineage' | 'told'> {
  ready?: { levels: ReadyLevels };
}

function scanLevels(
  query: FigureQuery,
  columns: LevelStepColumns,
  model: ReadModel,
  lineage: Registry,
  told: Registry,
): Tally {
  const tally = new Tally();
  const days = daysAsked(query, firstMonthOf(columns));
  const steps = new StepsInOrder(
    columns,
    days.map(({ day }) => dayNumber(day)),
  );
  const reports = new ReportDays(model, columns.indicator, query.known);
  const rows = new LevelRowsOfFigure(query, columns, model, lineage);
  for (const [i, { day, month }] of days.entries()) {
    steps.upTo(i);
    // A level over a period is its value on the last day: earlier periods are rows, but no part of the sum.
    const into = i === days.length - 1 ? tally : new Tally();
    rows.put(steps, day, month, bearersOn(day, reports, model, told), into);
    if (into !== tally) tally.adopt(into);
    demandFew(tally);
  }
  return tally;
}

/** The month of the first report that stands. */
function firstMonthOf({ chunks }: LevelStepColumns): number | undefined {
  let first = Infinity;
  for (const { length, day, withdrawn } of chunks) {
    for (let i = 0; i < length; i++) if (day[i]! < first && withdrawn[i] === 0) first = day[i]!;
  }
  return first === Infinity ? undefined : monthIndexOf(monthOf(dayText(first)));
}

/** The sums of each series' steps until the first, the second … of several days. */
class StepsInOrder {
  readonly sum: Float64Array;
  readonly exact: Int32Array;
  readonly atLeast: Int32Array;
  readonly about: Int32Array;
  /** Chunk and place of the rows, by the day that they are first part of. */
  private readonly rows: [chunk: number, at: number][][];

  constructor(
    private readonly columns: LevelStepColumns,
    private readonly days: readonly number[],
  ) {
    const { length } = columns.series;
    this.sum = new Float64Array(length);
    this.exact = new Int32Array(length);
    this.atLeast = new Int32Array(length);
    this.about = new Int32Array(length);
    this.rows = days.map(() => []);
    if (days.length > 1) this.sort();
  }

  /** Days come in order, each once. */
  upTo(index: number): void {
    if (this.days.length > 1) {
      for (const [chunk, at] of this.rows[index]!) this.take(chunk, at);
      this.rows[index] = [];
      return;
    }
    const last = this.days[0]!;
    for (const [number, { length, day }] of this.columns.chunks.entries()) {
      for (let at = 0; at < length; at++) if (day[at]! <= last) this.take(number, at);
    }
  }

  private sort(): void {
    const { days, rows } = this;
    for (const [number, { length, day }] of this.columns.chunks.entries()) {
      for (let at = 0; at < length; at++) {
        const first = firstNotBefore(days, day[at]!);
        if (first < days.length) rows[first]!.push([number, at]);
      }
    }
  }

  private take(number: number, at: number): void {
    const { series, step, exact, atLeast, about } = this.columns.chunks[number]!;
    const of = series[at]!;
    this.sum[of]! += step[at]!;
    this.exact[of]! += exact[at]!;
    if (atLeast) this.atLeast[of]! += atLeast[at]!;
    if (about) this.about[of]! += about[at]!;
  }
}

function firstNotBefore(days: readonly number[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts the levels of one day into rows. */
class LevelRowsOfFigure {
  private readonly only: number | undefined;
  private readonly dimensions;

  constructor(
    private readonly query: FigureQuery,
    private readonly columns: LevelStepColumns,
    private readonly model: ReadModel,
    private readonly registry: Registry,
  ) {
    this.dimensions = dimensionsOf(query);
    this.only = query.only === undefined ? undefined : (model.categories.find(query.only) ?? -1);
  }

  put(levels: StepsInOrder, day: string, month: number, bearerOf: BearerOf, into: Tally): void {
    const { query, only, dimensions } = this;
    const { series } = this.columns;
    const { place, codeOf } = this.placing(day, bearerOf);
    const grouped = new Grouped(1);
    for (let i = 0; i < series.length; i++) {
      const sum = levels.sum[i]!;
      const [exact, atLeast, about] = [levels.exact[i]!, levels.atLeast[i]!, levels.about[i]!];
      if (sum === 0 && exact === 0 && atLeast === 0 && about === 0) continue;
      const category = series.category[i]!;
      if (only !== undefined && category !== only) continue;
      const code = codeOf(series.unit[i]!);
      if (code === EXCLUDED) continue;
      grouped.add(grouped.group(code, dimensions.category ? category : -1), 0, sum, exact, atLeast, about);
    }
    grouped.into(
      into,
      keysOfRows(query, (code) => place!.key(code), this.model.categories, [month]),
    );
  }

  /** Where the levels of units are put on a day; by `then`, by the map of that very day. */
  private placing(day: string, bearerOf: BearerOf) {
    const { query, registry, dimensions } = this;
    const { units } = this.model;
    const on = query.mapDay ?? day;
    const place = dimensions.place && codesOf(registry, units, dimensions.place, on);
    const inclusion = inclusionOf(query, registry, units, on);
    const codes = new RowCodes(inclusion, place, marksOf(registry, units));
    const known = new Map<number, number>();
    const codeOf = (unit: number): number => {
      let code = known.get(unit);
      if (code !== undefined) return code;
      const bearer = bearerOf(units.text(unit));
      code = bearer ? codes.always(units.number(bearer.unit)) : EXCLUDED;
      // What a successor only carries is estimated, wherever it lies.
      if (code !== EXCLUDED && bearer!.carried) code |= ESTIMATED;
      known.set(unit, code);
      return code;
    };
    return { place, codeOf };
  }
}
