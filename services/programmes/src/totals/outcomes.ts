import { EmploymentReported, LearnersGraduated } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Fact, States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal } from '@gdtx/ledger/unit-rules';
import { addMonths, monthOf, type Day, type Month } from '@gdtx/territory/days';
import { classIsKnown, classKey, classOf, knownClass } from '../class/class.js';
import { notMoreThan } from '../not-more-than.js';
import { CENTRE_ROLES, CENTRES, inSchoolYear, mayReport } from '../reporting.js';
import { monthKeyOf, nowSaid, saidOneWay } from './month.js';
import * as forms from './totals-facts.js';

/** The days of graduation of a school year by type: the state document `graduated:<unit>/<school year>`. */
interface GraduationState {
  days: { type: string; on: Day }[];
}

const graduationKey = (unit: string, schoolYear: string) => `graduated:${unit}/${schoolYear}`;
const MOST_ROUNDS = 200;

export const learnersGraduated = defineFact<LearnersGraduated, typeof forms.graduated>({
  name: 'LearnersGraduated',
  title: { vi: 'Học viên tốt nghiệp', en: 'Learners graduated' },
  description: 'Learners of a programme type who graduated in one round of a school year, and of how many candidates.',
  ledger: 'source',
  roles: CENTRE_ROLES,
  message: LearnersGraduated,
  schema: forms.graduated,
  example: {
    source: 'gdtx-son-la',
    data: {
      type: 'upper-secondary',
      schoolYear: '2024-2025',
      occurredOn: '2025-07-22',
      graduates: { total: 96, female: 51 },
      candidates: { total: 98, female: 52 },
    },
  },
  keys: ({ source, data }) => [graduationKey(source, data.schoolYear), monthKeyOf(source, data.occurredOn)],
  decide: (fact, states, context) => {
    const { type, schoolYear, occurredOn, graduates, candidates } = fact.data;
    return firstRefusal(
      () => mayReport(fact, occurredOn, 'data.occurredOn', context, CENTRES),
      () => inSchoolYear(schoolYear, occurredOn, 'data.schoolYear'),
      () => isAnotherRound(states.get<GraduationState>(graduationKey(fact.source, schoolYear)), fact.data),
      () =>
        candidates
          ? notMoreThan(graduates!, candidates, 'more-than-candidates', 'candidates', 'data.graduates')
          : undefined,
      () => saidOneWay(states, monthKeyOf(fact.source, occurredOn), type, ['graduates'], 'type', 'data.type'),
    );
  },
  evolve: ({ source, data }, states) => {
    const key = graduationKey(source, data.schoolYear);
    const days = states.get<GraduationState>(key)?.days ?? [];
    return {
      [key]: { days: [...days, { type: data.type, on: data.occurredOn }] } satisfies GraduationState,
      ...nowSaid(states, monthKeyOf(source, data.occurredOn), data.type, ['graduates'], 'type'),
    };
  },
});

function isAnotherRound(
  state: GraduationState | undefined,
  { type, occurredOn }: LearnersGraduated,
): Refusal | undefined {
  if (state?.days.some((round) => round.type === type && round.on === occurredOn)) {
    const sentence = `The graduates of ${type} of ${occurredOn} are reported already.`;
    return refuse('exists-already', sentence, 'data.occurredOn');
  }
  if ((state?.days.length ?? 0) < MOST_ROUNDS) return undefined;
  return refuse('too-many', `A school year has at most ${MOST_ROUNDS} rounds of graduation.`, 'data.schoolYear');
}

/** For which months employment was reported for a whole type: the state document `employment:<unit>/<type>`. */
interface EmploymentState {
  reports: { month: Month; monthsAfter: number }[];
}

const employmentKey = (unit: string, type: string) => `employment:${unit}/${type}`;
const EMPLOYMENT = ['employment'];

export const employmentReported = defineFact<EmploymentReported, typeof forms.employment>({
  name: 'EmploymentReported',
  title: { vi: 'Báo cáo việc làm sau đào tạo', en: 'Employment reported' },
  description:
    'Of those who completed a class or a programme type and were asked so many months later, how many had work.',
  ledger: 'source',
  roles: CENTRE_ROLES,
  message: EmploymentReported,
  schema: forms.employment,
  example: {
    source: 'gdnn-gdtx-dong-ha',
    data: {
      type: 'elementary-vocational',
      reportedOn: '2025-03-31',
      monthsAfter: 6,
      surveyed: { total: 60, female: 22 },
      employed: { total: 47, female: 17 },
    },
  },
  keys: ({ source, data }) => [
    data.class ? classKey(source, data.class) : employmentKey(source, data.type),
    monthKeyOf(source, data.reportedOn),
  ],
  decide: (fact, states, context) => {
    const { reportedOn, surveyed, employed } = fact.data;
    return firstRefusal(
      () => mayReport(fact, reportedOn, 'data.reportedOn', context, CENTRES),
      () => notMoreThan(employed!, surveyed!, 'more-than-surveyed', 'people asked', 'data.employed'),
      () => (fact.data.class ? employmentOfClass(fact, states) : employmentOfType(fact, states)),
    );
  },
  evolve: (fact, states) => {
    const { source, data } = fact;
    const month = monthKeyOf(source, data.reportedOn);
    if (data.class) {
      const known = knownClass(states, fact, data.class);
      return {
        [classKey(source, data.class)]: { ...known, employment: [...(known.employment ?? []), data.monthsAfter] },
        ...nowSaid(states, month, known.type, EMPLOYMENT, 'classes'),
      };
    }
    const key = employmentKey(source, data.type);
    const reports = states.get<EmploymentState>(key)?.reports ?? [];
    const report = { month: monthOf(data.reportedOn), monthsAfter: data.monthsAfter };
    return { [key]: { reports: [...reports, report] }, ...nowSaid(states, month, data.type, EMPLOYMENT, 'type') };
  },
});

function employmentOfClass(fact: Fact<EmploymentReported>, states: States): Refusal | undefined {
  const { class: id, reportedOn, monthsAfter, surveyed } = fact.data;
  const known = classOf(states, fact, id);
  const unknown = classIsKnown(states, fact, id);
  if (unknown || !known) return unknown;
  const { completed } = known;
  if (!completed) {
    return refuse(
      'class-not-completed',
      `The class \`${id}\` isn't completed: nobody is employed after it yet.`,
      'data.class',
    );
  }
  if (addMonths(monthOf(completed.on), monthsAfter) > monthOf(reportedOn)) {
    const sentence = `${monthsAfter} months after ${completed.on} had not passed on ${reportedOn}.`;
    return refuse('too-early', sentence, 'data.monthsAfter');
  }
  if (known.employment?.includes(monthsAfter)) return reportedTwice(`the class \`${id}\``, monthsAfter);
  const { total, precision } = completed.learners;
  if (precision === 'exact' && surveyed!.total > total) {
    const sentence = `${total} completed the class \`${id}\`: ${surveyed!.total} can't have been asked.`;
    return refuse('more-than-completed', sentence, 'data.surveyed.total');
  }
  return saidOneWay(states, monthKeyOf(fact.source, reportedOn), known.type, EMPLOYMENT, 'classes', 'data.class');
}

function employmentOfType(fact: Fact<EmploymentReported>, states: States): Refusal | undefined {
  const { type, reportedOn, monthsAfter } = fact.data;
  const month = monthOf(reportedOn);
  const reports = states.get<EmploymentState>(employmentKey(fact.source, type))?.reports ?? [];
  if (reports.some((report) => report.month === month && report.monthsAfter === monthsAfter)) {
    return reportedTwice(`${type} in ${month}`, monthsAfter);
  }
  return saidOneWay(states, monthKeyOf(fact.source, reportedOn), type, EMPLOYMENT, 'type', 'data.type');
}

function reportedTwice(what: string, monthsAfter: number): Refusal {
  return refuse(
    'exists-already',
    `Employment ${monthsAfter} months after ${what} is reported already.`,
    'data.monthsAfter',
  );
}
