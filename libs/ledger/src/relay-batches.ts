import type { EntryDocument } from './documents.js';

export const MAX_MESSAGES = 2000;
const MAX_BYTES = 900_000;
/** Of a message, besides the fact. */
const ENVELOPE_BYTES = 400;

/** Entries that come one by one, in the order given, as many at a time as one request should hold. */
export async function* batches(entries: AsyncIterable<EntryDocument>): AsyncGenerator<EntryDocument[]> {
  const batch = new Batch();
  for await (const entry of entries) {
    const full = batch.add(entry);
    if (full) yield full;
  }
  if (batch.entries.length > 0) yield batch.entries;
}

/** The same of entries that are there: without a promise for each. */
export function* batchesOf(entries: Iterable<EntryDocument>): Generator<EntryDocument[]> {
  const batch = new Batch();
  for (const entry of entries) {
    const full = batch.add(entry);
    if (full) yield full;
  }
  if (batch.entries.length > 0) yield batch.entries;
}

class Batch {
  entries: EntryDocument[] = [];
  private bytes = 0;

  /** Gives what was there before where the entry begins a new batch. */
  add(entry: EntryDocument): EntryDocument[] | undefined {
    const length = entry.data.length + ENVELOPE_BYTES;
    const isFull = this.entries.length === MAX_MESSAGES || this.bytes + length > MAX_BYTES;
    const full = isFull && this.entries.length > 0 ? this.entries : undefined;
    if (full) {
      this.entries = [];
      this.bytes = 0;
    }
    this.entries.push(entry);
    this.bytes += length;
    return full;
  }
}
