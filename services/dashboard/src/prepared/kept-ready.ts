import type { Registry } from '@gdtx/territory/registry';
import type { ReadModel } from '../columns/read-model.js';
import { createPause } from '../columns/pause.js';
import { Prepared } from './prepared.js';

export interface KeptReadyOptions {
  model: ReadModel;
  /** As it is now; it goes on changing. */
  registry: () => Registry;
  /** Up to which entry of each service's ledger the registry is told. */
  seqs: () => ReadonlyMap<string, number>;
  /** The day that it is in Viet Nam. */
  today: () => string;
  onCrash: (error: unknown) => void;
}

/** What figures are made from at a time: the registry, and the sums that are ready of it. */
export interface ReadyState {
  prepared: Prepared;
  seqs: ReadonlyMap<string, number>;
}

const LOOK_MS = 1_000;
/** At most a quarter of the time is spent on it, however fast news of the registry comes. */
const REST = 3;

/**
 * Keeps sums ready while documents change, and makes new ones beside the old when the registry has changed or a day has begun.
 * Figures see the registry of the sums that are ready: so a change of lineage is in all of them at once, and never half.
 */
export class KeptReady {
  private state: ReadyState;
  private next: Prepared | undefined;
  private working: Promise<void> | undefined;
  private readonly timer: NodeJS.Timeout;
  private stopped = false;

  /** Nothing is ready before `start`. */
  constructor(private readonly options: KeptReadyOptions) {
    const { model } = options;
    this.state = this.begin();
    model.flowRows.onChange = (...change) => this.tell((prepared) => prepared.onFlow(...change));
    model.levelRows.onStep = (...change) => this.tell((prepared) => prepared.onStep(...change));
    model.levelRows.onToldOnce = (...change) => this.tell((prepared) => prepared.onToldOnce(...change));
    model.levelRows.onReport = (...change) => this.tell((prepared) => prepared.onReport(...change));
    this.timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  /** Resolves when everything is ready that is kept so. */
  async start(): Promise<void> {
    await this.renew();
  }

  current(): ReadyState {
    return this.state;
  }

  /** Call it when the registry has changed. */
  look(): void {
    this.state.prepared.forgetUnasked();
    if (this.working || this.stopped || !this.isOld()) return;
    this.working = this.renew()
      .catch(this.options.onCrash)
      .finally(() => (this.working = undefined));
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.timer);
  }

  private isOld(): boolean {
    const { registry, today } = this.state.prepared;
    return registry.version !== this.options.registry().version || today !== this.options.today();
  }

  private async renew(): Promise<void> {
    do {
      const began = performance.now();
      const state = this.begin();
      this.next = state.prepared;
      await state.prepared.fill(createPause(() => this.stopped));
      this.state = state;
      this.next = undefined;
      const rest = Math.min((performance.now() - began) * REST, 5_000);
      if (this.isOld()) await new Promise((resolve) => setTimeout(resolve, rest).unref());
    } while (!this.stopped && this.isOld());
  }

  private begin(): ReadyState {
    const { model, registry, seqs, today } = this.options;
    return { prepared: new Prepared(model, registry().frozen(), today()), seqs: seqs() };
  }

  private tell(of: (prepared: Prepared) => void): void {
    of(this.state.prepared);
    if (this.next) of(this.next);
  }
}
