import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import { Recent } from '@gdtx/territory/recent';
import { made } from '../made.js';
import type { Balance, Part, UnitYear } from '../model.js';
import {
  eachCell,
  lastSeqsOf,
  periodsOf,
  seriesOf,
  type StoredSeries,
  type StoredUnitYear,
} from '../projector/stored-year.js';
import { Dictionary } from './dictionary.js';
import { FirstHeard } from './first-heard.js';
import { FlowRows, type FlowColumns } from './flow-columns.js';
import { LATEST, stoodBy } from './known.js';
import { LedgerChanges } from './ledger-changes.js';
import { LedgerSeries } from './ledger-series.js';
import { eachEvent } from './level-events.js';
import { LevelRows, type LevelColumns } from './level-columns.js';
import { restep, SLOT_END, touch, type Touched } from './restep.js';
import { monthOfDay } from './month-of-day.js';
import { MonthSeqs } from './month-seqs.js';
import { packUnitYear } from './pack-year.js';
import { PeriodRows } from '../reporting/period-rows.js';

/** A balance with the ledger that it stands in. */
export interface HeldBalance extends Balance {
  service: string;
  unit: string;
  /** The one that it ends in, months since year 0. */
  month: number;
}

/** What is held of a ledger's document of one valid year, besides its rows. */
export interface HeldYear {
  readonly year: number;
  seq: number;
  /** The first of its rows, each of which leads to the next; -1: none. */
  firstCell: number;
  firstEvent: number;
  /** The slots of its events, one after the other. */
  slots: string;
  balances: readonly Balance[];
}

const STANDING_KEPT = 32;

/** Of nearly all documents. */
const NO_BALANCES: readonly Balance[] = [];

interface HeldLedger {
  service: string;
  unit: string;
  epoch: number;
  years: HeldYear[];
}

/**
 * The read model in memory: flows and the events of levels as columns by indicator and part, opening balances as a list. It
 * knows no map. A document comes again, whole, whenever it changed; one that isn't newer changes nothing.
 */
export class ReadModel {
  readonly units = new Dictionary();
  readonly ledgers = new Dictionary();
  readonly categories = new Dictionary();
  readonly flowRows = new FlowRows();
  readonly levelRows = new LevelRows();
  /** By ledger and month, the last entry that changed what is said of it. */
  readonly lastSeqs = new MonthSeqs();
  readonly periods = new PeriodRows(this.ledgers);
  readonly firstHeard = new FirstHeard();
  /** Of which ledgers anything changed. */
  readonly changes = new LedgerChanges();
  private readonly flowColumns = new Map<string, Map<Part, FlowColumns>>();
  private readonly levelColumns = new Map<string, Map<Part, LevelColumns>>();
  private readonly flowSeries = new LedgerSeries();
  private readonly levelSeries = new LedgerSeries();
  /** By the number of its ledger. */
  private readonly held: (HeldLedger | undefined)[] = [];
  private readonly withBalances = new Map<HeldYear, HeldLedger>();
  private balancesByIndicator: Map<string, HeldBalance[]> | undefined;
  /** Those of an indicator that stood at a time, while it is asked for. */
  private standing = new Recent<readonly HeldBalance[]>(STANDING_KEPT);
  private readonly unsettled = new Set<HeldLedger>();

  flows(indicator: string, part: Part = ''): FlowColumns | undefined {
    return this.flowColumns.get(indicator)?.get(part);
  }

  levels(indicator: string, part: Part = ''): LevelColumns | undefined {
    return this.levelColumns.get(indicator)?.get(part);
  }

  /** Of a flow, the columns of each part. */
  flowsOfAllParts(indicator: string): Iterable<FlowColumns> {
    return this.flowColumns.get(indicator)?.values() ?? [];
  }

  /** Of a level, the columns of each part. */
  levelsOfAllParts(indicator: string): Iterable<LevelColumns> {
    return this.levelColumns.get(indicator)?.values() ?? [];
  }

  /** Those that stand, the largest first; `known`: as known by the end of a month, months since year 0. */
  balances(indicator: string, known = LATEST): readonly HeldBalance[] {
    const all = this.allBalances(indicator);
    if (all.length === 0) return all;
    return this.standing.get(`${indicator}/${known}`, () =>
      all.filter(({ recorded, withdrawn }) => stoodBy(known, recorded, withdrawn)),
    );
  }

  /** Also those that were withdrawn. */
  allBalances(indicator: string): readonly HeldBalance[] {
    if (!this.balancesByIndicator) {
      this.balancesByIndicator = this.collectBalances();
      this.standing = new Recent(STANDING_KEPT);
    }
    return this.balancesByIndicator.get(indicator) ?? [];
  }

  /** The last entry of a ledger (`<service>/<unit>`) that has changed anything that is held; 0: none. */
  seqOf(ledger: string): number {
    return this.yearsOf(this.ledgers.find(ledger) ?? -1).reduce((seq, year) => Math.max(seq, year.seq), 0);
  }

  /** A ledger's documents, by its number. */
  yearsOf(ledger: number): readonly HeldYear[] {
    return this.held[ledger]?.years ?? [];
  }

  /** Takes a document in; says which indicators it changed. One that isn't newer changes nothing. */
  apply(document: UnitYear): Set<string> {
    return this.take(packUnitYear(document));
  }

  /** The same, as it is stored. */
  take(document: StoredUnitYear): Set<string> {
    const changed = new Set<string>();
    const touched: Touched = new Map();
    const ledger = this.put(document, changed, touched);
    if (ledger && touched.size > 0) restep(this.levelRows, ledger.years, touched);
    return changed;
  }

  /** The same for many, as at the start: levels are right when `settle` was called. */
  load(document: StoredUnitYear): void {
    const touched: Touched = new Map();
    const ledger = this.put(document, new Set(), touched);
    if (ledger && touched.size > 0) this.unsettled.add(ledger);
  }

  settle(): void {
    for (const ledger of this.unsettled) {
      restep(this.levelRows, ledger.years, undefined);
      this.changes.note(this.ledgers.number(`${ledger.service}/${ledger.unit}`));
    }
    this.unsettled.clear();
  }

  private put(document: StoredUnitYear, changed: Set<string>, touched: Touched): HeldLedger | undefined {
    const { service, unit, epoch, seq } = document;
    const number = this.ledgers.number(`${service}/${unit}`);
    let ledger = this.held[number];
    if (ledger && epoch < ledger.epoch) return undefined;
    // Folded anew from its beginning: nothing stands where it stood.
    if (ledger && epoch > ledger.epoch) this.forget(ledger, number);
    if (!ledger) this.held[number] = ledger = { service, unit, epoch, years: [] };
    ledger.epoch = epoch;
    let year = ledger.years.find((each) => each.year === document.year);
    if (year && year.seq >= seq) return undefined;
    this.changes.note(number);
    if (!year) {
      year = { year: document.year, seq, firstCell: -1, firstEvent: -1, slots: '', balances: NO_BALANCES };
      ledger.years.push(year);
    }
    year.seq = seq;
    year.slots = document.slots.join(SLOT_END);
    const series = seriesOf(document);
    this.putCells(document, series, number, year, changed);
    this.putEvents(document, series, number, year, changed, touched);
    this.putBalances(document, ledger, year, changed);
    this.lastSeqs.put(number, document.year, lastSeqsOf(document));
    this.periods.put(`${service}/${unit}`, document.year, this.firstHeard.noted(periodsOf(document)));
    return ledger;
  }

  /** Forgets what a ledger said, for the time until it is folded anew. */
  private forget(ledger: HeldLedger, number: number): void {
    this.changes.note(number);
    for (const year of ledger.years) {
      this.lastSeqs.put(number, year.year, undefined);
      this.periods.put(`${ledger.service}/${ledger.unit}`, year.year, []);
      this.flowRows.release(year.firstCell);
      this.levelRows.release(year.firstEvent);
      if (this.withBalances.delete(year)) this.balancesByIndicator = undefined;
    }
    ledger.years = [];
    this.unsettled.delete(ledger);
  }

  /** Cells are only ever added at a document's end: the ones known from before are changed where they stand. */
  private putCells(
    document: StoredUnitYear,
    series: readonly StoredSeries[],
    ledger: number,
    year: HeldYear,
    changed: Set<string>,
  ): void {
    const { flowRows } = this;
    const places = series.map(() => -1);
    const columns: FlowColumns[] = [];
    let row = year.firstCell;
    let last = -1;
    eachCell(document, (of, month, recorded, sum, exact, atLeast, about) => {
      const [indicator, category, part, at] = series[of]!;
      if (row < 0) {
        const mine = (columns[of] ??= this.columnsOfFlow(indicator, part));
        if (places[of]! < 0) places[of] = this.placeOf(this.flowSeries, mine, at || document.unit, ledger, category);
        const added = flowRows.add(mine, places[of]!, month, recorded);
        if (last < 0) year.firstCell = added;
        else flowRows.link(last, added);
        last = added;
        this.firstHeard.note(month, recorded);
        flowRows.set(added, sum, exact, atLeast, about);
        changed.add(indicator);
      } else {
        if (flowRows.set(row, sum, exact, atLeast, about)) changed.add(indicator);
        last = row;
        row = flowRows.after(row);
      }
    });
  }

  /** So are events; what changes of a known one is that it is withdrawn. */
  private putEvents(
    document: StoredUnitYear,
    series: readonly StoredSeries[],
    ledger: number,
    year: HeldYear,
    changed: Set<string>,
    touched: Touched,
  ): void {
    const { levelRows } = this;
    const places = series.map(() => -1);
    let row = year.firstEvent;
    let last = -1;
    eachEvent(document, (of, event) => {
      const [indicator, category, part, at] = series[of]!;
      if (row >= 0) {
        last = row;
        row = levelRows.after(row);
        if (!levelRows.withdraw(last, event.withdrawn)) return;
      } else {
        const mine = this.columnsOfLevel(indicator, part);
        if (places[of]! < 0) places[of] = this.placeOf(this.levelSeries, mine, at || document.unit, ledger, category);
        const added = levelRows.add(mine, places[of]!, event);
        if (last < 0) year.firstEvent = added;
        else levelRows.link(last, added);
        last = added;
        this.firstHeard.note(monthOfDay(event.day), event.recorded);
      }
      touch(touched, levelRows, last, document.slots[event.slot]!);
      changed.add(indicator);
    });
  }

  private putBalances(document: StoredUnitYear, ledger: HeldLedger, year: HeldYear, changed: Set<string>): void {
    const { balances } = document;
    const news = balances.filter(({ withdrawn }, i) => year.balances[i]?.withdrawn !== withdrawn);
    if (news.length === 0) return;
    for (const { indicator } of news) changed.add(indicator);
    year.balances = balances;
    this.withBalances.set(year, ledger);
    this.balancesByIndicator = undefined;
  }

  private placeOf(
    known: LedgerSeries,
    columns: FlowColumns | LevelColumns,
    unit: string,
    ledger: number,
    category: string,
  ): number {
    return known.find(columns, this.units.number(unit), ledger, this.categories.number(category));
  }

  private columnsOfFlow(indicator: string, part: Part): FlowColumns {
    return found(this.flowColumns, indicator, part, () => this.flowRows.create(indicator, part));
  }

  private columnsOfLevel(indicator: string, part: Part): LevelColumns {
    return found(this.levelColumns, indicator, part, () => this.levelRows.create(indicator, part));
  }

  private collectBalances(): Map<string, HeldBalance[]> {
    const collected = new Map<string, HeldBalance[]>();
    for (const [{ balances }, { service, unit }] of this.withBalances) {
      for (const balance of balances) {
        const list = made(collected, balance.indicator, () => []);
        list.push({ ...balance, service, unit, month: monthIndexOf(monthOf(balance.to)) });
      }
    }
    for (const list of collected.values()) list.sort((a, b) => b.value - a.value);
    return collected;
  }
}

function found<C>(held: Map<string, Map<Part, C>>, indicator: string, part: Part, create: () => C): C {
  return made(
    made(held, indicator, () => new Map<Part, C>()),
    part,
    create,
  );
}
