import type { RecordPiece, StoredRecord } from '../model.js';
import { LATEST, stoodBy } from '../columns/known.js';
import type { PendingPiece } from './ledger.js';

/** Brings what entries said of records since the last flush into the stored records. Pure; gives those that changed. */
export function mergeRecords(
  stored: readonly StoredRecord[],
  pending: readonly PendingPiece[],
  epochOf: (piece: PendingPiece) => number,
): StoredRecord[] {
  const records = new Map(stored.map((record) => [record._id, record]));
  const changed = new Map<string, StoredRecord>();
  for (const piece of pending) {
    const epoch = epochOf(piece);
    const known = changed.get(piece.record) ?? records.get(piece.record);
    const record = known && known.epoch >= epoch ? known : empty(piece, epoch);
    // It holds this entry already.
    if (record.epoch > epoch || (record.seq >= piece.by && changed.get(piece.record)?.seq !== piece.by)) continue;
    changed.set(piece.record, { ...record, seq: piece.by, pieces: withPiece(record.pieces, piece) });
  }
  return [...changed.values()].map((record) => ({ ...record, ...merged(record.pieces) }));
}

function empty({ record, part }: PendingPiece, epoch: number): StoredRecord {
  const { collection, id } = part;
  const [, service, unit] = record.split('/') as [string, string, string];
  return { _id: record, collection, service, unit, id, epoch, seq: 0, stands: false, value: {}, pieces: [] };
}

function withPiece(pieces: readonly RecordPiece[], { part, seq, recorded, withdraws }: PendingPiece): RecordPiece[] {
  if (withdraws) {
    return pieces.map((piece) =>
      piece.seq === seq && piece.withdrawn === null ? { ...piece, withdrawn: recorded } : piece,
    );
  }
  const { set = {}, append = {} } = part;
  const piece: RecordPiece = { seq, recorded, set, append, withdrawn: null };
  // An entry speaks of a record once; folded anew, it takes its own place.
  return [...pieces.filter((other) => other.seq !== seq), piece].sort((a, b) => a.seq - b.seq);
}

/** What the standing pieces say together, the later over the earlier; `known`: as known by the end of a month. */
export function merged(pieces: readonly RecordPiece[], known = LATEST): Pick<StoredRecord, 'stands' | 'value'> {
  const standing = pieces.filter(({ recorded, withdrawn }) => stoodBy(known, recorded, withdrawn));
  const value: Record<string, unknown> = {};
  for (const { set, append } of standing) {
    Object.assign(value, set);
    for (const [key, item] of Object.entries(append)) {
      const list = value[key];
      value[key] = [...(Array.isArray(list) ? (list as unknown[]) : []), item];
    }
  }
  return { stands: standing.length > 0, value };
}
