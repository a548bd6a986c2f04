import type { EntryDocument, HeadDocument } from '@gdtx/ledger/documents';
import type { mongo } from 'mongoose';
import type { Entered } from './book.js';
import { enteredOf } from './entries.js';
import type { DataSetSize } from './history.js';

const AT_ONCE = 5_000;

/**
 * Writes the ledgers of services into their databases as their owners store them, all of it published; what was decided on them isn't
 * there, so that they can be read and not gone on with. Answers how many entries these are.
 */
export async function fillLedgers(
  size: DataSetSize,
  databases: ReadonlyMap<string, Pick<mongo.Db, 'collection'>>,
): Promise<number> {
  const heads = new Map([...databases.keys()].map((service) => [service, new Map<string, HeadDocument>()]));
  const waiting = new Map([...databases.keys()].map((service) => [service, [] as EntryDocument[]]));
  const store = async (service: string) => {
    const entries = waiting.get(service)!;
    waiting.set(service, []);
    if (entries.length > 0) await databases.get(service)!.collection<EntryDocument>('entries').insertMany(entries);
  };
  let order = 0;
  for (const entered of enteredOf(size)) {
    const { service, unit, seq, recordedAt, hash } = entered.entry;
    const entries = waiting.get(service);
    if (!entries) continue;
    order += 1;
    entries.push(stored(entered, order));
    heads.get(service)!.set(unit, { _id: unit, seq, hash: hash as Buffer, recordedAt, order, published: seq });
    if (entries.length === AT_ONCE) await store(service);
  }
  for (const [service, ofUnits] of heads) {
    await store(service);
    if (ofUnits.size > 0)
      await databases
        .get(service)!
        .collection<HeadDocument>('heads')
        .insertMany([...ofUnits.values()]);
  }
  return order;
}

function stored({ entry, canonical }: Entered, order: number): EntryDocument {
  const { id, unit, seq, type, source, time, recordedAt, recordedBy, data, hash, previousHash } = entry;
  return {
    ...{ _id: id, unit, seq, type, source, time, recordedAt, order, by: recordedBy, canonical, keys: [] },
    ...{ data: data as Buffer, hash: hash as Buffer, previousHash: previousHash as Buffer, content: NO_CONTENT },
  };
}

/** Nothing is sent again. */
const NO_CONTENT = Buffer.alloc(32);
