import type { PeriodPart } from '../model.js';
import type { Arena } from './arena.js';
import { monthInYear } from './months.js';
import { PERIOD, PERIOD_WIDTH, Rows } from './rows.js';
import { writePeriod, type PeriodRows } from './stored-periods.js';

/** What was said of a year's months of reports, while it is folded, in the order in which it came. */
export class PackedPeriods {
  private readonly rows: Rows;
  /** JSON of each `PeriodRemark`. */
  private readonly remarks: string[];

  constructor(arena: Arena, stored?: PeriodRows) {
    this.rows = new Rows(arena, PERIOD_WIDTH, stored?.periods);
    this.remarks = [...(stored?.remarks ?? [])];
  }

  add({ what, month, at, nothing, upToSeq, remark }: PeriodPart, seq: number, recorded: number): void {
    const row = this.rows.push();
    const number = remark ? this.remarks.push(JSON.stringify(remark)) : 0;
    writePeriod(this.rows.view, row, { what, at, nothing, upToSeq, seq, recorded }, monthInYear(month), number);
  }

  /** Marks what an entry said as withdrawn; says whether there was anything. */
  withdraw(seq: number, recorded: number): boolean {
    const { view, base, count } = this.rows;
    let found = false;
    for (let row = base; row < base + count * PERIOD_WIDTH; row += PERIOD_WIDTH) {
      if (view.getUint32(row + PERIOD.seq, true) !== seq || view.getUint16(row + PERIOD.withdrawn, true) !== 0)
        continue;
      view.setUint16(row + PERIOD.withdrawn, recorded, true);
      found = true;
    }
    return found;
  }

  toStored(): PeriodRows {
    return { periods: this.rows.bytes(), remarks: [...this.remarks] };
  }

  get size(): number {
    return this.rows.size;
  }

  release(): void {
    this.rows.release();
  }
}
