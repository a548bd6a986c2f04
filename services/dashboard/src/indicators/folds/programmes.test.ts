import { describe, expect, test } from '@jest/globals';
import { fold, lines, remembered } from '../../../test/folding.js';

describe('exams', () => {
  const held = {
    type: 'programmes.ExamHeld',
    data: { exam: 'e1', type: 'it-certificate', heldOn: '2024-06-15', candidates: { total: 120 } },
  };

  test('count candidates and, where it was said, who passed; the type is remembered', () => {
    expect(lines(fold(held))).toEqual(['flow exam-candidates[it-certificate] 2024-06 = 120']);
    const passed = { ...held, data: { ...held.data, passed: { total: 117 } } };
    expect(lines(fold(passed))).toContain('flow exam-passed[it-certificate] 2024-06 = 117');
    expect(remembered(held)).toEqual([{ key: 'exam:e1', value: 'it-certificate', kind: 'said' }]);
  });

  test('give certificates in the month in which they were issued', () => {
    const issued = {
      type: 'programmes.CertificatesIssued',
      data: { exam: 'e1', issuedOn: '2024-07-20', certificates: { total: 117, female: 70 } },
    };
    expect(lines(fold({ ...issued, known: { 'exam:e1': 'it-certificate' } }))).toEqual([
      'flow certificates-issued[it-certificate] 2024-07 = 117',
      'flow certificates-issued[it-certificate].female 2024-07 = 70',
    ]);
    expect(lines(fold(issued))[0]).toBe('flow certificates-issued[unknown] 2024-07 = 117');
  });

  test('of graduation are another thing: graduates count, their candidates don’t', () => {
    const data = {
      type: 'upper-secondary',
      occurredOn: '2025-07-22',
      graduates: { total: 96 },
      candidates: { total: 98 },
    };
    expect(lines(fold({ type: 'programmes.LearnersGraduated', data }))).toEqual([
      'flow graduates[upper-secondary] 2025-07 = 96',
    ]);
  });
});

describe('work after training', () => {
  const data = { reportedOn: '2025-03-31', surveyed: { total: 60 }, employed: { total: 47 } };

  test('of a whole type', () => {
    expect(lines(fold({ type: 'programmes.EmploymentReported', data: { ...data, type: 'short-term' } }))).toEqual([
      'flow employment-surveyed[short-term] 2025-03 = 60',
      'flow employment-employed[short-term] 2025-03 = 47',
    ]);
  });

  test('of a class, by its type', () => {
    const known = { 'class:c1': 'elementary-vocational' };
    expect(lines(fold({ type: 'programmes.EmploymentReported', data: { ...data, class: 'c1' }, known }))[0]).toBe(
      'flow employment-surveyed[elementary-vocational] 2025-03 = 60',
    );
  });
});

test('an intake is planned for the September with which its school year begins', () => {
  const data = { schoolYear: '2024-2025', type: 'upper-secondary', count: 180 };
  expect(lines(fold({ type: 'programmes.IntakePlanned', data }))).toEqual([
    'flow intake-planned[upper-secondary] 2024-09 = 180',
  ]);
});

describe('what is on offer', () => {
  const offered = (data: object, entry?: object) =>
    lines(
      fold({
        type: 'programmes.ProgrammeOffered',
        data: { programme: 'p1', type: 'refresher', ...data },
        ...(entry ? { entry } : {}),
      }),
    );

  test('counts from its first day until it isn’t offered any more', () => {
    expect(offered({ offeredFrom: { notBefore: '2018-11-27' }, until: '2024-01-01' })).toEqual([
      'level programmes-offered[refresher] p1@2018-11-27 set = 1',
      'level programmes-offered[refresher] p1@2024-01-01 set = 0',
    ]);
  });

  test('undated, from when its document was published, else from when it was recorded', () => {
    expect(offered({ source: { title: 't', publishedOn: { on: '2022-02-16' } } })).toEqual([
      'level programmes-offered[refresher] p1@2022-02-16 set = 1',
    ]);
    expect(offered({})).toEqual(['level programmes-offered[refresher] p1@2026-06-15 set = 1']);
  });

  test('undated and over, only its end is known', () => {
    expect(offered({ until: '2024-01-01' })).toEqual(['level programmes-offered[refresher] p1@2024-01-01 set = 0']);
  });

  const reported = (data: object, known = {}) => ({
    type: 'programmes.OfferReported',
    data: { reportedOn: { on: '2022' }, ...data },
    known,
  });

  test('fields of study are a level of the unit, as precise as they were said', () => {
    expect(lines(fold(reported({ fields: { value: 31, precision: 'at-least' } })))).toEqual([
      'level fields-of-study[] @2022-01-01 set = 31 at-least',
    ]);
  });

  test('an open list makes the number of programmes at least, a complete one exact again', () => {
    const open = reported({ openTypes: ['refresher', 'linked-degree'] });
    expect(lines(fold(open))).toEqual([
      'level programmes-offered[refresher] open:refresher@2022-01-01 set = 0 at-least',
      'level programmes-offered[linked-degree] open:linked-degree@2022-01-01 set = 0 at-least',
    ]);
    const memory = { key: 'open-types:', value: ['refresher', 'linked-degree'], kind: 'gathered' };
    expect(remembered(open)).toEqual([memory]);
    const later = reported({ openTypes: ['refresher'] }, { 'open-types:': ['refresher', 'linked-degree'] });
    expect(lines(fold(later))).toEqual([
      'level programmes-offered[refresher] open:refresher@2022-01-01 set = 0 at-least',
      'level programmes-offered[linked-degree] open:linked-degree@2022-01-01 set = 0',
    ]);
    expect(remembered(later)).toEqual([]);
  });

  test('undated, from when it was recorded', () => {
    const undated = { ...reported({ fields: { value: 1 } }), data: { fields: { value: 1 } } };
    expect(lines(fold(undated))).toEqual(['level fields-of-study[] @2026-06-15 set = 1']);
  });
});

describe('totals of a month', () => {
  const totals = (type: string, ...measures: object[]) =>
    lines(fold({ type: 'programmes.TotalsReported', data: { month: '2024-02', type, measures } }));
  const people = { total: 5 };

  test('of enrolments count like those of classes', () => {
    expect(totals('refresher', { measure: 'learners-enrolled', people })).toEqual([
      'flow learners-enrolled[refresher] 2024-02 = 5',
      'flow refresher-trainees[] 2024-02 = 5',
      'flow trainees[refresher] 2024-02 = 5',
    ]);
  });

  test('of people trained beside enrolments are the same people', () => {
    const said = [
      { measure: 'learners-enrolled', people },
      { measure: 'trainees', people: { total: 4 } },
    ];
    expect(totals('refresher', ...said)).toEqual([
      'flow learners-enrolled[refresher] 2024-02 = 5',
      'flow refresher-trainees[] 2024-02 = 4',
      'flow trainees[refresher] 2024-02 = 4',
    ]);
  });

  test('of people trained in a type that is none of training are people trained', () => {
    expect(totals('it-certificate', { measure: 'trainees', people })).toEqual([
      'flow trainees[it-certificate] 2024-02 = 5',
    ]);
  });

  test('of pupils given as people trained stay pupils', () => {
    expect(totals('general-vocational', { measure: 'trainees', people })).toEqual([
      'flow general-vocational-pupils[] 2024-02 = 5',
    ]);
  });

  test('of those present hold on the last day of the month', () => {
    expect(totals('literacy', { measure: 'learners-present', people })).toEqual([
      'level learners-present[literacy] type:literacy@2024-02-29 set = 5',
    ]);
  });

  test('of those who left go by reason', () => {
    expect(totals('literacy', { measure: 'learners-left', people, reason: 'dropped-out' })).toEqual([
      'flow learners-left[dropped-out] 2024-02 = 5',
    ]);
  });

  test.each([
    'learners-completed',
    'graduates',
    'exam-candidates',
    'exam-passed',
    'certificates-issued',
    'attendances',
  ])('of %s go by type', (measure) => {
    expect(totals('short-term', { measure, people })).toEqual([`flow ${measure}[short-term] 2024-02 = 5`]);
  });

  test('of a measure that isn’t known enter nothing', () => {
    expect(totals('short-term', { measure: 'of-a-later-version', people })).toEqual([]);
  });
});

describe('an opening balance', () => {
  const balance = (data: object) =>
    fold({
      type: 'programmes.OpeningBalanceDeclared',
      data: { basis: 'total', count: 10, to: { on: '2022-02-16' }, programmeTypes: ['refresher'], ...data },
    });
  const shown = (data: object) => lines(balance(data)).filter((line) => !line.startsWith('record'));

  test('of several types enters people trained alone, until its first certain day', () => {
    const data = {
      measure: 'trainees',
      programmeTypes: ['refresher', 'linked-degree', 'short-term'],
      count: 30000,
      precision: 'at-least',
      asGiven: 'hơn 30.000',
      to: { notBefore: '2018-11-27' },
    };
    expect(shown(data)).toEqual(['balance trainees[] ?..2018-11-27 total = 30000 at-least']);
    expect(balance(data)[0]).toMatchObject({ asGiven: 'hơn 30.000' });
  });

  test('of one type is in its category', () => {
    expect(shown({ measure: 'trainees', programmeTypes: ['short-term'] })).toEqual([
      'balance trainees[short-term] ?..2022-02-16 total = 10',
    ]);
    expect(shown({ measure: 'exam-candidates', programmeTypes: ['it-certificate'], from: { on: '2003-06' } })).toEqual([
      'balance exam-candidates[it-certificate] 2003-06-01..2022-02-16 total = 10',
    ]);
  });

  test('of people refreshed goes by audience, and these are also trained', () => {
    const data = { measure: 'refresher-trainees', audience: ['tổ trưởng', 'khối trưởng'], from: { on: '2003-06' } };
    expect(shown(data)).toEqual([
      'balance refresher-trainees[tổ trưởng; khối trưởng] 2003-06-01..2022-02-16 total = 10',
      'balance trainees[refresher] 2003-06-01..2022-02-16 total = 10',
    ]);
  });

  test('of linked learners: a total is also of people trained', () => {
    const data = { measure: 'linked-trainees', programmeTypes: ['linked-degree', 'intermediate-vocational'] };
    expect(shown(data)).toEqual([
      'balance linked-trainees[] ?..2022-02-16 total = 10',
      'balance trainees[] ?..2022-02-16 total = 10',
    ]);
  });

  test('of linked learners: an average a year enters the average alone', () => {
    const data = { measure: 'linked-trainees', basis: 'yearly-average', precision: 'about' };
    expect(shown(data)).toEqual(['balance linked-trainees-yearly[] ?..2022-02-16 yearly-average = 10 about']);
  });

  test('of another measure that is an average keeps saying so, and is no people trained', () => {
    expect(shown({ measure: 'refresher-trainees', basis: 'yearly-average' })).toEqual([
      'balance refresher-trainees[] ?..2022-02-16 yearly-average = 10',
    ]);
  });

  test.each(['general-vocational-pupils', 'attendances'])('of %s is of nobody trained', (measure) => {
    expect(shown({ measure, programmeTypes: ['a', 'b'] })).toEqual([`balance ${measure}[] ?..2022-02-16 total = 10`]);
  });

  test.each([
    ['a year', { on: '2022' }, '2022-12-31'],
    ['a month', { on: '2022-02' }, '2022-02-28'],
    ['bounds', { notAfter: '2022-02-16' }, '2022-02-16'],
    ['nothing', undefined, '2026-06-15'],
  ])('given to end with %s ends on its day', (_, to, day) => {
    expect(shown({ measure: 'attendances', to })).toEqual([`balance attendances[refresher] ?..${day} total = 10`]);
  });

  test('known to have begun by a day began at an unknown time', () => {
    expect(shown({ measure: 'attendances', from: { notAfter: '2003-06-30' } })[0]).toContain('?..2022');
    expect(shown({ measure: 'attendances', from: {} })[0]).toContain('?..2022');
  });

  test('is listed with all that was said of it', () => {
    const data = { measure: 'attendances', area: 'district-116', asGiven: 'hàng nghìn' };
    expect(balance(data).at(-1)).toEqual({
      kind: 'record',
      collection: 'balances',
      id: '7',
      set: {
        unit: 'gdtx-son-la',
        indicator: 'attendances',
        measure: 'attendances',
        programmeTypes: ['refresher'],
        area: 'district-116',
        basis: 'total',
        count: 10,
        asGiven: 'hàng nghìn',
        to: '2022-02-16',
      },
    });
  });
});
