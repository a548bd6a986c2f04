import type { Balance, BalancePart, LevelPart } from '../model.js';
import { dayInYear } from './months.js';
import { CELL, CELL_WIDTH, LEVEL, LEVEL_WIDTH, Rows } from './rows.js';
import type { SeriesTable } from './series.js';
import { bytesOf, seriesOf, type StoredUnitYear } from './stored-year.js';

/** Lists shorter than this are searched through, longer ones get an index. */
const INDEX_FROM = 48;

/** A unit's document of one valid year while it is folded. `seq` is that of the last entry that changed it. */
export class PackedYear {
  seq = 0;
  dirty = false;
  private cells: Rows;
  private levels: Rows;
  private balances: Balance[] = [];
  /** By the document's own number: the series table's. */
  private readonly series: number[] = [];
  private seriesIndex: Map<number, number> | undefined;
  private slots: string[] = [];
  private slotIndex: Map<string, number> | undefined;
  private cellIndex: Map<number, number> | undefined;

  constructor(
    private readonly table: SeriesTable,
    readonly year: number,
    readonly epoch: number,
    stored?: StoredUnitYear,
  ) {
    this.cells = new Rows(CELL_WIDTH, stored && bytesOf(stored.cells));
    this.levels = new Rows(LEVEL_WIDTH, stored && bytesOf(stored.levels));
    if (!stored) return;
    this.seq = stored.seq;
    this.balances = stored.balances;
    this.slots = stored.slots;
    for (const [indicator, category, part, at] of seriesOf(stored)) {
      this.series.push(table.numberOf(indicator, category, part, at));
    }
  }

  /** Adds to the cell of a series, month and recorded month; `sign` -1 takes away what a withdrawn entry had added. */
  addFlow(series: number, month: number, recorded: number, value: number, precision: number, sign: 1 | -1): void {
    const offset = this.cellAt(this.localSeries(series), month, recorded);
    const { view } = this.cells;
    view.setFloat64(offset + CELL.sum, view.getFloat64(offset + CELL.sum, true) + sign * value, true);
    const count = offset + CELL.counts + precision * 4;
    view.setInt32(count, view.getInt32(count, true) + sign, true);
  }

  addLevel(series: number, { slot, day, mode, value, precision }: LevelPart, seq: number, recorded: number): void {
    const offset = this.levels.push();
    const { view } = this.levels;
    view.setUint32(offset + LEVEL.series, this.localSeries(series), true);
    view.setUint32(offset + LEVEL.slot, this.localSlot(slot), true);
    view.setUint32(offset + LEVEL.seq, seq, true);
    view.setUint16(offset + LEVEL.recorded, recorded, true);
    view.setUint16(offset + LEVEL.day, dayInYear(day), true);
    view.setUint8(offset + LEVEL.mode, mode === 'add' ? 1 : 0);
    view.setUint8(offset + LEVEL.precision, precision);
    view.setFloat64(offset + LEVEL.value, value, true);
  }

  addBalance(part: BalancePart, seq: number, recorded: number): void {
    const { indicator, category, part: of, at, from, to, basis, value, precision, asGiven } = part;
    const balance = { indicator, category, part: of, at: at ?? '', from, to, basis, value, precision, asGiven };
    this.balances.push({ ...balance, seq, recorded, withdrawn: null });
  }

  /** Marks the level events and balances of an entry as withdrawn; says whether there were any. */
  withdraw(seq: number, recorded: number): boolean {
    let found = false;
    const { view } = this.levels;
    for (let row = 0; row < this.levels.count; row++) {
      const offset = row * LEVEL_WIDTH;
      if (view.getUint32(offset + LEVEL.seq, true) !== seq) continue;
      if (view.getUint16(offset + LEVEL.withdrawn, true) !== 0) continue;
      view.setUint16(offset + LEVEL.withdrawn, recorded, true);
      found = true;
    }
    for (const [i, balance] of this.balances.entries()) {
      if (balance.seq !== seq || balance.withdrawn !== null) continue;
      // A new object: the old one may be on its way to the database.
      this.balances[i] = { ...balance, withdrawn: recorded };
      found = true;
    }
    return found;
  }

  toStored(service: string, unit: string): StoredUnitYear {
    return {
      _id: `${service}/${unit}/${this.year}`,
      service,
      unit,
      year: this.year,
      epoch: this.epoch,
      seq: this.seq,
      series: `[${this.series.map((number) => this.table.text(number)).join(',')}]`,
      slots: [...this.slots],
      cells: this.cells.bytes(),
      levels: this.levels.bytes(),
      balances: [...this.balances],
    };
  }

  /** About how much memory it takes. */
  get size(): number {
    const lists = this.series.length * 8 + this.slots.length * 48 + this.balances.length * 300;
    return 600 + this.cells.size + this.levels.size + lists + (this.cellIndex?.size ?? 0) * 40;
  }

  private cellAt(series: number, month: number, recorded: number): number {
    if (this.cells.count >= INDEX_FROM) return this.indexedCellAt(series, month, recorded);
    const { view } = this.cells;
    // From the end: most entries are of the newest months.
    for (let offset = (this.cells.count - 1) * CELL_WIDTH; offset >= 0; offset -= CELL_WIDTH) {
      if (
        view.getUint32(offset + CELL.series, true) === series &&
        view.getUint8(offset + CELL.month) === month &&
        view.getUint16(offset + CELL.recorded, true) === recorded
      ) {
        return offset;
      }
    }
    return this.newCell(series, month, recorded);
  }

  private indexedCellAt(series: number, month: number, recorded: number): number {
    this.cellIndex ??= this.indexCells();
    const key = cellKey(series, month, recorded);
    let offset = this.cellIndex.get(key);
    if (offset === undefined) {
      offset = this.newCell(series, month, recorded);
      this.cellIndex.set(key, offset);
    }
    return offset;
  }

  private indexCells(): Map<number, number> {
    const index = new Map<number, number>();
    const { view } = this.cells;
    for (let offset = 0; offset < this.cells.count * CELL_WIDTH; offset += CELL_WIDTH) {
      const series = view.getUint32(offset + CELL.series, true);
      const month = view.getUint8(offset + CELL.month);
      index.set(cellKey(series, month, view.getUint16(offset + CELL.recorded, true)), offset);
    }
    return index;
  }

  private newCell(series: number, month: number, recorded: number): number {
    const offset = this.cells.push();
    const { view } = this.cells;
    view.setUint32(offset + CELL.series, series, true);
    view.setUint16(offset + CELL.recorded, recorded, true);
    view.setUint8(offset + CELL.month, month);
    return offset;
  }

  private localSeries(series: number): number {
    const local = this.seriesIndex?.get(series) ?? (this.seriesIndex ? -1 : this.series.indexOf(series));
    if (local >= 0) return local;
    const added = this.series.push(series) - 1;
    if (this.seriesIndex) this.seriesIndex.set(series, added);
    else if (added === INDEX_FROM) this.seriesIndex = new Map(this.series.map((each, i) => [each, i]));
    return added;
  }

  private localSlot(slot: string): number {
    const local = this.slotIndex?.get(slot) ?? (this.slotIndex ? -1 : this.slots.indexOf(slot));
    if (local >= 0) return local;
    const added = this.slots.push(slot) - 1;
    if (this.slotIndex) this.slotIndex.set(slot, added);
    else if (added === INDEX_FROM) this.slotIndex = new Map(this.slots.map((each, i) => [each, i]));
    return added;
  }
}

/** 32 bits of series, 4 of month, 16 of recorded month: exact as a number. */
function cellKey(series: number, month: number, recorded: number): number {
  return (series * 16 + month) * 65_536 + recorded;
}
