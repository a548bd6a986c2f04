import type { EntryWithdrawn } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { EntryDocument } from './documents.js';
import { parseType, SOURCE_PREFIX, type Fact, type FactRule } from './fact.js';
import type { ReplayedEntry } from './ledger-store.js';

/** A stored entry as the fact that it was. */
export interface StoredFact {
  document: ReplayedEntry;
  rule: FactRule;
  fact: Fact;
}

/**
 * Reads the protobuf message, not the JSON: what was once accepted is read even where a form has become stricter since.
 * Undefined for a type that this version doesn't know.
 */
export function storedFact(
  document: ReplayedEntry,
  rules: ReadonlyMap<string, FactRule<never>>,
): StoredFact | undefined {
  const { _id: id, type, time, source } = document;
  const rule = rules.get(type) as unknown as FactRule | undefined;
  if (!rule) return undefined;
  const fact = { id, type, time, source: source.slice(SOURCE_PREFIX.length), data: rule.message.decode(document.data) };
  return { document, rule, fact };
}

export function isWithdrawal(document: Pick<EntryDocument, 'type'>): boolean {
  return parseType(document.type)?.name === 'EntryWithdrawn';
}

/** Names an entry among those of a service. */
export function entryName({ unit, seq }: { unit: string; seq: number }): string {
  return `${unit}/${seq}`;
}

/** The entries that withdrawals among these take back, by name. */
export function withdrawnAmong(entries: readonly StoredFact[]): Set<string> {
  return new Set(entries.filter((e) => isWithdrawal(e.document)).map((e) => entryName(e.fact.data as EntryWithdrawn)));
}
