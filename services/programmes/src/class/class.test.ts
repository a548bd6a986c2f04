import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fact, told } from '../../test/world.js';
import type { ClassState } from './class.js';

const opened = fact('ClassOpened', {
  class: 'k12',
  type: 'upper-secondary',
  openedOn: '2024-09-05',
  schoolYear: '2024-2025',
});
const enrolled = (occurredOn: string, total: number, more: object = {}) =>
  fact('LearnersEnrolled', { class: 'k12', occurredOn, learners: { total, ...more } });
const leftOn = (occurredOn: string, total: number, more: object = {}) => ({
  class: 'k12',
  occurredOn,
  reason: 'dropped-out',
  learners: { total, ...more },
});
const completedOn = (day: string, total: number) =>
  fact('ClassCompleted', { class: 'k12', completedOn: day, completed: { total } });
const key = 'class:gdtx-son-la/k12';

describe('ClassOpened', () => {
  test('begins a class in the ledger of the centre', () => {
    const outcome = told().when('ClassOpened', opened.data as object);
    expect(outcome.accepted()).toBe('gdtx-son-la');
    expect(outcome.state<ClassState>(key)).toMatchObject({
      type: 'upper-secondary',
      opens: '2024-09-05',
      register: [],
    });
  });

  test('keeps what else was said of it', () => {
    const history = [fact('ProgrammeOffered', { programme: 'thpt', type: 'upper-secondary', name: 'GDTX cấp THPT' })];
    const data = { ...(opened.data as object), programme: 'thpt', name: '12A', grade: 12, form: 'distance' };
    expect(told(history).when('ClassOpened', data).state<ClassState>(key)).toMatchObject({
      programme: 'thpt',
      name: '12A',
      grade: 12,
      form: 'distance',
      schoolYear: '2024-2025',
    });
  });

  test('of an id that was used is refused', () => {
    expect(
      told([opened])
        .when('ClassOpened', opened.data as object)
        .refused(),
    ).toMatchObject({
      slug: 'exists-already',
      path: 'data.class',
    });
  });

  test('of an id that another centre uses is another class', () => {
    expect(
      told([opened])
        .when('ClassOpened', opened.data as object, 'gdtx-thanh-hoa')
        .accepted(),
    ).toBe('gdtx-thanh-hoa');
  });

  test('before the centre lived is refused', () => {
    const data = { class: 'k12', type: 'upper-secondary', openedOn: '2018-09-24' };
    expect(told().when('ClassOpened', data).refused().slug).toBe('unit-not-yet');
  });

  test('in the year in which the centre began is taken: a year is compared as a year', () => {
    const data = { class: 'k12', type: 'upper-secondary', openedOn: '2018' };
    expect(told().when('ClassOpened', data).accepted()).toBe('gdtx-son-la');
  });

  test('after the centre ended is refused, and the successor is named', () => {
    const data = { class: 'k12', type: 'upper-secondary', openedOn: '2018-10-01' };
    const refusal = told().when('ClassOpened', data, 'kthn-son-la').refused();
    expect(refusal.slug).toBe('unit-ended');
    expect(refusal.message).toContain('`gdtx-son-la`');
  });

  test('in the future is refused', () => {
    const data = { class: 'k12', type: 'upper-secondary', openedOn: '2026-01-16' };
    expect(told().when('ClassOpened', data).refused()).toMatchObject({ slug: 'in-future', path: 'data.openedOn' });
  });

  test('by a community centre is taken, by a province isn’t', () => {
    const data = { class: 'xmc', type: 'literacy', openedOn: '2024-09-05' };
    expect(told().when('ClassOpened', data, 'tthtcd-pha-lai').accepted()).toBe('tthtcd-pha-lai');
    expect(told().when('ClassOpened', data, 'province-14').refused().slug).toBe('wrong-kind');
  });

  test('by a unit that nobody knows is refused', () => {
    const data = { class: 'k12', type: 'literacy', openedOn: '2024-09-05' };
    expect(told().when('ClassOpened', data, 'gdtx-khong-co').refused()).toMatchObject({
      slug: 'unit-unknown',
      unit: 'gdtx-khong-co',
    });
  });

  test('outside of its school year is refused', () => {
    const data = { ...(opened.data as object), schoolYear: '2022-2023' };
    expect(told().when('ClassOpened', data).refused()).toMatchObject({
      slug: 'school-year-differs',
      path: 'data.schoolYear',
    });
  });

  describe('of a programme', () => {
    const programme = (more: object = {}) =>
      fact('ProgrammeOffered', { programme: 'thpt', type: 'upper-secondary', name: 'GDTX cấp THPT', ...more });
    const data = { class: 'k12', type: 'upper-secondary', programme: 'thpt', openedOn: '2024-09-05' };
    const outcome = (...history: ReturnType<typeof fact>[]) => told(history).when('ClassOpened', data);

    test('that isn’t offered here is refused', () => {
      expect(outcome().refused().slug).toBe('programme-unknown');
    });
    test('of another type is refused', () => {
      expect(outcome(programme({ type: 'literacy' })).refused().slug).toBe('type-differs');
    });
    test('before it is offered is refused', () => {
      expect(outcome(programme({ offeredFrom: '2024-10' })).refused()).toMatchObject({
        slug: 'programme-not-offered',
        message: expect.stringContaining('from 2024-10-01') as unknown as string,
      });
    });
    test('that is no longer offered is refused', () => {
      expect(outcome(programme({ offeredFrom: '2020', until: '2024-09-05' })).refused().slug).toBe(
        'programme-not-offered',
      );
    });
    test('that is offered is taken, also when nobody knows since when', () => {
      outcome(programme({ offeredFrom: '2024', until: '2024-09-06' })).accepted();
      outcome(programme({ offeredFrom: { notAfter: '2025-01-01' } })).accepted();
      outcome(programme()).accepted();
    });
  });
});

describe('LearnersEnrolled', () => {
  const when = (data: object, history = [opened]) => told(history).when('LearnersEnrolled', data);

  test('brings learners into an open class', () => {
    const outcome = when({ class: 'k12', occurredOn: '2024-09-05', learners: { total: 42, female: 25 } });
    outcome.accepted();
    expect(outcome.state<ClassState>(key)).toMatchObject({
      enrolled: { total: 42, female: 25, precision: 'exact' },
      lastActive: '2024-09-05',
    });
  });

  test('adds up, as precisely as the least precise of them', () => {
    const outcome = when({ class: 'k12', occurredOn: '2024-09-06', learners: { total: 2, precision: 'about' } }, [
      opened,
      enrolled('2024-09-05', 40, { female: 20, precision: 'at-least' }),
    ]);
    expect(outcome.state<ClassState>(key)?.enrolled).toEqual({ total: 42, precision: 'about' });
  });

  test('into a class that was never opened is refused', () => {
    expect(when({ class: 'k11', occurredOn: '2024-09-05', learners: { total: 1 } }).refused()).toMatchObject({
      slug: 'class-unknown',
      path: 'data.class',
    });
  });

  test('before the class opens is refused', () => {
    expect(when({ class: 'k12', occurredOn: '2024-09-04', learners: { total: 1 } }).refused().slug).toBe(
      'class-not-open',
    );
  });

  test('after the class was completed is refused, on its last day it isn’t', () => {
    const history = [opened, enrolled('2024-09-05', 40), completedOn('2025-05-30', 40)];
    expect(when({ class: 'k12', occurredOn: '2025-05-31', learners: { total: 1 } }, history).refused().slug).toBe(
      'class-not-open',
    );
    when({ class: 'k12', occurredOn: '2025-05-30', learners: { total: 1 } }, history).accepted();
  });

  test('in a month whose totals count the same learners is refused', () => {
    const totals = (type: string, measure: string) =>
      fact('TotalsReported', { month: '2024-09', type, measures: [{ measure, people: { total: 40 } }] });
    const data = { class: 'k12', occurredOn: '2024-09-05', learners: { total: 42 } };
    expect(when(data, [opened, totals('upper-secondary', 'learners-enrolled')]).refused().slug).toBe('counted-twice');
    when(data, [opened, totals('upper-secondary', 'graduates')]).accepted();
    when(data, [opened, totals('literacy', 'learners-enrolled')]).accepted();
  });

  test('in training counts as people trained, which totals may not say again', () => {
    const refresher = fact('ClassOpened', { class: 'bd1', type: 'refresher', openedOn: '2024-09-05' });
    const totals = fact('TotalsReported', {
      month: '2024-09',
      type: 'refresher',
      measures: [{ measure: 'trainees', people: { total: 40 } }],
    });
    const data = { class: 'bd1', occurredOn: '2024-09-05', learners: { total: 42 } };
    expect(when(data, [refresher, totals]).refused().slug).toBe('counted-twice');
  });

  test('on more days than a class can have is refused', () => {
    const days = Array.from({ length: 2000 }, (_, i) => new Date(Date.UTC(2018, 9, 1 + i)).toISOString().slice(0, 10));
    const long = fact('ClassOpened', { class: 'k12', type: 'upper-secondary', openedOn: '2018-10-01' });
    const history = [long, ...days.map((day) => enrolled(day, 1))];
    expect(when({ class: 'k12', occurredOn: '2025-01-01', learners: { total: 1 } }, history).refused().slug).toBe(
      'too-many',
    );
    when({ class: 'k12', occurredOn: '2018-10-01', learners: { total: 1 } }, history).accepted();
  });
});

describe('LearnersLeft', () => {
  const history = [opened, enrolled('2024-09-05', 42, { female: 25 })];
  const when = (data: object, more = history) => told(more).when('LearnersLeft', data);

  test('takes learners out of the class', () => {
    const outcome = when(leftOn('2024-10-01', 2, { female: 1 }));
    outcome.accepted();
    expect(outcome.state<ClassState>(key)?.left).toEqual({ total: 2, female: 1, precision: 'exact' });
  });

  test('of more than are there is refused', () => {
    expect(when(leftOn('2024-10-01', 43)).refused()).toMatchObject({
      slug: 'more-than-present',
      path: 'data.learners.total',
      message: "Until 2024-10-01 at most 42 people came to the class `k12`: 43 can't have left it.",
    });
  });

  test('of more women than are there is refused', () => {
    expect(when(leftOn('2024-10-01', 26, { female: 26 })).refused()).toMatchObject({
      slug: 'more-than-present',
      path: 'data.learners.female',
    });
  });

  test('of more men than are there is refused, at the women that are too few', () => {
    expect(when(leftOn('2024-10-01', 18, { female: 0 })).refused()).toMatchObject({
      slug: 'more-than-present',
      path: 'data.learners.female',
    });
  });

  test('on a day on which not enough had come is refused, though they came later', () => {
    const late = [opened, enrolled('2024-09-20', 42)];
    expect(when(leftOn('2024-09-10', 1), late).refused().slug).toBe('more-than-present');
  });

  test('told late is refused when a later day would lack them', () => {
    const later = [...history, fact('LearnersLeft', leftOn('2024-12-01', 40))];
    expect(when(leftOn('2024-10-01', 3), later).refused()).toMatchObject({
      slug: 'more-than-present',
      message: "Until 2024-12-01 at most 42 people came to the class `k12`: 43 can't have left it.",
    });
    when(leftOn('2024-10-01', 2), later).accepted();
  });

  test('told late is refused when a headcount of a later day says that they were there', () => {
    const later = [
      ...history,
      fact('HeadcountReported', { class: 'k12', reportedOn: '2024-12-20', learners: { total: 41 } }),
    ];
    const refusal = when(leftOn('2024-10-01', 2), later).refused();
    expect(refusal.message).toBe(
      'On 2024-12-20 at most 40 people can be in the class `k12` (42 came, 2 left): not 41.',
    );
  });

  test('of a class whose learners are known as "about" can’t be too many', () => {
    when(leftOn('2024-10-01', 43), [opened, enrolled('2024-09-05', 42, { precision: 'about' })]).accepted();
  });

  test('of "more than 43" is as sure as of 43, of "about 43" it isn’t', () => {
    expect(when(leftOn('2024-10-01', 43, { female: 1, precision: 'at-least' })).refused().slug).toBe(
      'more-than-present',
    );
    when(leftOn('2024-10-01', 43, { precision: 'about' })).accepted();
  });

  test('from a class that isn’t open, or isn’t there, is refused', () => {
    expect(when(leftOn('2024-09-01', 1)).refused().slug).toBe('class-not-open');
    expect(when({ ...leftOn('2024-10-01', 1), class: 'k1' }).refused().slug).toBe('class-unknown');
  });

  test('when the month’s totals say it is refused', () => {
    const totals = fact('TotalsReported', {
      month: '2024-10',
      type: 'upper-secondary',
      measures: [{ measure: 'learners-left', people: { total: 1 } }],
    });
    expect(when(leftOn('2024-10-01', 1), [...history, totals]).refused().slug).toBe('counted-twice');
  });
});

describe('HeadcountReported of a class', () => {
  const history = [opened, enrolled('2024-09-05', 42, { female: 25 })];
  const count = (reportedOn: string, total: number) => ({ class: 'k12', reportedOn, learners: { total } });
  const when = (data: object, more = history) => told(more).when('HeadcountReported', data);

  test('says who is there; the newest day is shown', () => {
    const first = fact('HeadcountReported', count('2025-01-10', 40));
    expect(when(count('2024-12-10', 41), [...history, first]).state<ClassState>(key)?.headcount).toEqual({
      on: '2025-01-10',
      learners: { total: 40, precision: 'exact' },
    });
    expect(when(count('2025-02-10', 39), [...history, first]).state<ClassState>(key)?.headcount?.on).toBe('2025-02-10');
  });

  test('of more than are there is refused', () => {
    expect(when(count('2024-09-05', 43)).refused()).toMatchObject({
      slug: 'more-than-present',
      path: 'data.learners.total',
    });
  });

  test('of a day that was counted is refused', () => {
    const first = fact('HeadcountReported', count('2025-01-10', 40));
    expect(when(count('2025-01-10', 41), [...history, first]).refused()).toMatchObject({
      slug: 'exists-already',
      path: 'data.reportedOn',
    });
  });

  test('of a class that isn’t open, or isn’t there, is refused', () => {
    expect(when(count('2024-09-01', 0)).refused().slug).toBe('class-not-open');
    expect(when({ ...count('2024-09-05', 0), class: 'k1' }).refused().slug).toBe('class-unknown');
  });

  test('when the whole type was counted in that month is refused', () => {
    const type = fact('HeadcountReported', {
      type: 'upper-secondary',
      reportedOn: '2024-09-30',
      learners: { total: 90 },
    });
    expect(when(count('2024-09-05', 42), [...history, type]).refused().slug).toBe('counted-twice');
  });

  test('in the future is refused', () => {
    expect(when(count('2026-02-01', 42)).refused().slug).toBe('in-future');
  });
});

describe('ClassCompleted', () => {
  const history = [opened, enrolled('2024-09-05', 42), fact('LearnersLeft', leftOn('2024-10-01', 2))];
  const when = (day: string, total: number, more = history) =>
    told(more).when('ClassCompleted', completedOn(day, total).data as object);

  test('ends the class', () => {
    const outcome = when('2025-05-30', 40);
    outcome.accepted();
    expect(outcome.state<ClassState>(key)?.completed).toEqual({
      on: '2025-05-30',
      learners: { total: 40, precision: 'exact' },
    });
  });

  test('by more than are there is refused', () => {
    expect(when('2025-05-30', 41).refused()).toMatchObject({ slug: 'more-than-present', path: 'data.completed.total' });
  });

  test('a second time is refused', () => {
    expect(when('2025-05-31', 1, [...history, completedOn('2025-05-30', 40)]).refused().slug).toBe('exists-already');
  });

  test('before something that happened in it is refused', () => {
    expect(when('2024-09-30', 42).refused()).toMatchObject({ slug: 'class-not-open', path: 'data.completedOn' });
  });

  test('on the last day on which something happened in it is taken', () => {
    when('2024-10-01', 40).accepted();
  });

  test('before it opened, or of no class, is refused', () => {
    expect(when('2024-09-01', 0).refused().slug).toBe('class-not-open');
    expect(when('2025-05-30', 0, []).refused().slug).toBe('class-unknown');
  });

  test('when the month’s totals say it is refused', () => {
    const totals = fact('TotalsReported', {
      month: '2025-05',
      type: 'upper-secondary',
      measures: [{ measure: 'learners-completed', people: { total: 1 } }],
    });
    expect(when('2025-05-30', 40, [...history, totals]).refused().slug).toBe('counted-twice');
  });

  test('then nobody leaves so that fewer would have completed', () => {
    const done = [...history, completedOn('2025-05-30', 40)];
    expect(told(done).when('LearnersLeft', leftOn('2025-01-01', 1)).refused().slug).toBe('more-than-present');
  });
});

test('whatever is told, no more are ever away or counted than came', () => {
  const day = fc.integer({ min: 1, max: 9 }).map((n) => `2024-10-0${n}`);
  const learners = fc.integer({ min: 0, max: 9 }).map((total) => ({ total }));
  const said = fc.oneof(
    fc.record({ name: fc.constant('LearnersEnrolled'), day, learners }),
    fc.record({ name: fc.constant('LearnersLeft'), day, learners }),
    fc.record({ name: fc.constant('HeadcountReported'), day, learners }),
  );
  fc.assert(
    fc.property(fc.array(said, { maxLength: 20 }), (all) => {
      const story = told([opened]);
      const accepted = all.filter(({ name, day: on, learners: people }) => {
        const dated = name === 'HeadcountReported' ? { reportedOn: on } : { occurredOn: on };
        const reason = name === 'LearnersLeft' ? { reason: 'other' } : {};
        return !story.when(name, { class: 'k12', learners: people, ...dated, ...reason }).refusal;
      });
      const until = (name: string, on: string) =>
        accepted.filter((f) => f.name === name && f.day <= on).reduce((sum, f) => sum + f.learners.total, 0);
      for (const { name, day: on, learners: people } of accepted) {
        const there = until('LearnersEnrolled', on) - until('LearnersLeft', on);
        expect(there).toBeGreaterThanOrEqual(name === 'HeadcountReported' ? people.total : 0);
      }
    }),
    { numRuns: 200 },
  );
});
