import { FlowRows, type FlowColumns } from '../columns/flow-columns.js';
import { made } from '../made.js';

/** More than there are times: months since year 0, or points. */
const TIMES = 1 << 16;

/**
 * Amounts by place, category and time, each told apart by the month in which it was recorded: what was known by the end of any month is
 * made of these few instead of every unit's rows. Columns as those, whose series are a place's category.
 */
export class Cells {
  readonly columns: FlowColumns;
  private readonly rows = new FlowRows();
  /** The series of each category, by the code of a place. */
  private readonly series = new Map<number, number[]>();
  /** Of a series and time the first row; the others follow it. */
  private readonly firsts = new Map<number, number>();

  constructor(indicator: string) {
    this.columns = this.rows.create(indicator, '');
  }

  /** `code`: a place as the owner of the cells numbers them, where a column says which unit it is. */
  seriesOf(code: number, category: number): number {
    const ofPlace = made(this.series, code, () => []);
    return (ofPlace[category] ??= this.columns.series.add(code, 0, category));
  }

  raise(
    series: number,
    time: number,
    recorded: number,
    sum: number,
    exact: number,
    atLeast: number,
    about: number,
  ): void {
    if (sum === 0 && exact === 0 && atLeast === 0 && about === 0) return;
    this.rows.raise(this.rowOf(series, time, recorded), sum, exact, atLeast, about);
  }

  private rowOf(series: number, time: number, recorded: number): number {
    const key = series * TIMES + time;
    const first = this.firsts.get(key) ?? -1;
    for (let row = first; row >= 0; row = this.rows.after(row)) if (this.rows.recordedOf(row) === recorded) return row;
    const row = this.rows.add(this.columns, series, time, recorded);
    this.rows.link(row, first);
    this.firsts.set(key, row);
    return row;
  }
}
