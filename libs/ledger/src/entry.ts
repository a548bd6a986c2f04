import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { quoted } from './canonical-json.js';
import type { EntryDocument } from './documents.js';

/** What an entry is made of, before its hash. */
export interface EntryContent {
  service: string;
  unit: string;
  seq: number;
  id: string;
  source: string;
  type: string;
  /** Where the publisher gave one. */
  time: string;
  /** Milliseconds since the epoch. */
  recordedAt: number;
  recordedBy: string;
  /** The fact's data as RFC 8785 JSON. */
  canonicalData: string;
}

/**
 * The canonical bytes of an entry: RFC 8785 JSON; `recordedAt` as RFC 3339, `time` only where the publisher gave one. Written out
 * in the order of the names, since it is made for every entry; a test compares it with `canonicalJson`.
 */
export function canonicalEntry(entry: EntryContent): Buffer {
  const { service, unit, seq, id, source, type, time, recordedAt, recordedBy, canonicalData } = entry;
  return Buffer.from(
    `{"data":${canonicalData},"id":${quoted(id)},"recordedAt":"${momentOf(recordedAt)}",` +
      `"recordedBy":${quoted(recordedBy)},"seq":${seq},"service":${quoted(service)},"source":${quoted(source)},` +
      `${time ? `"time":${quoted(time)},` : ''}"type":${quoted(type)},"unit":${quoted(unit)}}`,
  );
}

let latest = { ms: 0, text: new Date(0).toISOString() };

/** As RFC 3339. The entries of a batch mostly have the same. */
function momentOf(ms: number): string {
  if (ms !== latest.ms) latest = { ms, text: new Date(ms).toISOString() };
  return latest.text;
}

/** The data of an entry, as its canonical bytes say. */
export function dataOf(canonical: Buffer): Record<string, unknown> {
  return (JSON.parse(canonical.toString('utf8')) as { data: Record<string, unknown> }).data;
}

/** An entry as it goes to Kafka and to other services. */
export function entryMessage(service: string, document: EntryDocument): Entry {
  return {
    service,
    unit: document.unit,
    seq: document.seq,
    id: document._id,
    source: document.source,
    type: document.type,
    time: document.time,
    recordedAt: document.recordedAt,
    data: document.data,
    hash: document.hash,
    previousHash: document.previousHash,
    recordedBy: document.by,
  };
}
