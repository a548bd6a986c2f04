import type { FlowColumns } from '../columns/flow-columns.js';
import { codeAt, VARIES, type UnitCodes } from '../queries/unit-codes.js';
import { Lines, type Line } from './lines.js';

/** The month sums of a flow by the provinces of one map, of each category. */
export class FlowSums {
  readonly lines = new Lines();

  /** `codes`: the provinces. Takes in what the columns hold; from then on whoever changes them tells `add`. */
  constructor(
    private readonly columns: FlowColumns,
    readonly codes: UnitCodes,
  ) {
    const lines = this.linesOfSeries();
    for (const { length, series, month, sum, exact, atLeast, about } of columns.chunks) {
      for (let i = 0; i < length; i++) {
        const [s, e, a, b] = [sum[i]!, exact[i]!, atLeast ? atLeast[i]! : 0, about ? about[i]! : 0];
        if (s === 0 && e === 0 && a === 0 && b === 0) continue;
        const line = lines[series[i]!];
        if (line) line.add(month[i]!, s, e, a, b);
        else this.add(series[i]!, month[i]!, s, e, a, b);
      }
    }
  }

  /** The line of each series that belongs to one place in all months. */
  private linesOfSeries(): (Line | undefined)[] {
    const { length, unit, category } = this.columns.series;
    return Array.from({ length }, (_, series) => {
      const code = this.codes.always(unit[series]!);
      return code === VARIES ? undefined : this.lines.of(code, category[series]!);
    });
  }

  add(series: number, month: number, sum: number, exact: number, atLeast: number, about: number): void {
    const { unit, category } = this.columns.series;
    const code = codeAt(this.codes, unit[series]!, month);
    this.lines.of(code, category[series]!).add(month, sum, exact, atLeast, about);
  }
}
