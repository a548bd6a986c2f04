import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import { isEstimated, mapOf, rowOf } from '@gdtx/territory/maps';
import { clipToLife, valueOn } from '@gdtx/territory/records';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import type { AsKnown } from './as-known.js';
import type { FigureQuery } from './figure-query.js';
import type { LevelOn } from './levels.js';
import { Places, type Key } from './places.js';

const ONE = { sum: 1, exact: 1, atLeast: 0, about: 0 };

/** Units that live on a day, one each: centres by their kind then, community centres. */
export function livingUnits(registry: Registry, kind: 'centre' | 'community-centre'): LevelOn {
  return function* (day) {
    for (const record of registry.unitsAlive(kind, day)) {
      yield { unit: record.id, category: valueOn(record.subkinds, day) ?? '', amount: ONE, carried: false };
    }
  };
}

/** The month in which the first unit of a kind that is known began. */
export function firstMonthOfKind(registry: Registry, kind: UnitRecord['kind']): number | undefined {
  let first: string | undefined;
  for (const { life } of registry.all(kind)) {
    if (life.from !== null && (first === undefined || life.from < first)) first = life.from;
  }
  return first === undefined ? undefined : monthIndexOf(monthOf(first));
}

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

/**
 * Communes with at least one community centre, of all communes: both by the same map. `by`: rows by a level of territory.
 * A commune counts once however many centres it has. By the map of today, what was known of centres is placed by the newest lineage.
 */
export function coverage(
  query: FigureQuery,
  { lineage, told }: Pick<AsKnown, 'lineage' | 'told'>,
  day: string,
  by: CoverageLevel,
): Coverage {
  const { unit, mapDay } = query;
  if (told !== lineage) return findCoverage(query, lineage, told, day, by);
  // It depends on the registry alone: worked out once, until the registry's next fact.
  return told.remember(`coverage/${unit}/${mapDay ?? 'then'}/${day}/${by ?? ''}`, () =>
    findCoverage(query, told, told, day, by),
  );
}

type CoverageLevel = 'province' | 'district' | 'commune' | null;

interface Coverage {
  all: CoverageRow;
  rows: CoverageRow[];
  /** One community centre for each commune that is covered. */
  covering: string[];
  communes: string[];
}

interface Covered {
  covered: boolean;
  estimated: boolean;
  openStart: boolean;
  simulated: boolean;
}

function findCoverage(
  query: FigureQuery,
  registry: Registry,
  told: Registry,
  day: string,
  by: CoverageLevel,
): Coverage {
  const unit = registry.unit(query.unit)!;
  const askedMap = query.mapDay ?? day;
  // A unit that doesn't live on the map's day has its own communes; by rows, the ones that they became.
  const mapDay = by === null ? clipToLife(unit, askedMap) : askedMap;
  const communeMap = mapOf(registry, { map: mapDay, level: 'commune' });
  const places = new Places(registry, query);
  const includes = places.includes();
  const moment = { month: monthIndexOf(monthOf(day)), day };

  const communes = new Map<string, Covered>();
  const covering: string[] = [];
  for (const commune of registry.unitsAlive('commune', clipToLife(unit, askedMap))) {
    if (!includes(commune.id, moment)) continue;
    const placed = place(communeMap, commune.id);
    if (!placed) continue;
    const openStart = commune.life.from === null;
    communes.set(placed.key, { covered: false, estimated: false, openStart, simulated: false });
  }
  for (const centre of told.unitsAlive('community-centre', day)) {
    if (!includes(centre.id, moment)) continue;
    const placed = place(communeMap, centre.id);
    const commune = placed && communes.get(placed.key);
    if (!commune) continue;
    // One centre that surely lies there is enough.
    commune.estimated = placed.estimated && (!commune.covered || commune.estimated);
    if (!commune.covered) covering.push(centre.id);
    commune.covered = true;
    if (centre.simulated) commune.simulated = true;
  }

  const all: CoverageRow = emptyRow([]);
  const rows = new Map<string, CoverageRow>();
  const keyOf = by ? mapOf(registry, { map: mapDay, level: by }) : undefined;
  for (const [id, commune] of communes) {
    count(all, commune);
    if (!keyOf) continue;
    const key = keyOf.rows[rowOf(keyOf.cell(id, 0))]!.key;
    let row = rows.get(key);
    if (!row) rows.set(key, (row = emptyRow([{ key }])));
    count(row, commune);
  }
  return { all, rows: [...rows.values()], covering, communes: [...communes.keys()] };
}

function place(map: ReturnType<typeof mapOf>, unit: string): { key: string; estimated: boolean } | undefined {
  const cell = map.cell(unit, 0);
  const row = map.rows[rowOf(cell)]!;
  return row.kind === 'placed' ? { key: row.key, estimated: isEstimated(cell) } : undefined;
}

function emptyRow(keys: Key[]): CoverageRow {
  return { keys, covered: 0, communes: 0, estimated: 0, openStart: 0, simulated: false };
}

function count(row: CoverageRow, commune: Covered): void {
  row.communes++;
  if (commune.covered) row.covered++;
  if (commune.covered && commune.estimated) row.estimated++;
  if (commune.openStart) row.openStart++;
  if (commune.simulated) row.simulated = true;
}
