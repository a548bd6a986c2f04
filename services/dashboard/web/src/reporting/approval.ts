import type { SentFact } from '../api/facts.js';
import type { UnitMonth } from '../api/reporting-answers.js';
import type { Session, UnitSummary } from '../api/types.js';

/** Which months can be approved, by whom, and the facts that say so. Pure. */

/** A service's part of a unit's month: up to which entry it would be approved. */
export interface Approvable {
  unit: string;
  service: string;
  upToSeq: number;
}

/** What a province can approve of a unit's month now: what is closed, and not yet approved up to its last entry. */
export function approvable({ unit, services }: Pick<UnitMonth, 'unit' | 'services'>): Approvable[] {
  return services.flatMap(({ service, closed, approved, lastSeq }) => {
    if (!closed) return [];
    const upToSeq = Math.max(closed.seq, lastSeq ?? 0);
    return approved && approved.upToSeq >= upToSeq ? [] : [{ unit, service, upToSeq }];
  });
}

/** The services in which a unit's month is closed, and could be opened again. */
export function reopenable({ services }: Pick<UnitMonth, 'services'>): string[] {
  return services.filter(({ closed }) => closed !== null).map(({ service }) => service);
}

/** In the name of a province (`by`): one fact for each service's ledger. */
export function approvals(
  of: readonly Approvable[],
  { month, by, note, newId }: { month: string; by: string; note: string; newId: () => string },
): SentFact[] {
  return of.map(({ unit, service, upToSeq }) =>
    fact(newId(), service, 'PeriodApproved', by, { unit, month, upToSeq, ...(note && { note }) }),
  );
}

export function reopenings(
  of: readonly { unit: string; service: string }[],
  { month, by, reason, newId }: { month: string; by: string; reason: string; newId: () => string },
): SentFact[] {
  return of.map(({ unit, service }) => fact(newId(), service, 'PeriodReopened', by, { unit, month, reason }));
}

function fact(id: string, service: string, name: string, by: string, data: SentFact['data']): SentFact {
  return { id, source: by, type: `vn.gdtx.${service}.${name}.v1`, data };
}

/** Months are approved by a province, or by the ministry in its place. */
const APPROVERS = ['province', 'country'];

/**
 * In whose name the reader may approve months of a unit; undefined: not at all. `within`: the unit and all that it lies in;
 * `mine`: the reader's own units. Who doesn't read everything sees only their own units, also those that theirs came from.
 */
export function approverOf(
  { roles = [] }: Pick<Session, 'roles'>,
  mine: readonly UnitSummary[],
  within: readonly string[],
  readsAll: boolean,
): UnitSummary | undefined {
  if (!roles.includes('province-officer')) return undefined;
  const able = mine.filter(({ kind }) => APPROVERS.includes(kind));
  const above = able.find(({ id }) => within.includes(id));
  return above ?? (!readsAll && able.length === 1 ? able[0] : undefined);
}
