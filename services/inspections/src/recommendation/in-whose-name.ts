import { decide } from '@gdtx/ledger/decide';
import { typeOf, type FactRule, type States } from '@gdtx/ledger/fact';
import type { Caller } from '@gdtx/service-kit/tokens';
import { givenDateOf } from '@gdtx/contracts/plain';
import { firstDay, type Day } from '@gdtx/territory/days';
import { isAlive } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import { coveredBy, standInsOf } from '../sides.js';
import { recommendationKey, type PartyState, type RecommendationState } from '../states.js';
import { progressReported, recommendationClosed } from './recommendation.js';

/** The units, by id, in whose names a caller may say something of a recommendation today. */
export interface InWhoseName {
  /** `ProgressReported` */
  report: string[];
  /** `RecommendationClosed` */
  close: string[];
}

/**
 * In whose names a caller may report progress of a recommendation today, or close it: the very rules of both facts are asked, for
 * every unit that the addressees, or the issuing side, have come down to, and for the caller's own. Pure.
 */
export function inWhoseName(
  recommendation: RecommendationState,
  caller: Caller,
  { registry, today }: { registry: Registry; today: Day },
): InWhoseName {
  if (recommendation.closed) return { report: [], close: [] };
  const { id: name, addressees, ledger, issuedOn } = recommendation;
  const since = firstDay(givenDateOf(issuedOn));
  const states: States = {
    get: <S>(key: string) => (key === recommendationKey(name) ? (recommendation as S) : undefined),
  };
  const own = caller.units.filter((unit) => {
    const record = registry.unit(unit);
    return record !== undefined && isAlive(record, today);
  });
  const mayBeSaid = (rule: FactRule<never>, data: object, sources: string[]): string[] => {
    const type = typeOf('inspections', rule.name);
    const isTaken = (source: string) =>
      decide(rule, { id: 'asked', type, source, time: '', data }, caller, states, { registry, today, headOf: () => 0 })
        .accepted;
    return [...new Set([...own, ...sources])].filter(isTaken).sort();
  };
  const addressed = addressees.flatMap((party) => namedBy(registry, party, since));
  return {
    report: mayBeSaid(
      progressReported,
      { recommendation: name, reportedOn: today, text: '', state: 'in-progress' },
      addressed.flatMap((unit) => standInsOf(registry, unit, today)),
    ),
    close: mayBeSaid(
      recommendationClosed,
      { recommendation: name, closedOn: today, outcome: 'done' },
      standInsOf(registry, ledger, today),
    ),
  };
}

function namedBy(registry: Registry, party: PartyState, since: Day): readonly string[] {
  if ('unit' in party) return [party.unit];
  return 'body' in party ? [party.body.of] : coveredBy(registry, party.every, since);
}
