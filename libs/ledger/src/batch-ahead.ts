import type { DecidedBatch, Item, Outcome } from './decide-batch.js';
import { Draft } from './draft.js';
import type { ParsedFact } from './parse-fact.js';
import { keysOf, ledgersOf, unitsOf, type Snapshots } from './snapshots.js';

/** So many facts more are worth a look at what they rest on. */
const WORTH_A_LOOK = 100;
/** Facts that are decided on at a time: what is being stored goes on in between. */
const AT_A_TIME = 25;

export interface BatchAheadOptions {
  /** They remember what is being stored. */
  snapshots: Pick<Snapshots, 'growing' | 'hopefulStates' | 'hopefulHeads' | 'checkRegistry'>;
  /** What the next batch begins with, as it looks now; see `CommitQueue.ahead`. */
  waiting: () => readonly Item[];
}

/**
 * The next batch, decided while the one before is being stored, as if that were stored already: on what it leaves. It is decided
 * fact by fact as they come, and stored by nobody before `take` has been called, which is when the one before stands in the database.
 *
 * All of it is thrown away, and nothing is lost, where the one before isn't stored, where the next batch turns out to be another one, where
 * anything of it wouldn't be accepted, where the floor was raised or the registry has changed. Then it is decided as any batch is.
 */
export class BatchAhead {
  private readonly draft: Draft;
  private readonly holds: () => boolean;
  private readonly decided: Item[] = [];
  private readonly outcomes: Outcome[] = [];
  private readonly known = { keys: new Set<string>(), ledgers: new Set<string>() };
  private growing: Promise<void> | undefined;
  private ended = false;
  private useless = false;

  constructor(private readonly options: BatchAheadOptions) {
    const { snapshot, holds } = options.snapshots.growing();
    this.draft = new Draft(snapshot);
    this.holds = holds;
    this.grow();
  }

  /** More may wait by now. */
  grow(): void {
    if (this.ended) return;
    this.growing ??= this.decideWaiting()
      .catch(() => (this.useless = true))
      .then(() => (this.growing = undefined));
  }

  /** The one before isn't stored: nothing rests on it. */
  drop(): void {
    this.ended = true;
    this.useless = true;
  }

  /** The decisions on a batch, if they were begun here and hold; undefined: it is to be decided. Once, and nothing grows after that. */
  async take(batch: readonly Item[]): Promise<DecidedBatch | undefined> {
    this.ended = true;
    await this.growing;
    const { decided } = this;
    if (decided.length === 0 || !decided.every((item, i) => item === batch[i])) return undefined;
    const rest = batch.slice(decided.length);
    if (rest.length > 0 && this.isOfUse()) {
      await this.look(rest);
      this.decide(rest);
    }
    return this.isOfUse() ? this.draft.decided(this.outcomes) : undefined;
  }

  private async decideWaiting(): Promise<void> {
    // What is being stored is sent first.
    await turn();
    for (let more = this.more(); more.length >= WORTH_A_LOOK; more = this.more()) {
      await this.look(more);
      for (let i = 0; i < more.length; i += AT_A_TIME) {
        if (this.ended || !this.isOfUse()) return;
        this.decide(more.slice(i, i + AT_A_TIME));
        await turn();
      }
    }
  }

  private more(): readonly Item[] {
    return this.ended || !this.isOfUse() ? [] : this.options.waiting().slice(this.decided.length);
  }

  /** Reads what these are decided on and isn't known yet. */
  private async look(items: readonly Item[]): Promise<void> {
    const { snapshots } = this.options;
    const facts: ParsedFact[] = items.map((item) => item.parsed);
    const keys = added(this.known.keys, keysOf(facts));
    // Heads first, as in every snapshot.
    const units = added(this.known.ledgers, unitsOf(keys));
    const [heads] = await Promise.all([snapshots.hopefulHeads(units), snapshots.checkRegistry()]);
    this.draft.restOn({ heads, states: await snapshots.hopefulStates(keys) });
    const ledgers = added(this.known.ledgers, ledgersOf(facts, this.draft.view));
    this.draft.restOn({ heads: await snapshots.hopefulHeads(ledgers) });
  }

  private decide(items: readonly Item[]): void {
    for (const item of items) {
      const outcome = this.draft.take(item);
      this.decided.push(item);
      this.outcomes.push(outcome);
      if (outcome.status !== 'accepted') {
        this.useless = true;
        return;
      }
    }
  }

  private isOfUse(): boolean {
    return !this.useless && this.holds();
  }
}

/** Which of these are new in `known`, where they are from now on. */
function added(known: Set<string>, these: Iterable<string>): string[] {
  const fresh = [...these].filter((one) => !known.has(one));
  for (const one of fresh) known.add(one);
  return fresh;
}

/** Lets whatever else is due have its turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
