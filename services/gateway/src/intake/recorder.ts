import type { Owner } from '@gdtx/service-kit/services';
import type { CallFailure } from '../owners/call-failure.js';
import type { OwnerClient } from '../owners/owner-client.js';
import type { Opened } from './envelope.js';
import { refusedResult, type Result } from './results.js';
import { splitByOwner } from './split-by-owner.js';

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
    for (const { owner, facts, positions } of splitByOwner(opened)) {
      const recorded = await owners[owner].record(facts, userToken, patienceMs);
      positions.forEach((position, i) => {
        if ('results' in recorded) return put(position, owner, recorded.results[i]!);
        failures.set(position, recorded.failure);
        put(position, owner, refusedResult(facts[i]!.id, recorded.failure.refusal));
      });
    }
    return { results, failures };
  };
}
