import { dayInVietNam } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import type { Caller } from '@gdtx/service-kit/tokens';
import { decide } from './decide.js';
import type { EntryDocument, HeadDocument, StateDocument } from './documents.js';
import { binary, bytes, canonicalEntry, chainHash, GENESIS, sha256 } from './entry.js';
import { REGISTRY_LEDGER, type Context, type FactRule, type States } from './fact.js';
import type { Commit } from './ledger-store.js';
import type { ParsedFact } from './parse-fact.js';
import { refuse, type Refusal } from './refusal.js';

/** A fact that waits for a decision. */
export interface Item {
  parsed: ParsedFact;
  caller: Caller;
}

export interface Receipt {
  unit: string;
  seq: number;
  hash: Buffer;
  recordedAt: number;
}

export type Outcome =
  | { status: 'accepted' | 'duplicate'; receipt: Receipt; correction?: Receipt }
  | { status: 'refused'; refusal: Refusal };

/** All that a batch is decided on, as values. */
export interface Snapshot {
  service: string;
  existing: ReadonlyMap<string, Pick<EntryDocument, 'unit' | 'seq' | 'hash' | 'recordedAt' | 'content'>>;
  heads: ReadonlyMap<string, HeadDocument>;
  states: ReadonlyMap<string, StateDocument>;
  registry: Registry;
  /** Milliseconds since the epoch. */
  now: number;
}

export interface DecidedBatch {
  outcomes: Outcome[];
  commit: Commit;
  /** The registry's own facts among the entries, for this service's copy. */
  registryEntries: { type: string; data: unknown; seq: number; recordedAt: number }[];
  /** Of the registry that it was decided on. */
  registryVersion: number;
}

/**
 * Decides a batch in the order given, each fact on what those before it left. Pure: the same items and snapshot give the
 * same entries. Facts that are refused leave no trace.
 */
export function decideBatch(items: readonly Item[], snapshot: Snapshot): DecidedBatch {
  const registryVersion = snapshot.registry.version;
  const draft = new Draft(snapshot);
  const outcomes = items.map((item) => draft.take(item));
  return { outcomes, commit: draft.commit(), registryEntries: draft.registryEntries, registryVersion };
}

interface DraftHead {
  seq: number;
  before: number;
  hash: Buffer;
  recordedAt: number;
}

/** What a batch makes of the ledgers and states, before it is stored. */
export class Draft {
  readonly registryEntries: DecidedBatch['registryEntries'] = [];
  private readonly registry: Registry;
  private readonly context: Context;
  private readonly heads = new Map<string, DraftHead>();
  private readonly states = new Map<string, { state: unknown; ledgers: Set<string> }>();
  private readonly entries: EntryDocument[] = [];
  private readonly byId = new Map<string, { receipt: Receipt; content: Buffer }>();

  constructor(private readonly snapshot: Snapshot) {
    this.registry = snapshot.registry.fork();
    this.context = {
      today: dayInVietNam(snapshot.now),
      registry: this.registry,
      headOf: (unit) => this.heads.get(unit)?.seq ?? snapshot.heads.get(unit)?.seq ?? 0,
    };
  }

  /** Decides on one fact and, where it is accepted, makes it an entry. */
  take({ parsed, caller }: Item): Outcome {
    const content = sha256(parsed.content);
    const known = this.knownOutcome(parsed.fact.id, content);
    if (known) return known;
    const decision = decide(parsed.rule, parsed.fact, caller, this.view, this.context);
    if (!decision.accepted) return { status: 'refused', refusal: decision.refusal };
    const rule = parsed.rule as unknown as FactRule;
    const keys = rule.keys(parsed.fact);
    this.change(keys, rule.evolve(parsed.fact, this.view), decision.ledger);
    const receipt = this.append(decision.ledger, parsed, caller, keys, content);
    return { status: 'accepted', receipt };
  }

  /** The answer to an id that is there already: its first receipt, or a refusal when it was another fact. */
  knownOutcome(id: string, content: Buffer): Outcome | undefined {
    const known = this.byId.get(id) ?? storedReceipt(this.snapshot.existing.get(id));
    if (!known) return undefined;
    if (known.content.equals(content)) return { status: 'duplicate', receipt: known.receipt };
    const { unit, seq } = known.receipt;
    return {
      status: 'refused',
      refusal: refuse('id-reused', `The id \`${id}\` is taken by another fact: ledger ${unit}, entry ${seq}.`, 'id'),
    };
  }

  readonly view: States = {
    get: <S>(key: string) => {
      const changed = this.states.get(key);
      return (changed ? changed.state : (this.snapshot.states.get(key)?.state ?? undefined)) as S | undefined;
    },
  };

  /** Notes new states, and that the keys were decided on for an entry of `ledger`. */
  change(keys: string[], changes: Record<string, unknown>, ledger: string): void {
    for (const key of keys) {
      const state = key in changes ? changes[key] : this.view.get(key);
      const ledgers = this.states.get(key)?.ledgers ?? new Set(this.snapshot.states.get(key)?.ledgers);
      this.states.set(key, { state, ledgers: ledgers.add(ledger) });
    }
    const stray = Object.keys(changes).find((key) => !keys.includes(key));
    if (stray) throw new Error(`a fact changed the state ${stray}, which isn't among its keys`);
  }

  /** Appends an entry to a ledger. */
  append(ledger: string, parsed: ParsedFact, caller: Caller, keys: string[], content: Buffer): Receipt {
    const { fact, rule, json } = parsed;
    const head = this.headOf(ledger);
    const seq = head.seq + 1;
    // A clock that was set back doesn't make a ledger go backwards.
    const recordedAt = Math.max(this.snapshot.now, head.recordedAt);
    const by = `${caller.subject} (${caller.roles.join(', ')})`;
    const { id, type, time } = fact;
    const source = `urn:gdtx:unit:${fact.source}`;
    const shown = { service: this.snapshot.service, unit: ledger, seq, id, source, type, time, recordedAt };
    const canonical = canonicalEntry({ ...shown, recordedBy: by, data: json });
    const hash = chainHash(head.hash, canonical);
    this.entries.push({
      _id: id,
      unit: ledger,
      seq,
      type,
      source,
      time,
      recordedAt,
      order: this.snapshot.now * 1024 + this.entries.length,
      by,
      data: binary(rule.message.encode(fact.data as never).finish()),
      canonical: binary(canonical),
      hash: binary(hash),
      previousHash: binary(head.hash),
      content: binary(content),
      keys,
    });
    const receipt = { unit: ledger, seq, hash, recordedAt };
    this.heads.set(ledger, { ...head, seq, hash, recordedAt });
    this.byId.set(id, { receipt, content });
    if (ledger === REGISTRY_LEDGER) {
      const entry = { type, data: fact.data, seq, recordedAt };
      this.registryEntries.push(entry);
      this.registry.apply({ service: this.snapshot.service, ...entry } as Parameters<Registry['apply']>[0]);
    }
    return receipt;
  }

  commit(): Commit {
    return {
      entries: this.entries,
      heads: [...this.heads].map(([unit, head]) => ({ unit, ...head, hash: binary(head.hash) })),
      states: [...this.states].map(([key, { state, ledgers }]) => ({
        key,
        before: this.snapshot.states.get(key)?.version ?? 0,
        ledgers: [...ledgers],
        state: state ?? null,
      })),
    };
  }

  private headOf(unit: string): DraftHead {
    const drafted = this.heads.get(unit);
    if (drafted) return drafted;
    const stored = this.snapshot.heads.get(unit);
    if (!stored) return { seq: 0, before: 0, hash: GENESIS, recordedAt: 0 };
    return { seq: stored.seq, before: stored.seq, hash: bytes(stored.hash), recordedAt: stored.recordedAt };
  }

  get contextNow(): Context {
    return this.context;
  }
}

function storedReceipt(stored: ReturnType<Snapshot['existing']['get']>) {
  if (!stored) return undefined;
  const { unit, seq, recordedAt } = stored;
  return { receipt: { unit, seq, hash: bytes(stored.hash), recordedAt }, content: bytes(stored.content) };
}
