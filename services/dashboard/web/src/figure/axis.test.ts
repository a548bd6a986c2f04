import { expect, test } from '@jest/globals';
import { axisOf } from './axis.js';

test.each([
  [28_188, 1, [0, 10_000, 20_000, 30_000]],
  [3_688, 1, [0, 1_000, 2_000, 3_000, 4_000]],
  [19, 1, [0, 5, 10, 15, 20]],
  [9, 1, [0, 3, 6, 9]],
  [1, 1, [0, 1]],
  [3, 1, [0, 1, 2, 3]],
  [1, 0, [0, 0.25, 0.5, 0.75, 1]],
  [1.344, 0, [0, 0.5, 1, 1.5]],
])('beside a picture that goes up to %d stand round numbers', (most, least, values) => {
  expect(axisOf(most, least)).toEqual(values);
});
