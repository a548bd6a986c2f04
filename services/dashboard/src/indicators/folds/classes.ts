import {
  ClassCompleted,
  ClassOpened,
  HeadcountReported,
  LearnersEnrolled,
  LearnersLeft,
} from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import type { Breakdown } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { addDays, firstDay } from '@gdtx/territory/days';
import type { Contribution, Part } from '../../model.js';
import { categoryIn, countedIn } from './enrolment.js';
import { factFold, NOTHING, recordedDay, type FactFold, type Memory, type Recall } from './fold.js';
import { eachPart, flowOfPeople, levelOf, levelOfPeople, monthOf, peopleGone, type Series } from './parts.js';

const SERVICE = 'programmes';
export const UNKNOWN_TYPE = 'unknown';

export function typeOfClass(id: string, recall: Recall): string {
  return recall<string>('class', id) ?? UNKNOWN_TYPE;
}

const presentIn = (id: string, recall: Recall): Series => ({
  indicator: 'learners-present',
  category: typeOfClass(id, recall),
  slot: id,
});

/** Of those who are there when a programme type is reported as a whole. */
export const presentOfType = (type: string): Series => ({
  indicator: 'learners-present',
  category: type,
  slot: `type:${type}`,
});

/** Enrolments of a month, in every indicator that counts them. */
export function enrolled(into: Contribution[], type: string, month: string, people: Breakdown | undefined): void {
  flowOfPeople(into, 'learners-enrolled', type, month, people);
  for (const indicator of countedIn(type)) flowOfPeople(into, indicator, categoryIn(indicator, type), month, people);
}

const PARTS: readonly Part[] = [
  '',
  'female',
  'under15',
  'from15to24',
  'from25to59',
  'from60',
  'ethnic-minority',
  'disabled',
];

/** Which parts of people were ever said of its classes: when a class ends, these are 0. A bit a part. */
function partsSaid(people: Breakdown | undefined, recall: Recall): readonly Memory[] {
  const known = recall<number>('parts', '') ?? 0;
  let now = known;
  eachPart(people, (part) => (now |= 1 << PARTS.indexOf(part)));
  return now === known ? NOTHING : [{ of: 'parts', id: '', value: now, kind: 'gathered' }];
}

export const classFolds: FactFold[] = [
  factFold(
    SERVICE,
    'ClassOpened',
    ClassOpened,
    (data, entry) => [
      levelOf(firstDay(data.openedOn) || recordedDay(entry), {
        indicator: 'classes',
        category: data.type,
        slot: data.class,
        value: 1,
      }),
    ],
    (data) => [{ of: 'class', id: data.class, value: data.type, kind: 'said' }],
  ),
  factFold(
    SERVICE,
    'LearnersEnrolled',
    LearnersEnrolled,
    (data, _entry, recall) => {
      const into: Contribution[] = [];
      const present = presentIn(data.class, recall);
      enrolled(into, present.category, monthOf(data.occurredOn), data.learners);
      levelOfPeople(into, present, data.occurredOn, 'add', data.learners);
      return into;
    },
    (data, _entry, recall) => partsSaid(data.learners, recall),
  ),
  factFold(SERVICE, 'LearnersLeft', LearnersLeft, (data, _entry, recall) => {
    const into: Contribution[] = [];
    flowOfPeople(into, 'learners-left', data.reason, monthOf(data.occurredOn), data.learners);
    peopleGone(into, presentIn(data.class, recall), data.occurredOn, data.learners);
    return into;
  }),
  factFold(
    SERVICE,
    'HeadcountReported',
    HeadcountReported,
    (data, _entry, recall) => {
      const into: Contribution[] = [];
      const series = data.class ? presentIn(data.class, recall) : presentOfType(data.type);
      levelOfPeople(into, series, data.reportedOn, 'set', data.learners);
      return into;
    },
    (data, _entry, recall) => (data.class ? partsSaid(data.learners, recall) : NOTHING),
  ),
  // Learners are there on the last day still; so the class is empty from the day after, whatever else is said of its last day.
  factFold(SERVICE, 'ClassCompleted', ClassCompleted, (data, _entry, recall) => {
    const into: Contribution[] = [];
    const { indicator, category, slot } = presentIn(data.class, recall);
    flowOfPeople(into, 'learners-completed', category, monthOf(data.completedOn), data.completed);
    const after = addDays(data.completedOn, 1);
    const said = (recall<number>('parts', '') ?? 0) | 1;
    PARTS.forEach((part, bit) => {
      if (said & (1 << bit)) into.push(levelOf(after, { indicator, category, slot, part, value: 0 }));
    });
    into.push(levelOf(after, { indicator: 'classes', category, slot, value: 0 }));
    return into;
  }),
];
