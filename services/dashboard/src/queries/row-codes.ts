import { clipToLife } from '@gdtx/territory/records';
import type { Level, MapName } from '@gdtx/territory/maps';
import type { Registry } from '@gdtx/territory/registry';
import type { Dictionary } from '../columns/dictionary.js';
import { isTime, type Dimension, type FigureQuery } from './figure-query.js';
import { levelOf, periodKey, type Key } from './places.js';
import { AuthorityCodes, cellsOf, codeAt, VARIES, type CodeRun, type UnitCodes } from './unit-codes.js';

/** Not part of the figure. */
export const EXCLUDED = -1;

/** Which codes a figure's unit takes in: all, where the country is asked for. */
export interface Inclusion {
  codes: UnitCodes;
  /** By the map of a day a unit is in itself wherever it lies. */
  itself: number;
  accepts(code: number): boolean;
}

/** Of a unit that nobody knew of yet. */
const NOTHING: Inclusion = {
  codes: { always: () => 0, runs: () => [], key: () => ({ key: '' }) },
  itself: -1,
  accepts: () => false,
};

/** The dimensions of a figure's rows. */
export interface RowDimensions {
  place: Dimension | undefined;
  time: Dimension | undefined;
  category: boolean;
}

export function dimensionsOf({ by }: FigureQuery): RowDimensions {
  return {
    place: by.find((each) => !isTime(each) && each !== 'category'),
    time: by.find(isTime),
    category: by.includes('category'),
  };
}

/** The codes by which a map's rows are told apart; `day` null: by `then`. */
export function codesOf(registry: Registry, units: Dictionary, dimension: Dimension, day: string | null): UnitCodes {
  if (dimension === 'authority') return new AuthorityCodes(registry, units, day);
  return cellsOf(registry, units, day ?? 'then', dimension as Level);
}

/** `day`: of a level, by `then`, the day that is asked. */
export function inclusionOf(
  query: Pick<FigureQuery, 'unit' | 'mapDay'>,
  registry: Registry,
  units: Dictionary,
  day: string | null = null,
): Inclusion | undefined {
  const record = registry.unit(query.unit);
  if (!record) return NOTHING;
  if (record.kind === 'country') return undefined;
  const map: MapName = query.mapDay === null ? (day ?? 'then') : clipToLife(record, query.mapDay);
  const codes = cellsOf(registry, units, map, levelOf(record));
  const known = new Map<number, boolean>();
  return {
    codes,
    itself: query.mapDay === null ? -1 : (units.find(query.unit) ?? -1),
    accepts(code) {
      let accepted = known.get(code);
      if (accepted === undefined) known.set(code, (accepted = codes.key(code).key === query.unit));
      return accepted;
    },
  };
}

/** The code of a unit's facts in a figure: of its place where that makes rows, else its mark alone; EXCLUDED where they aren't part of it. */
export class RowCodes {
  constructor(
    private readonly inclusion: Inclusion | undefined,
    readonly place: UnitCodes | undefined,
    /** Of a unit, where places make no rows. */
    private readonly mark: (unit: number) => number,
  ) {}

  always(unit: number): number {
    const { inclusion, place } = this;
    const inside = inclusion ? inclusion.codes.always(unit) : 0;
    const code = place ? place.always(unit) : this.mark(unit);
    if (inside === VARIES || code === VARIES) return VARIES;
    return this.includes(unit, inside) ? code : EXCLUDED;
  }

  at(unit: number, month: number): number {
    const { inclusion, place } = this;
    if (inclusion && !this.includes(unit, codeAt(inclusion.codes, unit, month))) return EXCLUDED;
    return place ? codeAt(place, unit, month) : this.mark(unit);
  }

  runs(unit: number): readonly CodeRun[] {
    if (!this.inclusion && this.place) return this.place.runs(unit);
    const parts = [this.inclusion?.codes, this.place].filter((codes) => codes !== undefined);
    const months = new Set(parts.flatMap((codes) => codes.runs(unit).map(({ from }) => from)));
    return [...months].sort((a, b) => a - b).map((from) => ({ from, code: this.at(unit, from) }));
  }

  private includes(unit: number, code: number): boolean {
    const { inclusion } = this;
    return !inclusion || unit === inclusion.itself || inclusion.accepts(code);
  }
}

/** The keys of a row in the order that was asked for. */
export function keysOfRows(
  query: FigureQuery,
  keyOfPlace: (code: number) => Key,
  categories: Dictionary,
  months: readonly number[],
): (code: number, category: number, period: number) => Key[] {
  return (code, category, period) =>
    query.by.map((dimension) => {
      if (dimension === 'category') return { key: categories.text(category) };
      if (isTime(dimension)) return { key: periodKey(dimension, months[period]!) };
      return keyOfPlace(code);
    });
}
