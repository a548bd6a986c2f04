import type { FactRule } from '@gdtx/ledger/fact';
import { openingBalanceDeclared } from './balance/declaring.js';
import { headcountReported, learnersEnrolled, learnersLeft } from './class/movements.js';
import { classCompleted, classOpened } from './class/opening.js';
import { certificatesIssued, examHeld } from './exam/exam.js';
import { offerReported, programmeOffered } from './offer/offer.js';
import { intakePlanned } from './totals/intake.js';
import { employmentReported, learnersGraduated } from './totals/outcomes.js';
import { totalsReported } from './totals/totals.js';

/** All that this service can be told. */
export const rules: FactRule<never>[] = [
  programmeOffered,
  offerReported,
  classOpened,
  learnersEnrolled,
  learnersLeft,
  headcountReported,
  examHeld,
  certificatesIssued,
  classCompleted,
  learnersGraduated,
  employmentReported,
  intakePlanned,
  totalsReported,
  openingBalanceDeclared,
];
