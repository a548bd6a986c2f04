import type { EntryWithdrawn } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { EntryDocument } from './documents.js';
import { encoded } from './draft.js';
import type { FactRule } from './fact.js';
import { chainHash, GENESIS } from './hashes.js';
import { parseFact, type ParsedFact } from './parse-fact.js';

export type Verification =
  | { valid: true; entries: number; head: { seq: number; hash: string } | null }
  | { valid: false; entries: number; brokenAt: number; why: string };

type Rules = ReadonlyMap<string, FactRule<never>>;

/**
 * Computes a ledger's chain again: seq without a gap, each hash over the one before, the columns and the protobuf message
 * as the canonical bytes say, up to the head as it was read before (later entries may follow). Reports the first entry that
 * doesn't hold.
 */
export async function verifyLedger(
  entries: AsyncIterable<EntryDocument>,
  head: { seq: number; hash: Buffer } | undefined,
  rules: Rules,
): Promise<Verification> {
  let previous: Buffer = GENESIS;
  let seq = 0;
  const broken = (why: string): Verification => ({ valid: false, entries: seq, brokenAt: seq + 1, why });
  for await (const entry of entries) {
    const why = breach(entry, seq + 1, previous, rules);
    if (why) return broken(why);
    if (entry.seq === head?.seq && !entry.hash.equals(head.hash)) return broken('the head names another hash');
    seq = entry.seq;
    previous = entry.hash;
  }
  if (head && seq < head.seq) return broken(`the ledger ends here, and its head says that it has ${head.seq} entries`);
  return { valid: true, entries: seq, head: seq ? { seq, hash: previous.toString('hex') } : null };
}

function breach(entry: EntryDocument, seq: number, previous: Buffer, rules: Rules): string | undefined {
  if (entry.seq !== seq) return `entry ${seq} is missing`;
  if (!entry.previousHash.equals(previous)) return 'it doesn’t follow the hash before it';
  if (!chainHash(previous, entry.canonical).equals(entry.hash)) return 'its hash isn’t that of its content';
  const shown = JSON.parse(entry.canonical.toString('utf8')) as Record<string, unknown>;
  const { unit, _id: id, type, source, by: recordedBy } = entry;
  const recordedAt = new Date(entry.recordedAt).toISOString();
  const columns = { unit, seq, id, type, source, recordedBy, recordedAt, time: entry.time || undefined };
  for (const [name, value] of Object.entries(columns)) {
    if (shown[name] !== value) return `its ${name} isn’t the one that was hashed`;
  }
  return messageBreach(entry, shown['data'] as Record<string, unknown>, rules);
}

/** The protobuf message must say what the canonical JSON says. A form that has become stricter since can't tell. */
function messageBreach(entry: EntryDocument, data: Record<string, unknown>, rules: Rules): string | undefined {
  const parsed = parsedAgain(entry, data, rules);
  if (!parsed || encoded(parsed).equals(entry.data)) return undefined;
  return 'its message isn’t what was hashed';
}

function parsedAgain(
  { _id: id, source, type, time }: Pick<EntryDocument, '_id' | 'source' | 'type' | 'time'>,
  data: Record<string, unknown>,
  rules: Rules,
): ParsedFact | undefined {
  const { withdrawn, ...sent } = data as { withdrawn?: ShownWithdrawn; correction?: { seq?: number } };
  const { seq, ...correction } = sent.correction ?? {};
  const json = withdrawn && sent.correction ? { ...sent, correction } : sent;
  const outcome = parseFact({ id, source, type, time, data: Buffer.from(JSON.stringify(json)) }, rules);
  if (!outcome.ok) return undefined;
  return withdrawn ? withWithdrawn(outcome.parsed, withdrawn, seq, rules) : outcome.parsed;
}

interface ShownWithdrawn {
  id: string;
  type: string;
  source: string;
  recordedAt: string;
  data: Record<string, unknown>;
}

/** A withdrawal's message with what the ledger has put into it. */
function withWithdrawn(
  parsed: ParsedFact,
  { data, recordedAt, ...shown }: ShownWithdrawn,
  correctionSeq: number | undefined,
  rules: Rules,
): ParsedFact | undefined {
  const target = parsedAgain({ _id: shown.id, ...shown, time: '' }, data, rules);
  if (!target) return undefined;
  const message = parsed.fact.data as EntryWithdrawn;
  const correction = message.correction && { ...message.correction, seq: correctionSeq ?? 0 };
  const withdrawn = { ...shown, recordedAt: Date.parse(recordedAt), data: encoded(target) };
  return { ...parsed, fact: { ...parsed.fact, data: { ...message, correction, withdrawn } } };
}
