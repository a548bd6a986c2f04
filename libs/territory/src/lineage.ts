import type { Change, Edge, UnitRecord } from './records.js';
import type { Registry } from './registry.js';

export interface LineageEdge {
  from: string;
  to: string;
  on: string;
  extent: Edge['extent'];
  default: boolean;
}

export interface Lineage {
  unit: string;
  /** The unit, what it came from, and what it became, each with theirs; oldest first. */
  units: UnitRecord[];
  edges: LineageEdge[];
  /** The lines of the unit's own page. */
  changes: Change[];
}

/** Where a unit came from and what became of it; `undefined` when it isn't known. */
export function lineageOf(registry: Registry, unit: string): Lineage | undefined {
  const record = registry.unit(unit);
  if (!record) return undefined;
  const units = new Map([[unit, record]]);
  const edges = new Map<string, LineageEdge>();
  const add = (edge: LineageEdge): void => void edges.set(`${edge.from}/${edge.to}/${edge.on}`, edge);
  walk(
    registry,
    record,
    units,
    (each) => each.predecessors,
    (each, edge) => add(edgeBetween(edge.other, each.id, edge)),
  );
  walk(
    registry,
    record,
    units,
    (each) => each.successors,
    (each, edge) => add(edgeBetween(each.id, edge.other, edge)),
  );
  return {
    unit,
    units: [...units.values()].sort(byAge),
    edges: [...edges.values()].sort(byDay),
    changes: record.changes,
  };
}

function walk(
  registry: Registry,
  start: UnitRecord,
  units: Map<string, UnitRecord>,
  next: (record: UnitRecord) => readonly Edge[],
  found: (record: UnitRecord, edge: Edge) => void,
): void {
  const seen = new Set([start.id]);
  const queue = [start];
  for (let record = queue.shift(); record; record = queue.shift()) {
    for (const edge of next(record)) {
      found(record, edge);
      const other = seen.has(edge.other) ? undefined : registry.unit(edge.other);
      seen.add(edge.other);
      if (!other) continue;
      units.set(other.id, other);
      queue.push(other);
    }
  }
}

const edgeBetween = (from: string, to: string, edge: Edge): LineageEdge => ({
  from,
  to,
  on: edge.on,
  extent: edge.extent,
  default: edge.default,
});

const byAge = (a: UnitRecord, b: UnitRecord): number =>
  (a.life.from ?? '').localeCompare(b.life.from ?? '') || a.id.localeCompare(b.id);

const byDay = (a: LineageEdge, b: LineageEdge): number =>
  a.on.localeCompare(b.on) || a.from.localeCompare(b.from) || a.to.localeCompare(b.to);
