import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import type { StateDocument } from './documents.js';
import type { LedgerStore } from './ledger-store.js';
import { stateChange, type StateChange } from './state-change.js';

/** The relay says in these up to when everything is published; see relay-lease.ts. */
const COMMITTER_PREFIX = 'committer:';

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
  /** The id of the session in which it commits, for who comes after it; see commit-session.ts. */
  session: Uint8Array | mongo.Binary;
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
  change(moment: number): StateChange {
    if (!this.known) throw new Error('the floor was not asked for');
    const { version, floor } = this.known;
    const state: GuardState = { floor, seen: moment, session: this.store.commitSession.id };
    return stateChange({ key: this.key, before: version, order: 0, ledgers: [], state });
  }

  /**
   * Ends what the committers before this one have left open, if they were killed in the middle of a commit. One that lives, in
   * another replica, decides again.
   */
  async endOthers(): Promise<void> {
    const { states, commitSession } = this.store;
    const others = await states.find(committers(this.key), { projection: { 'state.session': 1 } }).toArray();
    const ids = others.flatMap(({ state }) => (state as Partial<GuardState> | undefined)?.session ?? []);
    if (ids.length > 0) await commitSession.end(ids.map(bytesOf));
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
    await this.store.commitSession.endLeft();
    // A commit whose answer was lost is in before this, or fails from here on.
    const change = { $inc: { version: 1 }, $set: { 'state.session': this.store.commitSession.id } };
    const options = { returnDocument: 'after', writeConcern: { w: 'majority' } } as const;
    const found = await states.findOneAndUpdate({ _id: this.key }, change, options);
    this.doubt = false;
    return found;
  }

  private async create(): Promise<{ version: number; state: GuardState }> {
    const state = { floor: 0, seen: Date.now(), session: this.store.commitSession.id };
    const created = { version: 1, order: 0, ledgers: [], state };
    await this.store.states.insertOne({ _id: this.key, ...created }, { writeConcern: { w: 'majority' } });
    return created;
  }
}

/** The documents of all committers but one. */
export function committers(but?: string) {
  return { _id: { $gte: COMMITTER_PREFIX, $lt: `${COMMITTER_PREFIX}\u{10ffff}`, ...(but ? { $ne: but } : {}) } };
}

function bytesOf(stored: Uint8Array | mongo.Binary): Uint8Array {
  return stored instanceof Uint8Array ? stored : stored.buffer.subarray(0, stored.position);
}
