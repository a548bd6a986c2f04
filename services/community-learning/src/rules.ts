import type { FactRule } from '@gdtx/ledger/fact';
import { communityCentreDissolved, communityCentreEstablished, communityCentresReorganised } from './centre/centre.js';
import {
  communityCentreMoved,
  communityCentreRenamed,
  communityCentreResumed,
  communityCentreSuspended,
} from './centre/changes.js';
import { needsSurveyed, planAdopted, topicHeld } from './learning/learning.js';
import { literacyCounted } from './literacy/literacy.js';
import { managementReported, managerChanged } from './management/management.js';
import { budgetReceived, contributionReceived, facilitiesReported } from './means/means.js';
import { learningModelsCounted } from './models/models.js';
import { communeRated, communityCentreRated } from './ratings/ratings.js';

/** Everything that can be said here. */
export const rules: FactRule<never>[] = [
  communityCentreEstablished,
  communityCentreRenamed,
  communityCentreMoved,
  communityCentresReorganised,
  communityCentreSuspended,
  communityCentreResumed,
  communityCentreDissolved,
  managementReported,
  managerChanged,
  needsSurveyed,
  planAdopted,
  topicHeld,
  learningModelsCounted,
  communeRated,
  communityCentreRated,
  literacyCounted,
  facilitiesReported,
  budgetReceived,
  contributionReceived,
];
