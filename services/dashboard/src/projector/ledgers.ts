import type { Cursor } from '../model.js';
import { Ledger, type Changes } from './ledger.js';
import type { PackedYear, Shared } from './packed-year.js';
import { Arena } from './arena.js';
import { SeriesTable } from './series.js';

export interface DirtyYear {
  ledger: Ledger;
  year: PackedYear;
}

/** Bytes that documents may take beyond what they should, while they are being stored. */
const FOR_A_MOMENT = 64 * 1024 * 1024;
/** In batches read: the partitions of two topics are read in turn twice or so. */
const COLD_AFTER = 50;

/**
 * The ledgers of the partitions that this process has. Of every one it keeps how far it is folded; documents and contexts of
 * those used last, as many as `maxBytes` hold.
 */
export class Ledgers implements Changes {
  readonly shared: Shared = { table: new SeriesTable(), arena: new Arena() };
  private readonly services = new Map<string, Map<string, Ledger>>();
  /** What isn't stored yet. */
  dirtyYears: DirtyYear[] = [];
  dirtyLedgers: Ledger[] = [];
  private used = 0;
  private readonly withUnknown = new Set<Ledger>();

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
    const ledger = new Ledger(service, unit, partition, this.shared, this);
    this.of(service).set(unit, ledger);
    return ledger;
  }

  restore(cursor: Cursor): void {
    this.of(cursor.service).set(cursor.unit, Ledger.of(cursor, this.shared, this));
  }

  /** A ledger that is folded anew stands in the place of the one there was. */
  replace(ledger: Ledger): void {
    const old = this.find(ledger.service, ledger.unit);
    this.of(ledger.service).set(ledger.unit, ledger);
    if (!old) return;
    this.retire(old);
    this.forgetDropped();
  }

  /** Forgets a partition that was given away. */
  drop(service: string, partition: number): void {
    const ledgers = this.of(service);
    for (const ledger of ledgers.values()) {
      if (ledger.partition !== partition) continue;
      this.retire(ledger);
      ledgers.delete(ledger.unit);
    }
    this.forgetDropped();
  }

  /** The memory of ledgers that are dropped is still read, until `releaseMemory`. */
  keepMemory(): void {
    this.retired ??= [];
  }

  releaseMemory(): void {
    for (const ledger of this.retired ?? []) ledger.evict();
    this.retired = undefined;
  }

  private retired: Ledger[] | undefined;

  private retire(ledger: Ledger): void {
    ledger.dropped = true;
    if (this.retired) this.retired.push(ledger);
    else ledger.evict();
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

  isIncomplete(ledger: Ledger): void {
    this.withUnknown.add(ledger);
  }

  /** Those with entries that this version can't fold. */
  *incomplete(): Iterable<Ledger> {
    for (const ledger of this.withUnknown) {
      const isHere = this.find(ledger.service, ledger.unit) === ledger;
      if (isHere && ledger.unknown.length > 0) yield ledger;
      else this.withUnknown.delete(ledger);
    }
  }

  *all(): Iterable<Ledger> {
    for (const ledgers of this.services.values()) yield* ledgers.values();
  }

  /**
   * Takes those out of `dirtyYears` that won't be changed soon: their year is past for their ledger and a while has gone since
   * they were changed last. When memory is short, of the others those that weren't changed for longest too.
   */
  takeCold(): DirtyYear[] {
    const { arena } = this.shared;
    const cold: DirtyYear[] = [];
    let rest: DirtyYear[] = [];
    let bytes = arena.used;
    for (const dirty of this.dirtyYears) {
      const { ledger, year } = dirty;
      if (year.year >= ledger.newestYear || this.used - year.touched < COLD_AFTER) rest.push(dirty);
      else {
        cold.push(dirty);
        bytes -= year.bytes;
      }
    }
    if (bytes > this.maxBytes) {
      rest.sort((a, b) => a.year.touched - b.year.touched);
      let also = 0;
      while (also < rest.length && bytes > this.maxBytes * 0.75) bytes -= rest[also++]!.year.bytes;
      cold.push(...rest.slice(0, also));
      rest = rest.slice(also);
    }
    this.dirtyYears = rest;
    return cold;
  }

  /** Documents take more memory than they may even for a moment. */
  get overfull(): boolean {
    return this.shared.arena.used > this.maxBytes + FOR_A_MOMENT;
  }

  /** Every ledger that is used gets a higher number. */
  nextUse(): number {
    return ++this.used;
  }

  /**
   * Lets go of the documents that were not used for longest, when they take too much memory. Never of what isn't stored.
   * Gives the bytes that rows take.
   */
  evict(): number {
    const { arena } = this.shared;
    if (arena.used <= this.maxBytes) return arena.used;
    const clean = [...this.all()].filter((ledger) => ledger.resident && isClean(ledger));
    clean.sort((a, b) => a.lastUsed - b.lastUsed);
    for (const ledger of clean) {
      if (arena.used <= this.maxBytes * 0.75) break;
      ledger.evict();
    }
    return arena.used;
  }
}

function isClean(ledger: Ledger): boolean {
  if (ledger.dirty || ledger.contextDirty || ledger.held || ledger.pieces.length > 0) return false;
  for (const year of ledger.documents()) if (year.dirty) return false;
  return true;
}
