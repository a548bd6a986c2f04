import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { FactTypes } from './fact-types.js';
import type { LogWarning } from './gaps.js';
import { Ledger } from './ledger.js';
import type { Ledgers } from './ledgers.js';
import type { LedgerOwners } from './owners.js';
import { foldWholeLedger } from './whole-ledger.js';

interface Wanted {
  ledger: { service: string; unit: string; partition: number };
  /** What stands in the documents changes, and not only what comes behind it: a type has become known. */
  newEpoch: boolean;
  tryAt: number;
  tried: number;
}

const AGAIN_MS = 1_000;
const AT_MOST_MS = 60_000;

/**
 * Ledgers that are folded anew from their beginning, read from their owner: because a correction says otherwise of what
 * earlier entries were folded with, or because a type that wasn't known has become known. One at a time; the new documents
 * take the place of the old ones at once.
 */
export class Refolds {
  private readonly wanted = new Map<string, Wanted>();
  private running = false;
  done = 0;

  constructor(
    private readonly ledgers: Ledgers,
    private readonly types: FactTypes,
    private readonly owners: Pick<LedgerOwners, 'readLedger'>,
    private readonly now: () => number,
    private readonly warn: LogWarning,
    /** `seen`: a seq that came while the ledger was held. */
    private readonly onDone: (ledger: Ledger, seen: number) => void,
  ) {}

  want({ service, unit, partition }: Wanted['ledger'], newEpoch: boolean): void {
    const id = `${service}/${unit}`;
    const known = this.wanted.get(id);
    if (known) known.newEpoch ||= newEpoch;
    else this.wanted.set(id, { ledger: { service, unit, partition }, newEpoch, tryAt: this.now(), tried: 0 });
  }

  open(): { service: string; unit: string; partition: number }[] {
    return [...this.wanted.values()].map(({ ledger }) => ledger);
  }

  drop(service: string, partition: number): void {
    for (const [id, { ledger }] of this.wanted) {
      if (ledger.service === service && ledger.partition === partition) this.wanted.delete(id);
    }
  }

  /** Call it a few times a second. */
  tick(): void {
    if (this.running) return;
    const now = this.now();
    for (const [id, wanted] of this.wanted) {
      if (wanted.tryAt > now) continue;
      void this.run(id, wanted);
      return;
    }
  }

  private async run(id: string, wanted: Wanted): Promise<void> {
    const { service, unit } = wanted.ledger;
    this.running = true;
    try {
      const entries: Entry[] = [];
      for await (const entry of this.owners.readLedger(service, unit)) entries.push(entry);
      // From here to the end nothing else runs.
      const old = this.ledgers.find(service, unit);
      if (old && this.wanted.get(id) === wanted) {
        const ledger = this.foldAnew(old, entries, wanted.newEpoch);
        this.wanted.delete(id);
        this.done += 1;
        this.onDone(ledger, old.seenHeld);
      }
    } catch (error) {
      wanted.tried += 1;
      wanted.tryAt = this.now() + Math.min(AGAIN_MS * 2 ** (wanted.tried - 1), AT_MOST_MS);
      this.warn('a ledger could not be folded anew', { service, unit, tried: wanted.tried, error: String(error) });
    }
    this.running = false;
  }

  private foldAnew(old: Ledger, entries: readonly Entry[], newEpoch: boolean): Ledger {
    const gapless = entries.every((entry, i) => entry.seq === i + 1 && entry.unit === old.unit);
    if (!gapless || entries.length < old.seq) {
      throw new Error(`its owner gave ${entries.length} entries of a ledger that is folded to ${old.seq}`);
    }
    const { service, unit, partition } = old;
    const ledger = new Ledger(service, unit, partition, this.ledgers.shared, this.ledgers);
    ledger.epoch = ledger.newestEpoch = newEpoch ? Math.max(old.epoch, old.newestEpoch) + 1 : old.epoch;
    ledger.lastUsed = old.lastUsed;
    ledger.shown = old.shown;
    ledger.storedYears = old.storedYears;
    this.ledgers.replace(ledger);
    ledger.unknown = foldWholeLedger(entries, this.types, ledger);
    const last = entries.at(-1);
    ledger.seq = last?.seq ?? 0;
    last?.hash.copy(ledger.hash);
    this.ledgers.changed(ledger);
    return ledger;
  }
}
