import { PERIOD_KINDS, type Period, type PeriodRemark } from '../model.js';
import { PERIOD, PERIOD_WIDTH } from './rows.js';

/** What was said of a year's months of reports, as it is stored. */
export interface PeriodRows {
  /** Packed rows, see rows.ts. */
  periods: Uint8Array;
  /** JSON of each `PeriodRemark`. */
  remarks: string[];
}

/** What was said of a year's months, in order. */
export function* readPeriods(year: number, { periods, remarks }: PeriodRows): Iterable<Period> {
  const view = new DataView(periods.buffer, periods.byteOffset, periods.length);
  for (let row = 0; row < view.byteLength; row += PERIOD_WIDTH) {
    const remark = remarks[view.getUint32(row + PERIOD.remark, true) - 1];
    const period: Period = {
      what: PERIOD_KINDS[view.getUint8(row + PERIOD.kind)]!,
      month: year * 12 + view.getUint8(row + PERIOD.month),
      at: view.getFloat64(row + PERIOD.at, true),
      nothing: view.getUint8(row + PERIOD.nothing) === 1,
      upToSeq: view.getUint32(row + PERIOD.upToSeq, true),
      seq: view.getUint32(row + PERIOD.seq, true),
      recorded: view.getUint16(row + PERIOD.recorded, true),
      withdrawn: view.getUint16(row + PERIOD.withdrawn, true) || null,
    };
    yield remark === undefined ? period : { ...period, remark: JSON.parse(remark) as PeriodRemark };
  }
}

/** The way back: documents that were made in memory alone. */
export function packPeriods(year: number, said: readonly Period[]): PeriodRows {
  const remarks: string[] = [];
  const periods = new Uint8Array(said.length * PERIOD_WIDTH);
  const view = new DataView(periods.buffer);
  for (const [i, period] of said.entries()) {
    const row = i * PERIOD_WIDTH;
    const number = period.remark ? remarks.push(JSON.stringify(period.remark)) : 0;
    writePeriod(view, row, period, period.month - year * 12, number);
    view.setUint16(row + PERIOD.withdrawn, period.withdrawn ?? 0, true);
  }
  return { periods, remarks };
}

type Said = Pick<Period, 'what' | 'at' | 'nothing' | 'upToSeq' | 'seq' | 'recorded'>;

/** `month` of the year; `remark`: its place in the list and 1, or 0. */
export function writePeriod(view: DataView, row: number, said: Said, month: number, remark: number): void {
  view.setUint32(row + PERIOD.seq, said.seq, true);
  view.setUint32(row + PERIOD.upToSeq, said.upToSeq, true);
  view.setUint32(row + PERIOD.remark, remark, true);
  view.setUint16(row + PERIOD.recorded, said.recorded, true);
  view.setUint8(row + PERIOD.month, month);
  view.setUint8(row + PERIOD.kind, PERIOD_KINDS.indexOf(said.what));
  view.setUint8(row + PERIOD.nothing, said.nothing ? 1 : 0);
  view.setFloat64(row + PERIOD.at, said.at, true);
}
