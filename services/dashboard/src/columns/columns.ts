import type { Part } from '../model.js';

/** The parts of a breakdown by number. */
export const PARTS: readonly Part[] = [
  '',
  'female',
  'under15',
  'from15to24',
  'from25to59',
  'from60',
  'ethnic-minority',
  'disabled',
];

export function partNumber(part: Part): number {
  return PARTS.indexOf(part);
}

/** One row to be put into columns: numbers of the dictionaries, and sums. */
export interface ColumnRow {
  /** The unit that it belongs to, and the ledger that says so. */
  unit: number;
  ledger: number;
  category: number;
  part: number;
  /** Of flows: months since year 0. Of levels: days since 1970-01-01. */
  time: number;
  /** Months since year 0. */
  recorded: number;
  sum: number;
  exact: number;
  atLeast: number;
  about: number;
}

const FIRST = 64;

/**
 * The rows of one indicator as typed columns: an array a field, so that a figure is a scan over a few of them. Rows are
 * added at the end and changed in place; a row that no longer counts has nothing but zeros in its sums.
 */
export class Columns {
  length = 0;
  unit = new Int32Array(FIRST);
  ledger = new Int32Array(FIRST);
  category = new Int32Array(FIRST);
  part = new Uint8Array(FIRST);
  time = new Int32Array(FIRST);
  recorded = new Int32Array(FIRST);
  sum = new Float64Array(FIRST);
  exact = new Int32Array(FIRST);
  atLeast = new Int32Array(FIRST);
  about = new Int32Array(FIRST);

  add(row: ColumnRow): number {
    if (this.length === this.unit.length) this.grow();
    const at = this.length++;
    this.set(at, row);
    return at;
  }

  set(at: number, row: ColumnRow): void {
    this.unit[at] = row.unit;
    this.ledger[at] = row.ledger;
    this.category[at] = row.category;
    this.part[at] = row.part;
    this.time[at] = row.time;
    this.recorded[at] = row.recorded;
    this.sum[at] = row.sum;
    this.exact[at] = row.exact;
    this.atLeast[at] = row.atLeast;
    this.about[at] = row.about;
  }

  /** Would `set` change a sum? */
  differs(at: number, row: ColumnRow): boolean {
    const same =
      this.sum[at] === row.sum &&
      this.exact[at] === row.exact &&
      this.atLeast[at] === row.atLeast &&
      this.about[at] === row.about;
    return !same;
  }

  /** Takes a row out of every sum. */
  clear(at: number): void {
    this.sum[at] = this.exact[at] = this.atLeast[at] = this.about[at] = 0;
  }

  private grow(): void {
    const size = this.unit.length * 2;
    const larger = <A extends Int32Array | Float64Array | Uint8Array>(old: A): A => {
      const made = new (old.constructor as new (n: number) => A)(size);
      made.set(old as never);
      return made;
    };
    this.unit = larger(this.unit);
    this.ledger = larger(this.ledger);
    this.category = larger(this.category);
    this.part = larger(this.part);
    this.time = larger(this.time);
    this.recorded = larger(this.recorded);
    this.sum = larger(this.sum);
    this.exact = larger(this.exact);
    this.atLeast = larger(this.atLeast);
    this.about = larger(this.about);
  }
}
