import type { Owner } from '@gdtx/service-kit/services';
import type { LoadFact } from '../load/fact.js';
import type { Acknowledged } from '../load/receipts.js';
import { canonicalText, chained, GENESIS } from './canonical.js';
import type { Violation } from './violation.js';

/** An entry as it stands in an owner's database. */
export interface LedgerEntry {
  service: Owner;
  unit: string;
  seq: number;
  id: string;
  type: string;
  hash: Buffer;
  canonical: Buffer;
}

/** Entries by ledger (`service/unit`), in the order of their seqs. */
export type Ledgers = ReadonlyMap<string, readonly LedgerEntry[]>;

export const ledgerName = ({ service, unit }: { service: string; unit: string }): string => `${service}/${unit}`;

export function ledgersOf(entries: readonly LedgerEntry[]): Ledgers {
  const ledgers = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const name = ledgerName(entry);
    const ledger = ledgers.get(name);
    if (ledger) ledger.push(entry);
    else ledgers.set(name, [entry]);
  }
  for (const ledger of ledgers.values()) ledger.sort((a, b) => a.seq - b.seq);
  return ledgers;
}

/**
 * Every acknowledged fact is in its ledger exactly once, where its receipt says, with the data that was sent; nothing else is
 * there; seqs have no gap and the chain of hashes holds.
 */
export function checkLedgers(ledgers: Ledgers, acknowledged: readonly Acknowledged[]): Violation[] {
  const byId = new Map<string, LedgerEntry[]>();
  const violations: Violation[] = [];
  for (const [name, entries] of ledgers) {
    violations.push(...checkChain(name, entries));
    for (const entry of entries) {
      const key = `${entry.service} ${entry.id}`;
      byId.set(key, [...(byId.get(key) ?? []), entry]);
    }
  }
  const asked = new Set<string>();
  const look = (fact: LoadFact): LedgerEntry | undefined => {
    asked.add(`${fact.service} ${fact.id}`);
    const found = byId.get(`${fact.service} ${fact.id}`) ?? [];
    if (found.length === 0) violations.push({ kind: 'lost', what: `${fact.id} is in no ledger of ${fact.service}` });
    const places = found.map((entry) => `${ledgerName(entry)}/${entry.seq}`).join(' and ');
    if (found.length > 1) violations.push({ kind: 'doubled', what: `${fact.id} stands at ${places}` });
    if (found.length === 1 && !saysTheSame(found[0]!, fact)) {
      violations.push({ kind: 'changed', what: `${fact.id} at ${places} isn't what was sent` });
    }
    return found[0];
  };
  for (const { fact, receipt } of acknowledged) {
    const entry = look(fact);
    if (
      entry &&
      (entry.unit !== receipt.unit || entry.seq !== receipt.seq || entry.hash.toString('hex') !== receipt.hash)
    ) {
      const place = `${ledgerName(entry)}/${entry.seq} with ${entry.hash.toString('hex').slice(0, 12)}`;
      const said = `${receipt.unit}/${receipt.seq} with ${receipt.hash.slice(0, 12)}`;
      violations.push({ kind: 'receipt', what: `${fact.id} stands at ${place}, and its receipt says ${said}` });
    }
    // It was recorded in the same transaction, and its place is told by nobody.
    if (fact.correction) look(fact.correction);
  }
  for (const [key, [entry]] of byId) {
    if (asked.has(key)) continue;
    violations.push({
      kind: 'unasked',
      what: `${ledgerName(entry!)}/${entry!.seq} is ${entry!.id}, which nobody was told of`,
    });
  }
  return violations;
}

function checkChain(name: string, entries: readonly LedgerEntry[]): Violation[] {
  const violations: Violation[] = [];
  let previous: Buffer = GENESIS;
  let last = 0;
  for (const { seq, hash, canonical, id, type, unit, service } of entries) {
    if (seq === last) violations.push({ kind: 'doubled', what: `${name} has two entries ${seq}` });
    else if (seq !== last + 1) violations.push({ kind: 'gap', what: `${name} goes from ${last} to ${seq}` });
    const shown = JSON.parse(canonical.toString('utf8')) as Record<string, unknown>;
    const said = { service, unit, seq, id, type };
    const isSaid = Object.entries(said).every(([key, value]) => shown[key] === value);
    if (!isSaid || canonicalText(shown) !== canonical.toString('utf8') || !chained(previous, canonical).equals(hash)) {
      violations.push({ kind: 'changed', what: `the hash of ${name}/${seq} isn't that of its content` });
    }
    previous = hash;
    last = seq;
  }
  return violations;
}

/** The ledger adds to a withdrawal what it took back, and the seq of what takes its place. */
function saysTheSame({ canonical, type }: LedgerEntry, { event }: LoadFact): boolean {
  const { data } = JSON.parse(canonical.toString('utf8')) as { data: Record<string, unknown> };
  const { withdrawn: _, correction, ...rest } = data as { withdrawn?: unknown; correction?: { seq?: number } };
  const { seq: _seq, ...correcting } = correction ?? {};
  const said = correction ? { ...rest, correction: correcting } : rest;
  return type === event.type && canonicalText(said) === canonicalText(event.data);
}
