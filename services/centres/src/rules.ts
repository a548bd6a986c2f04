import type { FactRule } from '@gdtx/ledger/fact';
import { centreRules } from './centre/centre.js';
import { reorganisationRules } from './centre/reorganisation.js';
import { ratingRules } from './ratings/ratings.js';
import { awardRules } from './reports/awards.js';
import { reportRules } from './reports/reports.js';

/** Everything that this service says. */
export const centresRules: FactRule<never>[] = [
  ...centreRules,
  ...reorganisationRules,
  ...reportRules,
  ...awardRules,
  ...ratingRules,
];
