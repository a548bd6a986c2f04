import type { Part, PrecisionCode } from '../model.js';
import { CHUNK, CHUNK_BITS } from './flow-columns.js';
import { put, type Numbers, type Places } from './numbers.js';
import { SeriesList } from './series-list.js';

const IN_CHUNK = CHUNK - 1;
const ADD = 4;
/** Of an event's slot: as known earlier its steps aren't just the first of those that it makes now. */
const RETOLD = 8;

/** An event as a document has it. */
export interface LevelRow {
  /** Days since 1970-01-01. */
  day: number;
  /** By the document's own list. */
  slot: number;
  seq: number;
  recorded: number;
  /** The month in which it was withdrawn, 0: it stands. */
  withdrawn: number;
  mode: 'set' | 'add';
  precision: PrecisionCode;
  value: number;
}

/** An event that stands, as its step depends on it. */
export interface LevelEventRow {
  row: number;
  day: number;
  mode: 'set' | 'add';
  seq: number;
  value: number;
  precision: number;
}

/** Told of every change of what an event adds to its unit's level, so that sums that are kept ready follow. */
export type OnStep = (
  columns: LevelColumns,
  series: number,
  day: number,
  sum: number,
  exact: number,
  atLeast: number,
  about: number,
) => void;

/** Whether a report came (1), no longer stands (-1), or came and went as one that doesn't (0). */
export type Came = 1 | 0 | -1;

/** Told of reports that come and go; `recorded`: in which month. */
export type OnReport = (columns: LevelColumns, series: number, day: number, by: Came, recorded: number) => void;

/**
 * Told of every change of what is told once: see `isToldOnce`. `by`: such an event came, or went; the amounts: what changed in its step.
 */
export type OnToldOnce = (
  columns: LevelColumns,
  recorded: number,
  series: number,
  day: number,
  by: Came,
  sum: number,
  exact: number,
  atLeast: number,
  about: number,
) => void;

/**
 * A run of events as typed columns, each with the step that it makes in the level of its unit from its day on: so a level on a
 * day is the sum of all steps until then. An event that is withdrawn makes none.
 */
export class LevelChunk {
  length = 0;
  readonly series = new Int32Array(CHUNK);
  readonly day = new Int32Array(CHUNK);
  /** By the list of its document. */
  slot: Places = new Uint16Array(CHUNK);
  /** The same for all events of one series and slot: where the first of them is in these columns. */
  readonly group = new Int32Array(CHUNK);
  readonly seq = new Uint32Array(CHUNK);
  readonly recorded = new Uint16Array(CHUNK);
  readonly withdrawn = new Uint16Array(CHUNK);
  /** Precision, 4 where the value is added to what there was, and 8 where the slot is retold. */
  readonly how = new Uint8Array(CHUNK);
  value: Numbers = new Int32Array(CHUNK);
  /** The change of the value. */
  step: Numbers = new Int32Array(CHUNK);
  /** The change of the number of series that hold a value of this precision. */
  readonly exact = new Int8Array(CHUNK);
  atLeast: Int8Array | undefined;
  about: Int8Array | undefined;
  /** The next event of the same document, or -1. */
  readonly next = new Int32Array(CHUNK).fill(-1);
  /** The month in which the first of its events was recorded. */
  firstRecorded = Infinity;
  /** How many of its events are of slots that are retold. */
  retold = 0;

  constructor(
    readonly number: number,
    readonly columns: LevelColumns,
    /** Among the chunks of its columns. */
    readonly place: number,
  ) {}
}

/** All events of an indicator and a part. */
export class LevelColumns {
  readonly series = new SeriesList();
  readonly chunks: LevelChunk[] = [];
  /** The first of the rows that were given back, or -1. */
  free = -1;

  constructor(
    readonly number: number,
    readonly indicator: string,
    readonly part: Part,
  ) {}
}

/** The events of all levels. */
export class LevelRows {
  readonly columns: LevelColumns[] = [];
  onStep: OnStep | undefined;
  onReport: OnReport | undefined;
  onToldOnce: OnToldOnce | undefined;
  private readonly chunks: LevelChunk[] = [];
  private readonly last: (LevelChunk | undefined)[] = [];

  create(indicator: string, part: Part): LevelColumns {
    const columns = new LevelColumns(this.columns.length, indicator, part);
    this.columns.push(columns);
    return columns;
  }

  chunkOf(row: number): LevelChunk {
    return this.chunks[row >> CHUNK_BITS]!;
  }

  after(row: number): number {
    return this.chunkOf(row).next[row & IN_CHUNK]!;
  }

  link(row: number, next: number): void {
    this.chunkOf(row).next[row & IN_CHUNK] = next;
  }

  /** Calls `each` for every event of a document, from its first one (-1: none) on. */
  eachOf(first: number, each: (chunk: LevelChunk, at: number) => void): void {
    for (let row = first; row >= 0;) {
      const chunk = this.chunkOf(row);
      const at = row & IN_CHUNK;
      each(chunk, at);
      row = chunk.next[at]!;
    }
  }

  /** An event that makes no step yet. */
  add(columns: LevelColumns, series: number, event: LevelRow): number {
    const row = columns.free >= 0 ? columns.free : this.append(columns);
    const chunk = this.chunkOf(row);
    const at = row & IN_CHUNK;
    if (row === columns.free) columns.free = chunk.next[at]!;
    chunk.series[at] = series;
    chunk.day[at] = event.day;
    chunk.slot = put(chunk.slot, at, event.slot);
    chunk.seq[at] = event.seq;
    chunk.recorded[at] = event.recorded;
    chunk.firstRecorded = Math.min(chunk.firstRecorded, event.recorded);
    chunk.withdrawn[at] = event.withdrawn;
    chunk.how[at] = event.precision | (event.mode === 'add' ? ADD : 0);
    chunk.value = put(chunk.value, at, event.value);
    chunk.next[at] = -1;
    this.onReport?.(columns, series, event.day, event.withdrawn === 0 ? 1 : 0, event.recorded);
    if (event.withdrawn === 0) this.tellOnce(chunk, at, 1);
    return row;
  }

  /** What a row's step depends on. */
  at(row: number): LevelEventRow {
    return eventOf(this.chunkOf(row), row & IN_CHUNK);
  }

  seriesOf(row: number): number {
    return this.chunkOf(row).series[row & IN_CHUNK]!;
  }

  slotOf(row: number): number {
    return this.chunkOf(row).slot[row & IN_CHUNK]!;
  }

  /** An event belongs together with those of the same series and slot, of which `first` is one. */
  setGroup(row: number, first: number): void {
    this.chunkOf(row).group[row & IN_CHUNK] = (this.chunkOf(first).place << CHUNK_BITS) | (first & IN_CHUNK);
  }

  stands(row: number): boolean {
    return this.chunkOf(row).withdrawn[row & IN_CHUNK] === 0;
  }

  recordedOf(row: number): number {
    return this.chunkOf(row).recorded[row & IN_CHUNK]!;
  }

  /** Whether an event counted from the end of some month on, and no longer does. */
  stoodOnce(row: number): boolean {
    return this.chunkOf(row).withdrawn[row & IN_CHUNK]! > this.recordedOf(row);
  }

  /** Says of an event whether its slot is retold: see `isRetold`. */
  setRetold(row: number, retold: boolean): void {
    const chunk = this.chunkOf(row);
    const at = row & IN_CHUNK;
    if (isRetold(chunk, at) === retold) return;
    chunk.how[at]! ^= RETOLD;
    chunk.retold += retold ? 1 : -1;
    if (chunk.withdrawn[at] === 0) this.tellOnce(chunk, at, retold ? -1 : 1);
  }

  /** Its entry was withdrawn in this month, or isn't any more (0). Whether that changed anything. */
  withdraw(row: number, month: number): boolean {
    const chunk = this.chunkOf(row);
    const at = row & IN_CHUNK;
    const before = chunk.withdrawn[at]!;
    if (before === month) return false;
    chunk.withdrawn[at] = month;
    const by = month === 0 ? 1 : before === 0 ? -1 : 0;
    this.onReport?.(chunk.columns, chunk.series[at]!, chunk.day[at]!, by, chunk.recorded[at]!);
    if (by !== 0 && !isRetold(chunk, at)) this.tellOnce(chunk, at, by);
    return true;
  }

  setStep(row: number, step: number, exact: number, atLeast: number, about: number): void {
    const chunk = this.chunkOf(row);
    const at = row & IN_CHUNK;
    const byStep = step - chunk.step[at]!;
    const byExact = exact - chunk.exact[at]!;
    const byAtLeast = atLeast - (chunk.atLeast?.[at] ?? 0);
    const byAbout = about - (chunk.about?.[at] ?? 0);
    if (byStep === 0 && byExact === 0 && byAtLeast === 0 && byAbout === 0) return;
    chunk.step = put(chunk.step, at, step);
    chunk.exact[at] = exact;
    if (byAtLeast !== 0) (chunk.atLeast ??= new Int8Array(CHUNK))[at] = atLeast;
    if (byAbout !== 0) (chunk.about ??= new Int8Array(CHUNK))[at] = about;
    const [{ columns }, series, day] = [chunk, chunk.series[at]!, chunk.day[at]!];
    this.onStep?.(columns, series, day, byStep, byExact, byAtLeast, byAbout);
    if (!isToldOnce(chunk, at)) return;
    this.onToldOnce?.(columns, chunk.recorded[at]!, series, day, 0, byStep, byExact, byAtLeast, byAbout);
  }

  /** An event began to be told once, or no longer is: with the step that it makes. */
  private tellOnce(
    { columns, recorded, series, day, step, exact, atLeast, about }: LevelChunk,
    at: number,
    by: 1 | -1,
  ) {
    const [some, near] = [atLeast?.[at] ?? 0, about?.[at] ?? 0];
    const amounts = [by * step[at]!, by * exact[at]!, by * some, by * near] as const;
    this.onToldOnce?.(columns, recorded[at]!, series[at]!, day[at]!, by, ...amounts);
  }

  /** Takes a document's events out of every level, and gives their rows back. */
  release(first: number): void {
    for (let row = first; row >= 0;) {
      const next = this.after(row);
      this.setStep(row, 0, 0, 0, 0);
      this.withdraw(row, GIVEN_BACK);
      this.setRetold(row, false);
      const { columns } = this.chunkOf(row);
      this.link(row, columns.free);
      columns.free = row;
      row = next;
    }
  }

  private append(columns: LevelColumns): number {
    let chunk = this.last[columns.number];
    if (!chunk || chunk.length === CHUNK) {
      chunk = new LevelChunk(this.chunks.length, columns, columns.chunks.length);
      this.chunks.push(chunk);
      columns.chunks.push(chunk);
      this.last[columns.number] = chunk;
    }
    return (chunk.number << CHUNK_BITS) | chunk.length++;
  }
}

/**
 * Whether what was known of an event's slot at some time isn't just what was recorded until then of what stands now: something came later
 * than what holds after it, or was withdrawn. Steps of others were what they are now, or none yet.
 */
export function isRetold({ how }: LevelChunk, at: number): boolean {
  return (how[at]! & RETOLD) !== 0;
}

/** Whether an event stands and isn't retold: its step is what it was ever since it was recorded. */
export function isToldOnce(chunk: LevelChunk, at: number): boolean {
  return chunk.withdrawn[at] === 0 && !isRetold(chunk, at);
}

/** What the step of an event depends on. */
export function eventOf(chunk: LevelChunk, at: number): LevelEventRow {
  const how = chunk.how[at]!;
  return {
    row: (chunk.number << CHUNK_BITS) | at,
    day: chunk.day[at]!,
    mode: how & ADD ? 'add' : 'set',
    seq: chunk.seq[at]!,
    value: chunk.value[at]!,
    precision: how & 3,
  };
}

/** Stands for no month: the row is free. */
const GIVEN_BACK = 1;
