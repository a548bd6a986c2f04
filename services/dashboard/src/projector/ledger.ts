import type { Memory } from '../indicators/folds/fold.js';
import { LAYOUT, type Contribution, type Cursor, type RecordPart, type UnknownEntry } from '../model.js';
import { Context } from './context.js';
import type { FoldTarget } from './entry-folder.js';
import { monthInYear, yearOf } from './months.js';
import { PackedYear, type Shared } from './packed-year.js';
import type { StoredUnitYear } from './stored-year.js';

/** What an entry does to a record, kept until the next flush. */
export interface PendingPiece {
  /** `<collection>/<service>/<unit>/<id>` */
  record: string;
  part: RecordPart;
  /** Whose words they are. */
  seq: number;
  /** The entry that makes the change. */
  by: number;
  recorded: number;
  withdraws: boolean;
}

/** What is told when a document of a ledger changes. */
export interface Changes {
  yearChanged(ledger: Ledger, year: PackedYear): void;
  /** It holds entries that this version can't fold. */
  isIncomplete(ledger: Ledger): void;
}

// There are tens of thousands of ledgers, most of them at rest: these share what is empty.
const NO_YEARS: ReadonlyMap<number, PackedYear> = new Map();
const NO_NUMBERS: ReadonlySet<number> = new Set();

/**
 * A ledger while it is folded: how far, its documents by valid year, its context. Each document says up to which entry it is
 * folded: an entry that it already holds is not added again, whatever the cursor says. So documents may be ahead of the
 * cursor, as they are after a crash between the two writes.
 */
export class Ledger implements FoldTarget {
  seq = 0;
  epoch = 0;
  layout = LAYOUT;
  /** Of its documents: higher than its own after a crash while it was stored anew. */
  newestEpoch = 0;
  /** From Node's pool: there are tens of thousands of ledgers. */
  readonly hash: Buffer = Buffer.allocUnsafe(32).fill(0);
  private unfolded: UnknownEntry[] = [];
  context: Context | undefined;
  /** Its documents and its context are in memory. */
  resident = true;
  /** Something of it isn't stored yet. */
  dirty = false;
  contextDirty = false;
  /** Nothing is taken until it has been folded anew from its beginning. */
  held = false;
  /** The highest seq that came meanwhile. */
  seenHeld = 0;
  /** Its partition was given away: it is worked on elsewhere. */
  dropped = false;
  /** The seq up to which readers have been told. */
  shown = 0;
  lastUsed = 0;
  pieces: PendingPiece[] = [];
  private years = NO_YEARS;
  private last: PackedYear | undefined;
  /** Valid years of which there is a stored document. */
  storedYears: number[] = [];
  /** Years whose documents were stored and let go while others stayed. */
  private away = NO_NUMBERS;

  constructor(
    readonly service: string,
    readonly unit: string,
    readonly partition: number,
    private readonly shared: Shared,
    private readonly changes: Changes,
  ) {}

  /** Entries that this version can't fold. */
  get unknown(): UnknownEntry[] {
    return this.unfolded;
  }

  set unknown(entries: UnknownEntry[]) {
    this.unfolded = entries;
    if (entries.length > 0) this.changes.isIncomplete(this);
  }

  get id(): string {
    return `${this.service}/${this.unit}`;
  }

  static of(cursor: Cursor, shared: Shared, changes: Changes): Ledger {
    const ledger = new Ledger(cursor.service, cursor.unit, cursor.partition, shared, changes);
    ledger.seq = ledger.shown = cursor.seq;
    ledger.epoch = ledger.newestEpoch = cursor.epoch;
    ledger.layout = cursor.layout ?? 0;
    ledger.unknown = cursor.unknown;
    ledger.storedYears = cursor.years;
    cursor.hash.copy(ledger.hash);
    ledger.resident = false;
    return ledger;
  }

  /** Takes in what was stored; a document of an epoch that is over holds nothing of this one. */
  load(stored: readonly StoredUnitYear[], context: Context | undefined): void {
    for (const document of stored) {
      if (document.epoch < this.epoch || this.years.has(document.year)) continue;
      this.newestEpoch = Math.max(this.newestEpoch, document.epoch);
      this.hold(new PackedYear(this.shared, document.year, document.epoch, document));
    }
    this.context ??= context;
    this.away = NO_NUMBERS;
    this.resident = true;
  }

  /** Years of which there is a stored document and none in memory. */
  yearsToLoad(): number[] {
    return this.storedYears.filter((year) => !this.years.has(year));
  }

  /** Lets go of one document that is stored as it is. */
  letGo(year: PackedYear): void {
    if (year.dirty || this.years.get(year.year) !== year) return;
    year.release();
    this.years = new Map([...this.years].filter(([number]) => number !== year.year));
    this.away = new Set([...this.away, year.year]);
    if (this.last === year) this.last = undefined;
    if (!this.storedYears.includes(year.year))
      this.storedYears = [...this.storedYears, year.year].sort((a, b) => a - b);
  }

  /** Whether a document that these parts go into was let go. */
  lacks(parts: readonly Contribution[]): boolean {
    if (this.away.size === 0) return false;
    return parts.some((part) => part.kind !== 'record' && this.away.has(yearOf(dateOf(part))));
  }

  /** Whether any document was let go: what is withdrawn may stand in each of them. */
  lacksAny(): boolean {
    return this.away.size > 0;
  }

  /** The last valid year of its documents in memory. */
  get newestYear(): number {
    return this.newest;
  }

  private newest = 0;

  /** Lets go of what can be loaded again, or will not be used again. */
  evict(): void {
    for (const year of this.years.values()) year.release();
    this.years = NO_YEARS;
    this.last = undefined;
    this.context = undefined;
    this.away = NO_NUMBERS;
    this.resident = false;
  }

  apply(parts: readonly Contribution[], seq: number, by: number, recorded: number): void {
    for (const part of parts) {
      if (part.kind === 'record') {
        this.pieces.push(this.piece(part, seq, by, recorded, false));
        continue;
      }
      const year = this.year(yearOf(dateOf(part)));
      if (holds(year, by)) continue;
      this.touch(year, by);
      if (part.kind === 'period') {
        year.addPeriod(part, seq, recorded);
        continue;
      }
      year.monthChanged(monthInYear(dateOf(part)), by);
      if (part.kind === 'balance') year.addBalance(part, seq, recorded);
      else {
        const series = this.shared.table.numberOf(part.indicator, part.category, part.part, part.at);
        if (part.kind === 'flow')
          year.addFlow(series, monthInYear(part.month), recorded, part.value, part.precision, 1);
        else year.addLevel(series, part, seq, recorded);
      }
    }
  }

  retract(parts: readonly Contribution[], seq: number, by: number, recorded: number): void {
    for (const part of parts) {
      if (part.kind === 'record') this.pieces.push(this.piece(part, seq, by, recorded, true));
      if (part.kind !== 'flow') continue;
      const year = this.year(yearOf(part.month));
      if (holds(year, by)) continue;
      this.touch(year, by);
      const month = monthInYear(part.month);
      year.monthChanged(month, by);
      const series = this.shared.table.numberOf(part.indicator, part.category, part.part, part.at);
      year.addFlow(series, month, recorded, part.value, part.precision, -1);
    }
    // Wherever they were put: the fold may place them elsewhere by now.
    for (const year of this.years.values()) {
      if (holds(year, by)) continue;
      if (year.withdraw(seq, recorded, by)) this.touch(year, by);
    }
  }

  remember(memories: readonly Memory[], seq: number): void {
    this.context ??= new Context();
    // After a crash, entries come that are in it already.
    if (seq < this.context.seq) return;
    this.context.remember(memories, seq);
    this.contextDirty = true;
  }

  *documents(): Iterable<PackedYear> {
    yield* this.years.values();
  }

  cursor(): Cursor {
    const { id: _id, service, unit, partition, epoch, seq, layout } = this;
    const years = [...new Set([...this.storedYears, ...this.years.keys()])].sort((a, b) => a - b);
    const hash = Buffer.from(this.hash);
    return { _id, service, unit, partition, epoch, seq, hash, years, unknown: [...this.unknown], layout };
  }

  get yearsHeld(): number {
    return this.years.size;
  }

  private touch(year: PackedYear, by: number): void {
    year.seq = year.openedBy = by;
    year.touched = this.lastUsed;
    if (year.dirty) return;
    year.dirty = true;
    this.changes.yearChanged(this, year);
  }

  private hold(year: PackedYear): void {
    this.years = new Map([...this.years, [year.year, year]]);
  }

  private year(number: number): PackedYear {
    // Mostly the one of the part before.
    if (this.last?.year === number) return this.last;
    let year = this.years.get(number);
    if (!year) this.hold((year = new PackedYear(this.shared, number, this.epoch)));
    if (number > this.newest) this.newest = number;
    this.last = year;
    return year;
  }

  private piece(part: RecordPart, seq: number, by: number, recorded: number, withdraws: boolean): PendingPiece {
    const record = `${part.collection}/${this.service}/${this.unit}/${part.id}`;
    return { record, part, seq, by, recorded, withdraws };
  }
}

const dateOf = (part: Exclude<Contribution, RecordPart>): string =>
  part.kind === 'level' ? part.day : part.kind === 'balance' ? part.to : part.month;

/** The document was stored with that entry in it; the entry that changes it now goes on changing it. */
function holds(year: PackedYear, by: number): boolean {
  return year.seq >= by && year.openedBy !== by;
}
