import type { Part } from '../model.js';
import { put, type Counts, type Numbers } from './numbers.js';
import { SeriesList } from './series-list.js';

/** Rows of a chunk. Few enough that an indicator with a handful of rows costs little. */
export const CHUNK_BITS = 10;
export const CHUNK = 1 << CHUNK_BITS;
const IN_CHUNK = CHUNK - 1;

/** What one (series, month, recorded month) holds. */
export interface FlowAmounts {
  sum: number;
  exact: number;
  atLeast: number;
  about: number;
}

/** Told of every change of a row, so that sums that are kept ready follow. */
export type OnFlow = (
  columns: FlowColumns,
  recorded: number,
  series: number,
  month: number,
  sum: number,
  exact: number,
  atLeast: number,
  about: number,
) => void;

/** A run of rows as typed columns: an array a field. What doesn't count any more has nothing but zeros in its sums. */
export class FlowChunk {
  length = 0;
  readonly series = new Int32Array(CHUNK);
  /** Months since year 0. */
  readonly month = new Uint16Array(CHUNK);
  readonly recorded = new Uint16Array(CHUNK);
  sum: Numbers = new Int32Array(CHUNK);
  exact: Counts = new Int8Array(CHUNK);
  /** Most sources are exact: there only where something isn't. */
  atLeast: Int32Array | undefined;
  about: Int32Array | undefined;
  /** The next row of the same document, or -1. */
  readonly next = new Int32Array(CHUNK).fill(-1);

  constructor(
    readonly number: number,
    readonly columns: FlowColumns,
  ) {}
}

/** All rows of an indicator and a part. */
export class FlowColumns {
  readonly series = new SeriesList();
  readonly chunks: FlowChunk[] = [];
  /** The months between which its rows lie. */
  firstMonth = Infinity;
  lastMonth = -Infinity;
  /** The first of the rows that were given back, or -1. */
  free = -1;

  constructor(
    readonly number: number,
    readonly indicator: string,
    readonly part: Part,
  ) {}
}

/** The rows of all flows. A row's number stays while its document has it, and leads to its chunk. */
export class FlowRows {
  readonly columns: FlowColumns[] = [];
  onChange: OnFlow | undefined;
  private readonly chunks: FlowChunk[] = [];
  private readonly last: (FlowChunk | undefined)[] = [];

  create(indicator: string, part: Part): FlowColumns {
    const columns = new FlowColumns(this.columns.length, indicator, part);
    this.columns.push(columns);
    return columns;
  }

  chunkOf(row: number): FlowChunk {
    return this.chunks[row >> CHUNK_BITS]!;
  }

  /** The next row of the same document, or -1. */
  after(row: number): number {
    return this.chunkOf(row).next[row & IN_CHUNK]!;
  }

  link(row: number, next: number): void {
    this.chunkOf(row).next[row & IN_CHUNK] = next;
  }

  /** Calls `each` for every row of a document, from its first one (-1: none) on. */
  eachOf(first: number, each: (chunk: FlowChunk, at: number) => void): void {
    for (let row = first; row >= 0;) {
      const chunk = this.chunkOf(row);
      const at = row & IN_CHUNK;
      each(chunk, at);
      row = chunk.next[at]!;
    }
  }

  /** A row of zeros. */
  add(columns: FlowColumns, series: number, month: number, recorded: number): number {
    const row = columns.free >= 0 ? columns.free : this.append(columns);
    const chunk = this.chunkOf(row);
    const at = row & IN_CHUNK;
    if (row === columns.free) columns.free = chunk.next[at]!;
    chunk.series[at] = series;
    chunk.month[at] = month;
    chunk.recorded[at] = recorded;
    chunk.next[at] = -1;
    if (month < columns.firstMonth) columns.firstMonth = month;
    if (month > columns.lastMonth) columns.lastMonth = month;
    return row;
  }

  /** Whether that changed anything. */
  set(row: number, sum: number, exact: number, atLeast: number, about: number): boolean {
    const chunk = this.chunkOf(row);
    const at = row & IN_CHUNK;
    const bySum = sum - chunk.sum[at]!;
    const byExact = exact - chunk.exact[at]!;
    const byAtLeast = atLeast - (chunk.atLeast?.[at] ?? 0);
    const byAbout = about - (chunk.about?.[at] ?? 0);
    if (bySum === 0 && byExact === 0 && byAtLeast === 0 && byAbout === 0) return false;
    chunk.sum = put(chunk.sum, at, sum);
    chunk.exact = put(chunk.exact, at, exact);
    if (byAtLeast !== 0) (chunk.atLeast ??= new Int32Array(CHUNK))[at] = atLeast;
    if (byAbout !== 0) (chunk.about ??= new Int32Array(CHUNK))[at] = about;
    const { columns, recorded, series, month } = chunk;
    this.onChange?.(columns, recorded[at]!, series[at]!, month[at]!, bySum, byExact, byAtLeast, byAbout);
    return true;
  }

  /** Adds to what a row holds. */
  raise(row: number, sum: number, exact: number, atLeast: number, about: number): void {
    const chunk = this.chunkOf(row);
    const at = row & IN_CHUNK;
    const [some, near] = [(chunk.atLeast?.[at] ?? 0) + atLeast, (chunk.about?.[at] ?? 0) + about];
    this.set(row, chunk.sum[at]! + sum, chunk.exact[at]! + exact, some, near);
  }

  recordedOf(row: number): number {
    return this.chunkOf(row).recorded[row & IN_CHUNK]!;
  }

  /** Takes a document's rows out of every sum, and gives them back. */
  release(first: number): void {
    for (let row = first; row >= 0;) {
      const next = this.after(row);
      this.set(row, 0, 0, 0, 0);
      const { columns } = this.chunkOf(row);
      this.link(row, columns.free);
      columns.free = row;
      row = next;
    }
  }

  private append(columns: FlowColumns): number {
    let chunk = this.last[columns.number];
    if (!chunk || chunk.length === CHUNK) {
      chunk = new FlowChunk(this.chunks.length, columns);
      this.chunks.push(chunk);
      columns.chunks.push(chunk);
      this.last[columns.number] = chunk;
    }
    return (chunk.number << CHUNK_BITS) | chunk.length++;
  }
}
