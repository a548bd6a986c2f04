import { merged } from '../projector/record-merge.js';
import { LATEST } from './known.js';
import type { RecordCollection, StoredRecord } from '../model.js';

/** Of which collections: balances are as many as all others, and are held as the documents of units' years have them. */
export const HELD_RECORDS: readonly RecordCollection[] = [
  'inspections',
  'visits',
  'findings',
  'recommendations',
  'targets',
  'settlements',
];

/** The records that lists show (inspections, recommendations, targets …), in memory by collection. */
export class Records {
  /** Grows with every record taken in. */
  version = 0;
  private readonly held = new Map<RecordCollection, Map<string, StoredRecord>>();

  /** Takes a record in; one that isn't newer changes nothing. */
  apply(record: StoredRecord): void {
    if (!HELD_RECORDS.includes(record.collection)) return;
    const collection = this.held.get(record.collection) ?? new Map<string, StoredRecord>();
    this.held.set(record.collection, collection);
    const known = collection.get(record._id);
    if (known && (known.epoch > record.epoch || (known.epoch === record.epoch && known.seq >= record.seq))) return;
    collection.set(record._id, record);
    this.version++;
  }

  /** A record by its id, whether or not it still stands. */
  find(collection: RecordCollection, id: string): StoredRecord | undefined {
    for (const record of this.held.get(collection)?.values() ?? []) if (record.id === id) return record;
    return undefined;
  }

  /** The records of a collection that stand; `known`: as known by the end of a month, months since year 0. */
  *all(collection: RecordCollection, known = LATEST): Iterable<StoredRecord> {
    for (const record of this.held.get(collection)?.values() ?? []) {
      const then = known === LATEST ? record : { ...record, ...merged(record.pieces, known) };
      if (then.stands) yield then;
    }
  }
}
