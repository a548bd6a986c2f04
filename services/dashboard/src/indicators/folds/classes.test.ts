import { describe, expect, test } from '@jest/globals';
import { fold, lines, remembered } from '../../../test/folding.js';

const known = { 'class:k12': 'upper-secondary' };
const learners = { total: 42, female: 25 };

describe('a class', () => {
  test('is open from its day, and its type is remembered', () => {
    const opened = {
      type: 'programmes.ClassOpened',
      data: { class: 'k12', type: 'upper-secondary', openedOn: { on: '2024-09' } },
    };
    expect(lines(fold(opened))).toEqual(['level classes[upper-secondary] k12@2024-09-01 set = 1']);
    expect(remembered(opened)).toEqual([{ key: 'class:k12', value: 'upper-secondary', kind: 'said' }]);
  });

  test('without a day is open from when it was recorded', () => {
    const opened = { type: 'programmes.ClassOpened', data: { class: 'k12', type: 'literacy' } };
    expect(lines(fold(opened))).toEqual(['level classes[literacy] k12@2026-06-15 set = 1']);
  });

  test('has no learners, and isn’t a class, from the day after its end', () => {
    const data = { class: 'k12', completedOn: '2025-05-30', completed: { total: 40 } };
    const parts = fold({ type: 'programmes.ClassCompleted', data, known: { ...known, 'parts:': 0b11 } });
    expect(lines(parts)).toEqual([
      'flow learners-completed[upper-secondary] 2025-05 = 40',
      'level learners-present[upper-secondary] k12@2025-05-31 set = 0',
      'level learners-present[upper-secondary].female k12@2025-05-31 set = 0',
      'level classes[upper-secondary] k12@2025-05-31 set = 0',
    ]);
  });

  test('of which nobody was ever counted has nobody afterwards', () => {
    const data = { class: 'k12', completedOn: '2025-05-30', completed: { total: 0 } };
    expect(lines(fold({ type: 'programmes.ClassCompleted', data, known }))).toContain(
      'level learners-present[upper-secondary] k12@2025-05-31 set = 0',
    );
  });
});

describe('learners who enrol', () => {
  const enrolled = (type: string | undefined, people: object = { total: 3 }) =>
    lines(
      fold({
        type: 'programmes.LearnersEnrolled',
        data: { class: 'k12', occurredOn: '2024-09-05', learners: people },
        known: type ? { 'class:k12': type } : {},
      }),
    );

  test('count in their month, and are there from their day on, with every part that was said', () => {
    const ages = { under15: 1, from15to24: 30, from25to59: 10, from60: 1 };
    const people = { ...learners, ages, ethnicMinority: 12, disabled: 0, precision: 'about' };
    const parts = ['', 'female', 'under15', 'from15to24', 'from25to59', 'from60', 'ethnic-minority', 'disabled'];
    const values = [42, 25, 1, 30, 10, 1, 12, 0];
    const name = (part: string) => (part ? `.${part}` : '');
    expect(enrolled('upper-secondary', people)).toEqual([
      ...parts.map((p, i) => `flow learners-enrolled[upper-secondary]${name(p)} 2024-09 = ${values[i]} about`),
      ...parts.map(
        (p, i) => `level learners-present[upper-secondary]${name(p)} k12@2024-09-05 add = ${values[i]} about`,
      ),
    ]);
  });

  test.each([
    ['refresher', ['refresher-trainees[]', 'trainees[refresher]']],
    ['linked-degree', ['linked-trainees[]', 'trainees[linked-degree]']],
    ['intermediate-vocational', ['linked-trainees[]', 'trainees[intermediate-vocational]']],
    ['elementary-vocational', ['trainees[elementary-vocational]']],
    ['short-term', ['trainees[short-term]']],
    ['general-vocational', ['general-vocational-pupils[]']],
    ['literacy', ['literacy-learners[]']],
    ['lower-secondary', []],
  ])('of a class of %s are also counted in %j', (type, also) => {
    expect(enrolled(type)).toEqual([
      ...[`learners-enrolled[${type}]`, ...also].map((what) => `flow ${what} 2024-09 = 3`),
      `level learners-present[${type}] k12@2024-09-05 add = 3`,
    ]);
  });

  test('of a class that isn’t known are of an unknown type', () => {
    expect(enrolled(undefined)[0]).toBe('flow learners-enrolled[unknown] 2024-09 = 3');
  });

  test('leave word of which parts were said, once', () => {
    const said = { type: 'programmes.LearnersEnrolled', data: { class: 'k12', occurredOn: '2024-09-05', learners } };
    expect(remembered(said)).toEqual([{ key: 'parts:', value: 0b11, kind: 'gathered' }]);
    expect(remembered({ ...said, known: { 'parts:': 0b11 } })).toEqual([]);
    expect(remembered({ ...said, known: { 'parts:': 0b101 } })).toEqual([
      { key: 'parts:', value: 0b111, kind: 'gathered' },
    ]);
  });
});

describe('learners who leave', () => {
  test('count by reason, and aren’t there from their day on', () => {
    const data = { class: 'k12', occurredOn: '2024-11-04', reason: 'transferred', learners };
    expect(lines(fold({ type: 'programmes.LearnersLeft', data, known }))).toEqual([
      'flow learners-left[transferred] 2024-11 = 42',
      'flow learners-left[transferred].female 2024-11 = 25',
      'level learners-present[upper-secondary] k12@2024-11-04 add = -42',
      'level learners-present[upper-secondary].female k12@2024-11-04 add = -25',
    ]);
  });

  test.each([
    ['at-least', ' at-least', ' about'],
    ['about', ' about', ' about'],
  ])('when it is %s so many, about so many are left', (precision, flow, level) => {
    const data = { class: 'k12', occurredOn: '2024-11-04', reason: 'other', learners: { total: 2, precision } };
    expect(lines(fold({ type: 'programmes.LearnersLeft', data, known }))).toEqual([
      `flow learners-left[other] 2024-11 = 2${flow}`,
      `level learners-present[upper-secondary] k12@2024-11-04 add = -2${level}`,
    ]);
  });
});

describe('a headcount', () => {
  test('of a class says how many are there', () => {
    const said = { type: 'programmes.HeadcountReported', data: { class: 'k12', reportedOn: '2025-01-10', learners } };
    expect(lines(fold({ ...said, known }))).toEqual([
      'level learners-present[upper-secondary] k12@2025-01-10 set = 42',
      'level learners-present[upper-secondary].female k12@2025-01-10 set = 25',
    ]);
    expect(remembered({ ...said, known })).toHaveLength(1);
  });

  test('of a whole type has a series of its own', () => {
    const said = {
      type: 'programmes.HeadcountReported',
      data: { type: 'literacy', reportedOn: '2025-01-10', learners: { total: 9 } },
    };
    expect(lines(fold(said))).toEqual(['level learners-present[literacy] type:literacy@2025-01-10 set = 9']);
    expect(remembered(said)).toEqual([]);
  });
});
