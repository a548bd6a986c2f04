import { expect, test } from '@jest/globals';
import { createRandom } from './random.js';

const drawn = (seed: string, many = 1000) => {
  const random = createRandom(seed);
  return Array.from({ length: many }, () => random.next());
};

test('the same seed gives the same numbers, another gives others', () => {
  expect(drawn('7')).toEqual(drawn('7'));
  expect(drawn('8')).not.toEqual(drawn('7'));
});

test('a fork doesn’t depend on how much was drawn before', () => {
  const [early, late] = [createRandom('7'), createRandom('7')];
  late.next();
  expect(late.fork('a').next()).toBe(early.fork('a').next());
  expect(early.fork('a').next()).not.toBe(early.fork('b').next());
});

test('numbers lie between their ends, and everywhere between', () => {
  const random = createRandom('7');
  const rolls = Array.from({ length: 6000 }, () => random.between(1, 6));
  for (let face = 1; face <= 6; face++) {
    const share = rolls.filter((roll) => roll === face).length / rolls.length;
    expect(share).toBeGreaterThan(0.13);
    expect(share).toBeLessThan(0.2);
  }
  expect(rolls.every((roll) => roll >= 1 && roll <= 6)).toBe(true);
});

test('chances come as often as they say', () => {
  const random = createRandom('7');
  const hits = Array.from({ length: 4000 }, () => random.chance(0.25)).filter(Boolean).length;
  expect(hits).toBeGreaterThan(850);
  expect(hits).toBeLessThan(1150);
});
