import { expect, test } from '@jest/globals';
import { put } from './numbers.js';

test.each([
  ['counts', new Int8Array(2), 127, 128, Int32Array],
  ['places', new Uint16Array(2), 65_535, 65_536, Int32Array],
  ['amounts', new Int32Array(2), -(2 ** 31), 0.5, Float64Array],
] as const)('%s get more room when one doesn’t fit, and keep what they are', (_, numbers, fitting, larger, Wider) => {
  const add = put as (of: typeof numbers | Int32Array | Float64Array, at: number, value: number) => ArrayLike<number>;
  expect(add(numbers, 0, fitting)).toBe(numbers);
  const wider = add(numbers, 1, larger);
  expect(wider).toBeInstanceOf(Wider);
  expect([...(wider as Int32Array)]).toEqual([fitting, larger]);
});
