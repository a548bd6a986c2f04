import { Recent } from '@gdtx/territory/recent';
import type { Registry } from '@gdtx/territory/registry';
import { made } from '../made.js';
import type { AsKnown } from './as-known.js';
import { emptyRow, groundsOf, type Covered, type CoverageRow } from './coverage-grounds.js';
import { isTime, type FigureQuery } from './figure-query.js';
import { daysAsked } from './levels.js';
import { periodKey } from './places.js';
import { firstMonthOf, firstMonthOfKind, unitsOfKind } from './registry-levels.js';

/** So many answers are kept of a registry. */
const MOST_KEPT = 64;

export type { CoverageRow } from './coverage-grounds.js';

/**
 * Communes with at least one community centre, of all communes: both by the same map, on the last day of each period of the
 * rows. A commune counts once however many centres it has. By the map of today, what was known of centres is placed by the newest lineage.
 */
export function coverage(query: FigureQuery, { lineage, told }: Pick<AsKnown, 'lineage' | 'told'>): Covered {
  const { unit, mapDay, on, from, to, by, today } = query;
  // It depends on the registry alone: worked out once, until its next fact.
  const asked = [unit, mapDay ?? 'then', on, from, to, by.join(), today].join('/');
  const known = told.remember('coverage', () => new WeakMap<Registry, Recent<Covered>>());
  const byLineage = made(known, lineage, () => new Recent(MOST_KEPT));
  return byLineage.get(asked, () => findCoverage(query, lineage, told));
}

function findCoverage(query: FigureQuery, lineage: Registry, told: Registry): Covered {
  const days = daysAsked(query, firstMonthOf(query, firstMonthOfKind(told, 'community-centre')));
  const level = query.by.find((by) => by === 'province' || by === 'district' || by === 'commune');
  const time = query.by.find(isTime);
  const grounds = groundsOf(query, lineage);
  const centres = unitsOfKind(told, 'community-centre');
  let last: Covered | undefined;
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
