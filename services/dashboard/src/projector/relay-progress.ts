import type { Progress } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';

interface Word {
  at: number;
  offsets: readonly bigint[];
  /** Counts the words of its service. */
  number: number;
}

interface Said {
  count: number;
  /** Not reached yet, in the order in which they were said. */
  waiting: Word[];
  /** The newest that is reached. */
  reached: Word | undefined;
}

/** So many words wait; of more, those in the middle are let go: the next to be reached and the newest matter. */
const MOST_WAITING = 64;

/** Up to which offset of a service's partition readers have everything; undefined where that isn't known. */
export type ShownOffset = (service: string, partition: number) => bigint | undefined;

/** What the relays say of how far they have published, and how much of it is in the read model. */
export class RelayProgress {
  private readonly said = new Map<string, Said>();

  hear({ service, at, offsets }: Progress): void {
    // A relay that has just started knows nothing yet.
    if (at <= 0) return;
    const said = this.of(service);
    said.count += 1;
    said.waiting.push({ at, offsets: offsets.map(BigInt), number: said.count });
    if (said.waiting.length > MOST_WAITING) said.waiting.splice(1, 1);
  }

  /** Works out what is reached; call it when positions have moved or a word has come. */
  update(shown: ShownOffset): void {
    for (const [service, said] of this.said) {
      let reached = -1;
      for (const [i, { offsets }] of said.waiting.entries()) {
        if (offsets.every((offset, partition) => (shown(service, partition) ?? -1n) >= offset)) reached = i;
      }
      if (reached < 0) continue;
      said.reached = said.waiting[reached];
      said.waiting = said.waiting.slice(reached + 1);
    }
  }

  /** Everything that the service recorded before that moment is in the read model; null while it was never heard. */
  asOf(service: string): number | null {
    return this.said.get(service)?.reached?.at ?? null;
  }

  /** How far what is in the read model is behind the newest word: messages, and milliseconds; null while that isn't known. */
  behind(service: string, shown: ShownOffset): { messages: number; ms: number | null } {
    const said = this.said.get(service);
    const newest = said?.waiting.at(-1);
    if (!said || !newest) return { messages: 0, ms: said ? 0 : null };
    const missing = newest.offsets.map((offset, partition) => offset - (shown(service, partition) ?? 0n));
    const messages = missing.reduce((sum, n) => (n > 0n ? sum + Number(n) : sum), 0);
    return { messages, ms: said.reached ? newest.at - said.reached.at : null };
  }

  /** How many words have come. */
  words(service: string): number {
    return this.said.get(service)?.count ?? 0;
  }

  /** Whether the word of that number, or a later one, is reached. */
  reachedWord(service: string, number: number): boolean {
    return (this.said.get(service)?.reached?.number ?? 0) >= number;
  }

  private of(service: string): Said {
    let said = this.said.get(service);
    if (!said) this.said.set(service, (said = { count: 0, waiting: [], reached: undefined }));
    return said;
  }
}
