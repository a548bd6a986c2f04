import type { FlowColumns } from '../columns/flow-columns.js';
import { codeAt, VARIES, type UnitCodes } from '../queries/unit-codes.js';
import type { FlowCells } from './flow-cells.js';
import { Lines, type Line } from './lines.js';

/** The month sums of a flow by place, of each category, as known by the end of a month. */
export class FlowSums {
  readonly lines = new Lines();

  private constructor(
    private readonly columns: FlowColumns,
    readonly codes: UnitCodes,
  ) {}

  /** `codes`: the places. Takes in what the columns hold; from then on whoever changes them tells `add`. */
  static of(columns: FlowColumns, codes: UnitCodes, known: number): FlowSums {
    const sums = new FlowSums(columns, codes);
    sums.takeIn(columns, known, (series) => sums.lineOfSeries(series));
    return sums;
  }

  /** The same of what is told apart by place already. */
  static ofCells({ of, codes, columns }: FlowCells, known: number): FlowSums {
    const sums = new FlowSums(of, codes);
    const { unit: code, category } = columns.series;
    sums.takeIn(columns, known, (series) => sums.lines.of(code[series]!, category[series]!));
    return sums;
  }

  add(series: number, month: number, sum: number, exact: number, atLeast: number, about: number): void {
    const { unit, category } = this.columns.series;
    const code = codeAt(this.codes, unit[series]!, month);
    this.lines.of(code, category[series]!).add(month, sum, exact, atLeast, about);
  }

  private takeIn({ chunks }: FlowColumns, known: number, lineOf: (series: number) => Line | null): void {
    const lines: (Line | null | undefined)[] = [];
    for (const { length, series, month, recorded, sum, exact, atLeast, about } of chunks) {
      for (let i = 0; i < length; i++) {
        if (recorded[i]! > known) continue;
        const [s, e, a, b] = [sum[i]!, exact[i]!, atLeast ? atLeast[i]! : 0, about ? about[i]! : 0];
        if (s === 0 && e === 0 && a === 0 && b === 0) continue;
        const of = series[i]!;
        let line = lines[of];
        if (line === undefined) lines[of] = line = lineOf(of);
        if (line) line.add(month[i]!, s, e, a, b);
        else this.add(of, month[i]!, s, e, a, b);
      }
    }
  }

  /** The line of a series that belongs to one place in all months; null: it doesn't. */
  private lineOfSeries(series: number): Line | null {
    const { unit, category } = this.columns.series;
    const code = this.codes.always(unit[series]!);
    return code === VARIES ? null : this.lines.of(code, category[series]!);
  }
}
