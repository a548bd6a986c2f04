import { CentreDissolved, CentreEstablished, StaffingReported } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { HeadcountReported, LearnersEnrolled, LearnersLeft } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { firstDay } from '@gdtx/territory/days';
import { z } from 'zod';
import { defineFact } from '../src/define-fact.js';
import type { Fact, FactRule } from '../src/fact.js';
import * as form from '../src/forms.js';
import { refuse } from '../src/refusal.js';
import { firstRefusal, mayReport, notInFuture, unitAlive } from '../src/unit-rules.js';

/** Fact types like any, small enough to see through. */

const title = { vi: 'Thử', en: 'Test' };
const description = 'Of a test.';
const reported = { unit: 'source', date: 'data.occurredOn' };
const classKey = (fact: Fact<{ class: string }>) => `class:${fact.source}/${fact.data.class}`;

/** A class holds 100 learners at most. */
export const enrolled = defineFact({
  name: 'LearnersEnrolled',
  title,
  description,
  ledger: 'source',
  roles: ['centre-publisher'],
  message: LearnersEnrolled,
  schema: z.strictObject({ class: form.ownId, occurredOn: form.day, learners: form.breakdown, ...form.noteAndSource }),
  example: { source: 'gdtx-a', data: { class: 'k12', occurredOn: '2024-09-05', learners: { total: 42 } } },
  keys: (fact) => [classKey(fact)],
  decide: (fact, states, { registry, today }) => {
    const refusal = mayReport(registry, fact.source, ['centre'], fact.data.occurredOn, today, reported);
    const there = states.get<{ learners: number }>(classKey(fact))?.learners ?? 0;
    if (refusal || there + fact.data.learners!.total <= 100) return refusal;
    return refuse('class-full', `The class holds 100; ${there} are there.`, 'data.learners.total');
  },
  evolve: (fact, states) => {
    const there = states.get<{ learners: number }>(classKey(fact))?.learners ?? 0;
    return { [classKey(fact)]: { learners: there + fact.data.learners!.total } };
  },
});

/** No more leave than are there. Those who left are also counted by centre. */
export const left = defineFact({
  name: 'LearnersLeft',
  title,
  description,
  ledger: 'source',
  roles: ['centre-publisher'],
  message: LearnersLeft,
  schema: z.strictObject({
    class: form.ownId,
    occurredOn: form.day,
    reason: form.requiredText(),
    learners: form.breakdown,
    ...form.noteAndSource,
  }),
  example: {
    source: 'gdtx-a',
    data: { class: 'k12', occurredOn: '2024-09-06', reason: 'other', learners: { total: 2 } },
  },
  keys: (fact) => [classKey(fact), `left:${fact.source}`],
  decide: (fact, states) => {
    const there = states.get<{ learners: number }>(classKey(fact))?.learners ?? 0;
    if (fact.data.learners!.total <= there) return undefined;
    return refuse('more-than-present', `${there} are there.`, 'data.learners.total');
  },
  evolve: (fact, states) => {
    const there = states.get<{ learners: number }>(classKey(fact))!.learners;
    const before = states.get<{ people: number; days: string[] }>(`left:${fact.source}`);
    const gone = fact.data.learners!.total;
    return {
      [classKey(fact)]: { learners: there - gone },
      [`left:${fact.source}`]: {
        people: (before?.people ?? 0) + gone,
        days: [...(before?.days ?? []), fact.data.occurredOn],
      },
    };
  },
});

/** Of those who left, so many were counted again: rests on other states than what an enrolment changes. */
export const counted = defineFact({
  name: 'HeadcountReported',
  title,
  description,
  ledger: 'source',
  roles: ['centre-publisher'],
  message: HeadcountReported,
  schema: z.strictObject({
    class: form.ownId.optional(),
    type: form.text().optional(),
    reportedOn: form.day,
    point: form.text().optional(),
    learners: form.breakdown,
    ...form.noteAndSource,
  }),
  example: { source: 'gdtx-a', data: { reportedOn: '2024-09-07', learners: { total: 1 } } },
  keys: (fact) => [`left:${fact.source}`, `count:${fact.source}/${fact.data.reportedOn}`],
  decide: (fact, states) => {
    if (states.get(`count:${fact.source}/${fact.data.reportedOn}`)) return refuse('exists-already', 'Counted already.');
    const gone = states.get<{ people: number }>(`left:${fact.source}`)?.people ?? 0;
    return fact.data.learners!.total <= gone ? undefined : refuse('more-than-left', `${gone} left.`);
  },
  evolve: (fact) => ({ [`count:${fact.source}/${fact.data.reportedOn}`]: { people: fact.data.learners!.total } }),
});

export const classRules: FactRule<never>[] = [enrolled, left, counted];

const established = defineFact({
  name: 'CentreEstablished',
  title,
  description,
  ledger: 'vn',
  roles: ['registrar'],
  message: CentreEstablished,
  schema: z.strictObject({
    centre: form.unitId,
    kind: form.requiredText(),
    name: form.name,
    seat: form.unitId,
    address: form.text().optional(),
    authority: form.body.optional(),
    establishedOn: form.givenDate.optional(),
    knownSince: form.day.optional(),
    formedFrom: z.array(z.strictObject({ unit: form.unitId, name: form.text(), kind: form.text() })).optional(),
    legalBasis: form.legalBasis.optional(),
    simulated: z.boolean().optional(),
    ...form.noteAndSource,
  }),
  example: {
    source: 'province-14',
    data: { centre: 'gdtx-a', kind: 'gdtx', name: { vi: 'A' }, seat: 'province-14', establishedOn: '2000-01-01' },
  },
  keys: (fact) => [`unit:${fact.data.centre}`],
  writes: (fact) => [fact.data.seat],
  decide: (fact, _states, { registry, today }) =>
    firstRefusal(
      () => notInFuture(firstDay(fact.data.establishedOn), today, 'data.establishedOn'),
      () => (registry.has(fact.data.centre) ? refuse('exists-already', 'It is there.', 'data.centre') : undefined),
    ),
  evolve: (fact) => ({ [`unit:${fact.data.centre}`]: { reportedUntil: '' } }),
});

/** Not before what the centre has said. */
const dissolved = defineFact({
  name: 'CentreDissolved',
  title,
  description,
  ledger: 'vn',
  roles: ['registrar'],
  message: CentreDissolved,
  schema: z.strictObject({
    centre: form.unitId,
    effectiveOn: form.givenDate,
    legalBasis: form.legalBasis.optional(),
    ...form.noteAndSource,
  }),
  example: { source: 'province-14', data: { centre: 'gdtx-a', effectiveOn: '2020-01-01' } },
  keys: (fact) => [`unit:${fact.data.centre}`],
  writes: (fact) => [fact.data.centre],
  decide: (fact, states, { registry, today }) => {
    const day = firstDay(fact.data.effectiveOn);
    const said = states.get<{ reportedUntil: string }>(`unit:${fact.data.centre}`)?.reportedUntil ?? '';
    return firstRefusal(
      () => notInFuture(day, today, 'data.effectiveOn'),
      () => unitAlive(registry, fact.data.centre, day, 'data.centre'),
      () => (said >= day ? refuse('contradicts', `It has reported of ${said}.`, 'data.effectiveOn') : undefined),
    );
  },
  evolve: () => ({}),
});

const staffing = defineFact({
  name: 'StaffingReported',
  title,
  description,
  ledger: 'source',
  roles: ['centre-publisher'],
  message: StaffingReported,
  schema: z.strictObject({
    reportedOn: form.givenDate,
    total: form.count,
    managers: form.count.optional(),
    teachers: form.count.optional(),
    qualifiedTeachers: form.count.optional(),
    others: form.count.optional(),
    female: form.count.optional(),
    permanent: form.count.optional(),
    contract: form.count.optional(),
    seconded: form.count.optional(),
    visiting: form.count.optional(),
    precision: form.precision.optional(),
    asGiven: form.text().optional(),
    ...form.noteAndSource,
  }),
  example: { source: 'gdtx-a', data: { reportedOn: '2024-09-07', total: 45 } },
  keys: (fact) => [`unit:${fact.source}`],
  decide: (fact, _states, { registry, today }) =>
    mayReport(registry, fact.source, ['centre'], fact.data.reportedOn, today, {
      unit: 'source',
      date: 'data.reportedOn',
    }),
  evolve: (fact, states) => {
    const before = states.get<{ reportedUntil: string }>(`unit:${fact.source}`)?.reportedUntil ?? '';
    const day = firstDay(fact.data.reportedOn);
    return { [`unit:${fact.source}`]: { reportedUntil: day > before ? day : before } };
  },
});

/** A service that owns centres, and what they report. */
export const centreRules: FactRule<never>[] = [established, dissolved, staffing];
