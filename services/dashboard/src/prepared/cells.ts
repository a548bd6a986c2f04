import { FlowRows, type FlowColumns } from '../columns/flow-columns.js';
import { made } from '../made.js';

/**
 * Amounts by place, category and time, each told apart by the month in which it was recorded: what was known by the end of any month is
 * made of these few instead of every unit's rows. Columns as those, whose series are a place's category.
 */
export class Cells {
  readonly columns: FlowColumns;
  private readonly rows = new FlowRows();
  /** The series of each category, by the code of a place. */
  private readonly series = new Map<number, number[]>();
  /** Of each series the first row of each time; the others follow it. */
  private readonly firsts: FirstRows[] = [];

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
    const firsts = (this.firsts[series] ??= new FirstRows());
    const first = firsts.at(time);
    for (let row = first; row >= 0; row = this.rows.after(row)) if (this.rows.recordedOf(row) === recorded) return row;
    const row = this.rows.add(this.columns, series, time, recorded);
    this.rows.link(row, first);
    firsts.put(time, row);
    return row;
  }
}

/** A row for each time, -1 where there is none. */
class FirstRows {
  private start = 0;
  private rows = new Int32Array(0);

  at(time: number): number {
    return this.rows[time - this.start] ?? NONE;
  }

  put(time: number, row: number): void {
    const { start, rows } = this;
    if (rows.length === 0) this.start = time;
    if (time < this.start || time >= start + rows.length) {
      this.start = Math.min(this.start, time);
      const end = Math.max(start + rows.length, time + ROOM);
      this.rows = new Int32Array(end - this.start).fill(NONE);
      this.rows.set(rows, rows.length === 0 ? 0 : start - this.start);
    }
    this.rows[time - this.start] = row;
  }
}

const NONE = -1;
/** For so many times after the last one: a year. */
const ROOM = 12;
