/** Numbers that look random and are the same for the same words: a nation is told again from its seed. */
export interface Random {
  /** From 0 until below 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Around 1, never below 0: most are near, a few are several times as large. */
  around(spread: number): number;
}

/** sfc32, seeded from a text by cyrb128; both are in the public domain. */
export function random(words: string): Random {
  let [a, b, c, d] = seeds(words);
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 8; warm++) next();
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)]!,
    // The sum of three is near enough to a bell.
    around: (spread) => Math.exp((next() + next() + next() - 1.5) * 2 * spread),
  };
}

function seeds(words: string): [number, number, number, number] {
  let [h1, h2, h3, h4] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < words.length; i++) {
    const k = words.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179);
  }
  return [h1 ^ h2, h2 ^ h3, h3 ^ h4, h4 ^ h1];
}
