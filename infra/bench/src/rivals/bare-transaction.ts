import mongoose from 'mongoose';
import type { PublishedFact } from '../facts.js';

export interface BareTransactions {
  store(fact: PublishedFact): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The least that storing a fact in an outbox takes: one transaction of two writes, the fact and the head of its ledger, from
 * this process; majority and journal. No HTTP, no rights, no rule, no hash.
 */
export async function startBareTransactions(mongodbUri: string): Promise<BareTransactions> {
  const connection = await mongoose.createConnection(mongodbUri).asPromise();
  const client = connection.getClient();
  const db = client.db(connection.name);
  const facts = db.collection<{ _id: string }>('facts');
  const heads = db.collection<{ _id: string; seq: number }>('heads');
  await facts.createIndex({ source: 1 });
  await heads.createIndex({ seq: 1 });
  return {
    async store({ id, ...rest }) {
      const session = client.startSession();
      session.startTransaction({ writeConcern: { w: 'majority', j: true }, readConcern: { level: 'snapshot' } });
      await facts.insertOne({ _id: id, ...rest }, { session });
      await heads.updateOne({ _id: rest.source }, { $inc: { seq: 1 } }, { upsert: true, session });
      await session.commitTransaction();
      await session.endSession();
    },
    async stop() {
      await db.dropDatabase();
      await connection.close();
    },
  };
}
