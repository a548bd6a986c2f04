/** Numbers that look like chance and are the same for the same seed. */
export interface Random {
  /** From 0 to 1, 1 excluded. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  oneOf<T>(list: readonly T[]): T;
  /** True so often out of 1. */
  chance(share: number): boolean;
  /** Other numbers, which don't depend on how many of these have been drawn: one for each that draws in its own time. */
  fork(name: string): Random;
}

/** Mulberry32 over a hash of the seed's name: 32 bits are plenty for choosing what to break. */
export function createRandom(seed: string): Random {
  let state = hashOf(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    oneOf: (list) => {
      if (list.length === 0) throw new Error('there is nothing to choose from');
      return list[between(0, list.length - 1)]!;
    },
    chance: (share) => next() < share,
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

/** FNV-1a, with a last mix so that seeds that differ in their last character differ everywhere. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
