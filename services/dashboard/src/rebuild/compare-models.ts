import type { mongo } from 'mongoose';
import type { Cursor, StoredRecord } from '../model.js';
import type { StoredFreshness } from '../projector/store.js';
import type { StoredUnitYear } from '../projector/stored-year.js';
import { compareCursors, compareRecords } from './compare-records.js';
import { compareYears, countOf } from './compare-years.js';
import type { Difference } from './difference.js';
import { pairsOf, type Pair } from './pairs.js';

export interface Compared {
  ledgers: number;
  /** Documents of a ledger's valid year, and the cells, events and balances in them. */
  years: number;
  values: number;
  records: number;
  /** Looked at again, because one of the models went on meanwhile. */
  again: number;
  differences: Difference[];
  /** Ledgers on which the two never stood at the same entry when they were looked at. */
  restless: string[];
}

export interface CompareOptions {
  live: mongo.Db;
  rebuilt: mongo.Db;
  /** The owners' heads that both have to have: the seq by `<service>/<unit>`. */
  heads: ReadonlyMap<string, number>;
  onProgress?: (compared: Readonly<Compared>) => void;
  signal?: AbortSignal;
  /** How often what isn't at rest is looked at, and the pause between. Default 240 times, every 250 ms. */
  rounds?: number;
  pauseMs?: number;
}

/** A document with the entry that changed it last. */
interface Folded {
  _id: string;
  service: string;
  unit: string;
  seq: number;
}

interface Kind<Document extends Folded> {
  name: string;
  compare(live: Document | undefined, rebuilt: Document | undefined): Difference[];
  count(compared: Compared, document: Document): void;
}

type Ledgers = ReadonlyMap<string, Cursor>;

const YEARS: Kind<StoredUnitYear> = {
  name: 'unit_years',
  compare: compareYears,
  count(compared, document) {
    compared.years += 1;
    compared.values += countOf(document);
  },
};
const RECORDS: Kind<StoredRecord> = {
  name: 'records',
  compare: compareRecords,
  count(compared) {
    compared.records += 1;
  },
};
const SAY_EVERY = 5_000;
const ROUNDS = 240;
const PAUSE_MS = 250;

/**
 * Compares everything that two models say while both go on. A document says up to which entry of its ledger it is folded, so two are
 * compared where they stand at the same entry: at the owners' heads that were agreed on, or behind them. Where one is ahead just
 * now, they are read again until they aren't; and what differs is read a second time before it counts.
 */
export async function compareModels(options: CompareOptions): Promise<Compared> {
  const compared: Compared = { ledgers: 0, years: 0, values: 0, records: 0, again: 0, differences: [], restless: [] };
  const [live, rebuilt] = await cursorsAtHeads(options);
  compareLedgers(options, live, rebuilt, compared);
  const restless = new Set([
    ...(await settle(options, YEARS, await scan(options, YEARS, live, rebuilt, compared), compared)),
    ...(await settle(options, RECORDS, await scan(options, RECORDS, live, rebuilt, compared), compared)),
  ]);
  compared.restless = [...restless].sort();
  return compared;
}

/** Every ledger's cursor: it is at the agreed head at least, and where both stand at one entry, it is the same entry. */
function compareLedgers({ heads }: CompareOptions, live: Ledgers, rebuilt: Ledgers, compared: Compared): void {
  for (const id of new Set([...heads.keys(), ...live.keys(), ...rebuilt.keys()])) {
    compared.ledgers += 1;
    const [one, other] = [live.get(id), rebuilt.get(id)];
    const least = heads.get(id) ?? 0;
    const [service, unit] = id.split('/') as [string, string];
    const at = { service, unit, year: null, indicator: 'cursor', where: `agreed head ${least}` };
    if (!isAt(one, least) || !isAt(other, least)) {
      compared.differences.push({ ...at, live: `entry ${one?.seq ?? 0}`, rebuilt: `entry ${other?.seq ?? 0}` });
    } else if (one && other && one.seq === other.seq) compared.differences.push(...compareCursors(one, other));
  }
}

const isAt = (cursor: Cursor | undefined, head: number): boolean => (cursor?.seq ?? 0) >= head;

/** All cursors, once both models are at the agreed heads and nothing is being folded anew; or as they are after all rounds. */
async function cursorsAtHeads(options: CompareOptions): Promise<[Ledgers, Ledgers]> {
  const { heads, signal, rounds = ROUNDS, pauseMs = PAUSE_MS } = options;
  for (let round = 0; ; round++) {
    const both = await cursorsOf(options);
    const areThere = [...heads].every(([id, head]) => both.every((cursors) => isAt(cursors.get(id), head)));
    if (round >= rounds || (areThere && !(await isFoldingAnew(options.live)))) return both;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    signal?.throwIfAborted();
  }
}

/** As after an upgrade, when documents are made to hold what they didn't before. */
async function isFoldingAnew(live: mongo.Db): Promise<boolean> {
  const freshness = await live.collection<StoredFreshness>('freshness').findOne({});
  return freshness?.lacks.some(({ why }) => why === 'folding-anew') ?? false;
}

/** Reads both collections through; gives the names of those that have to be looked at again. */
async function scan<Document extends Folded>(
  { live, rebuilt, onProgress, signal }: CompareOptions,
  kind: Kind<Document>,
  liveCursors: Ledgers,
  rebuiltCursors: Ledgers,
  compared: Compared,
): Promise<string[]> {
  const again: string[] = [];
  let seen = 0;
  for await (const pair of pairsOf<Document>(live, rebuilt, kind.name)) {
    signal?.throwIfAborted();
    kind.count(compared, pair.live ?? pair.rebuilt!);
    if (!standAlike(pair, liveCursors, rebuiltCursors) || kind.compare(pair.live, pair.rebuilt).length > 0)
      again.push(pair.id);
    if ((seen += 1) % SAY_EVERY === 0) onProgress?.(compared);
  }
  return again;
}

/** Looks at them until they stand at the same entry; gives the ledgers of those that never did. */
async function settle<Document extends Folded>(
  options: CompareOptions,
  kind: Kind<Document>,
  ids: string[],
  compared: Compared,
): Promise<string[]> {
  const { rounds = ROUNDS, pauseMs = PAUSE_MS, onProgress, signal } = options;
  compared.again += ids.length;
  let open = ids;
  for (let round = 0; round < rounds && open.length > 0; round++) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    signal?.throwIfAborted();
    // Documents are stored before the cursors that speak of them: so cursors are read first.
    const cursors = await cursorsOf(options, [...new Set(open.map(ledgerOf))]);
    const filter = { _id: { $in: open } } as mongo.Filter<Document>;
    const still: string[] = [];
    for await (const pair of pairsOf<Document>(options.live, options.rebuilt, kind.name, filter)) {
      if (standAlike(pair, ...cursors)) compared.differences.push(...kind.compare(pair.live, pair.rebuilt));
      else still.push(pair.id);
    }
    open = still;
    onProgress?.(compared);
  }
  return [...new Set(open.map(ledgerOf))];
}

/** Whether both hold all of the same entries: at one entry, or there is nothing of it in the entries by which they are apart. */
function standAlike<Document extends Folded>(
  { live, rebuilt }: Pair<Document>,
  lives: Ledgers,
  rebuilts: Ledgers,
): boolean {
  const [one, other] = [live?.seq ?? 0, rebuilt?.seq ?? 0];
  if (one === other) return true;
  const { service, unit } = (live ?? rebuilt)!;
  const id = `${service}/${unit}`;
  const both = Math.min(lives.get(id)?.seq ?? 0, rebuilts.get(id)?.seq ?? 0);
  return both >= Math.max(one, other);
}

async function cursorsOf({ live, rebuilt }: CompareOptions, ids?: string[]): Promise<[Ledgers, Ledgers]> {
  const filter = ids ? { _id: { $in: ids } } : {};
  const read = async (db: mongo.Db) => {
    const found = new Map<string, Cursor>();
    const fields = { projection: { partition: 0, years: 0 }, batchSize: 5_000 };
    for await (const cursor of db.collection<Cursor>('cursors').find(filter, fields)) {
      found.set(cursor._id, { ...cursor, hash: asBuffer(cursor.hash) });
    }
    return found;
  };
  return [await read(live), await read(rebuilt)];
}

/** `programmes/gdtx-son-la` of a year's or a record's name. */
function ledgerOf(id: string): string {
  const parts = id.split('/');
  // A record's begins with its collection, a year's ends with the year.
  return parts.length > 3 ? `${parts[1]}/${parts[2]}` : `${parts[0]}/${parts[1]}`;
}

const asBuffer = (bytes: Buffer | { buffer: Uint8Array }): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer);
