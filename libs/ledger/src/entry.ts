import { createHash } from 'node:crypto';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { mongo } from 'mongoose';
import { canonicalJson } from './canonical-json.js';
import type { EntryDocument } from './documents.js';

/** The hash before the first entry of a ledger. */
export const GENESIS = Buffer.alloc(32);

/** What an entry is made of, before its hash. `data` is the fact as JSON. */
export interface EntryContent {
  service: string;
  unit: string;
  seq: number;
  id: string;
  source: string;
  type: string;
  time: string;
  recordedAt: number;
  recordedBy: string;
  data: unknown;
}

/** The canonical bytes of an entry: RFC 8785 JSON; `recordedAt` as RFC 3339, `time` only where the publisher gave one. */
export function canonicalEntry(content: EntryContent): Buffer {
  const { time, recordedAt, ...rest } = content;
  const shown = { ...rest, ...(time ? { time } : {}), recordedAt: new Date(recordedAt).toISOString() };
  return Buffer.from(canonicalJson(shown));
}

/** hash = sha256(previous hash ‖ canonical entry), 32 bytes. */
export function chainHash(previous: Uint8Array, canonical: Uint8Array): Buffer {
  return createHash('sha256').update(previous).update(canonical).digest();
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
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
    data: bytes(document.data),
    hash: bytes(document.hash),
    previousHash: bytes(document.previousHash),
    recordedBy: document.by,
  };
}

/** The bytes of a BSON binary, without a copy. */
export function bytes(binary: mongo.Binary): Buffer {
  const { buffer, byteOffset } = binary.buffer;
  return Buffer.from(buffer, byteOffset, binary.position);
}

export function binary(data: Uint8Array): mongo.Binary {
  return new mongo.Binary(data);
}
