import { LATEST, stoodBy } from '../columns/known.js';
import type { FlowColumns } from '../columns/flow-columns.js';
import { eventOf, type LevelColumns, type LevelEventRow } from '../columns/level-columns.js';
import { stepsOfSeries } from '../columns/level-steps.js';
import { monthOfDay } from '../columns/month-of-day.js';
import type { HeldYear, ReadModel } from '../columns/read-model.js';
import type { Indicator } from '../indicators/indicator.js';
import { MonthGrid, WINDOW } from './month-grid.js';
import { hasShare, LEAST_PAST, type SaidOfMonth } from './outlier-rule.js';

/** What a unit said of an indicator's category, month by month. */
export interface ValuesOfUnit {
  indicator: string;
  service: string;
  /** To whom it belongs. */
  unit: string;
  category: string;
  /** Of the month that is asked. */
  now: SaidOfMonth;
  /** Of the months before in which something of it was said, the latest last. */
  past: SaidOfMonth[];
  /** The same, where this category has no past yet in which women were counted: of all the unit's categories. */
  pastOfShares: SaidOfMonth[];
}

type Columns = FlowColumns | LevelColumns;
type GridsOf = Map<number, MonthGrid>;

/**
 * Reads out of ledgers, one by one, what was said of a month (months since year 0) by whoever said something of an indicator in it, each
 * with its own past: a flow summed over a month; a level on the last day of each month in which it was reported. `known`: of the
 * entries recorded by the end of that month.
 */
export class LedgerValues {
  private readonly lookedAt = new Map<string, Indicator>();
  /** Of the ledger that is read: by columns and series. Used again for the next one. */
  private readonly grids = new Map<Columns, GridsOf>();
  private readonly spare: MonthGrid[] = [];
  private used = 0;

  constructor(
    private readonly model: ReadModel,
    private readonly month: number,
    private readonly known: number,
    indicators: readonly Indicator[],
  ) {
    for (const indicator of indicators) this.lookedAt.set(indicator.id, indicator);
  }

  /** By indicator in the order of the catalogue. */
  of(ledger: number): ValuesOfUnit[] {
    const years = this.model.yearsOf(ledger);
    const asked = years.find(({ year }) => year === Math.floor(this.month / 12));
    if (!asked || !this.speaksOfMonth(asked)) return [];
    this.read(years);
    const found: ValuesOfUnit[] = [];
    const name = this.model.ledgers.text(ledger);
    const service = name.slice(0, name.indexOf('/'));
    for (const indicator of this.lookedAt.values()) {
      const { id, kind } = indicator;
      const columns = kind === 'flow' ? this.model.flows(id) : this.model.levels(id);
      const women = kind === 'flow' ? this.model.flows(id, 'female') : this.model.levels(id, 'female');
      if (columns && this.grids.has(columns)) this.add(found, indicator, service, columns, women);
    }
    return found;
  }

  private speaksOfMonth({ firstCell, firstEvent }: HeldYear): boolean {
    let speaks = false;
    this.model.flowRows.eachOf(firstCell, ({ month, columns }, at) => {
      speaks ||= month[at] === this.month && this.isAsked(columns);
    });
    if (speaks) return true;
    this.model.levelRows.eachOf(firstEvent, ({ day, columns }, at) => {
      speaks ||= this.isAsked(columns) && monthOfDay(day[at]!) === this.month;
    });
    return speaks;
  }

  private isAsked({ indicator, part }: Columns): boolean {
    return (part === '' || part === 'female') && this.lookedAt.has(indicator);
  }

  private read(years: readonly HeldYear[]): void {
    const { model, known, month: last } = this;
    this.grids.clear();
    this.used = 0;
    const anew = new Map<LevelColumns, Map<number, SlotEvents>>();
    for (const { year, firstCell, firstEvent } of years) {
      if (year * 12 > last) continue;
      if (year * 12 + 11 >= last - WINDOW) {
        model.flowRows.eachOf(firstCell, ({ columns, series, month, recorded, sum, exact, atLeast, about }, at) => {
          if (!this.isAsked(columns) || recorded[at]! > known) return;
          const count = exact[at]! + (atLeast?.[at] ?? 0) + (about?.[at] ?? 0);
          this.grid(columns, series[at]!).add(month[at]!, sum[at]!, count);
        });
      }
      model.levelRows.eachOf(firstEvent, (chunk, at) => {
        const { columns, series, day, step, recorded, withdrawn } = chunk;
        if (!this.isAsked(columns)) return;
        if (known === LATEST) {
          if (withdrawn[at] === 0) this.grid(columns, series[at]!).add(monthOfDay(day[at]!), step[at]!, 1);
        } else if (stoodBy(known, recorded[at]!, withdrawn[at]!)) {
          const slots = made(anew, columns, () => new Map<number, SlotEvents>());
          const grid = this.grid(columns, series[at]!);
          made(slots, chunk.group[at]!, () => ({ grid, events: [] })).events.push(eventOf(chunk, at));
        }
      });
    }
    for (const slots of anew.values()) {
      for (const { grid, events } of slots.values()) {
        for (const { event, value } of stepsOfSeries(events)) grid.add(monthOfDay(event.day), value, 1);
      }
    }
  }

  private grid(columns: Columns, series: number): MonthGrid {
    const grids = made(this.grids, columns, () => new Map<number, MonthGrid>());
    return made(grids, series, () => {
      const grid = (this.spare[this.used++] ??= new MonthGrid());
      grid.begin(this.month);
      return grid;
    });
  }

  private add(
    found: ValuesOfUnit[],
    { id, kind }: Indicator,
    service: string,
    columns: Columns,
    women?: Columns,
  ): void {
    const { units, categories } = this.model;
    const { unit, category } = columns.series;
    const womenOf = this.womenOf(women);
    const all = [...this.grids.get(columns)!].sort(([one], [other]) => one - other);
    const said = ([series, grid]: [number, MonthGrid]): SaidOfMonth[] =>
      grid.said(kind === 'level', womenOf(unit[series]!, category[series]!));
    for (const each of all) {
      const [series, grid] = each;
      if (!grid.hasLast) continue;
      const past = said(each);
      const now = past.pop()!;
      const isNew = now.women !== null && past.filter(hasShare).length < LEAST_PAST;
      const ofUnit = isNew ? all.filter(([other]) => unit[other] === unit[series]) : [];
      found.push({
        ...{ indicator: id, service, unit: units.text(unit[series]!), category: categories.text(category[series]!) },
        ...{ now, past },
        pastOfShares: isNew ? ofUnit.flatMap((one) => (one[1].hasLast ? said(one).slice(0, -1) : said(one))) : past,
      });
    }
  }

  /** The months of the women of a unit and category. */
  private womenOf(women: Columns | undefined): (unit: number, category: number) => MonthGrid | undefined {
    const found = new Map<string, MonthGrid>();
    for (const [series, grid] of (women && this.grids.get(women)) ?? []) {
      found.set(`${women!.series.unit[series]}/${women!.series.category[series]}`, grid);
    }
    return (unit, category) => found.get(`${unit}/${category}`);
  }
}

interface SlotEvents {
  grid: MonthGrid;
  events: LevelEventRow[];
}

function made<Of, Found>(held: Map<Of, Found>, of: Of, make: () => Found): Found {
  let found = held.get(of);
  if (found === undefined) held.set(of, (found = make()));
  return found;
}
