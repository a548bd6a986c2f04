import { codecOf } from '@gdtx/contracts/fact-codecs';
import { EntryWithdrawn, type Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { Life } from '@gdtx/territory/records';
import type { LedgerReader } from '../queries/ledger-entries.js';
import { isReport, spokenTime, type SpokenTime } from './spoken-time.js';

/** An entry that stands, and speaks of a time on which its unit doesn't live. */
export interface Contradiction {
  service: string;
  /** Whose ledger it is in. */
  unit: string;
  seq: number;
  id: string;
  type: string;
  source: string;
  /** Milliseconds since the epoch. */
  recordedAt: number;
  /** Hex. */
  hash: string;
  why: 'unit-ended' | 'unit-not-yet';
  spoken: SpokenTime;
}

/** All that is needed of a life. */
export type Bounds = Pick<Life, 'from' | 'to'>;

/** Where a time lies wholly outside of a life. One that may lie inside it contradicts nothing. */
export function outside({ from, to }: SpokenTime, life: Bounds): Contradiction['why'] | undefined {
  if (life.to !== null && from !== '' && from >= life.to) return 'unit-ended';
  return life.from !== null && to !== '' && to < life.from ? 'unit-not-yet' : undefined;
}

/** What of a ledger contradicts its unit's life; entries come in order of seq, some at a time. */
export class Contradictions {
  /** The last entry that was looked at. */
  seq = 0;
  private readonly standing = new Map<number, Contradiction>();

  constructor(readonly life: Bounds) {}

  take(entry: Entry): void {
    this.seq = entry.seq;
    const { service, unit, seq, id, type, source, recordedAt, hash } = entry;
    if (type === `vn.gdtx.${service}.EntryWithdrawn.v1`) {
      this.standing.delete(EntryWithdrawn.decode(entry.data).seq);
      return;
    }
    if (!isReport(type)) return;
    const spoken = spokenTime(type, codecOf(type)!.decode(entry.data));
    const why = spoken && outside(spoken, this.life);
    if (!why) return;
    const told = { service, unit, seq, id, type, source, recordedAt, hash: Buffer.from(hash).toString('hex') };
    this.standing.set(seq, { ...told, why, spoken });
  }

  all(): readonly Contradiction[] {
    return [...this.standing.values()];
  }
}

/** Looks into ledgers, and remembers what it saw: of a ledger that was looked into before, only what is new is read. */
export class ContradictionReader {
  private readonly seen = new Map<string, Promise<Contradictions>>();

  constructor(private readonly read: LedgerReader) {}

  /** @throws a 503 problem when the ledger's owner can't be asked. */
  async of(service: string, unit: string, life: Bounds): Promise<readonly Contradiction[]> {
    const name = `${service}/${unit}`;
    // One after the other: both would read the same.
    const looked = (this.seen.get(name) ?? Promise.resolve(undefined)).then((known) =>
      this.look(service, unit, known && sameLife(known.life, life) ? known : new Contradictions(life)),
    );
    this.seen.set(name, looked);
    try {
      return (await looked).all();
    } catch (error) {
      if (this.seen.get(name) === looked) this.seen.delete(name);
      throw error;
    }
  }

  private async look(service: string, unit: string, known: Contradictions): Promise<Contradictions> {
    for await (const { entry } of this.read(service, unit, known.seq + 1)) if (entry) known.take(entry);
    return known;
  }
}

const sameLife = (one: Bounds, other: Bounds): boolean => one.from === other.from && one.to === other.to;
