import { encoded as bytesOf } from '@gdtx/contracts/encoded';
import type { Registry } from '@gdtx/territory/registry';
import type { Caller } from '@gdtx/service-kit/tokens';
import type { RequestTrace } from '@gdtx/service-kit/trace-context';
import { decide, type Decision } from './decide.js';
import type { DecidedBatch, Item, Outcome, Receipt, Snapshot, StoredReceipt } from './decide-batch.js';
import type { EntryDocument, HeadDocument, StateDocument } from './documents.js';
import { canonicalEntry } from './entry.js';
import { REGISTRY_LEDGER, SOURCE_PREFIX, type Context, type FactRule, type States } from './fact.js';
import { chainHash, GENESIS } from './hashes.js';
import type { ParsedFact } from './parse-fact.js';
import { refuse, retryLater, type Refusal } from './refusal.js';
import { stateChange } from './state-change.js';

interface DraftHead {
  seq: number;
  /** The place in the database. */
  before: number;
  hash: Buffer;
  recordedAt: number;
  order: number;
}

interface DraftState {
  state: unknown;
  ledgers: readonly string[];
  order: number;
}

/** Orders of one millisecond. */
const ORDERS = 1024;

/** What a batch makes of the ledgers and states, before it is stored. */
export class Draft {
  readonly context: Context;
  private readonly registry: Registry;
  /** What stood in the database, as far as this was told. */
  private readonly stored = { heads: new Map<string, HeadDocument>(), states: new Map<string, StateDocument>() };
  private readonly heads = new Map<string, DraftHead>();
  private readonly states = new Map<string, DraftState>();
  private readonly entries: EntryDocument[] = [];
  private readonly byId = new Map<string, StoredReceipt>();
  private readonly registryEntries: DecidedBatch['registryEntries'] = [];
  private readonly failures: DecidedBatch['failures'] = [];
  private readonly registryVersion: number;
  private lastOrder: number;

  constructor(private readonly snapshot: Snapshot) {
    this.registryVersion = snapshot.registry.version;
    this.registry = snapshot.registry.fork();
    this.context = {
      today: snapshot.today,
      registry: this.registry,
      headOf: (unit) => this.heads.get(unit)?.seq ?? this.stored.heads.get(unit)?.seq ?? 0,
    };
    this.lastOrder = snapshot.moment * ORDERS;
    this.restOn(snapshot);
  }

  /** Takes in what further facts are decided on: of each head and state the first that is told, which it keeps to. */
  restOn({ heads, states }: Partial<Pick<Snapshot, 'heads' | 'states'>>): void {
    for (const [unit, head] of heads ?? []) this.stored.heads.set(unit, this.behind(head));
    for (const [key, state] of states ?? []) this.stored.states.set(key, this.behind(state));
  }

  /** What is decided comes after everything that it rests on, also when this clock is behind the one that that was decided by. */
  private behind<D extends { order: number }>(stored: D): D {
    this.lastOrder = Math.max(this.lastOrder, stored.order);
    return stored;
  }

  /** Decides on one fact and, where it is accepted, makes it an entry. */
  take(item: Item): Outcome {
    const { parsed, caller, trace } = item;
    const known = this.knownOutcome(parsed.fact.id, parsed.content);
    if (known) return known;
    const judged = this.judge(item);
    if ('refusal' in judged) return { status: 'refused', refusal: judged.refusal };
    const { ledger, changes, data } = judged;
    const toStore = parsed.keys.filter((key) => Object.hasOwn(changes, key) || !this.isHeldByHead(key, ledger));
    this.change(toStore, changes, ledger);
    return { status: 'accepted', receipt: this.append(ledger, { parsed, data, caller, keys: parsed.keys, trace }) };
  }

  /** The answer to an id that is there already: its first receipt, or a refusal when it was another fact. */
  knownOutcome(id: string, content: Buffer): Outcome | undefined {
    const known = this.byId.get(id) ?? this.snapshot.existing.get(id);
    if (!known) return undefined;
    const { unit, seq, hash, recordedAt } = known;
    if (known.content.equals(content)) return { status: 'duplicate', receipt: { unit, seq, hash, recordedAt } };
    return {
      status: 'refused',
      refusal: refuse('id-reused', `The id \`${id}\` is taken by another fact: ledger ${unit}, entry ${seq}.`, 'id'),
    };
  }

  readonly view: States = {
    get: <S>(key: string) => {
      const changed = this.states.get(key);
      return (changed ? changed.state : (this.stored.states.get(key)?.state ?? undefined)) as S | undefined;
    },
  };

  /** A rule that throws has a mistake: its fact waits for a better version, and its neighbours don't. */
  private judge(item: Item): Judged {
    try {
      return this.decideOn(item);
    } catch (error) {
      const { type } = item.parsed.fact;
      this.failures.push({ type, error, traceId: item.trace?.traceId });
      return {
        refusal: retryLater('This service failed on the fact; it is in the log. Sending it again does no harm.'),
      };
    }
  }

  private decideOn({ parsed, caller }: Item): Judged {
    const rule = parsed.rule as unknown as FactRule;
    const decision: Decision = decide(parsed.rule, parsed.fact, caller, this.view, this.context);
    if (!decision.accepted) return decision;
    const changes = rule.evolve(parsed.fact, this.view);
    const stray = Object.keys(changes).find((key) => !parsed.keys.includes(key));
    if (stray !== undefined) throw new Error(`a ${rule.name} changed ${stray}, which isn't among its keys`);
    const foreign = parsed.keys.find((key) => key.includes('/') && !standsUnder(key, decision.ledger));
    if (foreign !== undefined) throw new Error(`a ${rule.name} is decided on ${foreign}, which is another ledger's`);
    return { ledger: decision.ledger, changes, data: encoded(parsed) };
  }

  /**
   * Whether a state needn't be stored where a fact is only decided on it. What stands under a ledger's unit is decided on by facts of that
   * ledger alone, and they all change its head: two that contradict each other collide there.
   */
  private isHeldByHead(key: string, ledger: string): boolean {
    if (!standsUnder(key, ledger)) return false;
    const state = this.states.get(key) ?? this.stored.states.get(key);
    return state !== undefined && state.ledgers.includes(ledger);
  }

  /** Who adds to this ledger meanwhile is to collide, though nothing is added to it now: its head gets another place. */
  hold(ledger: string): void {
    this.heads.set(ledger, { ...this.headOf(ledger), order: this.lastOrder + 1 });
  }

  /** Notes new states, and that all of `keys` were decided on for an entry of `ledger`, which is appended next. */
  change(keys: readonly string[], changes: Readonly<Record<string, unknown>>, ledger: string): void {
    for (const key of keys) {
      const before = this.states.get(key) ?? this.stored.states.get(key);
      const ledgers = before?.ledgers ?? [];
      this.states.set(key, {
        state: Object.hasOwn(changes, key) ? changes[key] : before?.state,
        ledgers: ledgers.includes(ledger) ? ledgers : [...ledgers, ledger],
        order: this.lastOrder + 1,
      });
    }
  }

  /** Appends an entry to a ledger. */
  append(ledger: string, { parsed, data, caller, keys, trace, order = this.lastOrder + 1 }: NewEntry): Receipt {
    this.lastOrder += 1;
    const { fact, content } = parsed;
    const { id, type, time } = fact;
    const { seq: last, before, hash: previousHash, recordedAt: lastAt } = this.headOf(ledger);
    const seq = last + 1;
    // A clock that was set back doesn't make a ledger go backwards.
    const recordedAt = Math.max(this.snapshot.moment, lastAt);
    const by = nameOf(caller);
    const source = `${SOURCE_PREFIX}${fact.source}`;
    const canonical = canonicalEntry({
      service: this.snapshot.service,
      unit: ledger,
      seq,
      id,
      source,
      type,
      time,
      recordedAt,
      recordedBy: by,
      canonicalData: parsed.canonical,
    });
    const hash = chainHash(previousHash, canonical);
    // Written out, here and above: V8 gives each object that is made of spreads a shape of its own.
    const entry: EntryDocument = {
      _id: id,
      unit: ledger,
      seq,
      type,
      source,
      time,
      recordedAt,
      order,
      by,
      data,
      canonical,
      hash,
      previousHash,
      content,
      keys,
      traceparent: trace?.traceparent,
    };
    this.entries.push(entry);
    this.byId.set(id, entry);
    this.heads.set(ledger, { seq, before, hash, recordedAt, order: this.lastOrder });
    if (ledger === REGISTRY_LEDGER) {
      const registryEntry = { type, data: fact.data, seq, recordedAt };
      const said = this.registry.apply({ service: this.snapshot.service, ...registryEntry });
      this.registryEntries.push({ ...registryEntry, said });
    }
    return { unit: ledger, seq, hash, recordedAt };
  }

  decided(outcomes: Outcome[]): DecidedBatch {
    const { entries, registryEntries, failures, stored } = this;
    const commit = {
      entries,
      heads: Array.from(this.heads, ([unit, { before, seq, hash, recordedAt, order }]) => {
        return { unit, before, seq, hash, recordedAt, order };
      }),
      states: Array.from(this.states, ([key, { state, ledgers, order }]) => {
        const before = stored.states.get(key)?.version ?? 0;
        return stateChange({ key, before, ledgers, order, state: state ?? null });
      }),
    };
    return { outcomes, commit, registryEntries, registryVersion: this.registryVersion, failures };
  }

  private headOf(unit: string): DraftHead {
    const drafted = this.heads.get(unit);
    if (drafted) return drafted;
    const stored = this.stored.heads.get(unit);
    if (!stored) return { seq: 0, before: 0, hash: GENESIS, recordedAt: 0, order: 0 };
    const { seq, hash, recordedAt, order } = stored;
    return { seq, before: order, hash, recordedAt, order };
  }
}

type Judged = { refusal: Refusal } | { ledger: string; changes: Record<string, unknown>; data: Buffer };

export interface NewEntry {
  parsed: ParsedFact;
  /** The fact's protobuf message. */
  data: Buffer;
  caller: Caller;
  keys: string[];
  /** Of the request that it came with. */
  trace?: RequestTrace | undefined;
  /** Where it takes the place of another one. */
  order?: number;
}

/** The unit that a key of the form `<room>:<unit>/<rest>` stands under: only facts of its ledger have such a key. */
export function unitOfKey(key: string): string | undefined {
  const end = key.indexOf('/');
  return end === -1 ? undefined : key.slice(key.indexOf(':') + 1, end);
}

/** The same of a key and this unit, without a text made for it. */
function standsUnder(key: string, unit: string): boolean {
  const begin = key.indexOf(':') + 1;
  return key.startsWith(unit, begin) && key.indexOf('/') === begin + unit.length;
}

const names = new WeakMap<Caller, string>();

/** What an entry says of who recorded it. A caller mostly sends many facts. */
function nameOf(caller: Caller): string {
  let name = names.get(caller);
  if (name === undefined) names.set(caller, (name = `${caller.subject} (${caller.roles.join(', ')})`));
  return name;
}

/** A fact's protobuf message. */
export function encoded({ rule, fact }: Pick<ParsedFact, 'rule' | 'fact'>): Buffer {
  return bytesOf(rule.message, fact.data as never);
}
