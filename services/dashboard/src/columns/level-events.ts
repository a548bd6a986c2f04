import type { PrecisionCode } from '../model.js';
import { LEVEL, LEVEL_WIDTH } from '../projector/rows.js';
import { bytesOf, type StoredUnitYear } from '../projector/stored-year.js';
import type { LevelRow } from './level-columns.js';

const DAY_MS = 86_400_000;

/** Calls `each` for every event of a level in order; `series` is its place in `seriesOf(stored)`. The event is only lent. */
export function eachEvent(stored: StoredUnitYear, each: (series: number, event: LevelRow) => void): void {
  const bytes = bytesOf(stored.levels);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const newYear = dayNumber(`${String(stored.year).padStart(4, '0')}-01-01`);
  const event: LevelRow = { day: 0, slot: 0, seq: 0, recorded: 0, withdrawn: 0, mode: 'set', precision: 0, value: 0 };
  for (let at = 0; at < view.byteLength; at += LEVEL_WIDTH) {
    event.day = newYear + view.getUint16(at + LEVEL.day, true);
    event.slot = view.getUint32(at + LEVEL.slot, true);
    event.seq = view.getUint32(at + LEVEL.seq, true);
    event.recorded = view.getUint16(at + LEVEL.recorded, true);
    event.withdrawn = view.getUint16(at + LEVEL.withdrawn, true);
    event.mode = view.getUint8(at + LEVEL.mode) === 1 ? 'add' : 'set';
    event.precision = view.getUint8(at + LEVEL.precision) as PrecisionCode;
    event.value = view.getFloat64(at + LEVEL.value, true);
    each(view.getUint32(at + LEVEL.series, true), event);
  }
}

/** Days since 1970-01-01. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

export function dayText(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}
