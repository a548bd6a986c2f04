import type { mongo } from 'mongoose';

/** Documents of one name in both databases. */
export interface Pair<Document> {
  id: string;
  live: Document | undefined;
  rebuilt: Document | undefined;
}

/** The documents of a collection in two databases, side by side by name. */
export async function* pairsOf<Document extends { _id: string }>(
  live: mongo.Db,
  rebuilt: mongo.Db,
  collection: string,
  filter: mongo.Filter<Document> = {},
): AsyncGenerator<Pair<Document>> {
  const read = (db: mongo.Db) =>
    db
      .collection<Document>(collection)
      .find(filter, { batchSize: 1_000 })
      .sort({ _id: 1 }) as mongo.FindCursor<Document>;
  const [lives, rebuilts] = [read(live), read(rebuilt)];
  try {
    let [one, other] = [await lives.next(), await rebuilts.next()];
    while (one || other) {
      const order = !other ? -1 : !one ? 1 : compareIds(one._id, other._id);
      const pair: Pair<Document> = {
        id: order <= 0 ? one!._id : other!._id,
        live: order <= 0 ? one! : undefined,
        rebuilt: order >= 0 ? other! : undefined,
      };
      yield pair;
      if (order <= 0) one = await lives.next();
      if (order >= 0) other = await rebuilts.next();
    }
  } finally {
    await Promise.all([lives.close(), rebuilts.close()]);
  }
}

/** As MongoDB orders them: by their bytes. */
function compareIds(one: string, other: string): number {
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));
}
