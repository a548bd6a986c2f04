import type { Fact, States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import type { Day, GivenDate } from '@gdtx/territory/days';
import { fieldOf, wordsOf, type Tally } from '../people.js';
import { shortage, type Register } from './register.js';

/** A class: the state document `class:<unit>/<class>`. */
export interface ClassState {
  type: string;
  programme?: string;
  name?: string;
  openedOn: GivenDate;
  /** The first day on which anything can happen in it. */
  opens: Day;
  schoolYear?: string;
  grade?: number;
  form?: string;
  register: Register;
  /** The last day on which learners came, left or were counted: it can't have been completed before. */
  lastActive: Day;
  enrolled?: Tally;
  left?: Tally;
  headcount?: { on: Day; learners: Tally };
  completed?: { on: Day; learners: Tally };
  /** The months after completion for which employment was reported. */
  employment?: number[];
}

export const classPrefix = (unit: string) => `class:${unit}/`;
export const classKey = (unit: string, id: string) => `${classPrefix(unit)}${id}`;

export function classOf(states: States, fact: Pick<Fact, 'source'>, id: string): ClassState | undefined {
  return states.get<ClassState>(classKey(fact.source, id));
}

/** A class that the rules have found to be there. */
export function knownClass(states: States, fact: Pick<Fact, 'source'>, id: string): ClassState {
  const known = classOf(states, fact, id);
  if (!known) throw new Error(`the class ${id} of ${fact.source} was to be there`);
  return known;
}

export function classIsKnown(states: States, fact: Pick<Fact, 'source'>, id: string): Refusal | undefined {
  return classOf(states, fact, id) ? undefined : unknownClass(fact, id);
}

function unknownClass(fact: Pick<Fact, 'source'>, id: string): Refusal {
  return refuse('class-unknown', `\`${fact.source}\` has opened no class \`${id}\`.`, 'data.class');
}

/** The class has begun by that day. */
export function classHasBegun(states: States, fact: Pick<Fact, 'source'>, id: string, day: Day): Refusal | undefined {
  return hasBegun(knownClass(states, fact, id), id, day);
}

function hasBegun({ opens }: ClassState, id: string, day: Day): Refusal | undefined {
  if (day >= opens) return undefined;
  return refuse('class-not-open', `The class \`${id}\` opens on ${opens}; on ${day} it isn't open yet.`, 'data.class');
}

/** The class is there and open on that day: not before it opens, not after it was completed. */
export function classIsOpen(states: States, fact: Pick<Fact, 'source'>, id: string, day: Day): Refusal | undefined {
  const known = classOf(states, fact, id);
  if (!known) return unknownClass(fact, id);
  const early = hasBegun(known, id, day);
  const { completed } = known;
  if (early || !completed || day <= completed.on) return early;
  return refuse('class-not-open', `The class \`${id}\` was completed on ${completed.on}, before ${day}.`, 'data.class');
}

/** A class lives some years, and then some: more days than this are a mistake, and would make its document too large. */
const MOST_DAYS = 2_000;

/** There is room for a fact of that day. */
export function registerHasRoom(register: Register, day: Day, id: string): Refusal | undefined {
  if (register.length < MOST_DAYS || register.some((at) => at.day === day)) return undefined;
  return tooManyDays(id);
}

function tooManyDays(id: string): Refusal {
  return refuse('too-many', `The class \`${id}\` has facts of more than ${MOST_DAYS} days.`, 'data.class');
}

/** The register adds up on every day, with the fact in it; `path` is that of the fact's people. */
export function registerAddsUp(register: Register, id: string, path: string): Refusal | undefined {
  if (register.length > MOST_DAYS) return tooManyDays(id);
  const short = shortage(register);
  if (!short) return undefined;
  const { day, line, came, left, seen } = short;
  const who = wordsOf(line);
  const sentence = seen
    ? `On ${day} at most ${came - left} ${who} can be in the class \`${id}\` (${came} came, ${left} left): not ${seen}.`
    : `Until ${day} at most ${came} ${who} came to the class \`${id}\`: ${left} can't have left it.`;
  return refuse('more-than-present', sentence, `${path}.${fieldOf(line)}`);
}
