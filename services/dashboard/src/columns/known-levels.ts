import { CHUNK_BITS } from './flow-columns.js';
import { LATEST, stoodBy } from './known.js';
import { eventOf, type LevelChunk, type LevelColumns, type LevelEventRow } from './level-columns.js';
import { stepsOfSeries } from './level-steps.js';
import type { Numbers } from './numbers.js';
import type { SeriesList } from './series-list.js';

/** A run of events with their steps. */
export interface StepChunk {
  readonly length: number;
  readonly series: Int32Array;
  readonly day: Int32Array;
  /** 0: it stands. */
  readonly withdrawn: Uint16Array | Uint8Array;
  readonly step: Numbers;
  readonly exact: Int8Array;
  readonly atLeast: Int8Array | undefined;
  readonly about: Int8Array | undefined;
}

/** Levels as steps: the columns themselves, or how they were known. */
export interface LevelStepColumns {
  readonly indicator: string;
  readonly series: SeriesList;
  readonly chunks: readonly StepChunk[];
}

/** The levels as they were known by the end of a month: what wasn't recorded yet makes no step, what was withdrawn later does. */
export function levelsAsKnown(columns: LevelColumns, known: number): LevelStepColumns {
  if (known === LATEST) return columns;
  const groups = new Groups(columns, known);
  if (!groups.differ) return columns;
  const anew: EventAsKnown[][] = [];
  const chunks = columns.chunks.map((chunk) => chunkAsKnown(chunk, known, groups, anew));
  for (const events of anew) {
    for (const { event, value, exact, atLeast, about } of stepsOfSeries(events)) {
      const { into, at } = event;
      into.step[at] = value;
      into.exact[at] = exact;
      into.atLeast[at] = atLeast;
      into.about[at] = about;
    }
  }
  return { indicator: columns.indicator, series: columns.series, chunks };
}

/** Which slots have to be worked out anew: steps of the others are what they are now, or none. */
class Groups {
  differ = false;
  /** By group: its place in `anew`, from 1 on. */
  readonly anew: Int32Array;

  constructor({ chunks }: LevelColumns, known: number) {
    const size = chunks.length << CHUNK_BITS;
    this.anew = new Int32Array(size);
    const lastKnown = new Int32Array(size).fill(-0x80000000);
    const firstUnknown = new Int32Array(size).fill(0x7fffffff);
    const isAnew = new Uint8Array(size);
    for (const { length, group, day, recorded, withdrawn } of chunks) {
      for (let i = 0; i < length; i++) {
        const of = group[i]!;
        const on = day[i]!;
        if (stoodBy(known, recorded[i]!, withdrawn[i]!)) {
          if (on > lastKnown[of]!) lastKnown[of] = on;
          if (withdrawn[i] !== 0) isAnew[of] = 1;
        } else if (withdrawn[i] === 0 && on < firstUnknown[of]!) firstUnknown[of] = on;
      }
    }
    let count = 0;
    for (let of = 0; of < size; of++) {
      if (firstUnknown[of] !== 0x7fffffff || isAnew[of] === 1) this.differ = true;
      // What comes after everything that was known changes no step of it.
      if (isAnew[of] === 1 || firstUnknown[of]! <= lastKnown[of]!) this.anew[of] = ++count;
    }
  }
}

interface OwnChunk extends StepChunk {
  atLeast: Int8Array;
  about: Int8Array;
}

interface EventAsKnown extends LevelEventRow {
  into: OwnChunk;
  at: number;
}

function chunkAsKnown(chunk: LevelChunk, known: number, groups: Groups, anew: EventAsKnown[][]): StepChunk {
  const { length, series, day, group, recorded, withdrawn } = chunk;
  // Mostly a chunk is of one time: nothing of it was known, or all.
  if (!anyStood(chunk, known)) return { ...chunk, length: 0 };
  let own: OwnChunk | undefined;
  for (let i = 0; i < length; i++) {
    const stood = stoodBy(known, recorded[i]!, withdrawn[i]!);
    const place = groups.anew[group[i]!]!;
    if (place === 0 && stood === (withdrawn[i] === 0)) continue;
    if (!own) {
      own = {
        ...{ length, series, day, withdrawn: withdrawn.slice(), step: new Float64Array(chunk.step) },
        exact: chunk.exact.slice(),
        atLeast: chunk.atLeast?.slice() ?? new Int8Array(chunk.exact.length),
        about: chunk.about?.slice() ?? new Int8Array(chunk.exact.length),
      };
    }
    own.withdrawn[i] = stood ? 0 : 1;
    own.step[i] = own.exact[i] = own.atLeast[i] = own.about[i] = 0;
    if (stood) (anew[place - 1] ??= []).push({ ...eventOf(chunk, i), into: own, at: i });
  }
  return own ?? chunk;
}

function anyStood({ length, recorded, withdrawn }: LevelChunk, known: number): boolean {
  for (let i = 0; i < length; i++) if (stoodBy(known, recorded[i]!, withdrawn[i]!)) return true;
  return false;
}
