import type { KnownUnits } from '@gdtx/known-units/known-units';
import { dayInVietNam } from '@gdtx/territory/days';
import { BoundedCache } from './bounded-cache.js';
import type { CommitterGuard } from './committer-guard.js';
import { ledgerOf } from './decide.js';
import type { Snapshot } from './decide-batch.js';
import type { HeadDocument, StateDocument } from './documents.js';
import { unitOfKey } from './draft.js';
import { REGISTRY_LEDGER, type FactRule, type States } from './fact.js';
import type { Commit, LedgerStore } from './ledger-store.js';
import type { ParsedFact } from './parse-fact.js';

/** Enough for all units of the nation to report one after the other: what isn't remembered is read for every batch. */
const MAX_STATES_BYTES = 16_000_000;
const MAX_HEADS_BYTES = 5_000_000;
/** Of a head or a state, besides its key and its text. */
const BYTES_BESIDE = 200;
/** After the last commit: whoever sends much makes pauses too, and what is forgotten is read again unit by unit. */
const FORGOTTEN_AFTER_MS = 60_000;
/** How long a registry fact of another replica may stay unseen by decisions that don't collide with it. */
const REGISTRY_CHECK_MS = 200;

export interface SnapshotOptions {
  service: string;
  store: LedgerStore;
  known: KnownUnits;
  guard: Pick<CommitterGuard, 'floor' | 'raisedTo'>;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** As text: as objects they would be some times as much, and garbage collection would go through all of it. */
const textCache = (maxBytes: number, onDropped?: () => void) => new BoundedCache<string>(maxBytes, bytesOf, onDropped);

/**
 * Loads what decisions rest on, and remembers what was stored last, or is being stored, while commits follow each other.
 *
 * A fact that is only decided on a state of its ledger is guarded by the head alone. So no state is older than the head that stands beside
 * it: heads are read first, and no state is remembered whose head isn't. Who changes a state in between collides at the head.
 */
export class Snapshots {
  private readonly heads = textCache(MAX_HEADS_BYTES, () => this.states.clear());
  private readonly states = textCache(MAX_STATES_BYTES);
  private registryCheckedAt = -Infinity;
  private timesForgotten = 0;
  private readonly unused = setTimeout(() => this.forget(), FORGOTTEN_AFTER_MS).unref();

  constructor(private readonly options: SnapshotOptions) {}

  /**
   * A snapshot of what is remembered; only the rest is read, and ids are taken to be new. Whatever is accepted on it is guarded
   * when it is stored, as everything is; a refusal on it says nothing.
   */
  async hopeful(facts: readonly ParsedFact[]): Promise<Snapshot> {
    const keys = keysOf(facts);
    const units = unitsOf(keys);
    const [early] = await Promise.all([this.hopefulHeads(units), this.checkRegistry()]);
    const states = await this.hopefulStates(keys);
    const late = await this.hopefulHeads(without(ledgersOf(facts, viewOf(states)), units));
    return this.snapshot(await this.options.guard.floor(), states, new Map([...early, ...late]));
  }

  /** A hopeful one to which states and heads are added later. `holds`: what is decided on it may still be recorded. */
  growing(): { snapshot: Snapshot; holds: () => boolean } {
    const { guard, known } = this.options;
    const snapshot = this.snapshot(guard.raisedTo());
    const { timesForgotten } = this;
    const { version } = known.registry();
    const holds = () =>
      snapshot.moment > guard.raisedTo() &&
      known.registry().version === version &&
      this.timesForgotten === timesForgotten;
    return { snapshot, holds };
  }

  /** As they are remembered; only the rest is read. */
  hopefulStates(keys: Iterable<string>): Promise<Map<string, StateDocument>> {
    return remembered(this.states, asState, keys, async (missing) => {
      const read = await this.options.store.statesOf(missing);
      await this.seeRegistry();
      return read;
    });
  }

  /** As they are remembered; only the rest is read. */
  hopefulHeads(units: Iterable<string>): Promise<Map<string, HeadDocument>> {
    return remembered(this.heads, asHead, units, (missing) => this.options.store.headsOf(missing));
  }

  /** A snapshot of what stands in the database; `more`: states and heads that were read already, and ledgers that are wanted too. */
  async sure(
    facts: readonly ParsedFact[],
    more: {
      states?: ReadonlyMap<string, StateDocument>;
      heads?: ReadonlyMap<string, HeadDocument>;
      ledgers?: string[];
    } = {},
  ): Promise<Snapshot> {
    const { store } = this.options;
    const ids = [...new Set(facts.map((p) => p.fact.id))];
    const keys = keysOf(facts);
    const units = unitsOf(keys);
    const [existing, early] = await Promise.all([store.entriesById(ids), store.headsOf([...units])]);
    const read = await store.statesOf([...keys]);
    const states = more.states ? new Map([...read, ...more.states]) : read;
    const others = without([...ledgersOf(facts, viewOf(states)), ...(more.ledgers ?? [])], units);
    // After the states; see `seeRegistry`.
    const late = await store.headsOf([...new Set([...others, REGISTRY_LEDGER])]);
    await this.catchUp(late.get(REGISTRY_LEDGER));
    const heads = new Map([...late, ...early, ...(more.heads ?? [])]);
    return this.snapshot(await this.options.guard.floor(), states, heads, existing);
  }

  /** Takes in what is being stored: from here on hopes rest on it. False: there is no room for all of it. */
  remember({ heads, states }: Pick<Commit, 'heads' | 'states'>): boolean {
    this.unused.refresh();
    for (const head of heads) this.heads.set(head.unit, headText(head));
    for (const { key, json } of states) this.states.set(key, json);
    // The first would have had to go first.
    return (
      heads.slice(0, 1).every(({ unit }) => this.heads.get(unit)) &&
      states.slice(0, 1).every(({ key }) => this.states.get(key))
    );
  }

  /** After a collision or a failure: it isn't known what stands in the database. */
  forget(): void {
    this.timesForgotten += 1;
    this.heads.clear();
    this.states.clear();
  }

  private snapshot(
    floor: number,
    states: Snapshot['states'] = new Map(),
    heads: Snapshot['heads'] = new Map(),
    existing: Snapshot['existing'] = new Map(),
  ): Snapshot {
    const { service, known, now } = this.options;
    const clock = now();
    const times = { today: dayInVietNam(clock), moment: Math.max(clock, floor + 1) };
    return { service, existing, heads, states, registry: known.registry(), ...times };
  }

  /** Looks from time to time whether another replica has recorded registry facts. */
  async checkRegistry(): Promise<void> {
    if (performance.now() - this.registryCheckedAt < REGISTRY_CHECK_MS) return;
    await this.seeRegistry();
  }

  /**
   * The registry is seen after the states that are read: a registry fact of another replica has changed the state that it contradicts,
   * and who sees that state must see the fact too. Who remembers an older state collides at it.
   */
  private async seeRegistry(): Promise<void> {
    const { known, store } = this.options;
    if (!known.isOwner()) return;
    const heads = await store.headsOf([REGISTRY_LEDGER]);
    await this.catchUp(heads.get(REGISTRY_LEDGER));
  }

  /** Another replica may have recorded registry facts. */
  private async catchUp(head: HeadDocument | undefined): Promise<void> {
    const { known } = this.options;
    if ((head?.seq ?? 0) > known.ownSeq()) await known.catchUpOwn();
    this.registryCheckedAt = performance.now();
  }
}

export function keysOf(facts: readonly ParsedFact[]): Set<string> {
  const keys = new Set<string>();
  for (const fact of facts) for (const key of fact.keys) keys.add(key);
  return keys;
}

/** Under whose ledgers these stand. */
export function unitsOf(keys: Iterable<string>): Set<string> {
  return new Set([...keys].map(unitOfKey).filter((unit) => unit !== undefined));
}

function without(all: Iterable<string>, these: ReadonlySet<string>): string[] {
  return [...all].filter((each) => !these.has(each));
}

export function ledgersOf(facts: readonly ParsedFact[], view: States): Set<string> {
  const ledgers = new Set<string>();
  for (const { fact, rule } of facts) {
    const ledger = ledgerOf(rule as unknown as FactRule, fact, view);
    if (ledger !== undefined) ledgers.add(ledger);
  }
  return ledgers;
}

function viewOf(states: Snapshot['states']): States {
  return { get: <S>(key: string) => (states.get(key)?.state ?? undefined) as S | undefined };
}

function bytesOf(text: string, key: string): number {
  return BYTES_BESIDE + key.length + Buffer.byteLength(text);
}

function asState(key: string, text: string): StateDocument {
  const { version, order, ledgers, state } = JSON.parse(text) as Omit<StateDocument, '_id'>;
  return { _id: key, version, order, ledgers, state };
}

function headText({ seq, hash, recordedAt, order }: Commit['heads'][number]): string {
  return JSON.stringify([seq, hash.toString('base64'), recordedAt, order]);
}

function asHead(unit: string, text: string): HeadDocument {
  const [seq, hash, recordedAt, order] = JSON.parse(text) as [number, string, number, number];
  return { _id: unit, seq, hash: Buffer.from(hash, 'base64'), recordedAt, order, published: 0 };
}

async function remembered<D>(
  cache: BoundedCache<string>,
  unpacked: (key: string, text: string) => D,
  keys: Iterable<string>,
  read: (keys: string[]) => Promise<Map<string, D>>,
): Promise<Map<string, D>> {
  const found = new Map<string, D>();
  const missing: string[] = [];
  for (const key of keys) {
    const known = cache.get(key);
    if (known === undefined) missing.push(key);
    else found.set(key, unpacked(key, known));
  }
  if (missing.length > 0) for (const [key, document] of await read(missing)) found.set(key, document);
  return found;
}
