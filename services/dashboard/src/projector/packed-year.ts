import type { Balance, BalancePart, LevelPart, PeriodPart } from '../model.js';
import { dayInYear, monthInYear, monthOfDay } from './months.js';
import { PackedPeriods } from './packed-periods.js';
import { CELL, CELL_WIDTH, LEVEL, LEVEL_WIDTH, Rows } from './rows.js';
import type { Arena } from './arena.js';
import type { SeriesTable } from './series.js';
import {
  bytesOf,
  lastSeqsOf,
  MONTHS,
  packLastSeqs,
  periodRowsOf,
  seriesOf,
  type StoredUnitYear,
} from './stored-year.js';

/** Lists shorter than this are searched through, longer ones get an index. */
const INDEX_FROM = 48;

/** What documents share: the numbers of series, and the memory that their rows lie in. */
export interface Shared {
  table: SeriesTable;
  arena: Arena;
}

/** A unit's document of one valid year while it is folded. `seq` is that of the last entry that changed it. */
export class PackedYear {
  seq = 0;
  /** The entry that changed it last in this process. */
  openedBy = 0;
  dirty = false;
  /** When it was changed last: the higher, the later. */
  touched = 0;
  private readonly cells: Rows;
  private readonly levels: Rows;
  private readonly periods: PackedPeriods;
  private balances: Balance[] = [];
  /** By month of the year: the last entry that changed it. */
  private readonly lastSeqs: Uint32Array;
  /** By the document's own number: the series table's. */
  private readonly series: number[] = [];
  private seriesIndex: Map<number, number> | undefined;
  private slots: string[] = [];
  private slotIndex: Map<string, number> | undefined;
  /** Most entries are of the month of the one before: of that month, the cell of each series by the document's number. */
  private month = -1;
  private recorded = -1;
  private places: number[] = [];

  constructor(
    private readonly shared: Shared,
    readonly year: number,
    readonly epoch: number,
    stored?: StoredUnitYear,
  ) {
    this.cells = new Rows(shared.arena, CELL_WIDTH, stored && bytesOf(stored.cells));
    this.levels = new Rows(shared.arena, LEVEL_WIDTH, stored && bytesOf(stored.levels));
    this.periods = new PackedPeriods(shared.arena, stored && periodRowsOf(stored));
    const lastSeqs = stored && lastSeqsOf(stored);
    this.lastSeqs = lastSeqs ? Uint32Array.from(lastSeqs) : new Uint32Array(MONTHS);
    if (!stored) return;
    this.seq = stored.seq;
    this.balances = stored.balances;
    this.slots = stored.slots;
    for (const [indicator, category, part, at] of seriesOf(stored)) {
      this.series.push(shared.table.numberOf(indicator, category, part, at));
    }
  }

  /** An entry has changed what is said of a month of the year. */
  monthChanged(month: number, by: number): void {
    this.lastSeqs[month] = by;
  }

  /** Adds to the cell of a series, month and recorded month; `sign` -1 takes away what a withdrawn entry had added. */
  addFlow(series: number, month: number, recorded: number, value: number, precision: number, sign: 1 | -1): void {
    const at = this.cellAt(this.localSeries(series), month, recorded);
    const { view } = this.cells;
    view.setFloat64(at + CELL.sum, view.getFloat64(at + CELL.sum, true) + sign * value, true);
    const count = at + CELL.counts + precision * 4;
    view.setInt32(count, view.getInt32(count, true) + sign, true);
  }

  addLevel(series: number, { slot, day, mode, value, precision }: LevelPart, seq: number, recorded: number): void {
    const local = this.localSeries(series);
    const at = this.levels.push();
    const { view } = this.levels;
    view.setUint32(at + LEVEL.series, local, true);
    view.setUint32(at + LEVEL.slot, this.localSlot(slot), true);
    view.setUint32(at + LEVEL.seq, seq, true);
    view.setUint16(at + LEVEL.recorded, recorded, true);
    view.setUint16(at + LEVEL.day, dayInYear(day), true);
    view.setUint8(at + LEVEL.mode, mode === 'add' ? 1 : 0);
    view.setUint8(at + LEVEL.precision, precision);
    view.setFloat64(at + LEVEL.value, value, true);
  }

  addBalance(part: BalancePart, seq: number, recorded: number): void {
    const { indicator, category, part: of, at, from, to, basis, value, precision, asGiven } = part;
    const balance = { indicator, category, part: of, at: at ?? '', from, to, basis, value, precision, asGiven };
    this.balances.push({ ...balance, seq, recorded, withdrawn: null });
  }

  addPeriod(part: PeriodPart, seq: number, recorded: number): void {
    this.periods.add(part, seq, recorded);
  }

  /** Marks the level events, balances and words on months of an entry as withdrawn, by another; says whether there were any. */
  withdraw(seq: number, recorded: number, by: number): boolean {
    let found = this.periods.withdraw(seq, recorded);
    const { view, base, count } = this.levels;
    for (let at = base; at < base + count * LEVEL_WIDTH; at += LEVEL_WIDTH) {
      if (view.getUint32(at + LEVEL.seq, true) !== seq || view.getUint16(at + LEVEL.withdrawn, true) !== 0) continue;
      view.setUint16(at + LEVEL.withdrawn, recorded, true);
      this.monthChanged(monthOfDay(this.year, view.getUint16(at + LEVEL.day, true)), by);
      found = true;
    }
    for (const [i, balance] of this.balances.entries()) {
      if (balance.seq !== seq || balance.withdrawn !== null) continue;
      // A new object: the old one may be on its way to the database.
      this.balances[i] = { ...balance, withdrawn: recorded };
      this.monthChanged(monthInYear(balance.to), by);
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
      series: `[${this.series.map((number) => this.shared.table.text(number)).join(',')}]`,
      slots: [...this.slots],
      cells: this.cells.bytes(),
      levels: this.levels.bytes(),
      balances: [...this.balances],
      lastSeqs: packLastSeqs(this.lastSeqs),
      ...this.periods.toStored(),
    };
  }

  /** Of memory that it takes. */
  get bytes(): number {
    return this.cells.size + this.levels.size + this.periods.size;
  }

  /** Gives its memory back: it must not be used again. */
  release(): void {
    this.cells.release();
    this.levels.release();
    this.periods.release();
  }

  private cellAt(series: number, month: number, recorded: number): number {
    if (month !== this.month || recorded !== this.recorded) this.turnTo(month, recorded);
    const place = this.places[series];
    if (place !== undefined && place >= 0) return this.cells.base + place;
    const at = this.cells.push();
    const { view, base } = this.cells;
    view.setUint32(at + CELL.series, series, true);
    view.setUint16(at + CELL.recorded, recorded, true);
    view.setUint8(at + CELL.month, month);
    this.setPlace(series, at - base);
    return at;
  }

  private turnTo(month: number, recorded: number): void {
    this.month = month;
    this.recorded = recorded;
    for (let i = 0; i < this.places.length; i++) this.places[i] = -1;
    const { view, base, count } = this.cells;
    for (let place = 0; place < count * CELL_WIDTH; place += CELL_WIDTH) {
      const at = base + place;
      if (view.getUint8(at + CELL.month) !== month || view.getUint16(at + CELL.recorded, true) !== recorded) continue;
      this.setPlace(view.getUint32(at + CELL.series, true), place);
    }
  }

  /** Without holes, which would make a slow list of it. */
  private setPlace(series: number, place: number): void {
    while (this.places.length < series) this.places.push(-1);
    this.places[series] = place;
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
