import { databaseOf } from '@gdtx/local/service-environment';
import { OWNERS, type Owner } from '@gdtx/service-kit/services';
import { mongo } from 'mongoose';
import type { LedgerEntry } from './check-ledgers.js';
import type { Cursor } from './check-figures.js';

/** The databases as the checker reads them: with a connection of its own, past the services. */
export interface Databases {
  of(service: string): mongo.Db;
  close(): Promise<void>;
}

export async function openDatabases(mongodbUri: string, databasePrefix: string): Promise<Databases> {
  const client = await new mongo.MongoClient(mongodbUri).connect();
  return { of: (service) => client.db(databaseOf(databasePrefix, service)), close: () => client.close() };
}

interface StoredEntry {
  _id: string;
  unit: string;
  seq: number;
  type: string;
  hash: mongo.Binary;
  canonical: mongo.Binary;
}

/** Every entry that an owner has stored. */
export async function readEntries(databases: Databases): Promise<LedgerEntry[]> {
  const all = await Promise.all(OWNERS.map((service) => entriesOf(databases, service)));
  return all.flat();
}

async function entriesOf(databases: Databases, service: Owner): Promise<LedgerEntry[]> {
  const projection = { unit: 1, seq: 1, type: 1, hash: 1, canonical: 1 };
  const stored = databases.of(service).collection<StoredEntry>('entries').find({}, { projection });
  const entries: LedgerEntry[] = [];
  for await (const { _id: id, unit, seq, type, hash, canonical } of stored) {
    entries.push({ service, unit, seq, id, type, hash: bytes(hash), canonical: bytes(canonical) });
  }
  return entries;
}

export type Heads = ReadonlyMap<string, { seq: number; hash: Buffer }>;

/** The ends of all ledgers as the owners have stored them, by `service/unit`. */
export async function readHeads(databases: Databases): Promise<Heads> {
  const heads = new Map<string, { seq: number; hash: Buffer }>();
  for (const service of OWNERS) {
    const stored = databases.of(service).collection<{ _id: string; seq: number; hash: mongo.Binary }>('heads').find();
    for await (const { _id, seq, hash } of stored) heads.set(`${service}/${_id}`, { seq, hash: bytes(hash) });
  }
  return heads;
}

/** How far the dashboard has stored that it has folded. */
export async function readCursors(databases: Databases): Promise<Cursor[]> {
  const stored = databases
    .of('dashboard')
    .collection<{ service: string; unit: string; seq: number; hash: mongo.Binary }>('cursors')
    .find();
  const cursors: Cursor[] = [];
  for await (const { service, unit, seq, hash } of stored) cursors.push({ service, unit, seq, hash: bytes(hash) });
  return cursors;
}

function bytes(binary: mongo.Binary): Buffer {
  return Buffer.from(binary.buffer.subarray(0, binary.position));
}
