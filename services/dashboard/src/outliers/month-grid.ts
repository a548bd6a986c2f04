import { MOST_PAST, type SaidOfMonth } from './outlier-rule.js';

/** How far back months are looked at: some are skipped. */
export const WINDOW = 2 * MOST_PAST;

/** Sums and counts of one series in each month of the window; what lies before it in one number. Months since year 0. */
export class MonthGrid {
  private readonly sums = new Float64Array(WINDOW + 1);
  private readonly counts = new Int32Array(WINDOW + 1);
  private before = 0;
  private month = 0;

  /** Empties it, for a window that ends with a month. */
  begin(month: number): void {
    this.month = month;
    this.before = 0;
    this.sums.fill(0);
    this.counts.fill(0);
  }

  add(month: number, sum: number, count: number): void {
    const at = month - this.month + WINDOW;
    if (at > WINDOW) return;
    if (at < 0) this.before += sum;
    else {
      this.sums[at]! += sum;
      this.counts[at]! += count;
    }
  }

  /** Whether something was said in the window's last month. */
  get hasLast(): boolean {
    return this.counts[WINDOW]! > 0;
  }

  /** The months in which something was said, the latest last. `carries`: sums are changes, and a month's value is the sum of all until then. */
  said(carries: boolean, women: MonthGrid | undefined): SaidOfMonth[] {
    const months: SaidOfMonth[] = [];
    let level = this.before;
    let womenLevel = women ? women.before : 0;
    for (let i = 0; i <= WINDOW; i++) {
      level += this.sums[i]!;
      if (women) womenLevel += women.sums[i]!;
      const count = this.counts[i]!;
      if (count <= 0) continue;
      // Where an entry doesn't say how many are women, nothing is known of their share.
      const isSaid = women !== undefined && women.counts[i] === count;
      const value = carries ? level : this.sums[i]!;
      const ofThem = carries ? womenLevel : isSaid ? women.sums[i]! : 0;
      months.push({ value, entries: carries ? 1 : count, women: isSaid ? ofThem : null });
    }
    return months;
  }
}
