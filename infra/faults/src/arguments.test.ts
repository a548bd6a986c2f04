import { expect, test } from '@jest/globals';
import { readArguments } from './arguments.js';

const read = (...args: string[]) => readArguments(args, ['a', 'b', 'c'], () => '42');

test('without arguments: everything, with a seed of its own', () => {
  expect(read()).toEqual({ seed: '42', only: undefined, facts: 20_000, list: false });
});

test('names come with commas, or one by one', () => {
  expect(read('--only', 'a,b', '--only', 'c', '--seed', '7', '--facts', '2000', '--list')).toEqual({
    ...{ seed: '7', only: ['a', 'b', 'c'], facts: 2000, list: true },
  });
});

test('what can’t be read is a sentence', () => {
  expect(() => read('--only', 'd')).toThrow('There is no fault d; there are: a, b, c.');
  expect(() => read('--facts', 'many')).toThrow('whole number');
  expect(() => read('--sede', '7')).toThrow('--sede');
});
