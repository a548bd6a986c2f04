import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { Fact, PreviewChanges, PreviewResponse } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import type { Owner } from '@gdtx/service-kit/services';
import type { CallFailure } from '../owners/call-failure.js';
import type { Opened } from './envelope.js';
import { refusedResult, sumsOf, type Result, type Sums } from './results.js';
import { splitByOwner } from './split-by-owner.js';

/** An owner's answer to a call of Preview, or why there is none. */
export type OwnerPreview = PreviewResponse | { failure: CallFailure };
export type AskForPreview = (owner: Owner, facts: Fact[], assumed: Entry[], userToken: string) => Promise<OwnerPreview>;

export interface Preview extends Sums {
  results: Result[];
  changes: ShownChanges;
}

interface ShownChange {
  unit: string;
  name: string;
  on?: string;
  to?: string[];
}

/** What would change, as the public contract says it. */
export interface ShownChanges {
  /** By what becomes of them: founded, ended, renamed … */
  units: Record<string, { count: number; units: ShownChange[] }>;
  /** How many centres' and community centres' figures would lie elsewhere by today's map. */
  figuresMoved: { province: number; commune: number; centre: number };
  /** How many are to report today. */
  reportersExpected: { before: number; after: number };
}

/** Of one sort of change, so many units are named. */
const MOST_NAMED = 500;

/**
 * Asks the owners what would become of facts, one after the other as they would be recorded: what one of them would add to the
 * registry, the next takes for granted. Its view of the changes, at the end, is that of all.
 */
export async function previewFacts(opened: readonly Opened[], userToken: string, ask: AskForPreview): Promise<Preview> {
  const results: Result[] = [];
  opened.forEach((one, position) => {
    if (!one.ok) results[position] = refusedResult(one.id, one.refusal);
  });
  const assumed: Entry[] = [];
  let changes: PreviewChanges | undefined;
  for (const { owner, facts, positions } of splitByOwner(opened)) {
    const answer = await ask(owner, facts, [...assumed], userToken);
    if (!('failure' in answer)) {
      assumed.push(...answer.registry);
      changes = answer.changes;
    }
    positions.forEach((position, i) => (results[position] = resultOf(facts[i]!.id, answer, i)));
  }
  return { results, ...sumsOf(results), changes: shownChanges(changes) };
}

function resultOf(id: string, answer: OwnerPreview, i: number): Result {
  if ('failure' in answer) return refusedResult(id, answer.failure.refusal);
  const { status, unit, refusal } = answer.results[i]!;
  if (status === 'refused') return refusedResult(id, refusal!);
  return { id, status: status as 'accepted' | 'duplicate', unit };
}

function shownChanges(changes: PreviewChanges | undefined): ShownChanges {
  const units: ShownChanges['units'] = {};
  for (const { what, unit, name, on, to } of changes?.units ?? []) {
    const sort = (units[what] ??= { count: 0, units: [] });
    sort.count++;
    if (sort.units.length === MOST_NAMED) continue;
    sort.units.push({ unit, name, ...(on ? { on } : {}), ...(to.length > 0 ? { to } : {}) });
  }
  const { movedProvince = 0, movedCommune = 0, movedCentre = 0 } = changes ?? {};
  return {
    units,
    figuresMoved: { province: movedProvince, commune: movedCommune, centre: movedCentre },
    reportersExpected: { before: changes?.reportersBefore ?? 0, after: changes?.reportersAfter ?? 0 },
  };
}
