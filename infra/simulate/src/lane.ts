import { setTimeout as pause } from 'node:timers/promises';
import type { Result } from '@gdtx/publisher/publish';
import type { Gateway } from './gateway.js';
import type { CloudEvent, SimulatedFact } from './nation/fact.js';
import type { Tally } from './tally.js';

const BATCH = 500;
/** A platform that is slow or asks for patience is given less at a time, so that it has done with one batch before the next. */
const LEAST_BATCH = 25;
const SLOW_MS = 5_000;
const FAST_MS = 2_000;
/** How many facts wait in a lane before whoever tells them has to wait. */
const FULL = 4 * BATCH;
/** About seven minutes. */
const MOST_TRIES = 60;
const LONGEST_PAUSE_MS = 10_000;

/** One publisher: sends what it is given, the facts of each ledger in their order, batch after batch. */
export class Lane {
  private waiting: SimulatedFact[] = [];
  private isEnded = false;
  private size = BATCH;
  private wake: () => void = () => {};
  private readonly tries = new Map<string, number>();
  /** The numbers in their ledgers of facts that later ones name. */
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly gateway: Gateway,
    private readonly tally: Tally,
    private readonly pauseMs = 250,
  ) {}

  get isFull(): boolean {
    return this.waiting.length >= FULL;
  }

  put(fact: SimulatedFact): void {
    this.waiting.push(fact);
    if (this.waiting.length >= this.size) this.wake();
  }

  /** There is no more to come. */
  end(): void {
    this.isEnded = true;
    this.wake();
  }

  /** Resolves when all is sent. `onRoom`: called after each batch. */
  async run(onRoom: () => void): Promise<void> {
    for (;;) {
      if (this.waiting.length < this.size && !this.isEnded) await new Promise<void>((resolve) => (this.wake = resolve));
      const batch = this.take();
      if (batch.length > 0) await this.send(batch);
      onRoom();
      if (this.isEnded && this.waiting.length === 0) return;
    }
  }

  /** The next batch. A fact that names one of the same batch waits for its number, and its ledger with it. */
  private take(): SimulatedFact[] {
    const batch: SimulatedFact[] = [];
    const later: SimulatedFact[] = [];
    const ids = new Set<string>();
    const held = new Set<string>();
    for (const fact of this.waiting) {
      const isEarly = fact.names !== undefined && ids.has(fact.names.id);
      if (batch.length === this.size || isEarly || held.has(fact.ledger)) {
        held.add(fact.ledger);
        later.push(fact);
      } else if (fact.names && !this.numbers.has(fact.names.id)) {
        this.tally.notSent++;
      } else {
        batch.push(fact);
        ids.add(fact.event.id);
      }
    }
    this.waiting = later;
    return batch;
  }

  private async send(batch: readonly SimulatedFact[]): Promise<void> {
    const began = performance.now();
    const results = await this.gateway.send(batch.map((fact) => this.eventOf(fact)));
    const took = performance.now() - began;
    const again: SimulatedFact[] = [];
    const broken = new Set<string>();
    for (const [index, fact] of batch.entries()) {
      const result = results[index]!;
      if (this.isWorthAnotherTry(fact, result, broken)) {
        broken.add(fact.ledger);
        again.push(fact);
        continue;
      }
      this.tries.delete(fact.event.id);
      if (fact.isNamed && result.seq !== undefined) this.numbers.set(fact.event.id, result.seq);
      if (fact.names) this.numbers.delete(fact.names.id);
      this.tally.add(fact, result);
    }
    this.waiting = [...again, ...this.waiting];
    if (took > SLOW_MS || again.length > 0) this.size = Math.max(LEAST_BATCH, Math.floor(this.size / 2));
    else if (took < FAST_MS) this.size = Math.min(BATCH, this.size * 2);
    if (again.length > 0) await pause(Math.min(LONGEST_PAUSE_MS, this.pauseMs * this.tries.get(again[0]!.event.id)!));
  }

  /** It may be accepted as it is; or it rests on one before it in its ledger that may. */
  private isWorthAnotherTry(fact: SimulatedFact, { status, refusal }: Result, broken: ReadonlySet<string>): boolean {
    if (status !== 'refused' || refusal?.slug === fact.earns) return false;
    if (!refusal?.retryable && !broken.has(fact.ledger)) return false;
    const tries = (this.tries.get(fact.event.id) ?? 0) + 1;
    this.tries.set(fact.event.id, tries);
    return tries < MOST_TRIES;
  }

  private eventOf({ event, names }: SimulatedFact): CloudEvent {
    if (!names) return event;
    return { ...event, data: { ...event.data, [names.field]: this.numbers.get(names.id) } };
  }
}
