import type { EntryDocument } from './documents.js';

const MAX_FACTS = 10_000;
const MAX_BYTES = 16_000_000;
/**
 * A ledger that has been quiet for so long is marked as published: until then its next commit may carry the mark, which costs
 * MongoDB half of what a commit's head and a mark of its own cost. A crash repeats what was sent meanwhile …
 */
const QUIET_MS = 15_000;
/** … but sooner beside other committers, whose entries are looked for in all ledgers that lack the mark. */
const QUIET_BESIDE_OTHERS_MS = 300;
/** One that is never quiet, and that others commit to, is marked after this time. */
const LATEST_BESIDE_OTHERS_MS = 5000;

interface Unmarked {
  seq: number;
  /** When the mark in the head began to lag behind. */
  since: number;
  /** When something of it was last sent. */
  last: number;
}

/**
 * What the relay remembers while it holds the lease: entries that were just committed in this process, so that they needn't be
 * read again, and how far each ledger is sent. All of it may be lost at any time: the ledgers themselves are the outbox.
 */
export class Outbox {
  private fresh: EntryDocument[] = [];
  private bytes = 0;
  private readonly sent = new Map<string, number>();
  private readonly unmarked = new Map<string, Unmarked>();
  /** Something may be in the ledgers that isn't here. */
  private incomplete = true;

  /** Entries in the order in which they were committed. */
  offer(entries: readonly EntryDocument[]): void {
    for (const entry of entries) {
      const size = entry.canonical.length + entry.data.length;
      if (this.fresh.length >= MAX_FACTS || this.bytes + size > MAX_BYTES) {
        this.incomplete = true;
        return;
      }
      this.fresh.push(entry);
      this.bytes += size;
    }
  }

  /** The entries that follow what is sent; others must be read from the ledgers. */
  take(): EntryDocument[] {
    const reached = new Map<string, number>();
    const next: EntryDocument[] = [];
    for (const entry of this.fresh) {
      const sent = reached.get(entry.unit) ?? this.sent.get(entry.unit) ?? (entry.seq === 1 ? 0 : undefined);
      if (sent !== undefined && entry.seq <= sent) continue;
      if (sent === undefined || entry.seq > sent + 1) {
        this.incomplete = true;
        continue;
      }
      reached.set(entry.unit, entry.seq);
      next.push(entry);
    }
    this.fresh = [];
    this.bytes = 0;
    return next;
  }

  get waiting(): number {
    return this.fresh.length;
  }

  /** Whether the ledgers have to be looked through. */
  get lacksSome(): boolean {
    return this.incomplete;
  }

  /** The same; asking resets it. */
  mustLook(): boolean {
    const must = this.incomplete;
    this.incomplete = false;
    return must;
  }

  doubt(): void {
    this.incomplete = true;
  }

  /** The seq up to which a ledger is sent and confirmed; undefined where it isn't known. */
  sentUpTo(unit: string): number | undefined {
    return this.sent.get(unit);
  }

  /** The same, for a commit to that ledger, which carries it as its mark. */
  carried(unit: string, now: number): number | undefined {
    const unmarked = this.unmarked.get(unit);
    if (unmarked) unmarked.since = now;
    return this.sent.get(unit);
  }

  /** These are sent and confirmed. */
  confirm(entries: readonly Pick<EntryDocument, 'unit' | 'seq'>[], now: number): void {
    for (const { unit, seq } of entries) {
      const before = this.unmarked.get(unit);
      this.unmarked.set(unit, { seq: Math.max(seq, before?.seq ?? 0), since: before?.since ?? now, last: now });
      this.sent.set(unit, Math.max(seq, this.sent.get(unit) ?? 0));
    }
  }

  /** A ledger is sent up to there, as its head says or as was known, and may lack the mark. */
  learn(unit: string, seq: number, now: number): void {
    this.sent.set(unit, Math.max(seq, this.sent.get(unit) ?? 0));
    if (!this.unmarked.has(unit)) this.unmarked.set(unit, { seq, since: now, last: now });
  }

  /** Ledgers to be marked as published now. A busy one isn't yet: the mark would collide with its next commit, which carries it. */
  due(now: number, { all = false, others = false } = {}): { unit: string; seq: number }[] {
    const marks: { unit: string; seq: number }[] = [];
    const [quiet, latest] = others ? [QUIET_BESIDE_OTHERS_MS, LATEST_BESIDE_OTHERS_MS] : [QUIET_MS, QUIET_MS];
    for (const [unit, { seq, since, last }] of this.unmarked) {
      if (!all && now - last < quiet && now - since < latest) continue;
      marks.push({ unit, seq });
      this.unmarked.delete(unit);
    }
    return marks;
  }

  get marksWait(): boolean {
    return this.unmarked.size > 0;
  }

  /** The lease was another one's in between: how far that one got isn't known. */
  clear(): void {
    this.fresh = [];
    this.bytes = 0;
    this.sent.clear();
    this.unmarked.clear();
    this.incomplete = true;
  }
}
