import { randomUUID } from 'node:crypto';
import { committers, WentBack } from './committer-guard.js';
import type { LedgerStore } from './ledger-store.js';

/** By the clock of MongoDB, which all replicas share: their own may differ by hours. */
const LEASE_MS = 6000;
const RENEW_MS = LEASE_MS / 3;
/** Another committer that stored something so lately may do so again. */
const ACTIVE_MS = 60_000;
const FORGOTTEN_MS = 3_600_000;
/** A commit that is under way holds up who raises the floor; one that hangs must not do so for long. */
const PATIENCE_MS = 2000;

/** Another relay has the lease. */
export class LeaseLost extends Error {
  constructor() {
    super('another relay holds the lease');
  }
}

/** Who relays: at most one of a service's replicas, as long as it renews the lease. */
export class RelayLease {
  private readonly holder = randomUUID();
  private renewAt = 0;
  private held = false;
  private there = false;
  private lastFloor = 0;

  constructor(private readonly store: LedgerStore) {}

  /**
   * Takes the lease or renews it when that is due. `new`: it was another one's, or nobody's, so that what is remembered of
   * the time before is of no use.
   */
  async hold(): Promise<'no' | 'new' | 'still'> {
    if (this.held && performance.now() < this.renewAt) return 'still';
    if (!this.there) await this.create();
    const at = performance.now();
    const before = await this.store.leases.findOneAndUpdate(
      { _id: 'relay', $or: [{ holder: this.holder }, { $expr: { $lt: ['$until', '$$NOW'] } }] },
      [{ $set: { holder: this.holder, until: { $add: ['$$NOW', LEASE_MS] } } }],
      { returnDocument: 'before' },
    );
    const still = this.held && before?.holder === this.holder;
    this.held = before !== null;
    this.there = this.held;
    this.renewAt = at + RENEW_MS;
    if (!this.held) return 'no';
    if (!still) await this.clearForgotten();
    return still ? 'still' : 'new';
  }

  /** Between two sends of a long round. @throws LeaseLost */
  async renew(): Promise<void> {
    if ((await this.hold()) === 'still') return;
    // Also when it could be taken again: the next `hold` says that it is new.
    this.held = false;
    throw new LeaseLost();
  }

  /**
   * Raises the floor to now: from here on nothing is recorded as of that moment or an earlier one, by any replica, and what
   * was can be read. Notes `ends` first, the ends of the topic as they were said last. Gives the floor, and whether other
   * committers are at work. `pass`: tells the committer of this process, and gives the key of its document where that was
   * enough. @throws LeaseLost, WentBack, or when a commit hangs.
   */
  async raiseFloor(
    ends: readonly string[] | undefined,
    pass: (floor: number) => Promise<string | undefined>,
  ): Promise<{ floor: number; others: boolean }> {
    const now = { $toLong: '$$NOW' };
    const lease = await this.store.leases.findOneAndUpdate(
      this.mine(),
      [
        {
          $set: {
            until: { $add: ['$$NOW', LEASE_MS] },
            floor: { $max: [{ $add: [{ $ifNull: ['$floor', 0] }, 1] }, now] },
            ...(ends ? { ends } : {}),
          },
        },
      ],
      { returnDocument: 'after', writeConcern: { w: 'majority' } },
    );
    if (!lease) await this.explainLoss();
    const floor = lease!.floor!;
    this.lastFloor = floor;
    const own = await pass(floor);
    // A commit that rests on the former version fails from now on; one that is being stored is waited for.
    const { matchedCount } = await this.store.states.updateMany(
      committers(own),
      { $inc: { version: 1 }, $set: { 'state.floor': floor } },
      { maxTimeMS: PATIENCE_MS, writeConcern: { w: 'majority' } },
    );
    const active = { ...committers(own), 'state.seen': { $gt: floor - ACTIVE_MS } };
    const others = matchedCount > 0 && (await this.store.states.countDocuments(active, { limit: 1 })) > 0;
    return { floor, others };
  }

  /** Lets another relay take over at once. */
  async release(ends: readonly string[] | undefined): Promise<void> {
    const free = { holder: '', until: new Date(0), ...(ends ? { ends: [...ends] } : {}) };
    await this.store.leases.updateOne(this.mine(), { $set: free });
    this.held = false;
  }

  /** A floor never sinks: where it has, this is an older copy of the database, which mustn't learn what is in Kafka. */
  private mine() {
    const floor = this.lastFloor > 0 ? { floor: { $gte: this.lastFloor } } : {};
    return { _id: 'relay' as const, holder: this.holder, ...floor };
  }

  private async explainLoss(): Promise<never> {
    this.held = false;
    const lease = await this.store.leases.findOne({ _id: 'relay' });
    throw (lease?.floor ?? 0) < this.lastFloor ? new WentBack() : new LeaseLost();
  }

  private async create(): Promise<void> {
    const nobody = { holder: '', until: new Date(0) };
    await this.store.leases
      .updateOne({ _id: 'relay' }, { $setOnInsert: nobody }, { upsert: true })
      .catch((error: { code?: number }) => {
        // Another replica was faster.
        if (error.code !== 11000) throw error;
      });
    this.there = true;
  }

  /** Each start of a service leaves one behind; whoever still lives makes it anew. */
  private async clearForgotten(): Promise<void> {
    await this.store.states.deleteMany({ ...committers(), 'state.seen': { $lt: Date.now() - FORGOTTEN_MS } });
  }
}
