import { mongo } from 'mongoose';

/** Copies of a database inside the same mongod, as a backup would keep them: what was in it at that time, and nothing since. */
export class DatabaseCopies {
  private constructor(private readonly client: mongo.MongoClient) {}

  static async at(mongodbUri: string): Promise<DatabaseCopies> {
    const client = new mongo.MongoClient(mongodbUri);
    await client.connect();
    return new DatabaseCopies(client);
  }

  database(name: string): mongo.Db {
    return this.client.db(name);
  }

  /** Keeps `name` as it is now as `name`_`label`. Nobody may write to it meanwhile. */
  async keep(name: string, label: string): Promise<void> {
    await this.copy(name, `${name}_${label}`);
  }

  /** Makes `name` what was kept under the label. Indexes aren't copied: services make theirs when they start. */
  async restore(name: string, label: string): Promise<void> {
    await this.copy(`${name}_${label}`, name);
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async copy(from: string, to: string): Promise<void> {
    await this.client.db(to).dropDatabase();
    for (const { name } of await this.client.db(from).listCollections({ type: 'collection' }).toArray()) {
      await this.client
        .db(from)
        .collection(name)
        .aggregate([{ $out: { db: to, coll: name } }])
        .toArray();
    }
  }
}
