import type { Owner } from '@gdtx/service-kit/services';
import type { CallFailure } from '../owners/call-failure.js';
import type { OwnerClient } from '../owners/owner-client.js';
import type { Opened } from './envelope.js';
import { refusedResult, type Result } from './results.js';
import { splitByOwner, type Share } from './split-by-owner.js';

export interface RecordedFacts {
  /** One for each fact, in the order sent. */
  results: Result[];
  /** Of the facts whose owner gave no answer at all: why, by position. */
  failures: Map<number, CallFailure>;
}

/** Asks the owners for decisions, one after the other, and puts their answers back into the order sent. Never rejects. */
export type RecordFacts = (opened: readonly Opened[], userToken: string, patienceMs: number) => Promise<RecordedFacts>;

export function createRecorder(
  owners: Record<Owner, OwnerClient>,
  count: (service: Owner | undefined, result: Result) => void,
): RecordFacts {
  return async (opened, userToken, patienceMs) => {
    const results: Result[] = [];
    const failures = new Map<number, CallFailure>();
    const put = (position: number, owner: Owner | undefined, result: Result) => {
      results[position] = result;
      count(owner, result);
    };
    opened.forEach((one, position) => {
      if (!one.ok) put(position, undefined, refusedResult(one.id, one.refusal));
    });
    const ask = async ({ owner, facts, positions }: Share) => {
      const recorded = await owners[owner].record(facts, userToken, patienceMs);
      positions.forEach((position, i) => {
        failures.delete(position);
        if ('results' in recorded) return void (results[position] = recorded.results[i]!);
        failures.set(position, recorded.failure);
        results[position] = refusedResult(facts[i]!.id, recorded.failure.refusal);
      });
    };
    const asked = splitByOwner(opened);
    for (const part of asked) await ask(part);
    for (const part of tooEarly(asked, results)) await ask(part);
    for (const { owner, positions } of asked) for (const position of positions) count(owner, results[position]!);
    return { results, failures };
  };
}

/**
 * What was refused because a unit wasn't known, when a later owner has since taken facts of the same request that may have
 * established it: a centre may support a community centre that is established beside it. These are asked once more, with
 * what was refused behind them and may have rested on them.
 */
function tooEarly(asked: readonly Share[], results: readonly Result[]): Share[] {
  const isAccepted = (position: number) => results[position]!.status === 'accepted';
  return asked.flatMap(({ owner, facts, positions }, i) => {
    if (!asked.slice(i + 1).some((later) => later.positions.some(isAccepted))) return [];
    const first = positions.findIndex((p) => results[p]!.refusal?.slug === 'unit-unknown');
    if (first === -1) return [];
    const again = positions.flatMap((p, n) => (n >= first && results[p]!.status === 'refused' ? [n] : []));
    return [{ owner, facts: again.map((n) => facts[n]!), positions: again.map((n) => positions[n]!) }];
  });
}
