import type { Random } from './random.js';

export interface People {
  total: number;
  female: number;
}

/** People counted, of whom so many are women. */
export function people(random: Random, least: number, most: number): People {
  const total = random.int(least, most);
  return { total, female: Math.round(total * (0.35 + random.next() * 0.3)) };
}

/** With ages and minorities for some, as far as they were asked for. */
export function brokenDown(random: Random, counted: People): Record<string, unknown> {
  if (!random.chance(0.25)) return { ...counted };
  const under15 = Math.floor(counted.total * random.next() * 0.1);
  const from15to24 = Math.floor(counted.total * random.next() * 0.3);
  const from60 = Math.floor(counted.total * random.next() * 0.2);
  const from25to59 = counted.total - under15 - from15to24 - from60;
  const ethnicMinority = Math.floor(counted.total * random.next() * 0.5);
  return { ...counted, ages: { under15, from15to24, from25to59, from60 }, ethnicMinority };
}

/** A share of these people, no part of it larger than theirs. */
export function shareOf({ total, female }: People, share: number): People {
  const women = Math.floor(female * share);
  return { total: women + Math.floor((total - female) * share), female: women };
}

export function without(all: People, gone: People): People {
  return { total: all.total - gone.total, female: all.female - gone.female };
}

export function together(some: People, more: People): People {
  return { total: some.total + more.total, female: some.female + more.female };
}
