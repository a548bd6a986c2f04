import { describe, expect, test } from '@jest/globals';
import {
  atLeast,
  atMost,
  excess,
  fieldOf,
  higherOfLeast,
  sumOfLeast,
  sumOfMost,
  sumOfTallies,
  tally,
} from './people.js';

const people = (total: number, more: object = {}) => ({ total, ages: undefined, precision: '', asGiven: '', ...more });

describe('what a count certainly means', () => {
  test('exact: the number, each part that was given, and who isn’t in it', () => {
    const lines = { total: 42, female: 25, notFemale: 17, disabled: 0, notDisabled: 42 };
    expect(atMost(people(42, { female: 25, disabled: 0 }))).toEqual(lines);
    expect(atLeast(people(42, { female: 25, disabled: 0, precision: 'exact' }))).toEqual(lines);
  });
  test('at least: no upper bound; the parts at least as many, the others unknown', () => {
    expect(atLeast(people(42, { female: 25, precision: 'at-least' }))).toEqual({ total: 42, female: 25 });
    expect(excess({ total: 2 ** 31 }, atMost(people(42, { precision: 'at-least' })))).toBeUndefined();
  });
  test('about: nothing', () => {
    expect(atLeast(people(42, { female: 25, precision: 'about' }))).toEqual({ total: 0 });
    expect(
      excess({ total: 2 ** 31, female: 1 }, atMost(people(42, { female: 0, precision: 'about' }))),
    ).toBeUndefined();
  });
});

test('a line that one count lacks is as high as its total above, and 0 below', () => {
  expect(sumOfMost({ total: 10, female: 4 }, { total: 5 })).toEqual({ total: 15, female: 9 });
  expect(sumOfLeast({ total: 10, female: 4 }, { total: 5 })).toEqual({ total: 15, female: 4 });
  expect(higherOfLeast({ total: 10, female: 4 }, { total: 12 })).toEqual({ total: 12, female: 4 });
  expect([
    sumOfMost(undefined, { total: 1 }),
    sumOfLeast(undefined, { total: 1 }),
    higherOfLeast(undefined, { total: 1 }),
  ]).toEqual(Array(3).fill({ total: 1 }));
});

test('the first line that exceeds, and the field it comes from', () => {
  expect(
    excess(
      { total: 3, ethnicMinority: 2, notEthnicMinority: 1 },
      { total: 5, ethnicMinority: 5, notEthnicMinority: 0 },
    ),
  ).toBe('notEthnicMinority');
  expect(['total', 'female', 'notEthnicMinority', 'notDisabled'].map((line) => fieldOf(line as 'total'))).toEqual([
    'total',
    'female',
    'ethnicMinority',
    'disabled',
  ]);
});

test('a tally is as precise as its least precise part, and knows women only while all counts do', () => {
  const [exact, more, about] = [
    tally(people(1, { female: 1 })),
    tally(people(2, { female: 0, precision: 'at-least' })),
    tally(people(3, { precision: 'about' })),
  ];
  expect(sumOfTallies(undefined, exact)).toEqual({ total: 1, female: 1, precision: 'exact' });
  expect(sumOfTallies(exact, more)).toEqual({ total: 3, female: 1, precision: 'at-least' });
  expect(sumOfTallies(sumOfTallies(exact, more), about)).toEqual({ total: 6, precision: 'about' });
});
