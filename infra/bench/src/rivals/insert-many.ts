import mongoose from 'mongoose';
import type { PublishedFact } from '../facts.js';

export interface BareInserts {
  insert(facts: readonly PublishedFact[]): Promise<number>;
  stop(): Promise<void>;
}

/** The limit of storing facts at all: `insertMany` of the same documents from this process, majority and journal, and nothing else. */
export async function startBareInserts(mongodbUri: string): Promise<BareInserts> {
  const connection = await mongoose.createConnection(mongodbUri).asPromise();
  const facts = connection.getClient().db(connection.name).collection<{ _id: string }>('facts');
  return {
    async insert(some) {
      const documents = some.map(({ id, ...rest }) => ({ _id: id, ...rest }));
      await facts.insertMany(documents, { ordered: false, writeConcern: { w: 'majority', j: true } });
      return documents.length;
    },
    async stop() {
      await connection.getClient().db(connection.name).dropDatabase();
      await connection.close();
    },
  };
}
