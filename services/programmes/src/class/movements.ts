import { HeadcountReported, LearnersEnrolled, LearnersLeft } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Fact, States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal } from '@gdtx/ledger/unit-rules';
import type { Day } from '@gdtx/territory/days';
import { atLeast, atMost, sumOfTallies, tally } from '../people.js';
import { measuresOfEnrolment } from '../programme-types.js';
import { mayReport, REPORTING_ROLES } from '../reporting.js';
import { monthKeyOf, nowSaid, saidOneWay, typeMonth } from '../totals/month.js';
import * as forms from './class-facts.js';
import { classIsOpen, classKey, knownClass, registerAddsUp, registerHasRoom, type ClassState } from './class.js';
import { came, counted, isCounted, left, type Register } from './register.js';

/** The class and the month that a movement touches. */
const keysOf = ({ source, data }: Fact<{ class: string; occurredOn: Day }>) => [
  classKey(source, data.class),
  monthKeyOf(source, data.occurredOn),
];

/** The measures of the class's type are said by its classes in that month. */
function saidByClasses(
  fact: Pick<Fact, 'source'>,
  states: States,
  id: string,
  day: Day,
  measures: (type: string) => string[],
) {
  const { type } = knownClass(states, fact, id);
  return saidOneWay(states, monthKeyOf(fact.source, day), type, measures(type), 'classes', 'data.class');
}

interface Movement {
  id: string;
  /** The class before it. */
  known: ClassState;
  day: Day;
  register: Register;
  measures: string[];
}

/** The class with something new in its register, and the month in which its measures are now said by classes. */
function moved(
  fact: Pick<Fact, 'source'>,
  states: States,
  { id, known, day, register, measures }: Movement,
  more: Partial<ClassState>,
): Record<string, unknown> {
  const lastActive = day > known.lastActive ? day : known.lastActive;
  const now: ClassState = { ...known, ...more, register, lastActive };
  return {
    [classKey(fact.source, id)]: now,
    ...nowSaid(states, monthKeyOf(fact.source, day), known.type, measures, 'classes'),
  };
}

export const learnersEnrolled = defineFact<LearnersEnrolled, typeof forms.enrolled>({
  name: 'LearnersEnrolled',
  title: { vi: 'Học viên nhập học', en: 'Learners enrolled' },
  description: 'Learners came into a class that was open on that day.',
  ledger: 'source',
  roles: REPORTING_ROLES,
  message: LearnersEnrolled,
  schema: forms.enrolled,
  example: {
    source: 'gdtx-son-la',
    data: { class: 'k12-2024a', occurredOn: '2024-09-05', learners: { total: 42, female: 25 } },
  },
  keys: keysOf,
  decide: (fact, states, context) => {
    const { class: id, occurredOn } = fact.data;
    return firstRefusal(
      () => mayReport(fact, occurredOn, 'data.occurredOn', context),
      () => classIsOpen(states, fact, id, occurredOn),
      () => saidByClasses(fact, states, id, occurredOn, measuresOfEnrolment),
      // Who comes makes nothing wrong that was right before.
      () => registerHasRoom(knownClass(states, fact, id).register, occurredOn, id),
    );
  },
  evolve: (fact, states) => {
    const { class: id, occurredOn: day, learners } = fact.data;
    const known = knownClass(states, fact, id);
    const register = came(known.register, day, atMost(learners!));
    return moved(
      fact,
      states,
      { id, known, day, register, measures: measuresOfEnrolment(known.type) },
      {
        enrolled: sumOfTallies(known.enrolled, tally(learners!)),
      },
    );
  },
});

export const learnersLeft = defineFact<LearnersLeft, typeof forms.leftClass>({
  name: 'LearnersLeft',
  title: { vi: 'Học viên thôi học, chuyển đi', en: 'Learners left' },
  description:
    'Learners left a class, for one reason. No more can leave than are there, on that day and on every later one.',
  ledger: 'source',
  roles: REPORTING_ROLES,
  message: LearnersLeft,
  schema: forms.leftClass,
  example: {
    source: 'gdtx-son-la',
    data: { class: 'k12-2024a', occurredOn: '2024-11-04', reason: 'transferred', learners: { total: 2, female: 1 } },
  },
  keys: keysOf,
  decide: (fact, states, context) => {
    const { class: id, occurredOn, learners } = fact.data;
    return firstRefusal(
      () => mayReport(fact, occurredOn, 'data.occurredOn', context),
      () => classIsOpen(states, fact, id, occurredOn),
      () => saidByClasses(fact, states, id, occurredOn, () => ['learners-left']),
      () =>
        registerAddsUp(
          left(knownClass(states, fact, id).register, occurredOn, atLeast(learners!)),
          id,
          'data.learners',
        ),
    );
  },
  evolve: (fact, states) => {
    const { class: id, occurredOn: day, learners } = fact.data;
    const known = knownClass(states, fact, id);
    const register = left(known.register, day, atLeast(learners!));
    return moved(
      fact,
      states,
      { id, known, day, register, measures: ['learners-left'] },
      {
        left: sumOfTallies(known.left, tally(learners!)),
      },
    );
  },
});

const PRESENT = ['learners-present'];

export const headcountReported = defineFact<HeadcountReported, typeof forms.headcount>({
  name: 'HeadcountReported',
  title: { vi: 'Báo cáo sĩ số', en: 'Headcount reported' },
  description:
    'How many learners there are on a day: in a class, or in all of a programme type for who keeps no classes here. One a day; in a class no more than have come and not left.',
  ledger: 'source',
  roles: REPORTING_ROLES,
  message: HeadcountReported,
  schema: forms.headcount,
  example: {
    source: 'gdtx-son-la',
    data: { class: 'k12-2024a', reportedOn: '2025-01-10', point: 'mid-year', learners: { total: 40, female: 24 } },
  },
  keys: ({ source, data }) => [
    ...(data.class ? [classKey(source, data.class)] : []),
    monthKeyOf(source, data.reportedOn),
  ],
  decide: (fact, states, context) =>
    firstRefusal(
      () => mayReport(fact, fact.data.reportedOn, 'data.reportedOn', context),
      () => (fact.data.class ? classCounted(fact, states) : typeCounted(fact, states)),
    ),
  evolve: (fact, states) => (fact.data.class ? withClassCounted(fact, states) : withTypeCounted(fact, states)),
});

function classCounted(fact: Fact<HeadcountReported>, states: States): Refusal | undefined {
  const { class: id, reportedOn, learners } = fact.data;
  return firstRefusal(
    () => classIsOpen(states, fact, id, reportedOn),
    () =>
      isCounted(knownClass(states, fact, id).register, reportedOn)
        ? countedTwice(`the class \`${id}\``, reportedOn)
        : undefined,
    () => saidByClasses(fact, states, id, reportedOn, () => PRESENT),
    () =>
      registerAddsUp(
        counted(knownClass(states, fact, id).register, reportedOn, atLeast(learners!)),
        id,
        'data.learners',
      ),
  );
}

function withClassCounted(fact: Fact<HeadcountReported>, states: States): Record<string, unknown> {
  const { class: id, reportedOn: day, learners } = fact.data;
  const known = knownClass(states, fact, id);
  const register = counted(known.register, day, atLeast(learners!));
  const newest = !known.headcount || known.headcount.on < day;
  const headcount = newest ? { headcount: { on: day, learners: tally(learners!) } } : {};
  return moved(fact, states, { id, known, day, register, measures: PRESENT }, headcount);
}

function typeCounted(fact: Fact<HeadcountReported>, states: States): Refusal | undefined {
  const { type, reportedOn } = fact.data;
  const key = monthKeyOf(fact.source, reportedOn);
  return firstRefusal(
    () => saidOneWay(states, key, type, PRESENT, 'type', 'data.type'),
    () => (typeMonth(states, key, type)?.headcounts?.includes(reportedOn) ? countedTwice(type, reportedOn) : undefined),
  );
}

function withTypeCounted(fact: Fact<HeadcountReported>, states: States): Record<string, unknown> {
  const { type, reportedOn } = fact.data;
  const key = monthKeyOf(fact.source, reportedOn);
  const headcounts = [...(typeMonth(states, key, type)?.headcounts ?? []), reportedOn];
  return nowSaid(states, key, type, PRESENT, 'type', { headcounts });
}

function countedTwice(what: string, day: Day): Refusal {
  const sentence = `There is a headcount of ${what} on ${day} already; a correction withdraws it and says it anew.`;
  return refuse('exists-already', sentence, 'data.reportedOn');
}
