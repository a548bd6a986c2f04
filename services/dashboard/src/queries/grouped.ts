import { demandFew } from './few-rows.js';
import type { Key } from './places.js';
import type { Tally } from './tally.js';
import { ESTIMATED, SIMULATED } from './unit-codes.js';

/** Beyond this many sums they are kept by number in a map, where most of them are empty. */
const MOST_DENSE = 1 << 22;

/**
 * Sums of a figure while they are added up: of a group (a place, an authority, with the bits for estimated and simulated; a category) and a
 * period, by number. At the end each becomes part of one row.
 */
export class Grouped {
  private readonly groups = new Map<number, number>();
  private readonly codes: number[] = [];
  private readonly categories: number[] = [];
  private sums = new Float64Array(0);
  private counts = new Int32Array(0);
  private dense = 0;
  private sparse: Map<number, number> | undefined;

  /** `periods`: how many there are; 1 where time makes no rows. */
  constructor(private readonly periods: number) {}

  /** The number of a group; -1 for the category where it makes no rows. */
  group(code: number, category: number): number {
    const key = code * 0x100000 + category + 1;
    let group = this.groups.get(key);
    if (group === undefined) {
      group = this.codes.push(code) - 1;
      this.categories.push(category);
      this.groups.set(key, group);
    }
    return group;
  }

  add(group: number, period: number, sum: number, exact: number, atLeast: number, about: number): void {
    const at = this.place(group * this.periods + period);
    this.sums[at]! += sum;
    const counts = at * 3;
    this.counts[counts]! += exact;
    this.counts[counts + 1]! += atLeast;
    this.counts[counts + 2]! += about;
  }

  /** Puts every sum into its row. */
  into(tally: Tally, keysOf: (code: number, category: number, period: number) => Key[]): void {
    const give = (number: number, at: number) => {
      const sum = this.sums[at]!;
      const exact = this.counts[at * 3]!;
      const atLeast = this.counts[at * 3 + 1]!;
      const about = this.counts[at * 3 + 2]!;
      if (sum === 0 && exact === 0 && atLeast === 0 && about === 0) return;
      const group = Math.floor(number / this.periods);
      const code = this.codes[group]!;
      const keys = keysOf(code, this.categories[group]!, number % this.periods);
      const marks = { carried: (code & ESTIMATED) !== 0, simulated: (code & SIMULATED) !== 0 };
      tally.add({ sum, exact, atLeast, about }, keys, marks);
      demandFew(tally);
    };
    if (this.sparse) for (const [number, at] of this.sparse) give(number, at);
    else for (let at = 0; at < this.dense; at++) give(at, at);
  }

  private place(number: number): number {
    if (this.sparse) {
      let at = this.sparse.get(number);
      if (at === undefined) this.sparse.set(number, (at = this.sparse.size));
      this.room(at + 1);
      return at;
    }
    if (number < this.dense) return number;
    if (this.codes.length * this.periods > MOST_DENSE) {
      this.sparse = new Map(Array.from({ length: this.dense }, (_, at) => [at, at]));
      return this.place(number);
    }
    this.dense = this.codes.length * this.periods;
    this.room(this.dense);
    return number;
  }

  private room(size: number): void {
    if (size <= this.sums.length) return;
    const length = Math.max(size, this.sums.length * 2);
    const [sums, counts] = [new Float64Array(length), new Int32Array(length * 3)];
    sums.set(this.sums);
    counts.set(this.counts);
    this.sums = sums;
    this.counts = counts;
  }
}
