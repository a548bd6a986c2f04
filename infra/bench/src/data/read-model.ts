import { setTimeout as pause } from 'node:timers/promises';
import { createIndexes, createMongoStore } from '@gdtx/dashboard/projector/mongo-store';
import type { LedgerOwners } from '@gdtx/dashboard/projector/owners';
import type { ProjectorCounts } from '@gdtx/dashboard/projector/core';
import { startProjector } from '@gdtx/dashboard/projector/projector';
import mongoose from 'mongoose';

/** Owners that have nothing to add: the topics hold everything. */
export const SILENT_OWNERS: LedgerOwners = {
  async *heads() {},
  republish: () => Promise.reject(new Error('there is no owner behind this data set')),
  async *readLedger() {},
  close() {},
};

export interface ReadModelOptions {
  brokers: readonly string[];
  topicPrefix: string;
  /** With the database's name. */
  mongodbUri: string;
}

/** Runs the dashboard's projector over the topics until everything is folded and stored; says how long that took. */
export async function fillReadModel(of: ReadModelOptions): Promise<ProjectorCounts & { seconds: number }> {
  const connection = await mongoose.createConnection(of.mongodbUri, { autoIndex: false }).asPromise();
  try {
    await createIndexes(connection);
    let crash: Error | undefined;
    const began = performance.now();
    const projector = startProjector({
      brokers: of.brokers,
      topicPrefix: of.topicPrefix,
      clientId: 'bench-projector',
      groupId: `${of.topicPrefix}bench-projector`,
      store: createMongoStore(connection),
      catchUp: { mongodbUri: of.mongodbUri },
      owners: SILENT_OWNERS,
      onCrash: (error) => (crash = error),
    });
    try {
      await projector.ready;
      while (!(projector.caughtUp() && projector.freshness().asOf !== null)) {
        if (crash) throw crash;
        await pause(20);
      }
      return { ...projector.counts(), seconds: (performance.now() - began) / 1000 };
    } finally {
      await projector.stop();
    }
  } finally {
    await connection.close();
  }
}
