import { createHash } from 'node:crypto';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { ReadLedgerResponse } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';

/** Reads a ledger from its owner, entries in order with the bytes that were hashed. */
export type LedgerReader = (service: string, unit: string, fromSeq?: number) => AsyncIterable<ReadLedgerResponse>;

/** Is the entry's hash that of its content, and does the content name this entry? */
export function holds(entry: Entry, canonical: Uint8Array): boolean {
  return createHash('sha256').update(entry.previousHash).update(canonical).digest().equals(entry.hash);
}

/** `<service>/<unit>` */
export function splitLedger(ledger: string): [service: string, unit: string] {
  const slash = ledger.indexOf('/');
  return [ledger.slice(0, slash), ledger.slice(slash + 1)];
}

/** What a line says of an entry. */
export function entryLine({ service, unit, seq, id, type, source, recordedAt, hash }: Entry) {
  return {
    entry: { service, unit, seq },
    id,
    type,
    source,
    recordedAt: new Date(recordedAt).toISOString(),
    hash: Buffer.from(hash).toString('hex'),
  };
}
