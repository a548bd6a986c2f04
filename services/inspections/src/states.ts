import type { Body, LegalBasis, Party } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import type { Day } from '@gdtx/territory/days';
import type { DateAsGiven } from '@gdtx/contracts/plain';

/** The state documents of this service, as they are stored and shown. What wasn't said is left out. */

/** `inspection:<id>` */
export interface InspectionState {
  id: string;
  /** The unit in whose name it was ordered. */
  ledger: string;
  authority: Body;
  level: string;
  decision?: Partial<LegalBasis>;
  orderedOn: DateAsGiven;
  title?: string;
  subjects: PartyState[];
  visits: { visit: string; occurredOn: Day }[];
}

/** `visit:<id>` */
export interface VisitState {
  id: string;
  ledger: string;
  inspection?: string;
  kind: string;
  occurredOn: Day;
  /** Where the visit doesn't say it, that of its order. */
  authority: Body;
  level: string;
  units: string[];
  /** Where it counts on a map: as said, else the one unit that was visited. */
  place: string;
  participants: Body[];
  findings: string[];
  /** The recommendations by their number. */
  recommendations: Record<string, string>;
}

/** `finding:<id>` */
export interface FindingState {
  id: string;
  ledger: string;
  visit: string;
  kind: string;
  text: string;
  about: PartyState[];
  indicators: string[];
  /** Where it counts: the one unit that it is about, else the visit's place. */
  place: string;
}

/** `recommendation:<id>` */
export interface RecommendationState {
  id: string;
  ledger: string;
  visit: string;
  number: number;
  text: string;
  addressees: PartyState[];
  issuedOn: DateAsGiven;
  due?: Day;
  indicators: string[];
  basis: Partial<LegalBasis>[];
  with: Body[];
  /** Where it counts, once: as said, else the one unit that it is addressed to, else the visit's place. */
  place: string;
  progress: { by: string; reportedOn: Day; state: string; text: string }[];
  closed?: { by: string; closedOn: Day; outcome: string };
}

/** One of the three. */
export type PartyState = { unit: string } | { body: Body } | { every: { kind: string; in: string } };

export const inspectionKey = (id: string) => `inspection:${id}`;
export const visitKey = (id: string) => `visit:${id}`;
export const findingKey = (id: string) => `finding:${id}`;
export const recommendationKey = (id: string) => `recommendation:${id}`;

export function partyState({ unit, body, every }: Party): PartyState {
  if (body) return { body };
  return every ? { every } : { unit };
}

/** The unit that several parties come down to: of a single party, if it is a unit. */
export function onlyUnit(parties: readonly Party[]): string | undefined {
  return parties.length === 1 ? parties[0]!.unit || undefined : undefined;
}
