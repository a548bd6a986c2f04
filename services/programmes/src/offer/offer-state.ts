import type { States } from '@gdtx/ledger/fact';
import type { Day } from '@gdtx/territory/days';

/** What a unit offers: the state document `offer:<unit>`. */
export interface OfferState {
  programmes: Programme[];
  /** The days of OfferReported. */
  reportedOn: Day[];
  /** The report of the newest day. */
  report?: { day: Day; said: unknown };
}

export interface Programme {
  id: string;
  type: string;
  /** The first day; null: unknown, or only known to be before some day. */
  from: Day | null;
  /** The first day on which it isn't offered any more. */
  until: Day | null;
  forms: string[];
  /** What makes it the programme that it is, for telling the same one under two ids. */
  identity: string;
  /** The fact's data, for readers. */
  said: unknown;
}

export const offerKey = (unit: string) => `offer:${unit}`;

export function offerOf(states: States, unit: string): OfferState {
  return states.get<OfferState>(offerKey(unit)) ?? { programmes: [], reportedOn: [] };
}

export function programmeOf(states: States, unit: string, id: string): Programme | undefined {
  return offerOf(states, unit).programmes.find((programme) => programme.id === id);
}
