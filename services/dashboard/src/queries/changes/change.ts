import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { TermQuery } from '../evaluate.js';

/**
 * Why an entry changed a figure. `new`: it speaks of a time after the month at which the figure was known; `late`: of one until then;
 * `correction`, `withdrawal`; `first-report`: it ended what was carried of a predecessor; `lineage`: by a fact of the registry.
 */
export type Why = 'new' | 'late' | 'correction' | 'withdrawal' | 'first-report' | 'lineage';

/** By how much an entry changed a figure. */
export interface ChangePart {
  entry: Entry;
  /** Of several entries that changed it together, the last; `entry` is the first. */
  upTo?: Entry;
  value: number;
  term: TermQuery['side'];
  why: Why;
  /** Of a withdrawal the entry that it took back, of a correction the one whose place it takes; of a first report the predecessor. */
  of?: number | string;
}
