import { clipToLife } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import type { Dictionary } from '../columns/dictionary.js';
import { isTime, type FigureQuery } from '../queries/figure-query.js';
import { bounds } from '../queries/flows.js';
import { Grouped } from '../queries/grouped.js';
import { daysAsked } from '../queries/levels.js';
import { periodsOf } from '../queries/periods.js';
import type { Key } from '../queries/places.js';
import { dimensionsOf, keysOfRows } from '../queries/row-codes.js';
import { Tally } from '../queries/tally.js';
import { ESTIMATED, SIMULATED } from '../queries/unit-codes.js';
import type { FlowSums } from './flow-sums.js';
import type { Line, Lines } from './lines.js';
import type { Points } from './points.js';

/** Which places the rows of a figure are made of, where sums by these, category and time are enough for it. */
export function placesFor(query: FigureQuery, lineage: Registry): 'nation' | 'provinces' | undefined {
  if (!query.by.every((each) => each === 'province' || each === 'category' || isTime(each))) return undefined;
  const record = lineage.unit(query.unit)!;
  if (record.kind === 'country') return query.by.includes('province') ? 'provinces' : 'nation';
  // A province that doesn't live on the map's day is asked for by the map of another.
  const lives = query.mapDay === null || clipToLife(record, query.mapDay) === query.mapDay;
  return record.kind === 'province' && lives ? 'provinces' : undefined;
}

/** Adds the months of a flow up. */
export function addFlow(query: FigureQuery, { lines, codes }: FlowSums, categories: Dictionary, tally: Tally): void {
  const dimensions = dimensionsOf(query);
  const periods = periodsOf(dimensions.time, bounds(query), timesOf(lines));
  const grouped = new Grouped(periods.months.length);
  const keyOf = (code: number) => codes.key(code);
  for (const line of asked(lines, query, categories, keyOf)) {
    const { code, category, start, sum, exact, atLeast, about } = line;
    const group = grouped.group(dimensions.place ? code : code & SIMULATED, dimensions.category ? category : -1);
    if (periods.months.length === 1) {
      const total = line.total(periods.first, periods.last);
      grouped.add(group, 0, total.sum, total.exact, total.atLeast, total.about);
      continue;
    }
    const end = Math.min(line.end - 1, periods.last);
    for (let month = Math.max(start, periods.first); month <= end; month++) {
      const at = month - start;
      const period = periods.of[month - periods.first]!;
      grouped.add(group, period, sum[at]!, exact[at]!, atLeast ? atLeast[at]! : 0, about ? about[at]! : 0);
    }
  }
  grouped.into(tally, keysOfRows(query, keyOf, categories, periods.months));
}

/** What a level is told from: changes by point. The lowest bit of a code says that it is only carried, the next that it is simulated. */
export interface LevelChanges {
  lines: Lines;
  keyOf(code: number): Key;
  firstMonth: number | undefined;
}

/** Tallies a level on the last day of each period; undefined where one of these days isn't a point. */
export function levelAt(
  query: FigureQuery,
  { lines, keyOf, firstMonth }: LevelChanges,
  points: Points,
  categories: Dictionary,
): Tally | undefined {
  const dimensions = dimensionsOf(query);
  const days = daysAsked(query, firstMonth);
  const running = [...asked(lines, query, categories, keyOf)].map((line) => new Running(line));
  const tally = new Tally();
  for (const [i, { day, month }] of days.entries()) {
    const point = points.at(day);
    if (point === undefined) return undefined;
    const grouped = new Grouped(1);
    for (const level of running) {
      const { code, category } = level.line;
      level.upTo(point);
      const group = grouped.group(
        dimensions.place ? code : code & (ESTIMATED | SIMULATED),
        dimensions.category ? category : -1,
      );
      grouped.add(group, 0, level.sum, level.exact, level.atLeast, level.about);
    }
    // Earlier periods are rows, but no part of the sum.
    const into = i === days.length - 1 ? tally : new Tally();
    grouped.into(into, keysOfRows(query, keyOf, categories, [month]));
    if (into !== tally) tally.adopt(into);
  }
  return tally;
}

/** A level at one point after the other. */
class Running {
  sum = 0;
  exact = 0;
  atLeast = 0;
  about = 0;
  private until = -Infinity;

  constructor(readonly line: Line) {}

  upTo(point: number): void {
    if (point <= this.until) return;
    const { sum, exact, atLeast, about } = this.line.total(this.until + 1, point);
    this.sum += sum;
    this.exact += exact;
    this.atLeast += atLeast;
    this.about += about;
    this.until = point;
  }
}

function* asked(
  { all }: Lines,
  query: FigureQuery,
  categories: Dictionary,
  keyOf: (code: number) => Key,
): Iterable<Line> {
  const only = query.only === undefined ? undefined : (categories.find(query.only) ?? -1);
  const isNation = query.unit === 'vn';
  for (const line of all) {
    if (only !== undefined && line.category !== only) continue;
    if (isNation || keyOf(line.code).key === query.unit) yield line;
  }
}

function timesOf({ all }: Lines): [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const { start, end } of all) {
    if (start < first) first = start;
    if (end - 1 > last) last = end - 1;
  }
  return [first, last];
}
