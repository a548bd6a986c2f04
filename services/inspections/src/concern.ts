import { firstDay, type Day } from '@gdtx/territory/days';
import { isWithin } from '@gdtx/territory/within';
import type { Registry } from '@gdtx/territory/registry';
import { givenDateOf } from '@gdtx/contracts/plain';
import { answersFor, coveredBy, standInsOf } from './sides.js';
import type { FindingState, InspectionState, PartyState, RecommendationState, VisitState } from './states.js';

/** Who asks: which units it may read, and which it speaks for. */
export interface Reader {
  units: readonly string[];
  mayRead: (unit: string) => boolean;
  registry: Registry;
  today: Day;
}

/** Whoever says a fact in the name of `source` knows what that unit, or who came after it, may read. Pure. */
export function speakerFor(source: string, registry: Registry, today: Day): Reader {
  const units = [source, ...standInsOf(registry, source, today)];
  return { units, mayRead: (unit) => isWithin(registry, unit, units, today), registry, today };
}

/**
 * What stands here is for whom it concerns: the acting side, whoever sees to where it was or to whom it names, and whoever
 * may answer for it. Pure.
 */
export function concernsOrder(order: InspectionState, reader: Reader): boolean {
  const since = firstDay(givenDateOf(order.orderedOn));
  return reader.mayRead(order.ledger) || order.subjects.some((party) => concernsParty(party, since, reader));
}

export function concernsVisit(visit: VisitState, reader: Reader): boolean {
  return [visit.ledger, visit.place, ...visit.units].some(reader.mayRead);
}

/** A finding about nobody in particular is about all who were visited. */
export function concernsFinding(finding: FindingState, visit: VisitState, reader: Reader): boolean {
  if (finding.about.length === 0) return concernsVisit(visit, reader);
  if (reader.mayRead(finding.ledger)) return true;
  return finding.about.some((party) => concernsParty(party, visit.occurredOn, reader));
}

export function concernsRecommendation(recommendation: RecommendationState, reader: Reader): boolean {
  const since = firstDay(givenDateOf(recommendation.issuedOn));
  if ([recommendation.ledger, recommendation.place].some(reader.mayRead)) return true;
  return recommendation.addressees.some((party) => concernsParty(party, since, reader));
}

function concernsParty(party: PartyState, since: Day, { units, mayRead, registry, today }: Reader): boolean {
  const named = 'unit' in party ? party.unit : 'body' in party ? party.body.of : party.every.in;
  if (mayRead(named) || units.some((unit) => answersFor(registry, unit, party, since, today))) return true;
  // A ward's officers see to the community centres in it that were addressed together with all others.
  return 'every' in party && coveredBy(registry, party.every, since).some(mayRead);
}
