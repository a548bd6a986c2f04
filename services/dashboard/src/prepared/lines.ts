import type { Amount } from '../queries/tally.js';

/** What is added at once: a sum, and of how many sources of each precision. */
export type Amounts = [sum: number, exact: number, atLeast: number, about: number];

interface Total extends Amount {
  first: number;
  last: number;
}

/** Amounts of one place and category by time (months, or the points at which a level is asked), without holes. */
export class Line {
  /** The first time that there is room for. */
  start = 0;
  sum = new Float64Array(0);
  exact = new Int32Array(0);
  /** Most sources are exact: there only where something isn't. */
  atLeast: Int32Array | undefined;
  about: Int32Array | undefined;
  private kept: Total | undefined;

  constructor(
    readonly code: number,
    readonly category: number,
  ) {}

  /** After the last time. */
  get end(): number {
    return this.start + this.sum.length;
  }

  add(time: number, sum: number, exact: number, atLeast: number, about: number): void {
    if (time < this.start || time >= this.end) this.reach(time);
    this.kept = undefined;
    const at = time - this.start;
    this.sum[at]! += sum;
    this.exact[at]! += exact;
    if (atLeast !== 0) (this.atLeast ??= new Int32Array(this.sum.length))[at]! += atLeast;
    if (about !== 0) (this.about ??= new Int32Array(this.sum.length))[at]! += about;
  }

  /** The sum of the times from one to another, each included. The one asked last is kept until something is added. */
  total(first: number, last: number): Amount {
    const { kept } = this;
    if (kept?.first === first && kept.last === last) return kept;
    const total: Total = { first, last, sum: 0, exact: 0, atLeast: 0, about: 0 };
    const end = Math.min(last + 1, this.end) - this.start;
    for (let at = Math.max(first - this.start, 0); at < end; at++) {
      total.sum += this.sum[at]!;
      total.exact += this.exact[at]!;
      if (this.atLeast) total.atLeast += this.atLeast[at]!;
      if (this.about) total.about += this.about[at]!;
    }
    return (this.kept = total);
  }

  private reach(time: number): void {
    const empty = this.sum.length === 0;
    const start = empty ? time : Math.min(this.start, time);
    const end = empty ? time + YEAR : time < this.end ? this.end : time + YEAR;
    const moved = <A extends Float64Array | Int32Array>(old: A, made: A): A => {
      made.set(old, empty ? 0 : this.start - start);
      return made;
    };
    this.sum = moved(this.sum, new Float64Array(end - start));
    this.exact = moved(this.exact, new Int32Array(end - start));
    if (this.atLeast) this.atLeast = moved(this.atLeast, new Int32Array(end - start));
    if (this.about) this.about = moved(this.about, new Int32Array(end - start));
    this.start = start;
  }
}

const YEAR = 12;

/** The lines of an indicator: one for each place and category that there is anything of. */
export class Lines {
  readonly all: Line[] = [];
  private readonly byCode = new Map<number, (Line | undefined)[]>();

  /** `code`: a place as the owner of the lines numbers them. */
  of(code: number, category: number): Line {
    let byCategory = this.byCode.get(code);
    if (!byCategory) this.byCode.set(code, (byCategory = []));
    let line = byCategory[category];
    if (!line) {
      byCategory[category] = line = new Line(code, category);
      this.all.push(line);
    }
    return line;
  }
}
