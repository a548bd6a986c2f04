import type { Fact } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { OWNERS, type Owner } from '@gdtx/service-kit/services';
import type { Opened } from './envelope.js';

/** One owner's part of a request: its facts in the order sent, and where each stood. */
export interface Share {
  owner: Owner;
  facts: Fact[];
  positions: number[];
}

/** Shares in the order in which owners depend on each other, so that a request may establish a unit and report on it. */
export function splitByOwner(opened: readonly Opened[]): Share[] {
  const shares = new Map<Owner, Share>();
  opened.forEach((one, position) => {
    if (!one.ok) return;
    let share = shares.get(one.owner);
    if (!share) shares.set(one.owner, (share = { owner: one.owner, facts: [], positions: [] }));
    share.facts.push(one.fact);
    share.positions.push(position);
  });
  return OWNERS.flatMap((owner) => shares.get(owner) ?? []);
}
