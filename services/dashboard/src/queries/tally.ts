import type { Key } from './places.js';

export type Precision = 'exact' | 'at-least' | 'about';

/** What one fact, cell or step adds to a figure. */
export interface Amount {
  sum: number;
  /** How many parts of each precision. */
  exact: number;
  atLeast: number;
  about: number;
}

export interface Sum extends Amount {
  /** How much of the sum only a declared default successor placed there. */
  estimated: number;
  /** Some of it is a simulated unit's. */
  simulated: boolean;
}

/** What is said of an amount besides its keys. */
export interface Marks {
  /** A predecessor's, which its successor only carries. */
  carried?: boolean | undefined;
  simulated?: boolean | undefined;
}

export interface TalliedRow extends Sum {
  keys: Key[];
}

/** Adds amounts up: all of them, and by row. Every amount enters exactly one row. */
export class Tally {
  readonly all: Sum = emptySum();
  private readonly byKey = new Map<string, TalliedRow>();

  add(amount: Amount, keys: Key[], { carried = false, simulated = false }: Marks = {}): void {
    const estimated = carried || keys.some((k) => k.estimated === true);
    addTo(this.all, amount, estimated, simulated);
    if (keys.length === 0) return;
    const name = nameOf(keys);
    let row = this.byKey.get(name);
    if (!row)
      this.byKey.set(name, (row = { ...emptySum(), keys: keys.map(({ estimated: _e, simulated: _s, ...k }) => k) }));
    addTo(row, amount, estimated, simulated);
  }

  /** How many rows there are. */
  get size(): number {
    return this.byKey.size;
  }

  /** Takes the rows of another tally in, without their sum. */
  adopt(other: Tally): void {
    for (const [name, row] of other.byKey) this.byKey.set(name, row);
  }

  rows(): TalliedRow[] {
    return [...this.byKey.values()].filter((row) => parts(row) !== 0 || row.sum !== 0);
  }
}

/** What tells a row from others: what couldn't be divided in a province stands beside the province itself. */
export function nameOf(keys: readonly Key[]): string {
  return keys.map((k) => `${k.key}\n${k.undivided ? 'u' : k.unplaced ? 'x' : ''}`).join('\r');
}

export function emptySum(): Sum {
  return { sum: 0, exact: 0, atLeast: 0, about: 0, estimated: 0, simulated: false };
}

function addTo(sum: Sum, amount: Amount, estimated: boolean, simulated: boolean): void {
  sum.sum += amount.sum;
  sum.exact += amount.exact;
  sum.atLeast += amount.atLeast;
  sum.about += amount.about;
  if (estimated) sum.estimated += amount.sum;
  if (simulated) sum.simulated = true;
}

function parts(amount: Amount): number {
  return amount.exact + amount.atLeast + amount.about;
}

/** A sum as people read it: null where nothing was ever reported, which isn't 0. */
export function valueOf(amount: Amount): number | null {
  return parts(amount) === 0 && amount.sum === 0 ? null : amount.sum;
}

/** A sum is as precise as its least precise part. */
export function precisionOf(amount: Amount): Precision {
  if (amount.about > 0) return 'about';
  return amount.atLeast > 0 ? 'at-least' : 'exact';
}
