import { describe, expect, test } from '@jest/globals';
import { fact, told } from '../../test/world.js';
import type { ClassState } from '../class/class.js';
import type { ExamState } from './exam.js';

const held = (more: object = {}) => ({
  exam: 'cntt-1',
  type: 'it-certificate',
  heldOn: '2024-06-15',
  candidates: { total: 120 },
  ...more,
});
const issued = (total: number, more: object = {}) => ({
  exam: 'cntt-1',
  issuedOn: '2024-07-20',
  certificates: { total },
  ...more,
});
const exam = (more: object = {}) => fact('ExamHeld', held(more));
const totals = (month: string, measure: string) =>
  fact('TotalsReported', { month, type: 'it-certificate', measures: [{ measure, people: { total: 1 } }] });

describe('ExamHeld', () => {
  const when = (data: object, history: ReturnType<typeof fact>[] = []) => told(history).when('ExamHeld', data);

  test('says who sat and who passed', () => {
    const outcome = when(held({ passed: { total: 117, female: 70 } }));
    expect(outcome.accepted()).toBe('gdtx-son-la');
    expect(outcome.state<ExamState>('exam:gdtx-son-la/cntt-1')).toMatchObject({
      type: 'it-certificate',
      heldOn: '2024-06-15',
      candidates: { total: 120 },
      passed: { total: 117, female: 70, notFemale: 47 },
    });
  });

  test('of an id that was used is refused', () => {
    expect(when(held(), [exam()]).refused()).toMatchObject({ slug: 'exists-already', path: 'data.exam' });
  });

  test.each([
    ['more passed than sat', { passed: { total: 121 } }, 'data.passed.total'],
    [
      'more women passed',
      { candidates: { total: 120, female: 70 }, passed: { total: 100, female: 71 } },
      'data.passed.female',
    ],
    [
      'more men passed',
      { candidates: { total: 120, female: 70 }, passed: { total: 100, female: 49 } },
      'data.passed.female',
    ],
    [
      'more of an age passed',
      { candidates: { total: 120, ages: { from60: 1 } }, passed: { total: 100, ages: { from60: 2 } } },
      'data.passed.ages.from60',
    ],
  ])('%s: refused', (_, more, path) => {
    expect(when(held(more)).refused()).toMatchObject({ slug: 'more-than-candidates', path });
  });

  test('of "about 120" candidates 121 may have passed', () => {
    when(
      held({
        candidates: { total: 120, precision: 'about', ages: { from60: 1 } },
        passed: { total: 121, ages: { from60: 2 } },
      }),
    ).accepted();
  });

  test('in the future, before the centre lived, or of one that ended is refused', () => {
    expect(when(held({ heldOn: '2027-01-01' })).refused().slug).toBe('in-future');
    expect(when(held({ heldOn: '2010-01-01' })).refused().slug).toBe('unit-not-yet');
    expect(
      told()
        .when('ExamHeld', held({ heldOn: '2020-03-01' }), 'gdtx-giai-the')
        .refused().slug,
    ).toBe('unit-ended');
  });

  test('when the month’s totals count its candidates or those who passed is refused', () => {
    expect(when(held(), [totals('2024-06', 'exam-candidates')]).refused().slug).toBe('counted-twice');
    expect(when(held({ passed: { total: 1 } }), [totals('2024-06', 'exam-passed')]).refused().slug).toBe(
      'counted-twice',
    );
    when(held(), [totals('2024-06', 'exam-passed')]).accepted();
    when(held(), [totals('2024-05', 'exam-candidates')]).accepted();
  });

  describe('of a class', () => {
    const history = [
      fact('ClassOpened', { class: 'th1', type: 'it-certificate', openedOn: '2024-03-01' }),
      fact('LearnersEnrolled', { class: 'th1', occurredOn: '2024-03-01', learners: { total: 30 } }),
    ];
    const ofClass = (total: number, more: object = {}) => held({ class: 'th1', candidates: { total }, ...more });

    test('is sat by those who are in it, who then must stay', () => {
      const outcome = when(ofClass(30), history);
      outcome.accepted();
      expect(outcome.state<ClassState>('class:gdtx-son-la/th1')?.register.at(-1)).toEqual({
        day: '2024-06-15',
        seen: { total: 30 },
      });
      const left = { class: 'th1', occurredOn: '2024-06-01', reason: 'deferred', learners: { total: 1 } };
      expect(
        told([...history, fact('ExamHeld', ofClass(30))])
          .when('LearnersLeft', left)
          .refused().slug,
      ).toBe('more-than-present');
    });
    test('by more than are in it is refused', () => {
      expect(when(ofClass(31), history).refused()).toMatchObject({
        slug: 'more-than-present',
        path: 'data.candidates.total',
      });
    });
    test('after it was completed is taken', () => {
      const done = fact('ClassCompleted', { class: 'th1', completedOn: '2024-06-01', completed: { total: 30 } });
      when(ofClass(30), [...history, done]).accepted();
    });
    test('that isn’t there, hasn’t begun, or is of another type is refused', () => {
      expect(when(ofClass(30)).refused().slug).toBe('class-unknown');
      expect(when(ofClass(0, { heldOn: '2024-02-29' }), history).refused().slug).toBe('class-not-open');
      expect(when(ofClass(30, { type: 'refresher' }), history).refused()).toMatchObject({
        slug: 'type-differs',
        path: 'data.type',
      });
    });
  });
});

describe('CertificatesIssued', () => {
  const when = (data: object, history = [exam()]) => told(history).when('CertificatesIssued', data);

  test('are added up over the facts of an exam', () => {
    const outcome = when(issued(20), [exam(), fact('CertificatesIssued', issued(100))]);
    outcome.accepted();
    expect(outcome.state<ExamState>('exam:gdtx-son-la/cntt-1')?.issued).toEqual({ total: 120, precision: 'exact' });
  });

  test('more in all than its candidates are refused', () => {
    expect(when(issued(21), [exam(), fact('CertificatesIssued', issued(100))]).refused()).toMatchObject({
      slug: 'more-than-candidates',
      path: 'data.certificates.total',
      message: '120 people sat the exam `cntt-1`: 121 can’t have a certificate.',
    });
  });

  test('more than passed are refused', () => {
    expect(when(issued(118), [exam({ passed: { total: 117 } })]).refused().slug).toBe('more-than-passed');
    when(issued(117), [exam({ passed: { total: 117 } })]).accepted();
  });

  test('more women than sat are refused', () => {
    const history = [exam({ candidates: { total: 120, female: 10 } })];
    const data = { ...issued(20), certificates: { total: 20, female: 11 } };
    expect(when(data, history).refused()).toMatchObject({
      slug: 'more-than-candidates',
      path: 'data.certificates.female',
    });
  });

  test('of no exam, of another centre’s, or before it was held are refused', () => {
    expect(when(issued(1), []).refused()).toMatchObject({ slug: 'exam-unknown', path: 'data.exam' });
    expect(told([exam()]).when('CertificatesIssued', issued(1), 'gdtx-thanh-hoa').refused().slug).toBe('exam-unknown');
    expect(when(issued(1, { issuedOn: '2024-06-14' })).refused()).toMatchObject({
      slug: 'before-exam',
      path: 'data.issuedOn',
    });
  });

  test('on the day of the exam are taken', () => {
    when(issued(1, { issuedOn: '2024-06-15' })).accepted();
  });

  test('in the future are refused', () => {
    expect(when(issued(1, { issuedOn: '2026-01-16' })).refused().slug).toBe('in-future');
  });

  test('when the month’s totals count them are refused', () => {
    expect(when(issued(1), [exam(), totals('2024-07', 'certificates-issued')]).refused().slug).toBe('counted-twice');
  });
});
