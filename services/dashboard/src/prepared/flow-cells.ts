import type { FlowColumns } from '../columns/flow-columns.js';
import { codeAt, VARIES, type UnitCodes } from '../queries/unit-codes.js';
import { Cells } from './cells.js';
import type { Amounts } from './lines.js';

/** A flow by place, category, month and when it was recorded. */
export class FlowCells {
  private readonly cells: Cells;

  /** `codes`: the places. Takes in what the columns hold; from then on whoever changes them tells `add`. */
  constructor(
    readonly of: FlowColumns,
    readonly codes: UnitCodes,
  ) {
    this.cells = new Cells(of.indicator);
    const places: number[] = [];
    for (const { length, series, month, recorded, sum, exact, atLeast, about } of of.chunks) {
      for (let i = 0; i < length; i++) {
        const place = (places[series[i]!] ??= this.placeOf(series[i]!));
        const into = place === VARIES ? this.placeIn(series[i]!, month[i]!) : place;
        const [some, near] = [atLeast ? atLeast[i]! : 0, about ? about[i]! : 0];
        this.cells.raise(into, month[i]!, recorded[i]!, sum[i]!, exact[i]!, some, near);
      }
    }
  }

  get columns(): FlowColumns {
    return this.cells.columns;
  }

  add(recorded: number, series: number, month: number, ...amounts: Amounts): void {
    this.cells.raise(this.placeIn(series, month), month, recorded, ...amounts);
  }

  /** The cells of a series that belongs to one place in all months, or VARIES. */
  private placeOf(series: number): number {
    const { unit, category } = this.of.series;
    const code = this.codes.always(unit[series]!);
    return code === VARIES ? VARIES : this.cells.seriesOf(code, category[series]!);
  }

  private placeIn(series: number, month: number): number {
    const { unit, category } = this.of.series;
    return this.cells.seriesOf(codeAt(this.codes, unit[series]!, month), category[series]!);
  }
}
