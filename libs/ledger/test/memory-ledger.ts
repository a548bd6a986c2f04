import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { Caller, Role } from '@gdtx/service-kit/tokens';
import type { TestFact } from '@gdtx/testing/given';
import { type Registry } from '@gdtx/territory/registry';
import { commonRules } from '../src/common-rules.js';
import { decideBatch, type DecidedBatch, type Item, type Outcome, type Snapshot } from '../src/decide-batch.js';
import type { EntryDocument, HeadDocument, StateDocument } from '../src/documents.js';
import { typeOf, type FactRule } from '../src/fact.js';
import type { ConsistentReads } from '../src/ledger-store.js';
import { parseFact } from '../src/parse-fact.js';
import { Previewer, type Previewed } from '../src/preview.js';
import { decideWithdrawal } from '../src/withdrawal.js';
import { loadHistory } from '../src/withdrawal-history.js';

export const EVERY_ROLE: Role[] = [
  'inspector',
  'registrar',
  'province-officer',
  'commune-officer',
  'centre-publisher',
  'operator',
];

/** The ledgers of one service in memory: what a committer does, without engines, one fact at a time or a batch. */
export class MemoryLedger {
  readonly entries: EntryDocument[] = [];
  readonly heads = new Map<string, HeadDocument>();
  readonly states = new Map<string, StateDocument>();
  readonly registry: Registry;
  readonly rules: ReadonlyMap<string, FactRule<never>>;
  now = Date.parse('2026-01-15T05:00:00Z');
  private sent = 0;

  constructor(
    readonly service: string,
    own: FactRule<never>[],
    private readonly others: Registry,
  ) {
    this.registry = others.fork();
    this.rules = new Map([...own, ...commonRules].map((rule) => [typeOf(service, rule.name), rule]));
  }

  item(fact: TestFact, caller: Partial<Caller> = {}): Item {
    const parsed = parseFact(
      {
        id: fact.id ?? `fact-${++this.sent}`,
        source: `urn:gdtx:unit:${fact.source ?? 'vn'}`,
        type: fact.name.startsWith('vn.') ? fact.name : typeOf(this.service, fact.name),
        time: '',
        data: Buffer.from(JSON.stringify(fact.data)),
      },
      this.rules,
    );
    if (!parsed.ok) throw new Error(`${fact.name}: ${parsed.refusal.message}`);
    return { parsed: parsed.parsed, caller: { subject: 'test', roles: EVERY_ROLE, units: ['vn'], ...caller } };
  }

  /** Records a batch, each fact by itself where it is a withdrawal; gives the outcomes. */
  async record(facts: TestFact[], caller: Partial<Caller> = {}): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const item of facts.map((fact) => this.item(fact, caller))) {
      const decided =
        item.parsed.rule.name === 'EntryWithdrawn' ? await this.withdraw(item) : decideBatch([item], this.snapshot());
      this.store(decided);
      outcomes.push(...decided.outcomes);
    }
    return outcomes;
  }

  /** The slugs of what was refused, and the statuses of the rest. */
  async told(facts: TestFact[], caller: Partial<Caller> = {}): Promise<string[]> {
    return (await this.record(facts, caller)).map((o) => (o.status === 'refused' ? o.refusal.slug : o.status));
  }

  snapshot(): Snapshot {
    return {
      service: this.service,
      existing: new Map(this.entries.map((e) => [e._id, e])),
      heads: new Map(this.heads),
      states: new Map(this.states),
      registry: this.registry,
      today: new Date(this.now).toISOString().slice(0, 10),
      moment: this.now,
    };
  }

  store({ commit, registryEntries }: DecidedBatch): void {
    this.entries.push(...commit.entries);
    for (const { unit, before: _, ...head } of commit.heads) this.heads.set(unit, { _id: unit, ...head, published: 0 });
    // As MongoDB would give it back.
    for (const { key, json } of commit.states) this.states.set(key, { _id: key, ...JSON.parse(json) });
    for (const entry of registryEntries) this.registry.apply({ service: this.service, ...entry } as never);
  }

  /** What would become of facts. */
  preview(items: Item[], assumed: Entry[] = []): Promise<Previewed> {
    const store = {
      entriesById: async (ids: string[]) =>
        new Map(this.entries.filter((e) => ids.includes(e._id)).map((e) => [e._id, e])),
      statesOf: this.reads.statesOf,
      headsOf: this.reads.headsOf,
      atOneMoment: <T>(work: (r: ConsistentReads) => Promise<T>) => work(this.reads),
    };
    const known = {
      registry: () => this.registry,
      refresh: async () => ({ changed: false, unreachable: [] }),
      othersRegistry: async () => this.others,
      ownSeq: () => this.heads.get('vn')?.seq ?? 0,
      isOwner: () => true,
    };
    const options = { service: this.service, rules: this.rules, store, known, now: () => this.now };
    return new Previewer(options as never).preview(items, assumed);
  }

  ledger(unit: string): EntryDocument[] {
    return this.entries.filter((e) => e.unit === unit).sort((a, b) => a.seq - b.seq);
  }

  state<S>(key: string): S | undefined {
    return (this.states.get(key)?.state ?? undefined) as S | undefined;
  }

  private readonly reads: ConsistentReads = {
    entry: async (unit, seq) => this.ledger(unit)[seq - 1] ?? null,
    statesOf: async (keys) => new Map(keys.flatMap((k) => (this.states.has(k) ? [[k, this.states.get(k)!]] : []))),
    headsOf: async (units) => new Map([...this.heads].filter(([unit]) => units.includes(unit))),
    ledger: async (unit, fromSeq) => this.ledger(unit).slice(fromSeq - 1),
  };

  private async withdraw(item: Item): Promise<DecidedBatch> {
    const store = { atOneMoment: <T>(work: (r: ConsistentReads) => Promise<T>) => work(this.reads) };
    // Half of every ledger was read before, as the committer does.
    const readAhead = (unit: string) => this.ledger(unit).slice(0, this.ledger(unit).length / 2);
    const { history } = await loadHistory(item, {
      ...{ store, rules: this.rules, others: async () => this.others, readAhead },
    });
    return decideWithdrawal(item, this.snapshot(), history);
  }
}
