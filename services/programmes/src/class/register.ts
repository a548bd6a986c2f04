import type { Day } from '@gdtx/territory/days';
import { higherOfLeast, LINES, sumOfLeast, sumOfMost, type AtLeast, type AtMost, type Line } from '../people.js';

/**
 * The register of a class: who came, who left and how many were certainly seen there, by day. Facts reach it in any order of
 * their days; it is the same whatever the order, and a fact is taken only if the register then adds up on every day.
 */
export type Register = readonly RegisterDay[];

export interface RegisterDay {
  day: Day;
  came?: AtMost;
  left?: AtLeast;
  /** Present in a headcount, candidates of an exam, completed: so many must have been there at the end of the day. */
  seen?: AtLeast;
  /** A headcount was reported for this day. */
  counted?: true;
}

export const came = (register: Register, day: Day, people: AtMost): Register =>
  changed(register, day, (at) => ({ ...at, came: sumOfMost(at.came, people) }));

export const left = (register: Register, day: Day, people: AtLeast): Register =>
  changed(register, day, (at) => ({ ...at, left: sumOfLeast(at.left, people) }));

export const seen = (register: Register, day: Day, people: AtLeast): Register =>
  changed(register, day, (at) => ({ ...at, seen: higherOfLeast(at.seen, people) }));

export const counted = (register: Register, day: Day, people: AtLeast): Register =>
  changed(seen(register, day, people), day, (at) => ({ ...at, counted: true }));

export function isCounted(register: Register, day: Day): boolean {
  return register.some((at) => at.day === day && at.counted === true);
}

/** A day on which the register doesn't add up: more left than had come, or more were seen than were there. */
export interface Shortage {
  day: Day;
  line: Line;
  came: number;
  left: number;
  seen: number;
}

/** The first day on which the register doesn't add up. One pass, without making anything: it is run for most facts. */
export function shortage(register: Register): Shortage | undefined {
  const came = LINES.map(() => 0);
  const left = LINES.map(() => 0);
  for (const at of register) {
    for (let i = 0; i < LINES.length; i++) {
      const line = LINES[i]!;
      if (at.came) came[i]! += at.came[line] ?? at.came.total;
      if (at.left) left[i]! += at.left[line] ?? 0;
      const seen = at.seen?.[line] ?? 0;
      if (left[i]! + seen > came[i]!) return { day: at.day, line, came: came[i]!, left: left[i]!, seen };
    }
  }
  return undefined;
}

function changed(register: Register, day: Day, change: (at: RegisterDay) => RegisterDay): Register {
  // From the end: most facts are of the newest day.
  const index = register.findLastIndex((at) => at.day < day) + 1;
  const there = register[index]?.day === day;
  const now = change(there ? register[index]! : { day });
  return register.toSpliced(index, there ? 1 : 0, now);
}
