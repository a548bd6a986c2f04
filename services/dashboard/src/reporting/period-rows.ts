import { Dictionary } from '../columns/dictionary.js';
import { LATEST, stoodBy } from '../columns/known.js';
import { PERIOD_KINDS, type Period, type PeriodPart } from '../model.js';

/** What was said of a unit's month in one service. */
export interface PeriodEvent {
  kind: PeriodPart['what'];
  seq: number;
  /** Milliseconds since the epoch. */
  at: number;
  /** Of a closing: there was nothing to report. */
  nothing: boolean;
  /** Of an approval: up to which entry. */
  upToSeq: number;
}

/**
 * Words of 32 bits: the month and, above it, the kind (its place in PERIOD_KINDS) · seq · when it was said, in milliseconds (the lower
 * half, the upper half) · nothing to report or upToSeq · the month in which it was recorded and, above it, that of its withdrawal or 0.
 */
const WIDTH = 6;
const AT = 2;
const DETAIL = 4;
const RECORDED = 5;
/** Months since year 0. */
const MONTH = 0xffff;
const ABOVE = 16;
const HALF = 2 ** 32;
const MONTHS = 12;

/** What a publisher counted itself, as its closing says. */
export interface ControlTotal {
  /** '': what it counts isn't kept, since publishers name more different things than there is room for. Its entry says it. */
  indicator: string;
  /** '': of the indicator as a whole. */
  category: string;
  value: number;
}

/** A closing's seq with the number of what is counted, and the value. */
const TOTAL_WIDTH = 2;
const MEASURES = 2 ** 16;
/** What publishers count is free text: whatever comes when there is no more room for another is kept without its name. */
const NAMELESS = MEASURES - 1;

interface Ledger {
  rows: Uint32Array;
  count: number;
  totals: Float64Array;
  totalCount: number;
}

/**
 * What was said of months, as rows of numbers by ledger: a nation closes some hundred thousand months in five years, and as
 * objects they would fill the memory that figures need. Rows of one year stand in order of seq.
 */
export class PeriodRows {
  /** By the number of its ledger. */
  private readonly rows: (Ledger | undefined)[] = [];
  /** Indicators with their categories, as control totals name them. */
  private readonly measures = new Dictionary();

  /** `ledgers`: their numbers, by `<service>/<unit>`. */
  constructor(private readonly ledgers = new Dictionary()) {}

  /** Takes what a ledger's (`<service>/<unit>`) document of a year says of its months, instead of what an older one said. */
  put(id: string, year: number, periods: Iterable<Period>): void {
    const number = this.ledgers.number(id);
    let ledger = this.rows[number];
    if (ledger) drop(ledger, year);
    for (const period of periods) {
      if (!ledger) this.rows[number] = ledger = { rows: NO_ROWS, count: 0, totals: NO_TOTALS, totalCount: 0 };
      add(ledger, period);
      this.addTotals(ledger, period);
    }
  }

  /** The ledgers in which something was said of a month. */
  *ledgersWith(month: number): Iterable<{ service: string; unit: string }> {
    for (const [number, ledger] of this.rows.entries()) {
      if (!ledger || !speaksOf(ledger, month)) continue;
      const id = this.ledgers.text(number);
      const slash = id.indexOf('/');
      yield { service: id.slice(0, slash), unit: id.slice(slash + 1) };
    }
  }

  /** The control totals that a closing carries. */
  totals(service: string, unit: string, closing: number): ControlTotal[] {
    const found: ControlTotal[] = [];
    const ledger = this.find(`${service}/${unit}`);
    for (let i = 0; i < (ledger?.totalCount ?? 0); i++) {
      const key = ledger!.totals[i * TOTAL_WIDTH]!;
      if (Math.floor(key / MEASURES) !== closing) continue;
      const number = key % MEASURES;
      const [indicator = '', category = ''] = number === NAMELESS ? [] : this.measures.text(number).split('\n');
      const value = ledger!.totals[i * TOTAL_WIDTH + 1]!;
      found.push({ indicator, category, value });
    }
    return found;
  }

  private addTotals(ledger: Ledger, { seq, remark }: Period): void {
    for (const { indicator, category, value } of remark?.controlTotals ?? []) {
      const name = `${indicator}\n${category}`;
      const number =
        this.measures.size < NAMELESS ? this.measures.number(name) : (this.measures.find(name) ?? NAMELESS);
      const at = ledger.totalCount++ * TOTAL_WIDTH;
      if (at === ledger.totals.length) ledger.totals = longer(ledger.totals, TOTAL_WIDTH, Float64Array);
      ledger.totals[at] = seq * MEASURES + number;
      ledger.totals[at + 1] = value;
    }
  }

  /** What stands of a month as known at the end of a month (`known`, months since year 0); default: now. In order of seq. */
  events(service: string, unit: string, month: number, known = LATEST): PeriodEvent[] {
    const found: PeriodEvent[] = [];
    const ledger = this.find(`${service}/${unit}`);
    for (let at = 0; ledger && at < ledger.count * WIDTH; at += WIDTH) {
      if (monthAt(ledger, at) === month && stands(ledger, at, known)) found.push(eventAt(ledger, at));
    }
    return found;
  }

  /** The same of each month of a year, of a ledger by its number; undefined: nothing stands of any. */
  ofYear(number: number, year: number, known = LATEST): PeriodEvent[][] | undefined {
    let found: PeriodEvent[][] | undefined;
    const ledger = this.rows[number];
    for (let at = 0; ledger && at < ledger.count * WIDTH; at += WIDTH) {
      const month = monthAt(ledger, at) - year * MONTHS;
      if (month < 0 || month >= MONTHS || !stands(ledger, at, known)) continue;
      found ??= Array.from({ length: MONTHS }, () => []);
      found[month]!.push(eventAt(ledger, at));
    }
    return found;
  }

  /** The months that anything was said of in a ledger (`<service>/<unit>`), whether or not it still stands. */
  *monthsOf(id: string): Iterable<number> {
    const ledger = this.find(id);
    for (let at = 0; ledger && at < ledger.count * WIDTH; at += WIDTH) yield monthAt(ledger, at);
  }

  private find(id: string): Ledger | undefined {
    const number = this.ledgers.find(id);
    return number === undefined ? undefined : this.rows[number];
  }
}

function stands({ rows }: Ledger, at: number, known: number): boolean {
  const recorded = rows[at + RECORDED]!;
  return stoodBy(known, recorded & MONTH, recorded >>> ABOVE);
}

const monthAt = ({ rows }: Ledger, at: number): number => rows[at]! & MONTH;

function eventAt({ rows }: Ledger, at: number): PeriodEvent {
  const kind = PERIOD_KINDS[rows[at]! >>> ABOVE]!;
  const detail = rows[at + DETAIL]!;
  return {
    kind,
    seq: rows[at + 1]!,
    at: rows[at + AT]! + rows[at + AT + 1]! * HALF,
    nothing: kind === 'closed' && detail === 1,
    upToSeq: kind === 'approved' ? detail : 0,
  };
}

function add(ledger: Ledger, { month, what, seq, at, nothing, upToSeq, recorded, withdrawn }: Period): void {
  const row = ledger.count * WIDTH;
  if (row === ledger.rows.length) ledger.rows = longer(ledger.rows, WIDTH, Uint32Array);
  const detail = what === 'approved' ? upToSeq : Number(nothing);
  const kind = PERIOD_KINDS.indexOf(what);
  const when = [at % HALF, Math.floor(at / HALF)];
  ledger.rows.set([month | (kind << ABOVE), seq, ...when, detail, recorded | ((withdrawn ?? 0) << ABOVE)], row);
  ledger.count++;
}

/** Takes a year's rows out, and the totals that belong to them. */
function drop(ledger: Ledger, year: number): void {
  const { rows } = ledger;
  const dropped = new Set<number>();
  let kept = 0;
  for (let at = 0; at < ledger.count * WIDTH; at += WIDTH) {
    if (Math.floor((rows[at]! & MONTH) / 12) === year) {
      dropped.add(rows[at + 1]!);
      continue;
    }
    if (kept * WIDTH !== at) rows.copyWithin(kept * WIDTH, at, at + WIDTH);
    kept++;
  }
  ledger.count = kept;
  if (dropped.size > 0 && ledger.totalCount > 0) dropTotals(ledger, dropped);
}

function speaksOf({ rows, count }: Ledger, month: number): boolean {
  for (let at = 0; at < count * WIDTH; at += WIDTH) if ((rows[at]! & MONTH) === month) return true;
  return false;
}

function dropTotals(ledger: Ledger, closings: ReadonlySet<number>): void {
  const { totals, totalCount } = ledger;
  ledger.totalCount = 0;
  for (let i = 0; i < totalCount; i++) {
    if (closings.has(Math.floor(totals[i * TOTAL_WIDTH]! / MEASURES))) continue;
    totals.copyWithin(ledger.totalCount * TOTAL_WIDTH, i * TOTAL_WIDTH, (i + 1) * TOTAL_WIDTH);
    ledger.totalCount++;
  }
}

const NO_ROWS = new Uint32Array(0);
const NO_TOTALS = new Float64Array(0);

/** The same with a quarter as much room again, in whole rows. */
function longer<Rows extends Uint32Array | Float64Array>(
  rows: Rows,
  width: number,
  kind: new (length: number) => Rows,
) {
  const larger = new kind(width * (Math.ceil((rows.length / width) * 1.25) + 2));
  larger.set(rows);
  return larger;
}
