import { balanceFold } from './balances.js';
import { classFolds } from './classes.js';
import { examFolds } from './exams.js';
import type { FactFold } from './fold.js';
import { offerFolds } from './offers.js';
import { totalsFold } from './totals.js';

/** All that the service `programmes` says. */
export const programmesFolds: readonly FactFold[] = [
  ...classFolds,
  ...examFolds,
  ...offerFolds,
  totalsFold,
  balanceFold,
];
