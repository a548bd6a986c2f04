import { IntakePlanned } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Context, Fact, States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, notInFuture, unitKnown } from '@gdtx/ledger/unit-rules';
import { firstDay, lastDay } from '@gdtx/territory/days';
import { plain } from '@gdtx/contracts/plain';
import { CENTRE_ROLES, CENTRES, isReporter, livedWithin } from '../reporting.js';
import * as forms from './totals-facts.js';

/** The intakes of a school year: the state document `intake:<unit>/<school year>`. */
export interface IntakeState {
  intakes: { type: string; said: unknown }[];
}

export const intakeKey = (unit: string, schoolYear: string) => `intake:${unit}/${schoolYear}`;

export const intakePlanned = defineFact<IntakePlanned, typeof forms.intakePlanned>({
  name: 'IntakePlanned',
  title: { vi: 'Chỉ tiêu tuyển sinh', en: 'Intake planned' },
  description:
    'How many learners a centre is to take in for a school year and programme type, and who assigned it. Once.',
  ledger: 'source',
  roles: CENTRE_ROLES,
  message: IntakePlanned,
  schema: forms.intakePlanned,
  example: {
    source: 'gdnn-gdtx-dong-ha',
    data: {
      schoolYear: '2024-2025',
      type: 'upper-secondary',
      count: 180,
      assignedBy: { body: 'Sở GDĐT', of: 'province-45' },
      assignedOn: '2024-05',
    },
  },
  keys: ({ source, data }) => [intakeKey(source, data.schoolYear)],
  decide: (fact, states, context) => {
    const { schoolYear, type, assignedBy } = fact.data;
    return firstRefusal(
      () => isReporter(fact, context, CENTRES),
      () => (assignedBy ? unitKnown(context.registry, assignedBy.of, 'data.assignedBy.of') : undefined),
      () => isTimely(fact, context),
      () =>
        intakesOf(states, fact.source, schoolYear).some((intake) => intake.type === type)
          ? refuse('exists-already', `The intake of ${type} for ${schoolYear} is planned already.`, 'data.schoolYear')
          : undefined,
    );
  },
  evolve: ({ source, data }, states) => {
    const intakes = [...intakesOf(states, source, data.schoolYear), { type: data.type, said: plain(data) }];
    return { [intakeKey(source, data.schoolYear)]: { intakes } satisfies IntakeState };
  },
});

function intakesOf(states: States, unit: string, schoolYear: string): IntakeState['intakes'] {
  return states.get<IntakeState>(intakeKey(unit, schoolYear))?.intakes ?? [];
}

/** The plan of a school year is assigned during the year before it or in it, and the centre lives in the school year. */
function isTimely(fact: Fact<IntakePlanned>, { registry, today }: Context): Refusal | undefined {
  const { schoolYear, assignedOn } = fact.data;
  const start = Number(schoolYear.slice(0, 4));
  const [begins, ends] = [`${start}-09-01`, `${start + 1}-08-31`];
  return firstRefusal(
    () =>
      begins > `${Number(today.slice(0, 4)) + 2}-01-01`
        ? refuse('in-future', `The school year ${schoolYear} is too far ahead of ${today}.`, 'data.schoolYear')
        : undefined,
    () => (assignedOn ? notInFuture(firstDay(assignedOn), today, 'data.assignedOn') : undefined),
    () =>
      assignedOn && (lastDay(assignedOn) < `${start - 1}-09-01` || firstDay(assignedOn) > ends)
        ? refuse(
            'school-year-differs',
            `An intake of ${schoolYear} isn't assigned on ${firstDay(assignedOn)}.`,
            'data.assignedOn',
          )
        : undefined,
    () => livedWithin(registry, fact.source, begins, ends),
  );
}
