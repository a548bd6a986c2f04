import type { EntryDocument } from './documents.js';
import { bytes, chainHash, GENESIS } from './entry.js';
import type { FactRule } from './fact.js';
import { parseEntry } from './withdrawal.js';

export type Verification =
  | { valid: true; entries: number; head: { seq: number; hash: string } | null }
  | { valid: false; entries: number; brokenAt: number; why: string };

/**
 * Computes a ledger's chain again: seq without a gap, each hash over the one before, the columns and the protobuf message
 * as the canonical bytes say. Reports the first entry that doesn't hold.
 */
export async function verifyLedger(
  entries: AsyncIterable<EntryDocument>,
  rules: ReadonlyMap<string, FactRule<never>>,
): Promise<Verification> {
  let previous: Buffer = GENESIS;
  let seq = 0;
  for await (const entry of entries) {
    const why = breach(entry, seq + 1, previous, rules);
    if (why) return { valid: false, entries: seq, brokenAt: seq + 1, why };
    seq = entry.seq;
    previous = bytes(entry.hash);
  }
  return { valid: true, entries: seq, head: seq ? { seq, hash: previous.toString('hex') } : null };
}

function breach(
  entry: EntryDocument,
  seq: number,
  previous: Buffer,
  rules: ReadonlyMap<string, FactRule<never>>,
): string | undefined {
  if (entry.seq !== seq) return `entry ${seq} is missing`;
  if (!bytes(entry.previousHash).equals(previous)) return 'it doesn’t follow the hash before it';
  if (!chainHash(previous, bytes(entry.canonical)).equals(bytes(entry.hash)))
    return 'its hash isn’t that of its content';
  const shown = JSON.parse(bytes(entry.canonical).toString('utf8')) as Record<string, unknown>;
  const columns = { unit: entry.unit, seq: entry.seq, id: entry._id, type: entry.type, source: entry.source };
  for (const [name, value] of Object.entries(columns)) {
    if (shown[name] !== value) return `its ${name} isn’t the one that was hashed`;
  }
  if (shown['recordedAt'] !== new Date(entry.recordedAt).toISOString()) return 'its recordedAt isn’t the one hashed';
  return messageBreach(entry, rules);
}

/** The protobuf message must say what the canonical JSON says; a withdrawal's holds more, filled by the ledger. */
function messageBreach(entry: EntryDocument, rules: ReadonlyMap<string, FactRule<never>>): string | undefined {
  if (!rules.has(entry.type) || entry.type.endsWith('.EntryWithdrawn.v1')) return undefined;
  const { rule, fact } = parseEntry(entry, rules).parsed;
  const again = rule.message.encode(fact.data as never).finish();
  return bytes(entry.data).equals(again) ? undefined : 'its message isn’t what was hashed';
}
