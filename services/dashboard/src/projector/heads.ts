import { partitionOf } from '@gdtx/kafka/partition';
import type { Gaps, LogWarning } from './gaps.js';
import type { Ledgers } from './ledgers.js';
import type { LedgerOwners } from './owners.js';
import type { RelayProgress } from './relay-progress.js';

const EVERY_MS = 10 * 60_000;
const AGAIN_MS = 15_000;
/** The first word after the heads were read may have been on its way before; the second was said afterwards. */
const WORDS = 2;

export interface HeadsParts {
  services: readonly string[];
  ledgers: Ledgers;
  /** Whether a partition of a service is ours. */
  owns: (service: string, partition: number) => boolean;
  progress: RelayProgress;
  gaps: Gaps;
  owners: Pick<LedgerOwners, 'heads'>;
  now: () => number;
  warn: LogWarning;
  /** A relay that says nothing for so long isn't waited for. Default 30 s. */
  patienceMs?: number | undefined;
}

const PATIENCE_MS = 30_000;

interface Check {
  service: string;
  /** Ledgers that had more than was folded: unit and seq. */
  ahead: Map<string, number>;
  /** The relay's words that had come when the heads were read. */
  words: number;
  since: number;
}

/**
 * Compares how far ledgers are folded with how long they are at their owners, at start and every ten minutes: so a last
 * entry that was lost on its way is found though nothing follows it. An entry counts as lost only when its relay has said,
 * after the heads were read, that everything is published, and all of that was read.
 */
export class Heads {
  private readonly due = new Map<string, number>();
  private readonly reading = new Set<string>();
  private checks: Check[] = [];
  /** Entries found to be lost at the end of ledgers. */
  found = 0;
  /** Ledgers whose last entry has another hash than what was folded: their owner was set back, or isn't the one it was. */
  forked = 0;

  constructor(private readonly parts: HeadsParts) {}

  /** Partitions of the service have come: compare now. */
  again(service: string): void {
    this.due.set(service, 0);
  }

  /** Call it a few times a second. */
  tick(): void {
    const now = this.parts.now();
    for (const service of this.parts.services) {
      if ((this.due.get(service) ?? 0) > now || this.reading.has(service)) continue;
      if (this.checks.some((check) => check.service === service)) continue;
      void this.read(service);
    }
    this.checks = this.checks.filter((check) => !this.settle(check, now));
  }

  private async read(service: string): Promise<void> {
    this.reading.add(service);
    try {
      // Before the question, so that two words after it are surely after the answer's moment.
      const ahead = new Map<string, number>();
      for await (const { unit, seq, hash } of this.parts.owners.heads(service)) {
        if (!this.parts.owns(service, partitionOf(unit))) continue;
        const ledger = this.parts.ledgers.find(service, unit);
        if ((ledger?.seq ?? 0) < seq) ahead.set(unit, seq);
        else if (ledger?.seq === seq && hash.length === 32 && !ledger.hash.equals(hash)) this.fork(service, unit, seq);
      }
      const words = this.parts.progress.words(service);
      if (ahead.size > 0) this.checks.push({ service, ahead, words, since: this.parts.now() });
      this.due.set(service, this.parts.now() + EVERY_MS);
    } catch (error) {
      this.parts.warn('the heads of a service could not be read', { service, error: String(error) });
      this.due.set(service, this.parts.now() + AGAIN_MS);
    }
    this.reading.delete(service);
  }

  /** Says whether the check is over. */
  private settle({ service, ahead, words, since }: Check, now: number): boolean {
    const said = this.parts.progress.reachedWord(service, words + WORDS);
    if (!said && now - since < (this.parts.patienceMs ?? PATIENCE_MS)) return false;
    for (const [unit, seq] of ahead) {
      const partition = partitionOf(unit);
      if (!this.parts.owns(service, partition) || (this.parts.ledgers.find(service, unit)?.seq ?? 0) >= seq) continue;
      this.found += 1;
      this.parts.gaps.note({ service, unit, partition }, seq);
    }
    return true;
  }

  private fork(service: string, unit: string, seq: number): void {
    this.forked += 1;
    this.parts.warn('a ledger holds another entry than the one that was folded', { service, unit, seq });
  }
}
