/** At most so many steps from the foot of a picture to its top. */
const MOST_STEPS = 4;
const ROUND = [1, 2, 2.5, 5, 10];

/**
 * The values that stand beside a picture, from 0 to the first one that isn't less than the greatest value: round numbers, so that what lies between
 * them can be read. `least`: the smallest step there is, 1 of what is counted. Pure.
 */
export function axisOf(most: number, least = 0): number[] {
  const exact = most / MOST_STEPS;
  const size = 10 ** Math.floor(Math.log10(exact));
  const round = ROUND.map((each) => each * size).find((each) => each >= exact * (1 - 1e-9))!;
  const step = Math.max(round, least);
  const whole = least > 0 ? Math.ceil(step) : step;
  return Array.from({ length: Math.ceil(most / whole - 1e-9) + 1 }, (_, i) => i * whole);
}
