import { randomUUID } from 'node:crypto';
import type { Connection, mongo } from 'mongoose';

/** A running dashboard: which model its answers come from, and which ones it has open. */
export interface Reader {
  serves: number;
  /** The one that it serves, one that it has set out to load, one that it is leaving. */
  holds: number[];
  /** It has loaded this one and takes part in feeding it. */
  joined: number | null;
}

interface StoredReader extends Reader {
  _id: string;
  at: Date;
}

const COLLECTION = 'read_model_readers';
const BEAT_MS = 5_000;
/** One that has been silent for so long has gone. */
const GONE_MS = 20_000;

/** What running dashboards say of themselves in the dashboard's own database, so that nobody takes a model from under them. */
export class Readers {
  private readonly collection: mongo.Collection<StoredReader>;

  constructor(home: Connection) {
    this.collection = home.getClient().db(home.name).collection<StoredReader>(COLLECTION);
  }

  /** Those that are alive. */
  async all(): Promise<Reader[]> {
    const alive = { $expr: { $gt: ['$at', { $subtract: ['$$NOW', GONE_MS] }] } };
    return (await this.collection.find(alive).toArray()).map(({ serves, holds, joined }) => ({
      serves,
      holds,
      joined,
    }));
  }

  /** Says of this process what `now` says, at every call and every few seconds. */
  enter(now: () => Reader): { say(): Promise<void>; leave(): Promise<void> } {
    const _id = randomUUID();
    let left = false;
    const say = async () => {
      if (left) return;
      await this.collection.updateOne({ _id }, [{ $set: { ...now(), at: '$$NOW' } }], { upsert: true });
    };
    // A database that is away for a while hears it later.
    const beat = () => void say().catch(() => undefined);
    const timer = setInterval(beat, BEAT_MS).unref();
    return {
      say,
      leave: async () => {
        left = true;
        clearInterval(timer);
        await this.collection.deleteMany({
          $or: [{ _id }, { $expr: { $lt: ['$at', { $subtract: ['$$NOW', 3_600_000] }] } }],
        });
      },
    };
  }
}
