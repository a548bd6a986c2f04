import { TotalsReported, type MeasuredTotal } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { lastDayOfMonth } from '@gdtx/territory/days';
import type { Contribution } from '../../model.js';
import { enrolled, presentOfType } from './classes.js';
import { categoryIn, countedIn } from './enrolment.js';
import { factFold, type FactFold } from './fold.js';
import { flowOfPeople, levelOfPeople } from './parts.js';

/** Measures that are indicators of their own, split by programme type. */
const BY_TYPE = new Set([
  'learners-completed',
  'graduates',
  'exam-candidates',
  'exam-passed',
  'certificates-issued',
  'attendances',
]);

/** The totals of a month and a programme type. */
export const totalsFold: FactFold = factFold('programmes', 'TotalsReported', TotalsReported, (data) => {
  const into: Contribution[] = [];
  const { month, type, measures } = data;
  // Who gives the people trained beside the enrolments means the same people.
  const saysTrainees = measures.some(({ measure }) => measure === 'trainees');
  for (const { measure, people, reason } of measures) {
    if (measure === 'learners-enrolled' && saysTrainees) flowOfPeople(into, measure, type, month, people);
    else if (measure === 'learners-enrolled') enrolled(into, type, month, people);
    else if (measure === 'trainees') trained(into, type, month, people);
    else if (measure === 'learners-left') flowOfPeople(into, measure, reason, month, people);
    else if (measure === 'learners-present') {
      levelOfPeople(into, presentOfType(type), lastDayOfMonth(month), 'set', people);
    } else if (BY_TYPE.has(measure)) flowOfPeople(into, measure, type, month, people);
  }
  return into;
});

/** People trained of a type are also counted in what the type is counted in: refreshed, in linked courses … */
function trained(into: Contribution[], type: string, month: string, people: MeasuredTotal['people']): void {
  const also = countedIn(type);
  for (const indicator of also.length > 0 ? also : ['trainees']) {
    flowOfPeople(into, indicator, categoryIn(indicator, type), month, people);
  }
}
