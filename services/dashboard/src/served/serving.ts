import type { Connection } from 'mongoose';
import type { Log } from '@gdtx/service-kit/log';
import { Follower } from '../columns/follow.js';
import { KeptReady, type KeptReadyOptions } from '../prepared/kept-ready.js';
import { createIndexes, createMongoStore } from '../projector/mongo-store.js';
import { startProjector, type Projector, type ProjectorOptions } from '../projector/projector.js';
import type { ModelPlace } from './live-pointer.js';

export interface ServingParts {
  home: Connection;
  log: Log;
  /** Of the registry, which is one for all models. */
  registry: Omit<KeptReadyOptions, 'model' | 'onCrash'>;
  projector: Omit<ProjectorOptions, 'store' | 'groupId'>;
  onCrash: (error: unknown) => void;
}

/** One read model as this process has it: in memory, with sums that are ready, and fed by a projector. */
export class Serving {
  readonly follower: Follower;
  private readonly connection: Connection;
  private running: { kept: KeptReady; projector: Projector } | undefined;

  constructor(
    readonly place: ModelPlace,
    private readonly parts: ServingParts,
  ) {
    this.connection = parts.home.useDb(place.database);
    this.follower = new Follower(this.connection, parts.log);
  }

  /** Resolves when all that was stored is in memory and its sums are ready, once the registry is. */
  async start(registryReady: Promise<void>): Promise<void> {
    await createIndexes(this.connection);
    await Promise.all([registryReady, this.follower.start()]);
    const { registry, onCrash, projector } = this.parts;
    const kept = new KeptReady({ ...registry, model: this.follower.model, onCrash });
    await kept.start();
    const store = createMongoStore(this.connection);
    const { groupId } = this.place;
    this.running = { kept, projector: startProjector({ ...projector, store, groupId }) };
  }

  get kept(): KeptReady {
    return this.started.kept;
  }

  get projector(): Projector {
    return this.started.projector;
  }

  /** Messages that are set aside. */
  quarantined(): Promise<number> {
    return this.connection.collection('quarantine').estimatedDocumentCount({ timeoutMS: 2000 });
  }

  async stop(): Promise<void> {
    this.running?.kept.stop();
    await Promise.all([this.running?.projector.stop(), this.follower.stop()]);
  }

  private get started() {
    if (!this.running) throw new Error('this read model hasn’t been started');
    return this.running;
  }
}
