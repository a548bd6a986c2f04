import type { Context, States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { concernsVisit, speakerFor } from './concern.js';
import { unknownTo } from './unknown-to.js';
import { visitKey, type VisitState } from './states.js';

/**
 * Findings and recommendations come from a known visit and stand in its ledger: whoever reads one ledger has the visit's
 * place and day beside them. For what comes after that unit has ended, its successor makes a visit of its own.
 */
export function ofOwnVisit(
  source: string,
  visit: string,
  states: States,
  { registry, today }: Context,
): Refusal | undefined {
  const known = states.get<VisitState>(visitKey(visit));
  if (known?.ledger === source) return undefined;
  if (!known || !concernsVisit(known, speakerFor(source, registry, today))) return unknownTo(source, 'visit', visit);
  const message = `The visit \`${visit}\` was made in the name of \`${known.ledger}\`, not of \`${source}\`.`;
  return refuse('not-the-authority', message, 'source');
}
