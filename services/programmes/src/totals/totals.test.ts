import { describe, expect, test } from '@jest/globals';
import { fact, told } from '../../test/world.js';
import type { MonthState } from './month.js';

const measure = (name: string, total: number, more: object = {}) => ({ measure: name, people: { total }, ...more });
const totals = (more: object = {}) => ({
  month: '2024-10',
  type: 'upper-secondary',
  measures: [measure('learners-enrolled', 40)],
  ...more,
});
const key = 'totals:gdtx-son-la/2024-10';

describe('TotalsReported', () => {
  const when = (data: object, history: ReturnType<typeof fact>[] = []) => told(history).when('TotalsReported', data);

  test('says the measures of a month', () => {
    const outcome = when(totals());
    expect(outcome.accepted()).toBe('gdtx-son-la');
    expect(outcome.state<MonthState>(key)?.types).toEqual({
      'upper-secondary': {
        said: { 'learners-enrolled': 'totals' },
        totals: [{ measure: 'learners-enrolled', people: { total: 40 } }],
      },
    });
  });

  test('a second time for a month and type is refused; another month or type is taken', () => {
    const history = [fact('TotalsReported', totals())];
    expect(when(totals({ measures: [measure('graduates', 1)] }), history).refused()).toMatchObject({
      slug: 'counted-twice',
      path: 'data.month',
    });
    when(totals({ month: '2024-11' }), history).accepted();
    when(totals({ type: 'literacy' }), history).accepted();
  });

  test('of a month that hasn’t come is refused, of this month it is taken', () => {
    expect(when(totals({ month: '2026-02' })).refused()).toMatchObject({ slug: 'in-future', path: 'data.month' });
    when(totals({ month: '2026-01' })).accepted();
  });

  test('of a month in which the centre began or ended is taken, of the one before or after it isn’t', () => {
    const of = (month: string, source: string) => told().when('TotalsReported', totals({ month }), source);
    of('2018-09', 'gdtx-son-la').accepted();
    of('2018-09', 'kthn-son-la').accepted();
    expect(of('2018-08', 'gdtx-son-la').refused().slug).toBe('unit-not-yet');
    expect(of('2018-10', 'kthn-son-la').refused()).toMatchObject({
      slug: 'unit-ended',
      message: expect.stringContaining('`gdtx-son-la`') as unknown as string,
    });
  });

  test('of who is no centre is refused', () => {
    expect(told().when('TotalsReported', totals(), 'province-14').refused().slug).toBe('wrong-kind');
    told()
      .when('TotalsReported', totals({ type: 'literacy' }), 'tthtcd-pha-lai')
      .accepted();
  });

  test('a measure that stands twice is refused; those who left may be split by reasons', () => {
    const left = (reason?: string) => measure('learners-left', 1, reason ? { reason } : {});
    const of = (...measures: object[]) => when(totals({ measures }));
    expect(of(measure('graduates', 1), measure('graduates', 2)).refused()).toMatchObject({
      slug: 'counted-twice',
      path: 'data.measures.1.measure',
    });
    expect(of(left('other'), left('other')).refused().slug).toBe('counted-twice');
    expect(of(left(), left('other')).refused().slug).toBe('counted-twice');
    expect(of(left('other'), left()).refused().slug).toBe('counted-twice');
    of(left('other'), left('dropped-out'), left('deferred')).accepted();
  });

  test('more passed than candidates are refused', () => {
    const of = (...measures: object[]) => when(totals({ measures }));
    expect(of(measure('exam-candidates', 10), measure('exam-passed', 11)).refused()).toMatchObject({
      slug: 'more-than-candidates',
      path: 'data.measures.1.people.total',
    });
    of(measure('exam-passed', 11)).accepted();
    of(measure('exam-candidates', 10)).accepted();
  });

  test('what classes say in that month is refused, and only that', () => {
    const history = [
      fact('ClassOpened', { class: 'k12', type: 'upper-secondary', openedOn: '2024-09-05' }),
      fact('LearnersEnrolled', { class: 'k12', occurredOn: '2024-10-01', learners: { total: 40 } }),
    ];
    expect(when(totals(), history).refused()).toMatchObject({ slug: 'counted-twice', path: 'data.measures' });
    when(totals({ measures: [measure('graduates', 1)] }), history).accepted();
    when(totals({ month: '2024-11' }), history).accepted();
    when(totals({ type: 'lower-secondary' }), history).accepted();
  });
});

describe('HeadcountReported of a type', () => {
  const when = (data: object, history: ReturnType<typeof fact>[] = []) => told(history).when('HeadcountReported', data);
  const count = (reportedOn: string) => ({ type: 'upper-secondary', reportedOn, learners: { total: 90 } });

  test('is taken, once a day', () => {
    const history = [fact('HeadcountReported', count('2024-10-01'))];
    when(count('2024-10-01')).accepted();
    expect(when(count('2024-10-31'), history).state<MonthState>(key)?.types['upper-secondary']).toEqual({
      said: { 'learners-present': 'type' },
      headcounts: ['2024-10-01', '2024-10-31'],
    });
    expect(when(count('2024-10-01'), history).refused()).toMatchObject({
      slug: 'exists-already',
      path: 'data.reportedOn',
    });
  });

  test('when classes or totals say it is refused', () => {
    const classes = [
      fact('ClassOpened', { class: 'k12', type: 'upper-secondary', openedOn: '2024-09-05' }),
      fact('HeadcountReported', { class: 'k12', reportedOn: '2024-10-01', learners: { total: 0 } }),
    ];
    const total = fact('TotalsReported', totals({ measures: [measure('learners-present', 90)] }));
    expect(when(count('2024-10-31'), classes).refused().slug).toBe('counted-twice');
    expect(when(count('2024-10-31'), [total]).refused().slug).toBe('counted-twice');
  });
});

describe('LearnersGraduated', () => {
  const graduated = (more: object = {}) => ({
    type: 'upper-secondary',
    schoolYear: '2024-2025',
    occurredOn: '2025-07-22',
    graduates: { total: 96 },
    ...more,
  });
  const when = (data: object, history: object[] = []) =>
    told(history.map((said) => fact('LearnersGraduated', said))).when('LearnersGraduated', data);

  test('is taken, once a day and type; a second round is another day', () => {
    when(graduated()).accepted();
    expect(when(graduated(), [graduated()]).refused()).toMatchObject({
      slug: 'exists-already',
      path: 'data.occurredOn',
    });
    when(graduated({ occurredOn: '2025-09-10' }), [graduated()]).accepted();
    when(graduated({ type: 'lower-secondary' }), [graduated()]).accepted();
  });

  test('of more than were candidates is refused', () => {
    expect(when(graduated({ candidates: { total: 95 } })).refused()).toMatchObject({
      slug: 'more-than-candidates',
      path: 'data.graduates.total',
    });
    when(graduated({ candidates: { total: 96 } })).accepted();
  });

  test('outside of its school year is refused', () => {
    expect(when(graduated({ occurredOn: '2024-05-31' })).refused()).toMatchObject({
      slug: 'school-year-differs',
      path: 'data.schoolYear',
    });
    expect(when(graduated({ occurredOn: '2026-01-02' })).refused().slug).toBe('school-year-differs');
    when(graduated({ occurredOn: '2025-12-31' })).accepted();
  });

  test('when the month’s totals say it, by a community centre, or in the future is refused', () => {
    const total = fact('TotalsReported', {
      month: '2025-07',
      type: 'upper-secondary',
      measures: [measure('graduates', 96)],
    });
    expect(told([total]).when('LearnersGraduated', graduated()).refused().slug).toBe('counted-twice');
    expect(told().when('LearnersGraduated', graduated(), 'tthtcd-pha-lai').refused().slug).toBe('wrong-kind');
    expect(when(graduated({ schoolYear: '2025-2026', occurredOn: '2026-07-01' })).refused().slug).toBe('in-future');
  });

  test('more rounds than a year can have are refused', () => {
    const days = Array.from({ length: 200 }, (_, i) =>
      graduated({ occurredOn: new Date(Date.UTC(2024, 8, 1 + i)).toISOString().slice(0, 10) }),
    );
    expect(when(graduated(), days).refused().slug).toBe('too-many');
  });
});

describe('EmploymentReported', () => {
  const asked = (more: object = {}) => ({
    monthsAfter: 6,
    reportedOn: '2025-11-30',
    surveyed: { total: 38 },
    employed: { total: 30 },
    ...more,
  });
  const when = (data: object, history: ReturnType<typeof fact>[] = []) =>
    told(history).when('EmploymentReported', data);

  test('of more in work than were asked is refused', () => {
    expect(when(asked({ type: 'short-term', employed: { total: 39 } })).refused()).toMatchObject({
      slug: 'more-than-surveyed',
      path: 'data.employed.total',
    });
  });

  test('by a community centre, or in the future, is refused', () => {
    expect(
      told()
        .when('EmploymentReported', asked({ type: 'short-term' }), 'tthtcd-pha-lai')
        .refused().slug,
    ).toBe('wrong-kind');
    expect(when(asked({ type: 'short-term', reportedOn: '2026-02-01' })).refused().slug).toBe('in-future');
  });

  describe('of a type', () => {
    const first = fact('EmploymentReported', asked({ type: 'short-term' }));

    test('is taken, once a month and number of months after', () => {
      when(asked({ type: 'short-term' })).accepted();
      expect(when(asked({ type: 'short-term', reportedOn: '2025-11-01' }), [first]).refused()).toMatchObject({
        slug: 'exists-already',
        path: 'data.monthsAfter',
      });
      when(asked({ type: 'short-term', reportedOn: '2025-10-01' }), [first]).accepted();
      when(asked({ type: 'short-term', monthsAfter: 12 }), [first]).accepted();
      when(asked({ type: 'elementary-vocational' }), [first]).accepted();
    });
  });

  describe('of a class', () => {
    const opened = fact('ClassOpened', { class: 'may1', type: 'short-term', openedOn: '2025-03-01' });
    const history = (more: object = {}) => [
      opened,
      fact('LearnersEnrolled', { class: 'may1', occurredOn: '2025-03-01', learners: { total: 40, ...more } }),
      fact('ClassCompleted', { class: 'may1', completedOn: '2025-05-31', completed: { total: 38, ...more } }),
    ];
    const data = asked({ class: 'may1' });

    test('is taken, once for each number of months after', () => {
      when(data, history()).accepted();
      const first = fact('EmploymentReported', data);
      expect(when(data, [...history(), first]).refused().slug).toBe('exists-already');
      when({ ...data, monthsAfter: 3 }, [...history(), first]).accepted();
    });
    test('that isn’t there or isn’t completed is refused', () => {
      expect(when(data).refused().slug).toBe('class-unknown');
      expect(when(data, [opened]).refused()).toMatchObject({ slug: 'class-not-completed', path: 'data.class' });
    });
    test('before so many months have passed is refused', () => {
      expect(when({ ...data, monthsAfter: 7 }, history()).refused()).toMatchObject({
        slug: 'too-early',
        path: 'data.monthsAfter',
      });
    });
    test('of more than completed it is refused, unless their number is only about', () => {
      const more = { ...data, surveyed: { total: 39 } };
      expect(when(more, history()).refused()).toMatchObject({
        slug: 'more-than-completed',
        path: 'data.surveyed.total',
      });
      when(more, history({ precision: 'about' })).accepted();
    });
    test('and of its type in one month would count twice', () => {
      const type = fact('EmploymentReported', asked({ type: 'short-term' }));
      expect(when(data, [...history(), type]).refused().slug).toBe('counted-twice');
      expect(when(asked({ type: 'short-term' }), [...history(), fact('EmploymentReported', data)]).refused().slug).toBe(
        'counted-twice',
      );
    });
  });
});

describe('IntakePlanned', () => {
  const planned = (more: object = {}) => ({ schoolYear: '2024-2025', type: 'upper-secondary', count: 180, ...more });
  const when = (data: object, ...history: object[]) =>
    told(history.map((said) => fact('IntakePlanned', said))).when('IntakePlanned', data);

  test('is taken once a school year and type', () => {
    when(planned({ assignedBy: { body: 'Sở GDĐT', of: 'province-14' }, assignedOn: '2024-05' })).accepted();
    expect(when(planned({ count: 200 }), planned()).refused()).toMatchObject({
      slug: 'exists-already',
      path: 'data.schoolYear',
    });
    when(planned({ type: 'lower-secondary' }), planned()).accepted();
    when(planned({ schoolYear: '2025-2026' }), planned()).accepted();
  });

  test('may look ahead, but not far', () => {
    when(planned({ schoolYear: '2026-2027', assignedOn: '2026-01-10' })).accepted();
    expect(when(planned({ schoolYear: '2028-2029' })).refused()).toMatchObject({
      slug: 'in-future',
      path: 'data.schoolYear',
    });
    expect(when(planned({ schoolYear: '2026-2027', assignedOn: '2026-02-01' })).refused()).toMatchObject({
      slug: 'in-future',
      path: 'data.assignedOn',
    });
  });

  test('is assigned in the year before or in it', () => {
    expect(when(planned({ assignedOn: '2023-08-31' })).refused()).toMatchObject({
      slug: 'school-year-differs',
      path: 'data.assignedOn',
    });
    expect(when(planned({ assignedOn: '2025-09-01' })).refused().slug).toBe('school-year-differs');
    when(planned({ assignedOn: '2023' })).accepted();
  });

  test('of a centre that doesn’t live then is refused', () => {
    expect(when(planned({ schoolYear: '2017-2018' })).refused().slug).toBe('unit-not-yet');
    when(planned({ schoolYear: '2018-2019' })).accepted();
    const of = (schoolYear: string) => told().when('IntakePlanned', planned({ schoolYear }), 'gdtx-giai-the');
    expect(of('2020-2021').refused().slug).toBe('unit-ended');
    expect(of('2026-2027').refused().slug).toBe('unit-ended');
    of('2019-2020').accepted();
  });

  test('of a community centre, or assigned by a body of an unknown unit, is refused', () => {
    expect(told().when('IntakePlanned', planned(), 'tthtcd-pha-lai').refused().slug).toBe('wrong-kind');
    expect(when(planned({ assignedBy: { body: 'Sở GDĐT', of: 'province-99' } })).refused()).toMatchObject({
      slug: 'unit-unknown',
      path: 'data.assignedBy.of',
    });
  });
});
