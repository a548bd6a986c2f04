import { larger, type SeriesList } from './series-list.js';

/** Which series each ledger has, so that a document's are found without a map of them all: a chain a ledger. */
export class LedgerSeries {
  private length = 0;
  private columns = new Int32Array(64);
  private series = new Int32Array(64);
  private next = new Int32Array(64);
  private readonly heads = new Map<number, number>();

  /** The series of a ledger's unit and category in these columns; made when there is none. */
  find(columns: { number: number; series: SeriesList }, unit: number, ledger: number, category: number): number {
    const { number, series: list } = columns;
    const head = this.heads.get(ledger) ?? -1;
    for (let at = head; at >= 0; at = this.next[at]!) {
      if (this.columns[at] !== number) continue;
      const series = this.series[at]!;
      if (list.category[series] === category && list.unit[series] === unit) return series;
    }
    if (this.length === this.next.length) {
      this.columns = larger(this.columns);
      this.series = larger(this.series);
      this.next = larger(this.next);
    }
    const at = this.length++;
    const series = list.add(unit, ledger, category);
    this.columns[at] = number;
    this.series[at] = series;
    this.next[at] = head;
    this.heads.set(ledger, at);
    return series;
  }
}
