import type { Recommendation } from '../api/follow-up.js';

export type State = 'open' | 'inProgress' | 'reportedDone' | 'overdue' | 'done' | 'lapsed';

/** What became of a recommendation: how far it is, and that it is overdue besides. Pure. */
export function statesOf({ status, outcome, overdue, progress = [] }: StateOf): State[] {
  if (status === 'closed') return [outcome === 'lapsed' ? 'lapsed' : 'done'];
  const last = progress.at(-1);
  const far: State = last === undefined ? 'open' : last.state === 'done' ? 'reportedDone' : 'inProgress';
  return overdue ? ['overdue', far] : [far];
}

type StateOf = Pick<Recommendation, 'status' | 'outcome' | 'overdue' | 'progress'>;
