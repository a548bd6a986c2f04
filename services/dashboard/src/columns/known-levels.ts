import { LATEST, stoodBy } from './known.js';
import { eventOf, isRetold, type LevelChunk, type LevelColumns, type LevelEventRow } from './level-columns.js';
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

/** A step of a series: what it changes in the level from a day on. */
export type EachStep = (
  series: number,
  day: number,
  step: number,
  exact: number,
  atLeast: number,
  about: number,
) => void;

/**
 * Calls `each` for every step of the levels as they were known by the end of a month: what wasn't recorded yet makes none, what was
 * withdrawn later does.
 */
export function eachStepAsKnown(columns: LevelColumns, known: number, each: EachStep): void {
  const retold: RetoldSlots = new Map();
  for (const chunk of columns.chunks) {
    if (chunk.firstRecorded > known) continue;
    const { length, series, day, recorded, withdrawn, step, exact, atLeast, about } = chunk;
    for (let i = 0; i < length; i++) {
      if (recorded[i]! > known) continue;
      if (known !== LATEST && isRetold(chunk, i)) noteRetold(retold, chunk, i, known);
      else if (withdrawn[i] === 0) {
        each(series[i]!, day[i]!, step[i]!, exact[i]!, atLeast ? atLeast[i]! : 0, about ? about[i]! : 0);
      }
    }
  }
  eachRetold(retold, each);
}

/** The same for the steps of what is retold alone. */
export function eachRetoldAsKnown(columns: LevelColumns, known: number, each: EachStep): void {
  const retold: RetoldSlots = new Map();
  for (const chunk of columns.chunks) {
    if (chunk.retold === 0 || chunk.firstRecorded > known) continue;
    for (let i = 0; i < chunk.length; i++) {
      if (isRetold(chunk, i) && chunk.recorded[i]! <= known) noteRetold(retold, chunk, i, known);
    }
  }
  eachRetold(retold, each);
}

function eachRetold(retold: RetoldSlots, each: EachStep): void {
  for (const events of retold.values()) {
    for (const { event, value, exact, atLeast, about } of stepsOfSeries(events)) {
      each(event.chunk.series[event.at]!, event.day, value, exact, atLeast, about);
    }
  }
}

/** The same as columns. */
export function levelsAsKnown(columns: LevelColumns, known: number): LevelStepColumns {
  if (known === LATEST) return columns;
  const retold: RetoldSlots = new Map();
  const own = new Map<LevelChunk, OwnChunk>();
  const chunks = columns.chunks.flatMap((chunk) => {
    if (chunk.firstRecorded > known) return [];
    const made = chunkAsKnown(chunk, known, retold);
    if (made) own.set(chunk, made);
    return [made ?? chunk];
  });
  for (const events of retold.values()) {
    for (const { event, value, exact, atLeast, about } of stepsOfSeries(events)) {
      const { chunk, at } = event;
      const into = own.get(chunk)!;
      into.step[at] = value;
      into.exact[at] = exact;
      into.atLeast[at] = atLeast;
      into.about[at] = about;
    }
  }
  return { indicator: columns.indicator, series: columns.series, chunks };
}

interface EventAsKnown extends LevelEventRow {
  chunk: LevelChunk;
  at: number;
}

/** What stood of each retold slot, by its group: its steps have to be worked out anew. */
type RetoldSlots = Map<number, EventAsKnown[]>;

function noteRetold(retold: RetoldSlots, chunk: LevelChunk, at: number, known: number): boolean {
  if (!stoodBy(known, chunk.recorded[at]!, chunk.withdrawn[at]!)) return false;
  const event = { ...eventOf(chunk, at), chunk, at };
  const events = retold.get(chunk.group[at]!);
  if (events) events.push(event);
  else retold.set(chunk.group[at]!, [event]);
  return true;
}

interface OwnChunk extends StepChunk {
  atLeast: Int8Array;
  about: Int8Array;
}

/** Undefined where all of it was known as it is now. */
function chunkAsKnown(chunk: LevelChunk, known: number, retold: RetoldSlots): OwnChunk | undefined {
  const { length, series, day, recorded } = chunk;
  let own: OwnChunk | undefined;
  for (let i = 0; i < length; i++) {
    const anew = isRetold(chunk, i);
    if (!anew && recorded[i]! <= known) continue;
    own ??= {
      ...{ length, series, day, withdrawn: chunk.withdrawn.slice(), step: new Float64Array(chunk.step) },
      exact: chunk.exact.slice(),
      atLeast: chunk.atLeast?.slice() ?? new Int8Array(chunk.exact.length),
      about: chunk.about?.slice() ?? new Int8Array(chunk.exact.length),
    };
    own.withdrawn[i] = anew && noteRetold(retold, chunk, i, known) ? 0 : 1;
    own.step[i] = own.exact[i] = own.atLeast[i] = own.about[i] = 0;
  }
  return own;
}
