import type { Day } from '@gdtx/territory/days';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';

/** A registry fact that gave a centre a seat which, as is known by now, had ended by then. */
export interface SeatContradiction {
  service: string;
  /** The registry's ledger. */
  unit: 'vn';
  seq: number;
  type: string;
  /** Milliseconds since the epoch. */
  recordedAt: number;
  why: 'seat-ended';
  centre: string;
  seat: string;
  /** Since when the centre is said to have lain there. */
  on: Day;
}

/** Centres and community centres that came to lie in territory on a day on which it had ended already. */
export function seatContradictions(registry: Registry): readonly SeatContradiction[] {
  return registry.remember('seat contradictions', () => {
    const found: SeatContradiction[] = [];
    for (const kind of ['centre', 'community-centre'] as const) {
      for (const record of registry.all(kind)) for (const each of ofCentre(record, registry)) found.push(each);
    }
    return found;
  });
}

function* ofCentre(record: UnitRecord, registry: Registry): Iterable<SeatContradiction> {
  for (const { from, value: seat } of record.parents) {
    const ended = registry.unit(seat)?.life.to ?? null;
    if (from === null || ended === null || from < ended) continue;
    // Of two changes of that day, the one that moved it there.
    const onThatDay = record.changes.filter((change) => change.on === from);
    const change = onThatDay.find(({ kind }) => kind === 'moved') ?? onThatDay[0];
    if (!change) continue;
    const { entry, recordedAt, kind } = change;
    const type = `registry:${kind}`;
    yield {
      service: entry.service,
      unit: 'vn',
      seq: entry.seq,
      type,
      recordedAt,
      why: 'seat-ended',
      centre: record.id,
      seat,
      on: from,
    };
  }
}
