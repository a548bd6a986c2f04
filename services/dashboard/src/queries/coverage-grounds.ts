import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import { isEstimated, mapOf, rowOf, type Level } from '@gdtx/territory/maps';
import { clipToLife } from '@gdtx/territory/records';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import { sinceWhen } from '@gdtx/territory/resolve';
import { dayNumber } from '../columns/level-events.js';
import type { FigureQuery } from './figure-query.js';
import { Places, type Key } from './places.js';

export interface CoverageRow {
  keys: Key[];
  covered: number;
  communes: number;
  estimated: number;
  /** Communes whose own beginning isn't known: they are counted as being there already. */
  openStart: number;
  /** Some are covered by a simulated centre. */
  simulated: boolean;
}

/** Which communes are covered: on the last day that is asked. */
export interface Covered {
  all: CoverageRow;
  rows: CoverageRow[];
  /** One community centre for each commune that is covered. */
  covering: UnitRecord[];
  communes: string[];
}

type Place = Pick<FigureQuery, 'unit' | 'mapDay'>;

/** Where the communes of a unit and its centres lie, worked out once for all that is asked of it by a map, until the registry's next fact. */
export function groundsOf({ unit, mapDay: asked }: Place, lineage: Registry): Grounds {
  const mapDay = asked === null ? null : sinceWhen(lineage, asked);
  return lineage.remember(`grounds/${unit}/${mapDay ?? 'then'}`, () => new Grounds({ unit, mapDay }, lineage.frozen()));
}

/** The grounds of a unit, for each time in which nothing moves: most days share one. */
class Grounds {
  private readonly grounds = new Map<string, Ground>();

  constructor(
    private readonly place: Place,
    private readonly lineage: Registry,
  ) {}

  on(day: string, level: Level | undefined): Ground {
    const { place, lineage } = this;
    const asked = place.mapDay ?? day;
    const living = clipToLife(lineage.unit(place.unit)!, asked);
    // A unit that doesn't live on the map's day has its own communes; by rows, the ones that they became.
    const mapDay = level === undefined ? living : asked;
    // By the map of one day nothing moves.
    const since = place.mapDay ?? sinceWhen(lineage, day);
    const key = `${since}/${mapDay === living}`;
    let ground = this.grounds.get(key);
    if (!ground) this.grounds.set(key, (ground = new Ground(place, lineage, { day, living, mapDay })));
    return ground;
  }
}

/** Whether a commune is covered. */
const [NOT, SURELY, ESTIMATED] = [0, 1, 2];
/** Of a centre: it lies in none of the communes, or where it lies wasn't looked for yet. */
const [NOWHERE, UNKNOWN] = [-1, -2];

/** The rows that communes are part of by a level: their keys, of each commune which, and of each row what doesn't change from day to day. */
interface RowsOfCommunes {
  keys: string[];
  of: Int32Array;
  communes: Int32Array;
  openStart: Int32Array;
}

/** The days from and until before which centres live, as numbers, and whether they are simulated. */
interface Lives {
  from: Int32Array;
  to: Int32Array;
  simulated: Uint8Array;
}

const lives = new WeakMap<readonly UnitRecord[], Lives>();

function livesOf(centres: readonly UnitRecord[]): Lives {
  let found = lives.get(centres);
  if (!found) {
    const day = (each: string | null, otherwise: number) => (each === null ? otherwise : dayNumber(each));
    const from = Int32Array.from(centres, ({ life }) => day(life.from, EVER));
    const to = Int32Array.from(centres, ({ life }) => day(life.to, NEVER));
    const simulated = Uint8Array.from(centres, (centre) => (centre.simulated ? 1 : 0));
    lives.set(centres, (found = { from, to, simulated }));
  }
  return found;
}

const [EVER, NEVER] = [-0x80000000, 0x7fffffff];

/** The communes of a unit, and in which of them centres lie, around one day. */
class Ground {
  private readonly communes: string[] = [];
  private readonly openStart: boolean[] = [];
  /** By the rows of the map: which commune it is. */
  private readonly communeOfRow = new Map<number, number>();
  private readonly rowsBy = new Map<Level | undefined, RowsOfCommunes>();
  /** By a centre's place in the list of them: the commune, doubled, and 1 where that is estimated. */
  private readonly placed = new WeakMap<readonly UnitRecord[], Int32Array>();
  private readonly mapDay: string;
  private readonly place: (centre: string) => number;

  /** `living`: the day whose communes they are; `mapDay`: by whose map they and the centres are placed. */
  constructor(
    place: Place,
    private readonly lineage: Registry,
    { day, living, mapDay }: { day: string; living: string; mapDay: string },
  ) {
    this.mapDay = mapDay;
    const map = mapOf(lineage, { map: mapDay, level: 'commune' });
    const includes = new Places(lineage, place).includes();
    const moment = { month: monthIndexOf(monthOf(day)), day };
    for (const commune of lineage.unitsAlive('commune', living)) {
      if (!includes(commune.id, moment)) continue;
      const row = rowOf(map.cell(commune.id, 0));
      if (map.rows[row]!.kind !== 'placed' || this.communeOfRow.has(row)) continue;
      this.communeOfRow.set(row, this.communes.push(map.rows[row]!.key) - 1);
      this.openStart.push(commune.life.from === null);
    }
    this.place = (centre) => {
      if (!includes(centre, moment)) return NOWHERE;
      const cell = map.cell(centre, 0);
      const commune = this.communeOfRow.get(rowOf(cell));
      return commune === undefined ? NOWHERE : (commune << 1) | (isEstimated(cell) ? 1 : 0);
    };
  }

  /** `level`: what makes rows. */
  covered(centres: readonly UnitRecord[], day: string, level: Level | undefined): Covered {
    const states = new Uint8Array(this.communes.length);
    const simulated = new Uint8Array(this.communes.length);
    const covering: UnitRecord[] = [];
    const placed = this.placesOf(centres);
    const { from, to, simulated: marks } = livesOf(centres);
    const on = dayNumber(day);
    for (let i = 0; i < centres.length; i++) {
      if (placed[i] === NOWHERE || from[i]! > on || to[i]! <= on) continue;
      if (placed[i] === UNKNOWN && (placed[i] = this.place(centres[i]!.id)) === NOWHERE) continue;
      const commune = placed[i]! >> 1;
      if (states[commune] === NOT) covering.push(centres[i]!);
      // One centre that surely lies there is enough.
      if (states[commune] !== SURELY) states[commune] = placed[i]! & 1 ? ESTIMATED : SURELY;
      if (marks[i] === 1) simulated[commune] = 1;
    }
    const rows = this.countRows(this.rowsOf(level), states, simulated);
    return { all: sumOf(rows), rows, covering, communes: this.communes };
  }

  private countRows(
    { keys, of, communes, openStart }: RowsOfCommunes,
    states: Uint8Array,
    simulated: Uint8Array,
  ): CoverageRow[] {
    const rows = keys.map((key, row) => ({
      ...emptyRow([{ key }]),
      communes: communes[row]!,
      openStart: openStart[row]!,
    }));
    for (let i = 0; i < states.length; i++) {
      if (states[i] === NOT) continue;
      const row = rows[of[i]!]!;
      row.covered++;
      if (states[i] === ESTIMATED) row.estimated++;
      if (simulated[i] === 1) row.simulated = true;
    }
    return rows;
  }

  private placesOf(centres: readonly UnitRecord[]): Int32Array {
    let placed = this.placed.get(centres);
    if (!placed) this.placed.set(centres, (placed = new Int32Array(centres.length).fill(UNKNOWN)));
    return placed;
  }

  private rowsOf(level: Level | undefined): RowsOfCommunes {
    let rows = this.rowsBy.get(level);
    if (!rows) this.rowsBy.set(level, (rows = this.findRows(level)));
    return rows;
  }

  private findRows(level: Level | undefined): RowsOfCommunes {
    const map = level && mapOf(this.lineage, { map: this.mapDay, level });
    const numbers = new Map<string, number>();
    const of = Int32Array.from(this.communes, (commune) => {
      const key = map ? map.rows[rowOf(map.cell(commune, 0))]!.key : '';
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    });
    const [communes, openStart] = [new Int32Array(numbers.size), new Int32Array(numbers.size)];
    for (const [i, row] of of.entries()) {
      communes[row]!++;
      if (this.openStart[i]) openStart[row]!++;
    }
    return { keys: [...numbers.keys()], of, communes, openStart };
  }
}

function sumOf(rows: readonly CoverageRow[]): CoverageRow {
  const all = emptyRow([]);
  for (const { covered, communes, estimated, openStart, simulated } of rows) {
    all.covered += covered;
    all.communes += communes;
    all.estimated += estimated;
    all.openStart += openStart;
    all.simulated ||= simulated;
  }
  return all;
}

export function emptyRow(keys: Key[]): CoverageRow {
  return { keys, covered: 0, communes: 0, estimated: 0, openStart: 0, simulated: false };
}
