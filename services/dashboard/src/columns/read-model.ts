import type { Balance, Cell, LevelEvent, UnitYear } from '../model.js';
import { Columns, partNumber, type ColumnRow } from './columns.js';
import { Dictionary } from './dictionary.js';
import { levelSteps } from './level-steps.js';

/** A balance with the ledger that it stands in. */
export interface HeldBalance extends Balance {
  service: string;
  unit: string;
}

interface HeldYear {
  seq: number;
  /** Where the document's cells stand in the columns of their indicators. */
  rows: Int32Array;
  levels: LevelEvent[];
  balances: HeldBalance[];
}

interface HeldLedger {
  epoch: number;
  years: Map<number, HeldYear>;
  /** Rows of the level columns that hold this ledger's steps, by indicator. */
  steps: Map<string, number[]>;
}

/**
 * The read model in memory: flows and the steps of levels as columns by indicator, opening balances as a list. It knows no
 * map. A document comes again, whole, whenever it changed; one that isn't newer changes nothing.
 */
export class ReadModel {
  readonly units = new Dictionary();
  readonly ledgers = new Dictionary();
  readonly categories = new Dictionary();
  private readonly flowColumns = new Map<string, Columns>();
  private readonly levelColumns = new Map<string, Columns>();
  private readonly held = new Map<string, HeldLedger>();
  private balancesByIndicator: Map<string, HeldBalance[]> | undefined;
  /** Grows with every document taken in. */
  version = 0;

  flows(indicator: string): Columns | undefined {
    return this.flowColumns.get(indicator);
  }

  levels(indicator: string): Columns | undefined {
    return this.levelColumns.get(indicator);
  }

  balances(indicator: string): readonly HeldBalance[] {
    this.balancesByIndicator ??= this.collectBalances();
    return this.balancesByIndicator.get(indicator) ?? [];
  }

  /** The events of levels that a ledger holds. */
  eventsOf(service: string, unit: string): LevelEvent[] {
    const ledger = this.held.get(`${service}/${unit}`);
    return ledger ? [...ledger.years.values()].flatMap((y) => y.levels) : [];
  }

  /** Takes a document in; says which indicators it changed. One that isn't newer changes nothing. */
  apply(document: UnitYear): Set<string> {
    const changed = new Set<string>();
    const name = `${document.service}/${document.unit}`;
    let ledger = this.held.get(name);
    if (ledger && document.epoch < ledger.epoch) return changed;
    // Folded anew from its beginning: nothing stands where it stood.
    if (ledger && document.epoch > ledger.epoch) this.forget(document.service, document.unit);
    ledger = this.held.get(name);
    if (!ledger) this.held.set(name, (ledger = { epoch: document.epoch, years: new Map(), steps: new Map() }));
    const before = ledger.years.get(document.year);
    if (before && before.seq >= document.seq) return changed;
    this.version++;
    const number = this.ledgers.number(name);
    const balances = document.balances.map((b) => ({ ...b, service: document.service, unit: document.unit }));
    ledger.years.set(document.year, {
      seq: document.seq,
      rows: this.putCells(document, number, before?.rows, changed),
      levels: document.levels,
      balances,
    });
    for (const { indicator } of newer(document.levels, before?.levels)) changed.add(indicator);
    for (const { indicator } of newer(document.balances, before?.balances)) changed.add(indicator);
    if (document.levels.length > 0) this.putSteps(document, ledger, number);
    if (document.balances.length > 0) this.balancesByIndicator = undefined;
    return changed;
  }

  /** Forgets what a ledger said, for the time until it is folded anew. */
  forget(service: string, unit: string): void {
    const ledger = this.held.get(`${service}/${unit}`);
    if (!ledger) return;
    for (const { rows } of ledger.years.values()) {
      for (let i = 0; i < rows.length; i += 2) this.columnsByNumber[rows[i]!]!.clear(rows[i + 1]!);
    }
    for (const [indicator, rows] of ledger.steps) for (const row of rows) this.levelColumns.get(indicator)!.clear(row);
    this.held.delete(`${service}/${unit}`);
    this.balancesByIndicator = undefined;
    this.version++;
  }

  private readonly columnsByNumber: Columns[] = [];
  private readonly columnNumbers = new Map<string, number>();

  private columnsOfFlow(indicator: string): number {
    let number = this.columnNumbers.get(indicator);
    if (number === undefined) {
      const columns = new Columns();
      number = this.columnsByNumber.push(columns) - 1;
      this.columnNumbers.set(indicator, number);
      this.flowColumns.set(indicator, columns);
    }
    return number;
  }

  /** Cells are only ever added at a document's end: the ones known from before are changed where they stand. */
  private putCells(
    document: UnitYear,
    ledger: number,
    known: Int32Array | undefined,
    changed: Set<string>,
  ): Int32Array {
    const { cells } = document;
    const rows = new Int32Array(cells.length * 2);
    for (const [i, cell] of cells.entries()) {
      const row = this.cellRow(cell, document.unit, ledger);
      const inColumns = known && i * 2 < known.length ? known[i * 2]! : this.columnsOfFlow(cell.indicator);
      const columns = this.columnsByNumber[inColumns]!;
      let at = known && i * 2 < known.length ? known[i * 2 + 1]! : -1;
      if (at < 0 || columns.differs(at, row)) changed.add(cell.indicator);
      if (at < 0) at = columns.add(row);
      else columns.set(at, row);
      rows[i * 2] = inColumns;
      rows[i * 2 + 1] = at;
    }
    return rows;
  }

  private cellRow(cell: Cell, unit: string, ledger: number): ColumnRow {
    return {
      unit: this.units.number(cell.at || unit),
      ledger,
      category: this.categories.number(cell.category),
      part: partNumber(cell.part),
      time: cell.month,
      recorded: cell.recorded,
      sum: cell.sum,
      exact: cell.exact,
      atLeast: cell.atLeast,
      about: cell.about,
    };
  }

  /** A series may reach over years, so all steps of the ledger are worked out anew and put where the old ones stood. */
  private putSteps(document: UnitYear, ledger: HeldLedger, number: number): void {
    const events = [...ledger.years.values()].flatMap((y) => y.levels);
    const free = new Map(ledger.steps);
    const used = new Map<string, number[]>();
    for (const step of levelSteps(events)) {
      const { indicator } = step.event;
      let columns = this.levelColumns.get(indicator);
      if (!columns) this.levelColumns.set(indicator, (columns = new Columns()));
      const row: ColumnRow = {
        unit: this.units.number(step.event.at || document.unit),
        ledger: number,
        category: this.categories.number(step.event.category),
        part: partNumber(step.event.part),
        time: dayNumber(step.event.day),
        recorded: step.event.recorded,
        sum: step.value,
        exact: step.exact,
        atLeast: step.atLeast,
        about: step.about,
      };
      const mine = used.get(indicator) ?? [];
      const at = free.get(indicator)?.[mine.length];
      if (at === undefined) mine.push(columns.add(row));
      else {
        columns.set(at, row);
        mine.push(at);
      }
      used.set(indicator, mine);
    }
    for (const [indicator, rows] of free) {
      const mine = used.get(indicator) ?? [];
      for (const at of rows.slice(mine.length)) {
        this.levelColumns.get(indicator)!.clear(at);
        mine.push(at);
      }
      used.set(indicator, mine);
    }
    ledger.steps = used;
  }

  private collectBalances(): Map<string, HeldBalance[]> {
    const found = new Map<string, HeldBalance[]>();
    for (const ledger of this.held.values()) {
      for (const year of ledger.years.values()) {
        for (const balance of year.balances) {
          if (balance.withdrawn !== null) continue;
          const list = found.get(balance.indicator);
          if (list) list.push(balance);
          else found.set(balance.indicator, [balance]);
        }
      }
    }
    return found;
  }
}

/** What a document brought or withdrew that an older copy of it didn't have. */
function newer<T extends { withdrawn: number | null }>(now: readonly T[], before: readonly T[] = []): T[] {
  return now.filter((item, i) => i >= before.length || before[i]!.withdrawn !== item.withdrawn);
}

const DAY_MS = 86_400_000;

/** Days since 1970-01-01. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

export function dayText(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}
