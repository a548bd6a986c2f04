import { monthAt } from '@gdtx/territory/days';
import { Recent } from '@gdtx/territory/recent';
import { LATEST } from '../columns/known.js';
import type { ReadModel } from '../columns/read-model.js';
import { ByLedger, refreshed } from '../prepared/by-ledger.js';
import { dueOf } from './due.js';
import { firstRecordedOfYear } from './first-recorded.js';
import { LedgersOfUnits } from './ledgers-of-units.js';
import { monthState, type Due, type MonthState, type ServiceMonth } from './month-state.js';
import type { PeriodEvent } from './period-rows.js';

const YEAR = 12;
/** Years, as known at some moment, that are kept: a byte a unit and month. */
const MOST_KEPT = 24;

/** What has been said of a unit's month, in one byte. Whether a month of which nothing was is silent, the moment decides. */
export type MonthCode = number;

const REPORTED = 1;
const NOTHING = 2;
const LATE = 4;
const CLOSED = 8;
const APPROVED = 16;
const CHANGED = 32;

export function codeOf({ said, late, closed, approved, changedSince }: MonthState): MonthCode {
  return (
    (said === 'reported' ? REPORTED : said === 'nothing-to-report' ? NOTHING : 0) |
    (late ? LATE : 0) |
    (closed ? CLOSED : 0) |
    (approved ? APPROVED : 0) |
    (changedSince ? CHANGED : 0)
  );
}

export function stateOf(code: MonthCode, due: Pick<Due, 'until' | 'asOf'>): MonthState {
  const unsaid = due.asOf > due.until ? 'silent' : 'awaited';
  return {
    said: code & REPORTED ? 'reported' : code & NOTHING ? 'nothing-to-report' : unsaid,
    late: (code & LATE) !== 0,
    closed: (code & CLOSED) !== 0,
    approved: (code & APPROVED) !== 0,
    changedSince: (code & CHANGED) !== 0,
  };
}

/** The code of a unit (as the read model numbers it) and month (months since year 0). */
export type CodeOfMonth = (unit: number, month: number) => MonthCode;

export interface MonthStatesOptions {
  model: ReadModel;
  /** Those that units report to. */
  services: readonly string[];
  /** The day of the following month by which a report is due. */
  dueDay: number;
}

/** How units' months stand, of the years that were asked last: of a unit whose ledger has changed it is worked out anew. */
export class MonthStates {
  private readonly kept = new Recent<StatesOfYear>(MOST_KEPT);
  private readonly ledgers: LedgersOfUnits;

  constructor(private readonly options: MonthStatesOptions) {
    this.ledgers = new LedgersOfUnits(options.model, options.services);
  }

  /** Of the months from one to another, each included; others get their turn until all are there. `known`: as known by the end of that month. */
  async of(from: number, to: number, known = LATEST): Promise<CodeOfMonth> {
    let years: ReadonlyMap<number, StatesOfYear>;
    do {
      years = this.heard(from, to, known);
      await refreshed([...years.values()].map(({ byLedger }) => byLedger));
    } while (this.heard(from, to, known).size > years.size);
    return (unit, month) => {
      const year = Math.floor(month / YEAR);
      return years.get(year)?.codes[unit * YEAR + month - year * YEAR] ?? 0;
    };
  }

  /** The years with any of these months of which something had been said: of the others nothing needs looking through. */
  private heard(from: number, to: number, known: number): Map<number, StatesOfYear> {
    const { firstHeard } = this.options.model;
    const years = new Map<number, StatesOfYear>();
    for (let month = from; month <= to; month++) {
      const year = Math.floor(month / YEAR);
      if (!years.has(year) && firstHeard.wasHeardBy(month, known)) years.set(year, this.year(year, known));
    }
    return years;
  }

  private year(year: number, known: number): StatesOfYear {
    return this.kept.get(`${year}/${known}`, () => new StatesOfYear(this.options, this.ledgers, year, known));
  }
}

class StatesOfYear {
  readonly byLedger: ByLedger;
  /** Twelve a unit. */
  codes: Uint8Array;
  /** By unit: as of which version of the model it was worked out. */
  private worked: Int32Array;
  private readonly dues: readonly Due[];

  constructor(
    private readonly options: MonthStatesOptions,
    private readonly ledgers: LedgersOfUnits,
    private readonly year: number,
    private readonly known: number,
  ) {
    const { model, dueDay } = options;
    this.codes = new Uint8Array(model.units.size * YEAR);
    this.worked = new Int32Array(model.units.size);
    this.dues = Array.from({ length: YEAR }, (_, at) => dueOf(monthAt(year * YEAR + at), { dueDay, asOf: Infinity }));
    this.byLedger = new ByLedger(model.changes, (ledger) => this.work(ledger));
  }

  private work(ledger: number): void {
    const unit = this.ledgers.unitOf(ledger);
    if (unit === undefined) return;
    const place = unit * YEAR;
    if (place >= this.codes.length) this.grow();
    // Its other ledger has changed as well.
    if (this.worked[unit] === this.options.model.changes.version) return;
    this.worked[unit] = this.options.model.changes.version;
    const heard = this.options.services.map((_, service) => this.heard(unit, service));
    for (let at = 0; at < YEAR; at++) {
      const isSaid = heard.some((of) => of && (of.events?.[at]!.length || of.first[at] !== 0));
      this.codes[place + at] = isSaid ? this.codeOfMonth(heard, at) : 0;
    }
  }

  private codeOfMonth(heard: readonly (HeardOfYear | undefined)[], at: number): MonthCode {
    const months = heard.map((of) => this.monthOf(of, at));
    return codeOf(monthState(months, this.dues[at]!));
  }

  /** What a unit's ledger in a service was told of the months of the year. */
  private heard(unit: number, service: number): HeardOfYear | undefined {
    const { year, known, options } = this;
    const number = this.ledgers.of(unit, service);
    if (number === undefined) return undefined;
    const events = options.model.periods.ofYear(number, year, known);
    return { number, events, first: firstRecordedOfYear(options.model, number, year, known) };
  }

  private monthOf(of: HeardOfYear | undefined, at: number): ServiceMonth {
    if (!of) return SILENCE;
    const { number, events, first } = of;
    return {
      events: events?.[at] ?? [],
      heard: { firstRecorded: first[at]! || null },
      // What has changed since is known of now alone.
      lastSeq: this.known === LATEST ? this.options.model.lastSeqs.of(number, this.year * YEAR + at) : 0,
    };
  }

  private grow(): void {
    const size = this.options.model.units.size + 256;
    const [codes, worked] = [new Uint8Array(size * YEAR), new Int32Array(size)];
    codes.set(this.codes);
    worked.set(this.worked);
    this.codes = codes;
    this.worked = worked;
  }
}

interface HeardOfYear {
  /** Of the ledger. */
  number: number;
  /** Of each month; undefined: nothing was said of any. */
  events: PeriodEvent[][] | undefined;
  /** Of each month in which month the first fact of it was recorded, or 0. */
  first: Uint16Array;
}

const SILENCE: ServiceMonth = { events: [], heard: { firstRecorded: null } };
