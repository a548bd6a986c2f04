import { compactHeap } from '@gdtx/service-kit/compact-heap';
import type { Change, FollowedModel } from '../columns/follow.js';
import { reached } from '../columns/reached.js';
import { INDICATORS } from '../indicators/catalogue.js';
import { LivePointer, type ModelPlace } from './live-pointer.js';
import { Readers } from './readers.js';
import { Serving, type ServingParts } from './serving.js';

export interface ServedParts extends ServingParts {
  /** Of the first model's projectors. */
  groupId: string;
}

/** How long a new model may take to have what the old one had; then it is taken as it is, and catches up. */
const REACH_MS = 30_000;
const LOOK_MS = 20;
/** Questions that were begun with the old model are answered by then. */
const LINGER_MS = 5_000;
const AGAIN_MS = 2_000;

/**
 * The read model that figures are made of: the one that the pointer names. When another is named, it is loaded beside the one
 * that answers, fed, and takes its place at once when it has everything that the other had; then the other is let go.
 */
export class ServedModel implements FollowedModel {
  private current: Serving | undefined;
  private joined: number | null = null;
  private readonly held = new Set<Serving>();
  private readonly pointer: LivePointer;
  private readonly readers: Readers;
  private readonly listeners = new Set<(change: Change) => void>();
  private readonly leaving = new Set<Promise<void>>();
  private entered: ReturnType<Readers['enter']> | undefined;
  private unwatch: (() => Promise<void>) | undefined;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private stopped = false;
  private compacted: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ServedParts) {
    this.pointer = new LivePointer(parts.home, parts.groupId);
    this.readers = new Readers(parts.home);
  }

  /** Resolves when the live model is in memory. */
  async start(registryReady: Promise<void>): Promise<void> {
    const first = new Serving((await this.pointer.read()).live, this.parts);
    this.held.add(first);
    await first.start(registryReady);
    this.turnTo(first);
    this.entered = this.readers.enter(() => ({
      serves: this.serving.place.number,
      holds: [...new Set([...this.held].map(({ place }) => place.number))].sort(),
      joined: this.joined,
    }));
    await this.entered.say();
    this.unwatch = this.pointer.watch(() => this.look());
    this.look();
    // A projector has loaded all cursors by then.
    this.compacted = first.projector.ready.then(compactHeap, () => undefined);
  }

  /** Resolves when what loading the first model left has been collected, which stops everything for a moment. */
  get settled(): Promise<void> {
    return this.compacted;
  }

  get serving(): Serving {
    if (!this.current) throw new Error('no read model is loaded yet');
    return this.current;
  }

  get model() {
    return this.serving.follower.model;
  }

  get records() {
    return this.serving.follower.records;
  }

  get periods() {
    return this.serving.follower.periods;
  }

  get freshness() {
    return this.serving.follower.freshness;
  }

  get following() {
    return this.serving.follower.following;
  }

  seqOf(service: string, unit: string): number {
    return this.serving.follower.seqOf(service, unit);
  }

  incomplete() {
    return this.serving.follower.incomplete();
  }

  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Resolves true as soon as an entry is part of the figures, whichever model they are made of by then; false after `withinMs`. */
  reaches(service: string, unit: string, seq: number, withinMs: number): Promise<boolean> {
    return reached(this, { service, unit, seq }, withinMs);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.unwatch?.();
    await this.looking;
    await Promise.all([this.current?.stop(), ...this.leaving]);
    await this.entered?.leave().catch(() => undefined);
  }

  private look(): void {
    this.lookAgain = true;
    if (this.stopped) return;
    this.looking ??= this.followPointer().finally(() => (this.looking = undefined));
  }

  private async followPointer(): Promise<void> {
    while (this.lookAgain && !this.stopped) {
      this.lookAgain = false;
      try {
        const { live } = await this.pointer.read();
        if (live.number !== this.serving.place.number) await this.exchange(live);
      } catch (error) {
        this.parts.log.warn({ err: error }, 'the read model that is to be served could not be taken; trying again');
        this.lookAgain = true;
        await pause(AGAIN_MS);
      }
    }
  }

  private async exchange(place: ModelPlace): Promise<void> {
    const { log } = this.parts;
    const old = this.serving;
    log.info(
      { from: old.place.database, to: place.database },
      'another read model is loaded beside the one that answers',
    );
    const next = await this.load(place, old);
    if (!next) return;
    this.turnTo(next);
    log.info({ database: place.database }, 'figures are made of another read model');
    await this.say(null);
    const left = pause(this.stopped ? 0 : LINGER_MS)
      .then(() => this.letGo(old))
      .then(compactHeap)
      .catch((error: unknown) =>
        log.warn({ err: error }, 'the memory of the former read model could not be given back'),
      )
      .finally(() => this.leaving.delete(left));
    this.leaving.add(left);
  }

  /** The model in memory, with all that the present one has; undefined when by then it isn't the one to be served any more. */
  private async load(place: ModelPlace, old: Serving): Promise<Serving | undefined> {
    const next = new Serving(place, this.parts);
    this.held.add(next);
    let isTaken = false;
    try {
      await this.say(null);
      // Whoever drops a model looks first at who holds it: one that is live after that was said stays.
      if (!(await this.isLive(place))) return undefined;
      await next.start(Promise.resolve());
      await next.projector.ready;
      await this.say(place.number);
      await this.untilReached(old, next);
      isTaken = !this.stopped && (await this.isLive(place));
      return isTaken ? next : undefined;
    } finally {
      if (!isTaken) {
        await this.letGo(next);
        await this.say(null);
      }
    }
  }

  private async isLive({ number }: ModelPlace): Promise<boolean> {
    return (await this.pointer.read()).live.number === number;
  }

  private async letGo(serving: Serving): Promise<void> {
    try {
      await serving.stop();
    } catch (error) {
      this.parts.log.warn({ err: error }, 'a read model could not be left in order');
    }
    this.held.delete(serving);
    // A database that is away for a while hears it later.
    await this.entered?.say().catch(() => undefined);
  }

  /** At once for everybody: questions, subscribers, who waits for an entry. */
  private turnTo(next: Serving): void {
    const old = this.current?.follower;
    this.forwarding?.();
    this.current = next;
    this.forwarding = next.follower.onChange((change) => this.tell(change));
    if (!old) return;
    // What the new one heard of before it was listened to. Which figures it changed isn't known any more: any of them.
    const indicators = INDICATORS.map(({ id }) => id);
    for (const { service, unit, seq } of next.follower.cursorsOf()) {
      if (seq > old.seqOf(service, unit)) this.tell({ service, unit, seq, indicators });
    }
  }

  private forwarding: (() => void) | undefined;

  private tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }

  /** Waits until the new one has what the old one has now. */
  private async untilReached(old: Serving, next: Serving): Promise<void> {
    const missing = [...old.follower.cursorsOf()];
    for (const until = Date.now() + REACH_MS; Date.now() < until && !this.stopped; await pause(LOOK_MS)) {
      while (missing.length > 0) {
        const { service, unit, seq } = missing.at(-1)!;
        if (next.follower.seqOf(service, unit) < seq) break;
        missing.pop();
      }
      if (missing.length === 0) return;
    }
    this.parts.log.warn(
      { ledgers: missing.length },
      'the new read model lacks what the former one has, and catches up',
    );
  }

  private async say(joined: number | null): Promise<void> {
    this.joined = joined;
    await this.entered?.say();
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
