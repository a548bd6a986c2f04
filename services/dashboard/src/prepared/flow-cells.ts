import { FlowRows, type FlowColumns } from '../columns/flow-columns.js';
import { codeAt, VARIES, type UnitCodes } from '../queries/unit-codes.js';

/**
 * The sums of a flow by place, category and month, each told apart by when it was recorded: what was known by the end of any month is
 * made of these few instead of every unit's rows. Columns as those, whose series are places.
 */
export class FlowCells {
  readonly columns: FlowColumns;
  private readonly rows = new FlowRows();
  /** The series of each category, by the code of a place. */
  private readonly series = new Map<number, number[]>();
  /** Of a series and month the first row; the others follow it. */
  private readonly firsts = new Map<number, number>();

  /** `codes`: the places. Takes in what the columns hold; from then on whoever changes them tells `add`. */
  constructor(
    readonly of: FlowColumns,
    readonly codes: UnitCodes,
  ) {
    this.columns = this.rows.create(of.indicator, of.part);
    const places: number[] = [];
    for (const { length, series, month, recorded, sum, exact, atLeast, about } of of.chunks) {
      for (let i = 0; i < length; i++) {
        const [s, e, a, b] = [sum[i]!, exact[i]!, atLeast ? atLeast[i]! : 0, about ? about[i]! : 0];
        if (s === 0 && e === 0 && a === 0 && b === 0) continue;
        const unit = series[i]!;
        let place = (places[unit] ??= this.placeAlways(unit));
        if (place === VARIES) place = this.placeIn(unit, month[i]!);
        this.rows.raise(this.rowOf(place, month[i]!, recorded[i]!), s, e, a, b);
      }
    }
  }

  add(series: number, month: number, recorded: number, sum: number, exact: number, atLeast: number, about: number): void {
    this.rows.raise(this.rowOf(this.placeIn(series, month), month, recorded), sum, exact, atLeast, about);
  }

  private placeAlways(series: number): number {
    const { unit, category } = this.of.series;
    const code = this.codes.always(unit[series]!);
    return code === VARIES ? VARIES : this.seriesOf(code, category[series]!);
  }

  private placeIn(series: number, month: number): number {
    const { unit, category } = this.of.series;
    return this.seriesOf(codeAt(this.codes, unit[series]!, month), category[series]!);
  }

  private seriesOf(code: number, category: number): number {
    let ofPlace = this.series.get(code);
    if (!ofPlace) this.series.set(code, (ofPlace = []));
    return (ofPlace[category] ??= this.columns.series.add(code, 0, category));
  }

  private rowOf(series: number, month: number, recorded: number): number {
    const key = series * MONTHS + month;
    const first = this.firsts.get(key) ?? -1;
    for (let row = first; row >= 0; row = this.rows.after(row)) if (this.rows.recordedOf(row) === recorded) return row;
    const row = this.rows.add(this.columns, series, month, recorded);
    this.rows.link(row, first);
    this.firsts.set(key, row);
    return row;
  }
}

/** More than there are months since year 0. */
const MONTHS = 1 << 16;
