import type { Cursor } from '../model.js';
import { Ledger, type Changes } from './ledger.js';
import type { PackedYear } from './packed-year.js';
import { SeriesTable } from './series.js';

export interface DirtyYear {
  ledger: Ledger;
  year: PackedYear;
}

/**
 * The ledgers of the partitions that this process has. Of every one it keeps how far it is folded; documents and contexts of
 * those used last, as many as `maxBytes` hold.
 */
export class Ledgers implements Changes {
  readonly table = new SeriesTable();
  private readonly services = new Map<string, Map<string, Ledger>>();
  /** What isn't stored yet. */
  dirtyYears: DirtyYear[] = [];
  dirtyLedgers: Ledger[] = [];
  private used = 0;

  constructor(private readonly maxBytes: number) {}

  of(service: string): Map<string, Ledger> {
    let ledgers = this.services.get(service);
    if (!ledgers) this.services.set(service, (ledgers = new Map()));
    return ledgers;
  }

  find(service: string, unit: string): Ledger | undefined {
    return this.services.get(service)?.get(unit);
  }

  create(service: string, unit: string, partition: number): Ledger {
    const ledger = new Ledger(service, unit, partition, this.table, this);
    this.of(service).set(unit, ledger);
    return ledger;
  }

  restore(cursor: Cursor): void {
    this.of(cursor.service).set(cursor.unit, Ledger.of(cursor, this.table, this));
  }

  /** A ledger that is folded anew stands in the place of the one there was. */
  replace(ledger: Ledger): void {
    const old = this.find(ledger.service, ledger.unit);
    this.of(ledger.service).set(ledger.unit, ledger);
    if (!old) return;
    old.dropped = true;
    this.forgetDropped();
  }

  /** Forgets a partition that was given away. */
  drop(service: string, partition: number): void {
    const ledgers = this.of(service);
    for (const ledger of ledgers.values()) {
      if (ledger.partition !== partition) continue;
      ledger.dropped = true;
      ledgers.delete(ledger.unit);
    }
    this.forgetDropped();
  }

  private forgetDropped(): void {
    this.dirtyYears = this.dirtyYears.filter(({ ledger }) => !ledger.dropped);
    this.dirtyLedgers = this.dirtyLedgers.filter((ledger) => !ledger.dropped);
  }

  yearChanged(ledger: Ledger, year: PackedYear): void {
    this.dirtyYears.push({ ledger, year });
  }

  changed(ledger: Ledger): void {
    if (ledger.dirty) return;
    ledger.dirty = true;
    this.dirtyLedgers.push(ledger);
  }

  *all(): Iterable<Ledger> {
    for (const ledgers of this.services.values()) yield* ledgers.values();
  }

  /** Every ledger that is used gets a higher number. */
  nextUse(): number {
    return ++this.used;
  }

  /** Lets go of the documents that were not used for longest, when they take too much memory. Never of what isn't stored. */
  evict(): number {
    const resident: { ledger: Ledger; size: number }[] = [];
    let bytes = 0;
    for (const ledger of this.all()) {
      if (!ledger.resident) continue;
      const { size } = ledger;
      bytes += size;
      resident.push({ ledger, size });
    }
    if (bytes <= this.maxBytes) return bytes;
    resident.sort((a, b) => a.ledger.lastUsed - b.ledger.lastUsed);
    for (const { ledger, size } of resident) {
      if (bytes <= this.maxBytes * 0.75) break;
      if (!isClean(ledger)) continue;
      ledger.evict();
      bytes -= size;
    }
    return bytes;
  }
}

function isClean(ledger: Ledger): boolean {
  if (ledger.dirty || ledger.contextDirty || ledger.held || ledger.pieces.length > 0) return false;
  for (const year of ledger.documents()) if (year.dirty) return false;
  return true;
}
