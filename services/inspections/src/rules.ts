import type { FactRule } from '@gdtx/ledger/fact';
import { findingRecorded } from './finding/finding.js';
import { inspectionOrdered, visitMade } from './inspection/inspection.js';
import { progressReported, recommendationClosed, recommendationIssued } from './recommendation/recommendation.js';

/** Everything that can be said here. */
export const rules: FactRule<never>[] = [
  inspectionOrdered,
  visitMade,
  findingRecorded,
  recommendationIssued,
  progressReported,
  recommendationClosed,
];
