import type { Random } from './random.js';

/** People counted, as a publisher's JSON has them. What isn't said is left out. */
export interface People {
  total: number;
  female?: number;
  ethnicMinority?: number;
  disabled?: number;
}

export interface Shares {
  female: number;
  ethnicMinority: number;
}

/** So many people, of whom so many parts are said. */
export function people(rng: Random, total: number, { female, ethnicMinority }: Shares, says: readonly Part[]): People {
  const counted: People = { total };
  if (says.includes('female')) counted.female = near(rng, total * female, 0, total);
  if (says.includes('ethnicMinority')) counted.ethnicMinority = near(rng, total * ethnicMinority, 0, total);
  if (says.includes('disabled')) counted.disabled = rng.chance(0.1) ? Math.min(total, rng.int(1, 3)) : 0;
  return counted;
}

export type Part = 'female' | 'ethnicMinority' | 'disabled';
const PARTS: readonly Part[] = ['female', 'ethnicMinority', 'disabled'];

/** About this share of them: of each part, and of those outside of it, no more than there are. */
export function some(rng: Random, of: People, share: number): People {
  const total = near(rng, of.total * share, 0, of.total);
  return exactly(rng, of, total);
}

/** So many of them. */
export function exactly(rng: Random, of: People, total: number): People {
  const taken: People = { total: Math.min(total, of.total) };
  for (const part of PARTS) {
    const there = of[part];
    if (there === undefined) continue;
    const least = Math.max(0, taken.total - (of.total - there));
    const most = Math.min(there, taken.total);
    taken[part] = near(rng, of.total === 0 ? 0 : (taken.total * there) / of.total, least, most);
  }
  return taken;
}

export function without(from: People, gone: People): People {
  return combined(from, gone, -1);
}

export function together(one: People, other: People): People {
  return combined(one, other, 1);
}

function combined(one: People, other: People, sign: 1 | -1): People {
  const counted: People = { total: one.total + sign * other.total };
  for (const part of PARTS) {
    if (one[part] !== undefined && other[part] !== undefined) counted[part] = one[part] + sign * other[part];
  }
  return counted;
}

/** As somebody writes it who slips by a digit. */
export function tenfold(counted: People): People {
  const { total, ...parts } = counted;
  return { total: total * 10, ...parts };
}

function near(rng: Random, expected: number, least: number, most: number): number {
  const off = (rng.next() + rng.next() - 1) * Math.sqrt(Math.max(1, expected));
  return Math.min(most, Math.max(least, Math.round(expected + off)));
}
