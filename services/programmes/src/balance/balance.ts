import type { OpeningBalanceDeclared } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import type { States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstDay, isOpenStart, lastDay, type Day, type GivenDate } from '@gdtx/territory/days';
import { audiencesOverlap, holdsAudience } from './groups.js';

/** What a unit had reached before its ledger began (số lũy kế): the state document `balances:<unit>`. */
export interface BalancesState {
  balances: Balance[];
}

export interface Balance {
  measure: string;
  types: string[];
  audience: string[];
  basis: 'total' | 'yearly-average';
  count: number;
  precision: string;
  /** First and last day; `from` null: unknown. */
  from: Day | null;
  to: Day;
  /** The fact's data, for readers. */
  said: unknown;
}

export const balancesKey = (unit: string) => `balances:${unit}`;

export function balancesOf(states: States, unit: string): Balance[] {
  return states.get<BalancesState>(balancesKey(unit))?.balances ?? [];
}

export function balance(data: OpeningBalanceDeclared, said: unknown): Balance {
  return {
    measure: data.measure,
    types: data.programmeTypes,
    audience: data.audience,
    basis: data.basis === 'yearly-average' ? 'yearly-average' : 'total',
    count: data.count,
    precision: data.precision || 'exact',
    from: !data.from || isOpenStart(data.from) ? null : firstDay(data.from),
    to: endOfBalance(data.to!),
    said,
  };
}

/** A balance ends on the last day of a year or month that it names, and on the first certain day of bounds. */
export function endOfBalance({ on, notBefore, notAfter }: GivenDate): Day {
  return on ? lastDay({ on, notBefore, notAfter }) : notBefore || notAfter;
}

/** Of a measure that says what was taught, the programme types that it can be of. */
const TYPES_OF_MEASURE: Readonly<Record<string, readonly string[]>> = {
  'refresher-trainees': ['refresher'],
  'linked-trainees': ['linked-degree', 'intermediate-vocational'],
  'general-vocational-pupils': ['general-vocational'],
  'literacy-learners': ['literacy'],
};

/** The figures that a measure enters: people refreshed or in linked courses are also people trained. */
const ENTERS: Readonly<Record<string, readonly string[]>> = {
  'refresher-trainees': ['refresher-trainees', 'trainees'],
  'linked-trainees': ['linked-trainees', 'trainees'],
};

/** What can be averaged over the years: people who learn, and not papers or attendances. */
const AVERAGED = [
  'trainees',
  'refresher-trainees',
  'linked-trainees',
  'general-vocational-pupils',
  'literacy-learners',
  'learners-enrolled',
];

export function measureFits({ measure, types, basis }: Balance): Refusal | undefined {
  const stray = types.findIndex((type) => !(TYPES_OF_MEASURE[measure] ?? types).includes(type));
  if (stray >= 0) {
    return refuse('type-differs', `${types[stray]} is no type of \`${measure}\`.`, `data.programmeTypes.${stray}`);
  }
  if (basis === 'total' || AVERAGED.includes(measure)) return undefined;
  return refuse('wrong-basis', `\`${measure}\` has no yearly average, only a total.`, 'data.basis');
}

/**
 * No one is counted twice: two balances that enter one figure, of a common programme type, an audience that may hold the
 * same person, and a common day. What is a total and what is an average never meet. A whole is declared, or its parts: never
 * both.
 */
export function countsOnce(said: Balance, known: readonly Balance[]): Refusal | undefined {
  const twice = known.find(
    (other) =>
      other.basis === said.basis &&
      shareOne(ENTERS[other.measure] ?? [other.measure], ENTERS[said.measure] ?? [said.measure]) &&
      shareOne(other.types, said.types) &&
      timesMeet(other, said) &&
      audiencesOverlap(other.audience, said.audience),
  );
  if (!twice) return undefined;
  const whom = twice.audience.length ? twice.audience.join(', ') : 'everybody';
  const when = twice.from ? `from ${twice.from} to ${twice.to}` : `until ${twice.to}`;
  const sentence = `There is a balance of ${twice.count} in \`${twice.measure}\` (${whom}; ${when}) already: the same people would count twice.`;
  return refuse('counted-twice', sentence, 'data.measure');
}

/** Each of the first is part of the second. */
const WITHIN = [
  ['exam-passed', 'exam-candidates', 'more-than-candidates'],
  ['certificates-issued', 'exam-candidates', 'more-than-candidates'],
  ['certificates-issued', 'exam-passed', 'more-than-passed'],
] as const;

/**
 * Certificates ≤ passed ≤ candidates, whichever is declared first. What lies in the time, types and audience of a balance of
 * candidates is certainly theirs; an unknown start is taken as theirs too. What reaches beyond could have had others.
 */
export function partsFitWholes(said: Balance, known: readonly Balance[]): Refusal | undefined {
  const all = [...known, said];
  for (const [part, whole, slug] of WITHIN) {
    if (said.measure !== part && said.measure !== whole) continue;
    for (const limit of all.filter((b) => b.measure === whole && b.basis === 'total' && b.precision === 'exact')) {
      const parts = all.filter(
        (b) => b.measure === part && b.basis === 'total' && b.precision !== 'about' && holds(limit, b),
      );
      const sum = parts.reduce((total, { count }) => total + count, 0);
      if (sum <= limit.count) continue;
      const sentence = `${sum} in \`${part}\` are more than the ${limit.count} in \`${whole}\` of the same types and time.`;
      return refuse(slug, sentence, 'data.count');
    }
  }
  return undefined;
}

function holds(whole: Balance, part: Balance): boolean {
  return (
    part.types.every((type) => whole.types.includes(type)) &&
    holdsAudience(whole.audience, part.audience) &&
    part.to <= whole.to &&
    (whole.from === null || part.from === null || whole.from <= part.from)
  );
}

function timesMeet(one: Balance, other: Balance): boolean {
  return (one.from === null || one.from <= other.to) && (other.from === null || other.from <= one.to);
}

const shareOne = (one: readonly string[], other: readonly string[]) => one.some((item) => other.includes(item));
