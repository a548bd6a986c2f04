import { codecOf } from '@gdtx/contracts/fact-codecs';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { KnownUnits } from '@gdtx/known-units/known-units';
import { changesBetween, type RegistryChanges } from '@gdtx/territory/registry-changes';
import type { Registry, RegistryFact } from '@gdtx/territory/registry';
import { isWithdrawal } from './commit-queue.js';
import {
  decideBatch,
  type DecidedBatch,
  type Item,
  type Outcome,
  type Snapshot,
  type StoredReceipt,
} from './decide-batch.js';
import type { HeadDocument, StateDocument } from './documents.js';
import { entryMessage } from './entry.js';
import { REGISTRY_LEDGER, type FactRule } from './fact.js';
import type { LedgerStore } from './ledger-store.js';
import { Snapshots } from './snapshots.js';
import { decideWithdrawal } from './withdrawal.js';
import { loadHistory } from './withdrawal-history.js';

export interface PreviewOptions {
  service: string;
  rules: ReadonlyMap<string, FactRule<never>>;
  store: LedgerStore;
  known: KnownUnits;
  /** Milliseconds since the epoch. */
  now: () => number;
}

export interface Previewed {
  /** As they would be, in the order of the items; receipts are what they would be if nothing else came in between. */
  outcomes: Outcome[];
  /** The registry entries that these facts would become. */
  registry: Entry[];
  changes: RegistryChanges;
}

/** Facts that are decided in one go, before others get their turn. */
const GROUP = 500;

/**
 * Decides facts as the committer would, each on what those before it would leave, and stores nothing. A withdrawal is decided
 * on what stands in the ledgers, without the facts of the same preview.
 */
export class Previewer {
  private readonly snapshots: Snapshots;

  constructor(private readonly options: PreviewOptions) {
    this.snapshots = new Snapshots({ ...options, guard: { floor: () => Promise.resolve(0), raisedTo: () => 0 } });
  }

  /** `assumed`: registry entries that other owners would make of facts of the same request. */
  async preview(items: readonly Item[], assumed: readonly Entry[]): Promise<Previewed> {
    const { known, service } = this.options;
    // What isn't here yet mustn't look unknown.
    await known.refresh();
    const before = known.registry().frozen();
    const draft = new PreviewDraft(service, before.fork());
    for (const entry of assumed) draft.assume(entry);
    const outcomes: Outcome[] = [];
    for (const group of groups(items)) {
      const decided = await this.decide(group, draft);
      draft.take(decided);
      outcomes.push(...decided.outcomes);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { registry, touched, entries } = draft;
    const today = (await this.snapshots.sure([])).today;
    return { outcomes, registry: entries, changes: changesBetween(before, registry, touched, today) };
  }

  private async decide(group: readonly Item[], draft: PreviewDraft): Promise<DecidedBatch> {
    const { store, rules, known } = this.options;
    const [first] = group;
    const facts = group.map((item) => item.parsed);
    if (!isWithdrawal(first!)) return decideBatch(group, draft.over(await this.snapshots.sure(facts)));
    const others = (): Promise<Registry> => known.othersRegistry();
    const { history, ...read } = await loadHistory(first!, { store, rules, others });
    const { target, correction } = history;
    const wanted = [...facts, ...(correction?.ok ? [correction.parsed] : [])];
    const snapshot = await this.snapshots.sure(wanted, { ...read, ledgers: target ? [target.document.unit] : [] });
    return decideWithdrawal(first!, draft.over(snapshot), history);
  }
}

/** A withdrawal by itself, as the committer takes them. */
function* groups(items: readonly Item[]): Iterable<readonly Item[]> {
  let group: Item[] = [];
  for (const item of items) {
    if (group.length > 0 && (group.length === GROUP || isWithdrawal(item))) {
      yield group;
      group = [];
    }
    group.push(item);
    if (!isWithdrawal(item)) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** What the facts of a preview would have left so far. */
class PreviewDraft {
  readonly touched = new Set<string>();
  readonly entries: Entry[] = [];
  private readonly heads = new Map<string, HeadDocument>();
  private readonly states = new Map<string, StateDocument>();
  private readonly existing = new Map<string, StoredReceipt>();

  constructor(
    private readonly service: string,
    readonly registry: Registry,
  ) {}

  assume({ service, type, data, seq, recordedAt }: Entry): void {
    const decoded = codecOf(type)?.decode(data);
    if (decoded !== undefined) this.apply({ service, type, data: decoded, seq, recordedAt });
  }

  /** What is stored, and over it what would be. */
  over(stored: Snapshot): Snapshot {
    return {
      ...stored,
      heads: new Map([...stored.heads, ...this.heads]),
      states: new Map([...stored.states, ...this.states]),
      existing: new Map([...stored.existing, ...this.existing]),
      registry: this.registry,
    };
  }

  take({ commit, registryEntries }: DecidedBatch): void {
    for (const { unit, before: _, ...head } of commit.heads) this.heads.set(unit, { _id: unit, ...head, published: 0 });
    for (const { key, before, ledgers, order, state } of commit.states) {
      this.states.set(key, { _id: key, version: before + 1, ledgers: [...ledgers], order, state });
    }
    for (const entry of commit.entries) {
      this.existing.set(entry._id, entry);
      if (entry.unit === REGISTRY_LEDGER) this.entries.push(entryMessage(this.service, entry));
    }
    for (const entry of registryEntries) this.apply({ service: this.service, ...entry });
  }

  private apply(fact: RegistryFact): void {
    this.registry.apply(fact);
    for (const unit of this.registry.unitsOf(fact)) this.touched.add(unit);
  }
}
