import type { Day } from '@gdtx/territory/days';
import { clipToLife, stateOn, valueOn, type UnitRecord } from '@gdtx/territory/records';
import { plainWithLists } from '@gdtx/contracts/plain';

/** A centre in a list: what it is called, what it is and where it lies on a day, or on the nearest of its life. */
export interface CentreLine {
  id: string;
  state: 'alive' | 'ended' | 'not-yet';
  kind?: string;
  /** Made up to try the software on. */
  simulated?: true;
  name?: { vi: string; en?: string };
  seat?: string;
  address?: string;
  authority?: { body: string; of: string };
  /** It exists, but doesn't work that day. */
  suspended?: true;
  /** The first day; null: not known. */
  from: Day | null;
  /** The first day on which it no longer existed; null: it exists. */
  to: Day | null;
}

export function centreLine(centre: UnitRecord, on: Day): CentreLine {
  const day = clipToLife(centre, on);
  const suspended = centre.suspended.some((span) => span.from! <= on && (span.to === null || on < span.to));
  return plainWithLists({
    id: centre.id,
    state: stateOn(centre, on),
    kind: valueOn(centre.subkinds, day),
    simulated: centre.simulated,
    name: valueOn(centre.names, day),
    seat: valueOn(centre.parents, day),
    address: valueOn(centre.addresses, day),
    authority: valueOn(centre.authorities, day),
    suspended: suspended ? true : undefined,
    from: centre.life.from,
    to: centre.life.to,
  }) as CentreLine;
}

/** All that the registry knows of a centre, whatever the day. */
export function centreHistory(centre: UnitRecord): unknown {
  return plainWithLists({
    life: centre.life,
    names: centre.names,
    kinds: centre.subkinds,
    seats: centre.parents,
    addresses: centre.addresses,
    authorities: centre.authorities,
    suspensions: centre.suspended.map(({ from, to }) => ({ from, to })),
    predecessors: centre.predecessors,
    successors: centre.successors,
    changes: centre.changes,
  });
}
