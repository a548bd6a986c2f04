import { ClassCompleted, ClassOpened } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal } from '@gdtx/ledger/unit-rules';
import { firstDay, lastDay } from '@gdtx/territory/days';
import { offerKey, programmeOf } from '../offer/offer-state.js';
import { atLeast, tally } from '../people.js';
import { inSchoolYear, mayReport, REPORTING_ROLES } from '../reporting.js';
import { monthKeyOf, nowSaid, saidOneWay } from '../totals/month.js';
import * as forms from './class-facts.js';
import { classIsOpen, classKey, classOf, knownClass, registerAddsUp, type ClassState } from './class.js';
import { seen } from './register.js';

export const classOpened = defineFact<ClassOpened, typeof forms.opened>({
  name: 'ClassOpened',
  title: { vi: 'Mở lớp', en: 'Class opened' },
  description:
    'A class begins. Its id is the centre’s own and is never used again; learners enrol by LearnersEnrolled.',
  ledger: 'source',
  roles: REPORTING_ROLES,
  message: ClassOpened,
  schema: forms.opened,
  example: {
    source: 'gdtx-son-la',
    data: {
      class: 'k12-2024a',
      type: 'upper-secondary',
      name: 'Lớp 12A',
      openedOn: '2024-09-05',
      schoolYear: '2024-2025',
      grade: 12,
      form: 'full-time',
    },
  },
  keys: ({ source, data }) => [classKey(source, data.class), ...(data.programme ? [offerKey(source)] : [])],
  decide: (fact, states, context) =>
    firstRefusal(
      () => mayReport(fact, fact.data.openedOn, 'data.openedOn', context),
      () => inSchoolYear(fact.data.schoolYear, fact.data.openedOn!, 'data.schoolYear'),
      () =>
        classOf(states, fact, fact.data.class)
          ? refuse('exists-already', `The class \`${fact.data.class}\` was opened already.`, 'data.class')
          : undefined,
      () => programmeIsOffered(states, fact.source, fact.data),
    ),
  evolve: ({ source, data }) => ({ [classKey(source, data.class)]: newClass(data) }),
});

/** A class of a programme is of its type, and opens while it is offered. */
function programmeIsOffered(states: States, unit: string, data: ClassOpened): Refusal | undefined {
  if (!data.programme) return undefined;
  const programme = programmeOf(states, unit, data.programme);
  if (!programme) {
    return refuse('programme-unknown', `\`${unit}\` offers no programme \`${data.programme}\`.`, 'data.programme');
  }
  if (programme.type !== data.type) {
    const sentence = `The programme \`${data.programme}\` is of type ${programme.type}, not ${data.type}.`;
    return refuse('type-differs', sentence, 'data.type');
  }
  const { from, until } = programme;
  if ((from === null || from <= lastDay(data.openedOn)) && (!until || firstDay(data.openedOn) < until))
    return undefined;
  const when = [from ? `from ${from}` : '', until ? `until ${until}` : ''].filter(Boolean).join(' ');
  return refuse('programme-not-offered', `The programme \`${data.programme}\` is offered ${when}.`, 'data.openedOn');
}

function newClass(data: ClassOpened): ClassState {
  const opens = firstDay(data.openedOn);
  return {
    type: data.type,
    ...(data.programme ? { programme: data.programme } : {}),
    ...(data.name ? { name: data.name } : {}),
    openedOn: data.openedOn!,
    opens,
    ...(data.schoolYear ? { schoolYear: data.schoolYear } : {}),
    ...(data.grade ? { grade: data.grade } : {}),
    ...(data.form ? { form: data.form } : {}),
    register: [],
    lastActive: opens,
  };
}

export const classCompleted = defineFact<ClassCompleted, typeof forms.completed>({
  name: 'ClassCompleted',
  title: { vi: 'Kết thúc lớp', en: 'Class completed' },
  description:
    'A class has ended, and so many of the learners who were in it on that day have completed its programme.',
  ledger: 'source',
  roles: REPORTING_ROLES,
  message: ClassCompleted,
  schema: forms.completed,
  example: {
    source: 'gdtx-son-la',
    data: { class: 'k12-2024a', completedOn: '2025-05-30', completed: { total: 40, female: 24 } },
  },
  keys: ({ source, data }) => [classKey(source, data.class), monthKeyOf(source, data.completedOn)],
  decide: (fact, states, context) => {
    const { class: id, completedOn, completed } = fact.data;
    return firstRefusal(
      () => mayReport(fact, completedOn, 'data.completedOn', context),
      () => notCompletedYet(classOf(states, fact, id), id),
      () => classIsOpen(states, fact, id, completedOn),
      () => nothingAfterwards(knownClass(states, fact, id), fact.data),
      () =>
        registerAddsUp(
          seen(knownClass(states, fact, id).register, completedOn, atLeast(completed!)),
          id,
          'data.completed',
        ),
      () => {
        const { type } = knownClass(states, fact, id);
        return saidOneWay(
          states,
          monthKeyOf(fact.source, completedOn),
          type,
          ['learners-completed'],
          'classes',
          'data.class',
        );
      },
    );
  },
  evolve: (fact, states) => {
    const { class: id, completedOn, completed } = fact.data;
    const known = knownClass(states, fact, id);
    const now: ClassState = {
      ...known,
      register: seen(known.register, completedOn, atLeast(completed!)),
      completed: { on: completedOn, learners: tally(completed!) },
    };
    return {
      [classKey(fact.source, id)]: now,
      ...nowSaid(states, monthKeyOf(fact.source, completedOn), known.type, ['learners-completed'], 'classes'),
    };
  },
});

function notCompletedYet(known: ClassState | undefined, id: string): Refusal | undefined {
  if (!known?.completed) return undefined;
  return refuse('exists-already', `The class \`${id}\` was completed on ${known.completed.on} already.`, 'data.class');
}

function nothingAfterwards(
  { lastActive }: ClassState,
  { class: id, completedOn }: ClassCompleted,
): Refusal | undefined {
  if (lastActive <= completedOn) return undefined;
  const sentence = `Something happened in the class \`${id}\` on ${lastActive}: it can't have been completed on ${completedOn}.`;
  return refuse('class-not-open', sentence, 'data.completedOn');
}
