import { centresFolds } from './centres.js';
import { communityLearningFolds } from './community-learning.js';
import type { FactFold } from './fold.js';
import { inspectionsFolds } from './inspections.js';
import { periodFolds } from './periods.js';
import { programmesFolds } from './programmes.js';
import { provincesFolds } from './provinces.js';
import { NO_FOLD } from './registry.js';

/** Every fact type that this version knows. */
export interface FoldTable {
  /** By full fact type. */
  folds: ReadonlyMap<string, FactFold>;
  /** Known, and without anything to fold. */
  silent: ReadonlySet<string>;
}

export const SERVICES_FOLDED = ['provinces', 'centres', 'community-learning', 'programmes', 'inspections'] as const;

const ALL: readonly FactFold[] = [
  ...provincesFolds,
  ...centresFolds,
  ...communityLearningFolds,
  ...programmesFolds,
  ...inspectionsFolds,
  ...SERVICES_FOLDED.flatMap((service) => periodFolds(service)),
];

export const FOLDS: FoldTable = {
  folds: new Map(ALL.map((fold) => [fold.type, fold])),
  silent: new Set(NO_FOLD),
};
