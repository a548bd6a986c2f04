import type { Connection, mongo } from 'mongoose';

/** One read model: its database beside the dashboard's own, and the consumer group that feeds it. */
export interface ModelPlace {
  /** Counts them: the first is the dashboard's own database. */
  number: number;
  database: string;
  groupId: string;
}

/** A model that is being built: whoever builds it says every few seconds that it still does. */
export interface Building extends ModelPlace {
  /** Which process, for a sentence: `host, process 4711`. */
  by: string;
  /** How long ago it last said so, in milliseconds. */
  silentMs: number;
}

/** Which read model is the live one, and what stands beside it. */
export interface Models {
  /** Grows with every change. */
  version: number;
  live: ModelPlace;
  /** The one that was live before, kept until it is dropped. */
  before: ModelPlace | null;
  building: Building | null;
}

interface StoredPointer {
  _id: 'pointer';
  version: number;
  live: ModelPlace;
  before: ModelPlace | null;
  building: (ModelPlace & { by: string; beatAt: Date }) | null;
  /** The highest number that was ever given. */
  last: number;
}

/** The consumer group of the first model's projectors. */
export const groupOf = (topicPrefix: string): string => `${topicPrefix}dashboard`;

const COLLECTION = 'read_models';
const WRITTEN = { writeConcern: { w: 'majority' as const, j: true } };
/** A change stream that was lost without a word loses no change for longer. */
const LOOK_EVERY_MS = 5_000;
const AGAIN_MS = 500;

/**
 * The small document in the dashboard's own database that says which database the figures are read from. Every change of it is one
 * guarded update: there is never half of one, whoever is killed when.
 */
export class LivePointer {
  private readonly collection: mongo.Collection<StoredPointer>;

  constructor(
    private readonly home: Connection,
    /** Of the first model; the group of the n-th is `<groupId>.<n>`. */
    private readonly groupId: string,
  ) {
    this.collection = home.getClient().db(home.name).collection<StoredPointer>(COLLECTION);
  }

  async read(): Promise<Models> {
    const silent = { $subtract: ['$$NOW', '$building.beatAt'] };
    const found = await this.collection
      .aggregate<StoredPointer & { silentMs: number | null }>([
        { $match: { _id: 'pointer' } },
        { $set: { silentMs: silent } },
      ])
      .toArray();
    const stored = found[0];
    if (!stored) return { version: 0, live: this.placeOf(1), before: null, building: null };
    const { version, live, before, building, silentMs } = stored;
    return {
      version,
      live,
      before,
      building: building && { ...placeIn(building), by: building.by, silentMs: Number(silentMs) },
    };
  }

  /** Registers a model that is to be built; undefined when somebody was faster. */
  async begin({ version }: Models, by: string): Promise<ModelPlace | undefined> {
    const first: StoredPointer = {
      _id: 'pointer',
      version: 0,
      live: this.placeOf(1),
      before: null,
      building: null,
      last: 1,
    };
    const { _id, ...rest } = first;
    await this.collection.updateOne({ _id }, { $setOnInsert: rest }, { upsert: true, ...WRITTEN });
    const { last } = (await this.collection.findOne({ _id }))!;
    const place = this.placeOf(last + 1);
    const set = { $set: { building: { ...place, by, beatAt: '$$NOW' }, last: place.number, version: version + 1 } };
    const { modifiedCount } = await this.collection.updateOne({ _id, version, last }, [set], WRITTEN);
    return modifiedCount === 1 ? place : undefined;
  }

  /** It is still being built; false when it isn't ours any more. */
  async beat({ number }: ModelPlace): Promise<boolean> {
    const now = { $currentDate: { 'building.beatAt': true as const } };
    return (await this.collection.updateOne({ _id: 'pointer', 'building.number': number }, now)).matchedCount === 1;
  }

  /** The built model becomes the live one; false when it isn't registered any more. */
  async swapTo(place: ModelPlace): Promise<boolean> {
    const set = { before: '$live', live: place, building: null, version: { $add: ['$version', 1] } };
    return this.change({ 'building.number': place.number }, set);
  }

  /** The model is given up; its database is to be dropped before. */
  async giveUp({ number }: ModelPlace): Promise<boolean> {
    return this.change({ 'building.number': number }, { building: null, version: { $add: ['$version', 1] } });
  }

  /** The former model becomes the live one again, and the live one the former. */
  async swapBack({ version }: Models): Promise<boolean> {
    return this.change({ version, before: { $ne: null } }, { before: '$live', live: '$before', version: version + 1 });
  }

  /** The former model is no longer kept; its database is to be dropped afterwards. */
  async forgetBefore({ version }: Models): Promise<boolean> {
    return this.change({ version, before: { $ne: null } }, { before: null, version: version + 1 });
  }

  /** Calls `look` at every change, and now and then; answers how to stop. */
  watch(look: () => void): () => Promise<void> {
    let stream: mongo.ChangeStream | undefined;
    let stopped = false;
    const open = () => {
      if (stopped) return;
      stream = this.collection.watch([], { maxAwaitTimeMS: 500 });
      stream.on('change', look);
      stream.on('error', () => {
        void stream?.close().catch(() => undefined);
        setTimeout(open, AGAIN_MS).unref();
      });
    };
    open();
    const timer = setInterval(look, LOOK_EVERY_MS).unref();
    return async () => {
      stopped = true;
      clearInterval(timer);
      await stream?.close().catch(() => undefined);
    };
  }

  placeOf(number: number): ModelPlace {
    if (number === 1) return { number, database: this.home.name, groupId: this.groupId };
    return { number, database: `${this.home.name}_${number}`, groupId: `${this.groupId}.${number}` };
  }

  private async change(guard: object, set: object): Promise<boolean> {
    const filter = { _id: 'pointer' as const, ...guard };
    return (await this.collection.updateOne(filter, [{ $set: set }], WRITTEN)).modifiedCount === 1;
  }
}

const placeIn = ({ number, database, groupId }: ModelPlace): ModelPlace => ({ number, database, groupId });
