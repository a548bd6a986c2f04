import type { EntryWithdrawn } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { Registry } from '@gdtx/territory/registry';
import type { Item } from './decide-batch.js';
import type { HeadDocument, StateDocument } from './documents.js';
import { REGISTRY_LEDGER, type FactRule } from './fact.js';
import type { ConsistentReads, LedgerStore, ReplayedEntry } from './ledger-store.js';
import { parseFact, type Parsed } from './parse-fact.js';
import { storedFact, type StoredFact } from './stored-fact.js';
import { withdrawnKey, type WithdrawalHistory } from './withdrawal.js';

type Rules = ReadonlyMap<string, FactRule<never>>;

/** A withdrawal's history, and the states and the heads of the ledgers read, as they were at the same moment. */
export interface LoadedHistory {
  history: WithdrawalHistory;
  states: ReadonlyMap<string, StateDocument>;
  heads: ReadonlyMap<string, HeadDocument>;
}

export interface HistoryParts {
  store: Pick<LedgerStore, 'atOneMoment'>;
  rules: Rules;
  /** The registry of the other services. */
  others: () => Promise<Registry>;
  /** The first entries of a ledger, where they were read before. */
  readAhead?: (unit: string) => readonly ReplayedEntry[];
}

/** Loads what a withdrawal is decided on. */
export function loadHistory(
  item: Item,
  { store, rules, others, readAhead = () => [] }: HistoryParts,
): Promise<LoadedHistory> {
  const { unit, seq } = item.parsed.fact.data as EntryWithdrawn;
  return store.atOneMoment(async (reads) => {
    const document = await reads.entry(unit, seq);
    const stored = document ? storedFact(document, rules) : undefined;
    if (!document || !stored) {
      const nothing = { target: null, correction: undefined, entries: [], keys: [], ledgers: [], others: undefined };
      return { history: nothing, states: new Map(), heads: new Map() };
    }
    const correction = parseCorrection(item, document.source, rules);
    const keys = [...document.keys, ...(correction?.ok ? correction.parsed.keys : [])];
    const related = await relatedTo(keys, document, reads, readAhead);
    const retellsRegistry = [...related.entries.values()].some(
      (entry) => isRegistryFact(entry, rules) && entry.order >= document.order,
    );
    if (retellsRegistry)
      for (const entry of await related.ledger(REGISTRY_LEDGER)) related.entries.set(entry._id, entry);
    const states = new Map([...related.states, ...(await reads.statesOf([withdrawnKey(document)]))]);
    const heads = await reads.headsOf([...related.ledgers.keys()]);
    const history = {
      target: { document, stored },
      correction,
      entries: inOrder(related.entries.values(), rules),
      keys: related.keys,
      ledgers: [...heads.keys()],
      others: retellsRegistry ? await others() : undefined,
    };
    return { history, states, heads };
  });
}

/** The new fact of a withdrawal that corrects, as it would have been sent by itself in the name of the same unit. */
function parseCorrection(item: Item, source: string, rules: Rules): Parsed | undefined {
  const { correction } = JSON.parse(item.parsed.canonical) as {
    correction?: { id: string; type: string; data: unknown };
  };
  if (!correction) return undefined;
  const data = Buffer.from(JSON.stringify(correction.data ?? null));
  return parseFact({ id: correction.id, type: correction.type, source, time: item.parsed.fact.time, data }, rules);
}

function isRegistryFact({ unit, type }: ReplayedEntry, rules: Rules): boolean {
  return unit === REGISTRY_LEDGER && rules.get(type)?.ledger === REGISTRY_LEDGER;
}

interface Related {
  entries: Map<string, ReplayedEntry>;
  keys: string[];
  states: ReadonlyMap<string, StateDocument>;
  /** What was read. */
  ledgers: ReadonlyMap<string, unknown>;
  /** Each ledger is read once. */
  ledger(unit: string): Promise<ReplayedEntry[]>;
}

/** All entries that share a state with these keys, directly or by way of other entries; and the entry itself. */
async function relatedTo(
  keys: readonly string[],
  target: ReplayedEntry,
  reads: ConsistentReads,
  readAhead: NonNullable<HistoryParts['readAhead']>,
): Promise<Related> {
  const read = new Map<string, ReplayedEntry[]>();
  const ledger = async (unit: string): Promise<ReplayedEntry[]> => {
    const known = read.get(unit);
    if (known) return known;
    const first = readAhead(unit);
    const entries = [...first, ...(await reads.ledger(unit, (first.at(-1)?.seq ?? 0) + 1))];
    read.set(unit, entries);
    return entries;
  };
  const states = new Map<string, StateDocument>();
  const entries = new Map([[target._id, target]]);
  const found = new Set(keys);
  let fresh = [...found];
  while (fresh.length > 0) {
    for (const [key, state] of await reads.statesOf(fresh)) states.set(key, state);
    for (const key of fresh) for (const unit of states.get(key)?.ledgers ?? []) await ledger(unit);
    fresh = [];
    for (const entry of [...read.values()].flat()) {
      if (entries.has(entry._id) || !entry.keys.some((key) => found.has(key))) continue;
      entries.set(entry._id, entry);
      for (const key of entry.keys) {
        // What says that an entry is withdrawn is nothing that facts are decided on.
        if (found.has(key) || key.startsWith('withdrawn:')) continue;
        found.add(key);
        fresh.push(key);
      }
    }
  }
  return { entries, keys: [...found], states, ledgers: read, ledger };
}

function inOrder(entries: Iterable<ReplayedEntry>, rules: Rules): StoredFact[] {
  const facts = [...entries].map((entry) => {
    const fact = storedFact(entry, rules);
    if (!fact) throw new Error(`entry ${entry.unit}/${entry.seq} is of a type that this version doesn’t know`);
    return fact;
  });
  return facts.sort((a, b) => a.document.order - b.document.order || a.document.seq - b.document.seq);
}
