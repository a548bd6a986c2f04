import type { PendingPiece } from './ledger.js';
import { mergeRecords } from './record-merge.js';
import type { ProjectorStore, Written } from './store.js';

/** From so many on, it is cheaper to try whether a record is new than to ask first. */
const MANY = 500;

export type EpochOf = (piece: PendingPiece) => number;

/** Brings what entries said of records into the store. What isn't known to be stored is to be given again, all of it. */
export async function writePieces(
  store: Pick<ProjectorStore, 'records' | 'insertRecords' | 'writeRecords'>,
  pieces: readonly PendingPiece[],
  epochOf: EpochOf,
): Promise<Written> {
  const rest = pieces.length < MANY ? { pieces, failed: [] } : await insertNew(store, pieces, epochOf);
  if (rest.pieces.length === 0) return { outdated: 0, failed: rest.failed };
  const stored = await store.records([...new Set(rest.pieces.map(({ record }) => record))]);
  const { outdated, failed } = await store.writeRecords(mergeRecords(stored, rest.pieces, epochOf));
  return { outdated, failed: [...rest.failed, ...failed] };
}

/** Gives the pieces of records that are there already: they have to be merged with what was said before. */
async function insertNew(
  store: Pick<ProjectorStore, 'insertRecords'>,
  pieces: readonly PendingPiece[],
  epochOf: EpochOf,
) {
  const records = mergeRecords([], pieces, epochOf);
  const { there, failed } = await store.insertRecords(records);
  const known = new Set(there.map((index) => records[index]!._id));
  return { pieces: known.size === 0 ? [] : pieces.filter(({ record }) => known.has(record)), failed };
}
