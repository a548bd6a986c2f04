import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { atLeast, atMost } from '../people.js';
import { came, counted, isCounted, left, seen, shortage, type Register } from './register.js';

const people = (total: number, female?: number) => ({ total, female, ages: undefined, precision: '', asGiven: '' });
const most = (total: number, female?: number) => atMost(people(total, female));
const least = (total: number, female?: number) => atLeast(people(total, female));

describe('a class register', () => {
  test('adds up while no more leave than came', () => {
    expect(shortage(left(came([], '2024-09-05', most(42)), '2024-10-01', least(42)))).toBeUndefined();
  });

  test('is short on the first day on which more have left than came', () => {
    const register = left(came([], '2024-09-05', most(42)), '2024-10-01', least(43));
    expect(shortage(register)).toEqual({ day: '2024-10-01', line: 'total', came: 42, left: 43, seen: 0 });
  });

  test('is short when someone left before anyone came, though enough came later', () => {
    expect(shortage(came(left([], '2024-09-01', least(1)), '2024-09-05', most(42)))?.day).toBe('2024-09-01');
  });

  test('is short on a later day that a late fact spoils', () => {
    let register: Register = came([], '2024-09-05', most(42));
    register = counted(register, '2024-12-20', least(41));
    expect(shortage(left(register, '2024-10-01', least(1)))).toBeUndefined();
    expect(shortage(left(register, '2024-10-01', least(2)))).toEqual({
      day: '2024-12-20',
      line: 'total',
      came: 42,
      left: 2,
      seen: 41,
    });
  });

  test('counts those who came and left on one day as gone at its end', () => {
    const register = left(came([], '2024-09-05', most(5)), '2024-09-05', least(5));
    expect(shortage(register)).toBeUndefined();
    expect(shortage(seen(register, '2024-09-05', least(1)))?.seen).toBe(1);
  });

  test('is short when more women leave than came, though there are people enough', () => {
    expect(shortage(left(came([], '2024-09-05', most(42, 2)), '2024-10-01', least(3, 3)))?.line).toBe('female');
  });

  test('is short when more men leave than came', () => {
    expect(shortage(left(came([], '2024-09-05', most(42, 40)), '2024-10-01', least(3, 0)))?.line).toBe('notFemale');
  });

  test('supposes nothing of a part that wasn’t given', () => {
    const some = came(came([], '2024-09-05', most(10, 0)), '2024-09-06', most(10));
    expect(shortage(left(some, '2024-10-01', least(10, 10)))).toBeUndefined();
    expect(shortage(left(some, '2024-10-01', least(11, 11)))?.line).toBe('female');
  });

  test('knows of which days there is a headcount', () => {
    const register = counted(seen([], '2024-12-01', least(1)), '2024-12-20', least(1));
    expect([isCounted(register, '2024-12-20'), isCounted(register, '2024-12-01')]).toEqual([true, false]);
  });
});

interface Movement {
  kind: 'came' | 'left' | 'seen';
  day: string;
  total: number;
  female: number | undefined;
}

const movement: fc.Arbitrary<Movement> = fc
  .record({
    kind: fc.constantFrom('came' as const, 'left' as const, 'seen' as const),
    day: fc.integer({ min: 1, max: 9 }).map((n) => `2024-09-0${n}`),
    total: fc.integer({ min: 0, max: 12 }),
    share: fc.option(fc.integer({ min: 0, max: 12 })),
  })
  .map(({ share, ...rest }) => ({ ...rest, female: share === null ? undefined : Math.min(share, rest.total) }));

const written = (register: Register, { kind, day, total, female }: Movement): Register =>
  kind === 'came'
    ? came(register, day, most(total, female))
    : kind === 'left'
      ? left(register, day, least(total, female))
      : seen(register, day, least(total, female));

/** What is true of the movements by counting them by hand, day by day. */
function addsUp(movements: readonly Movement[]): boolean {
  const sum = (kind: Movement['kind'], until: string, count: (m: Movement) => number) =>
    movements.filter((m) => m.kind === kind && m.day <= until).reduce((all, m) => all + count(m), 0);
  return [...new Set(movements.map((m) => m.day))].every((day) =>
    [
      { high: (m: Movement) => m.total, low: (m: Movement) => m.total },
      { high: (m: Movement) => m.female ?? m.total, low: (m: Movement) => m.female ?? 0 },
      {
        high: (m: Movement) => (m.female === undefined ? m.total : m.total - m.female),
        low: (m: Movement) => (m.female === undefined ? 0 : m.total - m.female),
      },
    ].every(({ high, low }) => {
      const there = sum('came', day, high) - sum('left', day, low);
      const needed = movements.filter((m) => m.kind === 'seen' && m.day === day).map(low);
      return there >= Math.max(0, ...needed);
    }),
  );
}

describe('whatever the movements', () => {
  test('the register is the same in any order of arrival', () => {
    const shuffled = fc
      .array(movement, { maxLength: 15 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, others]) => {
        expect(others.reduce(written, [] as Register)).toEqual(all.reduce(written, [] as Register));
      }),
    );
  });

  test('it adds up exactly when presence is enough on every day', () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 15 }), (all) => {
        expect(shortage(all.reduce(written, [] as Register)) === undefined).toBe(addsUp(all));
      }),
      { numRuns: 1000 },
    );
  });
});
