import type { Ledger } from './ledger.js';
import type { Ledgers } from './ledgers.js';
import type { LedgerOwners } from './owners.js';

interface Gap {
  service: string;
  unit: string;
  partition: number;
  /** The highest seq that is known to be there. */
  seen: number;
  /** When the owner is asked (again). */
  askAt: number;
  asked: number;
  asking: boolean;
}

/** An entry on its way by another partition's time needs a moment; only what stays away is asked for. */
const FIRST_ASK_MS = 100;
const AGAIN_MS = 5_000;
const AT_MOST_MS = 60_000;
const AT_ONCE = 4;

export type LogWarning = (message: string, detail: Record<string, unknown>) => void;

/**
 * Ledgers whose next entry isn't there although a later one is. Their owner is asked to send them again from that entry on,
 * once, and again with growing pauses while nothing comes. What was sent again comes behind everything else in the topic.
 */
export class Gaps {
  private readonly known = new Map<string, Gap>();
  /** How often an owner was asked. */
  asked = 0;

  constructor(
    private readonly ledgers: Ledgers,
    private readonly republish: LedgerOwners['republish'],
    private readonly now: () => number,
    private readonly warn: LogWarning,
  ) {}

  /** `seen`: a seq that the ledger has, as far as it isn't folded. */
  note({ service, unit, partition }: Pick<Ledger, 'service' | 'unit' | 'partition'>, seen: number): void {
    const id = `${service}/${unit}`;
    const known = this.known.get(id);
    if (known) known.seen = Math.max(known.seen, seen);
    else {
      const askAt = this.now() + FIRST_ASK_MS;
      this.known.set(id, { service, unit, partition, seen, askAt, asked: 0, asking: false });
    }
  }

  /** Gaps that are still open. */
  open(): { service: string; unit: string; partition: number }[] {
    this.forgetHealed();
    return [...this.known.values()];
  }

  drop(service: string, partition: number): void {
    for (const [id, gap] of this.known)
      if (gap.service === service && gap.partition === partition) this.known.delete(id);
  }

  /** Asks for what is due; call it a few times a second. */
  tick(): void {
    if (this.known.size === 0) return;
    this.forgetHealed();
    const now = this.now();
    let busy = [...this.known.values()].filter(({ asking }) => asking).length;
    for (const gap of this.known.values()) {
      if (busy >= AT_ONCE) return;
      if (gap.asking || gap.askAt > now) continue;
      busy += 1;
      void this.ask(gap);
    }
  }

  private async ask(gap: Gap): Promise<void> {
    const { service, unit } = gap;
    const from = (this.ledgers.find(service, unit)?.seq ?? 0) + 1;
    gap.asking = true;
    gap.asked += 1;
    this.asked += 1;
    try {
      await this.republish(service, unit, from);
      if (gap.asked > 1)
        this.warn('entries that were sent again have not come', { service, unit, from, asked: gap.asked });
    } catch (error) {
      this.warn('an owner could not send entries again', { service, unit, from, error: String(error) });
    }
    gap.asking = false;
    gap.askAt = this.now() + Math.min(AGAIN_MS * 2 ** (gap.asked - 1), AT_MOST_MS);
  }

  private forgetHealed(): void {
    for (const [id, { service, unit, seen }] of this.known) {
      const ledger = this.ledgers.find(service, unit);
      if (ledger && ledger.seq >= seen) this.known.delete(id);
    }
  }
}
