import { describe, expect, test } from '@jest/globals';
import { breaksOf, stepOf } from './scale.js';

describe('the scale', () => {
  test('has as many values on each step as can be', () => {
    const values = Array.from({ length: 60 }, (_, i) => i);
    const breaks = breaksOf(values);
    expect(breaks).toEqual([10, 20, 30, 40, 50]);
    const steps = values.map((value) => stepOf(value, breaks));
    for (let step = 0; step < 6; step += 1) expect(steps.filter((each) => each === step)).toHaveLength(10);
  });

  test('of few values uses its ends, of one its middle, of none nothing', () => {
    expect(breaksOf([5, 9])).toEqual([9]);
    expect([stepOf(5, [9]), stepOf(9, [9])]).toEqual([0, 5]);
    expect(stepOf(7, breaksOf([7]))).toBe(3);
    expect(breaksOf([])).toEqual([]);
  });
});
