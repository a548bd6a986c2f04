import type { LedgerStore } from './ledger-store.js';

export interface RelayLag {
  /** Recorded and not yet published. */
  entries: number;
  /** For how long the oldest of them has been waiting. */
  seconds: number;
}

/** Of so many ledgers the first waiting entry is looked at; with more of them the age is that of the oldest of these. */
const LOOKED_AT = 500;
const PATIENCE = { timeoutMS: 2000 } as const;

/**
 * What waits to be published, as the ledgers themselves say, whatever the relay believes. `sentUpTo`: what is sent and not
 * yet marked. Rejects when MongoDB doesn't answer soon.
 */
export async function relayLag(
  store: LedgerStore,
  sentUpTo: (unit: string) => number | undefined,
  now: number,
): Promise<RelayLag> {
  let entries = 0;
  const first: { unit: string; seq: number }[] = [];
  const heads = store.heads.find({ pending: true }, { projection: { seq: 1, published: 1 }, ...PATIENCE });
  for await (const { _id: unit, seq, published } of heads) {
    const sent = Math.max(published, sentUpTo(unit) ?? 0);
    if (sent >= seq) continue;
    entries += seq - sent;
    if (first.length < LOOKED_AT) first.push({ unit, seq: sent + 1 });
  }
  if (first.length === 0) return { entries, seconds: 0 };
  const oldest = await store.entries
    .find({ $or: first }, { projection: { recordedAt: 1 }, ...PATIENCE })
    .sort({ recordedAt: 1 })
    .limit(1)
    .next();
  return { entries, seconds: oldest ? Math.max(0, now - oldest.recordedAt) / 1000 : 0 };
}
