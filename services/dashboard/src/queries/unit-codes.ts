import { lastDayOfMonth, monthAt, monthIndexOf, monthOf } from '@gdtx/territory/days';
import {
  isEstimated,
  mapOf,
  rowOf,
  type Cell,
  type Level,
  type MapName,
  type TerritoryMap,
} from '@gdtx/territory/maps';
import { thenDay } from '@gdtx/territory/places';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import type { Dictionary } from '../columns/dictionary.js';
import { authorityOn, keyOf, UNKNOWN_AUTHORITY, type Key } from './places.js';

/** From a month on, until the next run, a unit has one code. */
export interface CodeRun {
  from: number;
  code: number;
}

/**
 * A number for what a unit belongs to: a row of a map, an authority. The lowest bit says that it is estimated, the next one that
 * the unit is simulated. Units are numbered as in the read model, so that a scan needs no text.
 */
export interface UnitCodes {
  /** The code of all months, or VARIES: see `runs`. */
  always(unit: number): number;
  /** In order; the first begins at month 0. */
  runs(unit: number): readonly CodeRun[];
  key(code: number): Key;
}

export const VARIES = -2;
const UNKNOWN = -3;

export const ESTIMATED = 1;
export const SIMULATED = 2;

export function codeWith(number: number, simulated: boolean, estimated = false): number {
  return (number << 2) | (simulated ? SIMULATED : 0) | (estimated ? ESTIMATED : 0);
}

/** What a code numbers, without what it says besides. */
export const numberOf = (code: number): number => code >> 2;

/** The code of units where places make no rows: SIMULATED or 0. Looked up once for a unit, until the registry's next fact. */
export function marksOf(registry: Registry, units: Dictionary): (unit: number) => number {
  const kept = registry.remember('simulated', () => new WeakMap<Dictionary, (unit: number) => number>());
  let mark = kept.get(units);
  if (!mark) kept.set(units, (mark = createMarks(registry.frozen(), units)));
  return mark;
}

function createMarks(registry: Registry, units: Dictionary): (unit: number) => number {
  let marks = new Int32Array(0);
  return (unit) => {
    if (unit >= marks.length) marks = grown(marks, units.size);
    const known = marks[unit]!;
    return known === UNKNOWN ? (marks[unit] = registry.unit(units.text(unit))?.simulated ? SIMULATED : 0) : known;
  };
}

/** A key of a simulated unit's facts: it marks the row that they are put into. */
export const marked = (key: Key, code: number): Key => ((code & SIMULATED) !== 0 ? { ...key, simulated: true } : key);

export function codeAt(codes: UnitCodes, unit: number, month: number): number {
  const code = codes.always(unit);
  return code === VARIES ? codeOf(codes.runs(unit), month) : code;
}

export function codeOf(runs: readonly CodeRun[], month: number): number {
  let last = runs.length - 1;
  while (last > 0 && runs[last]!.from > month) last--;
  return runs[last]!.code;
}

/** The cells of a map by the number of a unit: worked out once for a unit, four bytes each. */
class MapCells implements UnitCodes {
  private codes = new Int32Array(0);

  constructor(
    private readonly registry: Registry,
    private readonly map: TerritoryMap,
    private readonly units: Dictionary,
  ) {}

  always(unit: number): number {
    if (unit >= this.codes.length) this.codes = grown(this.codes, this.units.size);
    const known = this.codes[unit]!;
    return known === UNKNOWN ? (this.codes[unit] = this.find(unit)) : known;
  }

  runs(unit: number): readonly CodeRun[] {
    const { runs, simulated } = this.runsOf(unit);
    return runs.map(({ from, cell }) => ({ from, code: codeOfCell(cell, simulated) }));
  }

  key(code: number): Key {
    return marked(keyOf(this.map, (numberOf(code) << 1) | (code & ESTIMATED)), code);
  }

  private find(unit: number): number {
    if (this.map.map !== 'then') {
      const id = this.units.text(unit);
      return codeOfCell(this.map.cell(id, 0), this.registry.unit(id)?.simulated === true);
    }
    const { runs, simulated } = this.runsOf(unit);
    return runs.length === 1 ? codeOfCell(runs[0]!.cell, simulated) : VARIES;
  }

  private runsOf(unit: number) {
    const id = this.units.text(unit);
    return { runs: this.map.runs(id), simulated: this.registry.unit(id)?.simulated === true };
  }
}

const codeOfCell = (cell: Cell, simulated: boolean): number => codeWith(rowOf(cell), simulated, isEstimated(cell));

function grown(codes: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const made = new Int32Array(size + 256).fill(UNKNOWN);
  made.set(codes);
  return made;
}

/** The cells of a map, kept as long as the map is. */
export function cellsOf(registry: Registry, units: Dictionary, map: MapName, level: Level): UnitCodes {
  const territory = mapOf(registry, { map, level });
  const kept = registry.remember(`cells/${territory.map}/${level}`, () => new WeakMap<Dictionary, UnitCodes>());
  let cells = kept.get(units);
  if (!cells) kept.set(units, (cells = new MapCells(registry.frozen(), territory, units)));
  return cells;
}

/** Who a unit answers to: on the map's day, or by `then` in each month. */
export class AuthorityCodes implements UnitCodes {
  private readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<number, CodeRun[]>();

  constructor(
    private readonly registry: Registry,
    private readonly units: Dictionary,
    /** Null: then. */
    private readonly mapDay: string | null,
  ) {}

  always(unit: number): number {
    const runs = this.runs(unit);
    return runs.length === 1 ? runs[0]!.code : VARIES;
  }

  runs(unit: number): readonly CodeRun[] {
    let runs = this.known.get(unit);
    if (!runs) this.known.set(unit, (runs = this.find(this.units.text(unit))));
    return runs;
  }

  key(code: number): Key {
    return marked({ key: this.names[numberOf(code)]! }, code);
  }

  private find(unit: string): CodeRun[] {
    const record = this.registry.unit(unit);
    if (!record) return [{ from: 0, code: this.code(UNKNOWN_AUTHORITY) }];
    const simulated = record.simulated === true;
    if (this.mapDay !== null) return [{ from: 0, code: this.code(authorityOn(record, this.mapDay), simulated) }];
    const runs: CodeRun[] = [];
    for (const from of monthsOfChange(record)) {
      const code = this.code(authorityOn(record, thenDay(record, lastDayOfMonth(monthAt(from)))), simulated);
      if (runs.at(-1)?.code !== code) runs.push({ from, code });
    }
    return runs;
  }

  private code(name: string, simulated = false): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.numbers.set(name, number);
    }
    return codeWith(number, simulated);
  }
}

/** The months from which a unit may answer to somebody else by `then`: its last day in a month decides. */
function monthsOfChange({ life, authorities }: UnitRecord): number[] {
  const months = new Set<number>([0]);
  for (const day of [life, ...authorities].flatMap(({ from, to }) => [from, to])) {
    if (day === null) continue;
    const month = monthIndexOf(monthOf(day));
    months.add(month).add(month + 1);
  }
  return [...months].sort((a, b) => a - b);
}
