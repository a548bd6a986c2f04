import { givenLabel } from '@gdtx/territory/days';
import { placeOf } from '@gdtx/territory/maps';
import type { Change, UnitRecord } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import type { Records } from '../columns/records.js';
import { plain } from '../queries/shown.js';
import { unitLabel } from '../queries/unit-labels.js';
import type { Contradiction } from './contradictions.js';
import { seatContradictions, type SeatContradiction } from './seats.js';

/** What somebody above said of an entry that the registry contradicts. */
export interface Settlement {
  seq: number;
  recordedAt: number;
  by: string;
  reason: string;
  note?: string;
}

/** A contradiction, with what was said of it. */
export type Conflict = (Contradiction | SeatContradiction) & { concerns: string; settled: Settlement | undefined };

/** What entries and the registry contradict each other in, and the registry by itself; in order of the ledgers. */
export function conflictsOf(
  contradictions: readonly Contradiction[],
  registry: Registry,
  records: Records,
): Conflict[] {
  const settlements = new Map<string, Settlement>();
  for (const { service, unit, id, value } of records.all('settlements')) {
    settlements.set(`${service}/${unit}/${id}`, value as unknown as Settlement);
  }
  const all = [
    ...contradictions.map((each) => ({ ...each, concerns: each.unit })),
    ...seatContradictions(registry).map((each) => ({ ...each, concerns: each.centre })),
  ];
  return all.map((each) => ({ ...each, settled: settlements.get(keyOf(each)) })).sort(inOrder);
}

type Place = Pick<Conflict, 'unit' | 'service' | 'seq'>;

const inOrder = (a: Place, b: Place): number =>
  compare(a.unit, b.unit) || compare(a.service, b.service) || a.seq - b.seq;

/** Whether a conflict stands behind the one of a key in the list, also when that one is gone by now. */
export function comesAfter(key: string): (conflict: Place) => boolean {
  const [service = '', unit = '', seq] = key.split('/');
  const last = { service, unit, seq: Number(seq) };
  return (conflict) => inOrder(conflict, last) > 0;
}

export const keyOf = ({ service, unit, seq }: { service: string; unit: string; seq: number }): string =>
  `${service}/${unit}/${seq}`;

/** As it is answered: the entry, what it contradicts, whom it counts with, and what became of it. */
export function shownConflict(conflict: Conflict, registry: Registry, today: string): object {
  const { service, unit, seq, type, recordedAt, why, concerns, settled } = conflict;
  const record = registry.unit(concerns)!;
  return {
    unit: concerns,
    label: unitLabel(registry, concerns, today),
    why,
    ...('spoken' in conflict
      ? { says: { from: conflict.spoken.from || null, to: conflict.spoken.to || null } }
      : { seat: { unit: conflict.seat, label: unitLabel(registry, conflict.seat, conflict.on), on: conflict.on } }),
    entry: { service, unit, seq, ...('hash' in conflict ? { id: conflict.id, hash: conflict.hash } : {}) },
    type,
    recordedAt: new Date(recordedAt).toISOString(),
    contradicts: shownChange(changeBehind(conflict, record, registry)),
    countsWith: countsWith(conflict, registry, today),
    status: settled ? 'settled' : 'open',
    ...(settled ? { settled: shownSettlement(settled, conflict) } : {}),
  };
}

/** The change of the registry that the entry contradicts. */
function changeBehind(conflict: Conflict, record: UnitRecord, registry: Registry): Change | undefined {
  const unit = conflict.why === 'seat-ended' ? registry.unit((conflict as SeatContradiction).seat)! : record;
  const day = conflict.why === 'unit-not-yet' ? unit.life.from : unit.life.to;
  return unit.changes.find((change) => change.on === day);
}

function shownChange(change: Change | undefined): object | null {
  if (!change) return null;
  const { kind, on, given, legalBasis, entry, recordedAt } = change;
  return {
    kind,
    on,
    asGiven: givenLabel(given),
    legalBasis: legalBasis.map(plain),
    entry,
    recordedAt: new Date(recordedAt).toISOString(),
  };
}

/** The units in whose figures it is today: the successor's, or of several without a default all that it may be. */
function countsWith({ concerns, why }: Conflict, registry: Registry, today: string): object[] {
  const place = why === 'unit-ended' ? placeOf(registry, concerns, today, 'centre') : undefined;
  const units = place?.kind === 'placed' ? [place.unit] : place?.kind === 'undivided' ? place.candidates : [concerns];
  return units.map((unit) => ({ unit, label: unitLabel(registry, unit, today) }));
}

function shownSettlement({ seq, recordedAt, by, reason, note }: Settlement, { service, unit }: Conflict): object {
  return {
    by,
    reason,
    ...(note ? { note } : {}),
    recordedAt: new Date(recordedAt).toISOString(),
    entry: { service, unit, seq },
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
