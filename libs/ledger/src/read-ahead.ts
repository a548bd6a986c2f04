import type { EntryWithdrawn } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { BoundedCache } from './bounded-cache.js';
import { isWithdrawal } from './commit-queue.js';
import type { Item } from './decide-batch.js';
import type { LedgerStore, ReplayedEntry } from './ledger-store.js';

const MAX_BYTES = 16_000_000;
const BYTES_BESIDE_DATA = 600;
/** Of one call. */
const MAX_LEDGERS = 4;

/**
 * Ledgers that waiting withdrawals are decided on, read before it is their turn: while one of thousands of entries is read, the
 * committer goes on with others. Entries never change, so only what has come since is to be read then. What isn't here is read
 * when it is needed; nothing is kept while no withdrawal waits.
 */
export class ReadAhead {
  private readonly ledgers = new BoundedCache<readonly ReplayedEntry[]>(MAX_BYTES, bytesOf);
  private waiting = 0;

  constructor(private readonly store: Pick<LedgerStore, 'replayed'>) {}

  /** Reads what the withdrawals among these need, then does the work with them. */
  async whileReady<T>(items: readonly Item[], work: () => Promise<T>): Promise<T> {
    const units = new Set(items.filter(isWithdrawal).map((item) => (item.parsed.fact.data as EntryWithdrawn).unit));
    if (units.size === 0) return work();
    this.waiting += 1;
    try {
      for (const unit of [...units].slice(0, MAX_LEDGERS)) await this.read(unit);
      return await work();
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) this.ledgers.clear();
    }
  }

  /** The first entries of a ledger; none where they weren't read. */
  entries(unit: string): readonly ReplayedEntry[] {
    return this.ledgers.get(unit) ?? [];
  }

  /** It isn't known what stands in the database. */
  forget(): void {
    this.ledgers.clear();
  }

  private async read(unit: string): Promise<void> {
    if (this.ledgers.get(unit)) return;
    this.ledgers.set(unit, await this.store.replayed(unit, 1));
  }
}

function bytesOf(entries: readonly ReplayedEntry[]): number {
  return entries.reduce((sum, { data }) => sum + data.length + BYTES_BESIDE_DATA, 0);
}
