import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import { isEstimated, mapOf, rowOf } from '@gdtx/territory/maps';
import { clipToLife, isAlive } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
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
  const time = query.by.find(isTime);
  const grounds = new Grounds(query, lineage);
  let last: Found | undefined;
  const rows: CoverageRow[] = [];
  for (const { day, month } of days) {
    last = grounds.on(day).covered(told, day);
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

/** Where communes and centres lie, for each time in which that stays as it is: most days share one. */
class Grounds {
  private readonly grounds = new Map<number, Ground>();
  private readonly cuts: readonly string[];

  constructor(
    private readonly query: FigureQuery,
    private readonly lineage: Registry,
  ) {
    // By the map of one day nothing moves.
    this.cuts = query.mapDay === null ? [...territoryDays(lineage), ...movesOf(lineage)].sort() : [];
  }

  on(day: string): Ground {
    const since = this.cuts.filter((cut) => cut <= day).length;
    let ground = this.grounds.get(since);
    if (!ground) this.grounds.set(since, (ground = new Ground(this.query, this.lineage, day)));
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

interface Placed {
  commune: number;
  estimated: boolean;
}

/** The communes of the figure's unit, and in which of them centres lie, around one day. */
class Ground {
  private readonly communes: string[] = [];
  private readonly rowOfCommune: CoverageRow[] = [];
  private readonly openStart: boolean[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly rows = new Map<string, CoverageRow>();
  /** By a centre's place in the list of them. */
  private readonly placed: (Placed | null | undefined)[] = [];
  private readonly place: (unit: string) => Placed | null;

  constructor(query: FigureQuery, lineage: Registry, day: string) {
    const unit = lineage.unit(query.unit)!;
    const askedMap = query.mapDay ?? day;
    const level = query.by.find((by) => by === 'province' || by === 'district' || by === 'commune');
    // A unit that doesn't live on the map's day has its own communes; by rows, the ones that they became.
    const mapDay = level === undefined ? clipToLife(unit, askedMap) : askedMap;
    const map = mapOf(lineage, { map: mapDay, level: 'commune' });
    const rowMap = level && mapOf(lineage, { map: mapDay, level });
    const includes = new Places(lineage, query).includes();
    const moment = { month: monthIndexOf(monthOf(day)), day };
    for (const commune of lineage.unitsAlive('commune', clipToLife(unit, askedMap))) {
      if (!includes(commune.id, moment)) continue;
      const row = map.rows[rowOf(map.cell(commune.id, 0))]!;
      if (row.kind !== 'placed' || this.indexes.has(row.key)) continue;
      this.indexes.set(row.key, this.communes.push(row.key) - 1);
      this.openStart.push(commune.life.from === null);
      this.rowOfCommune.push(this.row(rowMap ? rowMap.rows[rowOf(rowMap.cell(row.key, 0))]!.key : ''));
    }
    this.place = (centre) => {
      if (!includes(centre, moment)) return null;
      const cell = map.cell(centre, 0);
      const row = map.rows[rowOf(cell)]!;
      const commune = row.kind === 'placed' ? this.indexes.get(row.key) : undefined;
      return commune === undefined ? null : { commune, estimated: isEstimated(cell) };
    };
  }

  covered(told: Registry, day: string): Found {
    const states = new Uint8Array(this.communes.length);
    const simulated = new Uint8Array(this.communes.length);
    const covering: string[] = [];
    for (const [i, centre] of unitsOfKind(told, 'community-centre').entries()) {
      if (!isAlive(centre, day)) continue;
      let placed = this.placed[i];
      if (placed === undefined) this.placed[i] = placed = this.place(centre.id);
      if (!placed) continue;
      const { commune, estimated } = placed;
      if (states[commune] === NOT) covering.push(centre.id);
      // One centre that surely lies there is enough.
      if (states[commune] !== SURELY) states[commune] = estimated ? ESTIMATED : SURELY;
      if (centre.simulated) simulated[commune] = 1;
    }
    const all = emptyRow([]);
    const rows = new Map([...this.rows.values()].map((row) => [row, emptyRow(row.keys)]));
    for (let i = 0; i < states.length; i++) {
      for (const row of [all, rows.get(this.rowOfCommune[i]!)!]) {
        row.communes++;
        if (states[i] !== NOT) row.covered++;
        if (states[i] === ESTIMATED) row.estimated++;
        if (this.openStart[i]) row.openStart++;
        if (simulated[i] === 1) row.simulated = true;
      }
    }
    return { all, rows: [...rows.values()], covering, communes: this.communes };
  }

  private row(key: string): CoverageRow {
    let row = this.rows.get(key);
    if (!row) this.rows.set(key, (row = emptyRow([{ key }])));
    return row;
  }
}

function emptyRow(keys: Key[]): CoverageRow {
  return { keys, covered: 0, communes: 0, estimated: 0, openStart: 0, simulated: false };
}
