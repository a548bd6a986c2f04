import type { Balance, Cell, LevelEvent, Part, Period, PrecisionCode, UnitYear } from '../model.js';
import { dayText } from './months.js';
import { readPeriods, type PeriodRows } from './stored-periods.js';
import { CELL, CELL_WIDTH, LEVEL, LEVEL_WIDTH } from './rows.js';

/**
 * A `UnitYear` as it stands in the collection `unit_years`: the same, with its cells and level events as packed rows
 * (see rows.ts), which write and load ten times faster than documents of named fields. `readUnitYear` unpacks it.
 */
export interface StoredUnitYear {
  _id: string;
  service: string;
  unit: string;
  year: number;
  epoch: number;
  seq: number;
  /** JSON: a list of [indicator, category, part, at]. */
  series: string;
  slots: string[];
  cells: Bytes;
  levels: Bytes;
  balances: Balance[];
  /** Twelve u32, little-endian: `UnitYear.lastSeqs`. What was stored before there were any has none. */
  lastSeqs?: Bytes;
  /** What was said of its months, as in `PeriodRows`. Likewise. */
  periods?: Bytes;
  remarks?: string[];
}

/** A Buffer, or what the driver makes of one. */
export type Bytes = Uint8Array | { readonly buffer: Uint8Array; readonly position: number };

export function bytesOf(bytes: Bytes): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : bytes.buffer.subarray(0, bytes.position);
}

const viewOf = ({ buffer, byteOffset, length }: Uint8Array): DataView => new DataView(buffer, byteOffset, length);

/** Calls `each` for every cell in order; `series` is its place in `seriesOf(stored)`. No object is made of it. */
export function eachCell(
  stored: StoredUnitYear,
  each: (
    series: number,
    month: number,
    recorded: number,
    sum: number,
    exact: number,
    atLeast: number,
    about: number,
  ) => void,
): void {
  const view = viewOf(bytesOf(stored.cells));
  const january = stored.year * 12;
  for (let at = 0; at < view.byteLength; at += CELL_WIDTH) {
    each(
      view.getUint32(at + CELL.series, true),
      january + view.getUint8(at + CELL.month),
      view.getUint16(at + CELL.recorded, true),
      view.getFloat64(at + CELL.sum, true),
      view.getInt32(at + CELL.counts, true),
      view.getInt32(at + CELL.counts + 4, true),
      view.getInt32(at + CELL.counts + 8, true),
    );
  }
}

/** What was said of its months; of none in a document that was stored before there were any. */
export function periodRowsOf({ periods, remarks = [] }: StoredUnitYear): PeriodRows | undefined {
  return periods && { periods: bytesOf(periods), remarks };
}

export function periodsOf(stored: StoredUnitYear): Iterable<Period> {
  const rows = periodRowsOf(stored);
  return rows ? readPeriods(stored.year, rows) : [];
}

/** Of each month of the year, the last entry that changed what is said of it. */
export function lastSeqsOf({ lastSeqs }: StoredUnitYear): number[] | undefined {
  if (!lastSeqs) return undefined;
  const view = viewOf(bytesOf(lastSeqs));
  return Array.from({ length: MONTHS }, (_, month) => view.getUint32(month * 4, true));
}

export function packLastSeqs(lastSeqs: ArrayLike<number>): Buffer {
  const bytes = Buffer.allocUnsafe(MONTHS * 4);
  for (let month = 0; month < MONTHS; month++) bytes.writeUInt32LE(lastSeqs[month] ?? 0, month * 4);
  return bytes;
}

export const MONTHS = 12;

export type StoredSeries = readonly [indicator: string, category: string, part: Part, at: string];

export function seriesOf(stored: StoredUnitYear): StoredSeries[] {
  return JSON.parse(stored.series) as StoredSeries[];
}

/** The document as the rest of the dashboard knows it. */
export function readUnitYear(stored: StoredUnitYear): UnitYear {
  const { _id, service, unit, year, epoch, seq, balances } = stored;
  const series = seriesOf(stored).map(([indicator, category, part, at]) => ({ indicator, category, part, at }));
  const cells: Cell[] = [];
  eachCell(stored, (of, month, recorded, sum, exact, atLeast, about) =>
    cells.push({ ...series[of]!, month, recorded, sum, exact, atLeast, about }),
  );
  const levels: LevelEvent[] = [];
  const view = viewOf(bytesOf(stored.levels));
  for (let at = 0; at < view.byteLength; at += LEVEL_WIDTH) {
    levels.push({
      ...series[view.getUint32(at + LEVEL.series, true)]!,
      slot: stored.slots[view.getUint32(at + LEVEL.slot, true)]!,
      day: dayText(year, view.getUint16(at + LEVEL.day, true)),
      mode: view.getUint8(at + LEVEL.mode) === 1 ? 'add' : 'set',
      value: view.getFloat64(at + LEVEL.value, true),
      precision: view.getUint8(at + LEVEL.precision) as PrecisionCode,
      seq: view.getUint32(at + LEVEL.seq, true),
      recorded: view.getUint16(at + LEVEL.recorded, true),
      withdrawn: view.getUint16(at + LEVEL.withdrawn, true) || null,
    });
  }
  const lastSeqs = lastSeqsOf(stored);
  const periods = stored.periods && { periods: [...periodsOf(stored)] };
  return { _id, service, unit, year, epoch, seq, cells, levels, balances, ...(lastSeqs && { lastSeqs }), ...periods };
}
