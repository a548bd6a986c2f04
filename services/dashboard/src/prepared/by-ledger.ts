import type { LedgerChanges } from '../columns/ledger-changes.js';
import { createPause } from '../columns/pause.js';

/** So many ledgers are worked through at once: what they take nobody notices. */
const AT_ONCE = 20;

/**
 * Something that is worked out of each ledger by itself, and anew of those that have changed. `work` puts in what a ledger comes to
 * instead of what it came to before.
 */
export class ByLedger {
  private version = 0;
  private working: Promise<void> | undefined;

  constructor(
    private readonly changes: LedgerChanges,
    private readonly work: (ledger: number) => void,
  ) {}

  /** Whether it is of everything that is held now. */
  get isFresh(): boolean {
    return this.version === this.changes.version;
  }

  /** Resolves when it is of everything that is held, also of what came meanwhile: others get their turn. */
  async refresh(): Promise<void> {
    for (;;) {
      const changed = this.changes.since(this.version);
      if (changed.length <= AT_ONCE) {
        for (const ledger of changed) this.work(ledger);
        this.version = this.changes.version;
        return;
      }
      this.working ??= this.workThrough(changed).finally(() => (this.working = undefined));
      await this.working;
    }
  }

  private async workThrough(ledgers: readonly number[]): Promise<void> {
    const { version } = this.changes;
    const pause = createPause();
    for (const ledger of ledgers) {
      this.work(ledger);
      await pause();
    }
    this.version = version;
  }
}

/** Resolves when all are of the same moment, this one. */
export async function refreshed(all: readonly ByLedger[]): Promise<void> {
  do await Promise.all(all.map((each) => each.refresh()));
  while (!all.every(({ isFresh }) => isFresh));
}
