import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import { isEstimated, mapOf, rowOf, type Level } from '@gdtx/territory/maps';
import { clipToLife, isAlive } from '@gdtx/territory/records';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import { territoryDays } from '@gdtx/territory/resolve';
import type { AsKnown } from './as-known.js';
import { isTime, type FigureQuery } from './figure-query.js';
import { daysAsked } from './levels.js';
import { periodKey, Places, type Key } from './places.js';
import { firstMonthOf, firstMonthOfKind, unitsOfKind } from './registry-levels.js';

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

export interface Coverage {
  /** On the last day asked. */
  all: CoverageRow;
  rows: CoverageRow[];
  /** One community centre for each commune that is covered on the last day. */
  covering: string[];
  communes: string[];
}

/**
 * Communes with at least one community centre, of all communes: both by the same map, on the last day of each period of the
 * rows. A commune counts once however many centres it has. By the map of today, what was known of centres is placed by the newest lineage.
 */
export function coverage(query: FigureQuery, { lineage, told }: Pick<AsKnown, 'lineage' | 'told'>): Coverage {
  if (told !== lineage) return findCoverage(query, lineage, told);
  const { unit, mapDay, on, from, to, by, today } = query;
  // It depends on the registry alone: worked out once, until the registry's next fact.
  const asked = [unit, mapDay ?? 'then', on, from, to, by.join(), today].join('/');
  return told.remember(`coverage/${asked}`, () => findCoverage(query, told, told));
}

function findCoverage(query: FigureQuery, lineage: Registry, told: Registry): Coverage {
  const days = daysAsked(query, firstMonthOf(query, firstMonthOfKind(told, 'community-centre')));
  const level = query.by.find((by) => by === 'province' || by === 'district' || by === 'commune');
  const time = query.by.find(isTime);
  const grounds = groundsOf(query, lineage);
  const centres = unitsOfKind(told, 'community-centre');
  let last: Found | undefined;
  const rows: CoverageRow[] = [];
  for (const { day, month } of days) {
    last = grounds.on(day, level).covered(centres, day, level);
    if (query.by.length === 0) continue;
    for (const row of last.rows) {
      rows.push({ ...row, keys: query.by.flatMap((by) => (by === time ? [{ key: periodKey(by, month) }] : row.keys)) });
    }
  }
  // A time of which nothing is asked: before everything, or not yet.
  if (!last) return { all: emptyRow([]), rows: [], covering: [], communes: [] };
  return { all: last.all, rows, covering: last.covering, communes: last.communes };
}

interface Found {
  all: CoverageRow;
  rows: CoverageRow[];
  covering: string[];
  communes: string[];
}

type Place = Pick<FigureQuery, 'unit' | 'mapDay'>;

/** Where the communes of a unit and its centres lie, worked out once for all that is asked of it by a map, until the registry's next fact. */
function groundsOf({ unit, mapDay }: Place, lineage: Registry): Grounds {
  return lineage.remember(`grounds/${unit}/${mapDay ?? 'then'}`, () => new Grounds({ unit, mapDay }, lineage.frozen()));
}

/** The grounds of a unit, for each time in which nothing moves: most days share one. */
class Grounds {
  private readonly grounds = new Map<string, Ground>();
  private readonly cuts: readonly string[];

  constructor(
    private readonly place: Place,
    private readonly lineage: Registry,
  ) {
    // By the map of one day nothing moves.
    this.cuts = place.mapDay === null ? [...territoryDays(lineage), ...movesOf(lineage)].sort() : [];
  }

  on(day: string, level: Level | undefined): Ground {
    const { place, lineage } = this;
    const asked = place.mapDay ?? day;
    const living = clipToLife(lineage.unit(place.unit)!, asked);
    // A unit that doesn't live on the map's day has its own communes; by rows, the ones that they became.
    const mapDay = level === undefined ? living : asked;
    const since = this.cuts.filter((cut) => cut <= day).length;
    const key = `${since}/${mapDay === living}`;
    let ground = this.grounds.get(key);
    if (!ground) this.grounds.set(key, (ground = new Ground(place, lineage, { day, living, mapDay })));
    return ground;
  }
}

/** The days on which a community centre came to another commune. */
function movesOf(lineage: Registry): string[] {
  const days: string[] = [];
  for (const { parents } of unitsOfKind(lineage, 'community-centre')) {
    for (const { from } of parents.slice(1)) if (from !== null) days.push(from);
  }
  return days;
}

/** Whether a commune is covered. */
const [NOT, SURELY, ESTIMATED] = [0, 1, 2];
/** Of a centre: it lies in none of the communes, or where it lies wasn't looked for yet. */
const [NOWHERE, UNKNOWN] = [-1, -2];

/** The rows that communes are part of by a level: their keys, and of each commune which. */
interface RowsOfCommunes {
  keys: string[];
  of: Int32Array;
}

/** The communes of a unit, and in which of them centres lie, around one day. */
class Ground {
  private readonly communes: string[] = [];
  private readonly openStart: boolean[] = [];
  /** By the rows of the map: which commune it is. */
  private readonly communeOfRow = new Map<number, number>();
  private readonly rowsBy = new Map<Level, RowsOfCommunes>();
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
  covered(centres: readonly UnitRecord[], day: string, level: Level | undefined): Found {
    const states = new Uint8Array(this.communes.length);
    const simulated = new Uint8Array(this.communes.length);
    const covering: string[] = [];
    const placed = this.placesOf(centres);
    for (let i = 0; i < centres.length; i++) {
      const centre = centres[i]!;
      if (placed[i] === NOWHERE || !isAlive(centre, day)) continue;
      if (placed[i] === UNKNOWN && (placed[i] = this.place(centre.id)) === NOWHERE) continue;
      const commune = placed[i]! >> 1;
      if (states[commune] === NOT) covering.push(centre.id);
      // One centre that surely lies there is enough.
      if (states[commune] !== SURELY) states[commune] = placed[i]! & 1 ? ESTIMATED : SURELY;
      if (centre.simulated) simulated[commune] = 1;
    }
    const all = emptyRow([]);
    const by = level && this.rowsOf(level);
    const rows = (by?.keys ?? ['']).map((key) => emptyRow([{ key }]));
    for (let i = 0; i < states.length; i++) {
      for (const row of [all, rows[by ? by.of[i]! : 0]!]) {
        row.communes++;
        if (states[i] !== NOT) row.covered++;
        if (states[i] === ESTIMATED) row.estimated++;
        if (this.openStart[i]) row.openStart++;
        if (simulated[i] === 1) row.simulated = true;
      }
    }
    return { all, rows: states.length > 0 ? rows : [], covering, communes: this.communes };
  }

  private placesOf(centres: readonly UnitRecord[]): Int32Array {
    let placed = this.placed.get(centres);
    if (!placed) this.placed.set(centres, (placed = new Int32Array(centres.length).fill(UNKNOWN)));
    return placed;
  }

  private rowsOf(level: Level): RowsOfCommunes {
    let rows = this.rowsBy.get(level);
    if (!rows) this.rowsBy.set(level, (rows = this.findRows(level)));
    return rows;
  }

  private findRows(level: Level): RowsOfCommunes {
    const map = mapOf(this.lineage, { map: this.mapDay, level });
    const numbers = new Map<string, number>();
    const of = Int32Array.from(this.communes, (commune) => {
      const { key } = map.rows[rowOf(map.cell(commune, 0))]!;
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    });
    return { keys: [...numbers.keys()], of };
  }
}

function emptyRow(keys: Key[]): CoverageRow {
  return { keys, covered: 0, communes: 0, estimated: 0, openStart: 0, simulated: false };
}
