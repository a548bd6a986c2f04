import type { EntryDocument } from './documents.js';

export const MAX_MESSAGES = 2000;
const MAX_BYTES = 900_000;
/** Of a message, besides the fact. */
const ENVELOPE_BYTES = 400;

/** Entries in the order given, as many at a time as one request should hold. */
export async function* batches(
  entries: AsyncIterable<EntryDocument> | Iterable<EntryDocument>,
): AsyncGenerator<EntryDocument[]> {
  let batch: EntryDocument[] = [];
  let bytes = 0;
  for await (const entry of entries) {
    const length = entry.data.length + ENVELOPE_BYTES;
    if (batch.length === MAX_MESSAGES || (batch.length > 0 && bytes + length > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += length;
  }
  if (batch.length > 0) yield batch;
}
