import { randomUUID } from 'node:crypto';
import type { StateDocument } from './documents.js';
import type { LedgerStore } from './ledger-store.js';

/** Where the relay says up to when everything is published; see relay-lease.ts. */
export const COMMITTER_PREFIX = 'committer:';

/** The database knows less than it did: it was restored from an older copy, and going on would fork ledgers. */
export class WentBack extends Error {
  constructor() {
    super('The database has gone back to an older state while this service was running: nothing is recorded on it.');
  }
}

interface GuardState {
  /** Everything recorded until then (milliseconds) is published, and said to be. Nothing may be recorded as of then any more. */
  floor: number;
  /** When this committer last stored something. */
  seen: number;
}

/**
 * A document of each committer among the states, which every commit of it rests on and changes. The relay raises the floor in
 * all of them before it says that everything recorded until then is published: whoever decided on the former floor collides,
 * and decides again, for later. So that what the relay says holds for every replica, whatever its clock says.
 */
export class CommitterGuard {
  readonly key = `${COMMITTER_PREFIX}${randomUUID()}`;
  private known: { version: number; floor: number } | undefined;
  private highest = { version: 0, floor: 0 };
  private doubt = false;

  constructor(private readonly store: LedgerStore) {}

  /** Nothing may be recorded as of this moment or an earlier one. */
  async floor(): Promise<number> {
    this.known ??= await this.load();
    return this.known.floor;
  }

  /** What a commit changes besides what was decided. */
  change(moment: number): { key: string; before: number; order: number; ledgers: string[]; state: GuardState } {
    if (!this.known) throw new Error('the floor was not asked for');
    const { version, floor } = this.known;
    return { key: this.key, before: version, order: 0, ledgers: [], state: { floor, seen: moment } };
  }

  committed(): void {
    if (!this.known) return;
    this.known.version += 1;
    this.highest.version = this.known.version;
  }

  /** The relay of this process raises the floor, and there is no going back behind it. */
  raise(floor: number): void {
    this.highest.floor = Math.max(floor, this.highest.floor);
    if (this.known) this.known.floor = Math.max(floor, this.known.floor);
  }

  raisedTo(): number {
    return this.highest.floor;
  }

  /** Is it known what stands in this committer's document? */
  isKnown(): boolean {
    return this.known !== undefined;
  }

  /** It isn't known any more what stands in the database. `doubt`: neither whether a commit will still get through. */
  forget(doubt: boolean): void {
    this.known = undefined;
    this.doubt ||= doubt;
  }

  private async load(): Promise<{ version: number; floor: number }> {
    // As of now: the floor may be raised while this reads.
    const least = { ...this.highest };
    const found = (await this.read()) ?? (await this.create());
    // Read after the document is there: what is raised from now on is raised in it.
    const lease = await this.store.leases.findOne({ _id: 'relay' });
    const floor = Math.max((found.state as GuardState).floor, lease?.floor ?? 0);
    // A document that is gone may have been cleared away, and begins anew. A floor never sinks.
    const shrunk = found.version > 1 && found.version < least.version;
    if (shrunk || floor < least.floor) throw new WentBack();
    this.highest.version = found.version;
    this.raise(floor);
    return { version: found.version, floor: this.highest.floor };
  }

  private async read(): Promise<Pick<StateDocument, 'version' | 'state'> | null> {
    const { states } = this.store;
    if (!this.doubt) return states.findOne({ _id: this.key });
    // A commit whose answer was lost is in before this, or fails from here on.
    const change = { $inc: { version: 1 } };
    const options = { returnDocument: 'after', writeConcern: { w: 'majority' } } as const;
    const found = await states.findOneAndUpdate({ _id: this.key }, change, options);
    this.doubt = false;
    return found;
  }

  private async create(): Promise<{ version: number; state: GuardState }> {
    const created = { version: 1, order: 0, ledgers: [], state: { floor: 0, seen: Date.now() } };
    await this.store.states.insertOne({ _id: this.key, ...created }, { writeConcern: { w: 'majority' } });
    return created;
  }
}
