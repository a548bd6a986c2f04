import type { KnownUnits } from '@gdtx/known-units/known-units';
import type { Log } from '@gdtx/service-kit/log';
import { decideBatch, type DecidedBatch, type Item, type Outcome, type Snapshot } from './decide-batch.js';
import type { EntryDocument } from './documents.js';
import { REGISTRY_LEDGER, type FactRule, type States } from './fact.js';
import { ledgerOf } from './decide.js';
import { Conflict, type LedgerStore } from './ledger-store.js';
import type { ParsedFact } from './parse-fact.js';
import { retryLater } from './refusal.js';
import {
  decideWithdrawal,
  parseCorrection,
  parseEntry,
  withdrawalKeys,
  type ParsedEntry,
  type WithdrawalHistory,
} from './withdrawal.js';

const MAX_FACTS = 500;
const MAX_BYTES = 1_000_000;
const MAX_QUEUED = 20_000;
const MAX_ATTEMPTS = 60;

/** The queue is full: come back later. */
export class Overloaded extends Error {}

export interface CommitterOptions {
  service: string;
  rules: ReadonlyMap<string, FactRule<never>>;
  store: LedgerStore;
  known: KnownUnits;
  log: Log;
  /** Milliseconds since the epoch. */
  now: () => number;
  onCommitted: (entries: EntryDocument[]) => void;
}

interface Job {
  items: Item[];
  outcomes: Outcome[];
  waiting: number;
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: unknown) => void;
}

interface Queued {
  item: Item;
  job: Job;
  index: number;
}

/**
 * The one committer of a service: takes what is queued, decides in memory, and stores all ledgers touched with their heads
 * and states in one transaction. Where another replica was faster it loads and decides again; deciding is pure.
 */
export class Committer {
  private queue: Queued[] = [];
  private working: Promise<void> | undefined;
  private inFlightSince: number | undefined;

  constructor(private readonly options: CommitterOptions) {}

  /** Decides on facts in their order; resolves when all are decided and the accepted ones are stored durably. */
  record(items: Item[]): Promise<Outcome[]> {
    if (items.length === 0) return Promise.resolve([]);
    if (this.queue.length + items.length > MAX_QUEUED) throw new Overloaded('too many facts are waiting');
    return new Promise((resolve, reject) => {
      const job: Job = { items, outcomes: [], waiting: items.length, resolve, reject };
      for (const [index, item] of items.entries()) this.queue.push({ item, job, index });
      this.working ??= this.work().finally(() => (this.working = undefined));
    });
  }

  /** A moment before which nothing is still being stored, in milliseconds. */
  safeMoment(): number {
    return this.inFlightSince === undefined ? this.options.now() : this.inFlightSince - 1;
  }

  /** Resolves when nothing is queued or being stored. */
  async idle(): Promise<void> {
    while (this.working) await this.working;
  }

  private async work(): Promise<void> {
    while (this.queue.length > 0) {
      const batch = this.nextBatch();
      try {
        const outcomes = await this.settle(batch.map((q) => q.item));
        for (const [i, { job, index }] of batch.entries()) {
          job.outcomes[index] = outcomes[i]!;
          if (--job.waiting === 0) job.resolve(job.outcomes);
        }
      } catch (error) {
        const failed = new Set(batch.map((q) => q.job));
        this.queue = this.queue.filter((q) => !failed.has(q.job));
        for (const job of failed) job.reject(error);
      }
    }
  }

  /** At most 500 facts or 1 MB; a withdrawal by itself, since it is decided on the ledgers themselves. */
  private nextBatch(): Queued[] {
    let size = 0;
    let count = 0;
    for (const { item } of this.queue) {
      if (isWithdrawal(item) && count > 0) break;
      size += item.parsed.content.length;
      if (count > 0 && (count === MAX_FACTS || size > MAX_BYTES)) break;
      count++;
      if (isWithdrawal(item)) break;
    }
    return this.queue.splice(0, count);
  }

  private async settle(items: Item[]): Promise<Outcome[]> {
    let asked = false;
    for (let attempt = 1; ; attempt++) {
      try {
        const decided = isWithdrawal(items[0]!) ? await this.withdrawal(items[0]!) : await this.batch(items);
        if (!asked && hasUnknownUnit(decided.outcomes)) {
          asked = true;
          const { unreachable } = await this.options.known.refresh();
          // News may have come by Kafka as well while the owners were asked.
          if (this.options.known.registry().version !== decided.registryVersion) continue;
          if (unreachable.length > 0) decided.outcomes = decided.outcomes.map((o) => undecidable(o, unreachable));
        }
        await this.store(decided);
        return decided.outcomes;
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === MAX_ATTEMPTS) throw error;
        this.options.log.debug({ attempt }, 'another committer was faster: deciding again');
        await pause(Math.random() * Math.min(200, 4 * 2 ** Math.min(attempt, 6)));
      }
    }
  }

  private async store(decided: DecidedBatch): Promise<void> {
    if (decided.commit.entries.length === 0) return;
    await this.options.store.commit(decided.commit);
    this.inFlightSince = undefined;
    this.options.known.applyOwn(decided.registryEntries);
    this.options.onCommitted(decided.commit.entries);
  }

  private async batch(items: Item[]): Promise<DecidedBatch> {
    return decideBatch(items, await this.snapshot(items.map((i) => i.parsed)));
  }

  private async withdrawal(item: Item): Promise<DecidedBatch> {
    const history = await this.history(item);
    if ('refusal' in history) {
      return {
        outcomes: [history],
        commit: { entries: [], heads: [], states: [] },
        registryEntries: [],
        registryVersion: this.options.known.registry().version,
      };
    }
    const parsed = [item.parsed, ...(history.target ? [history.target.parsed] : [])];
    if (history.correction) parsed.push(history.correction);
    const keys = history.touched.flatMap((e) => e.document.keys);
    const ids = history.correction ? [history.correction.fact.id] : [];
    const snapshot = await this.snapshot(parsed, keys, ids);
    // The history was read before the versions that guard the commit: it must be the same history still.
    if (history.retold.size > 0) {
      const now = await this.options.store.decidedOn([...history.retold]);
      if (now.length !== history.touched.length) throw new Conflict('the history grew');
    }
    return decideWithdrawal(item, snapshot, history);
  }

  private async history(item: Item): Promise<WithdrawalHistory | Extract<Outcome, { status: 'refused' }>> {
    const { store, rules, known } = this.options;
    const { unit, seq } = item.parsed.fact.data as { unit: string; seq: number };
    const correction = parseCorrection(item, rules);
    if (correction && !correction.ok) {
      const { refusal } = correction;
      return { status: 'refused', refusal: { ...refusal, path: `data.correction.${refusal.path}` } };
    }
    const document = await store.entry(unit, seq);
    if (!document)
      return { target: null, correction: correction?.parsed, touched: [], retold: new Set(), registry: undefined };
    const target = parseEntry(document, rules);
    const parse = (d: EntryDocument): ParsedEntry => parseEntry(d, rules);
    const keys = withdrawalKeys(target, correction?.parsed);
    const direct = await store.decidedOn(keys);
    // Entries on these keys were decided on others too: theirs are told again beside them.
    const retold = new Set([...keys, ...direct.flatMap((d) => d.keys)]);
    const touched = (retold.size > keys.length ? await store.decidedOn([...retold]) : direct).map(parse);
    // An entry that was decided on no state has only its own ledger's withdrawals beside it.
    if (keys.length === 0) for await (const d of store.read(unit, seq)) touched.push(parse(d));
    let registry: WithdrawalHistory['registry'];
    const isRegistry = ({ document: d, parsed }: ParsedEntry) =>
      parsed.rule.ledger === REGISTRY_LEDGER && d.order >= document.order;
    if ([target, ...touched].some(isRegistry)) {
      const own: ParsedEntry[] = [];
      for await (const d of store.read(REGISTRY_LEDGER, 1)) own.push(parse(d));
      registry = { others: await known.othersRegistry(), own };
    }
    return { target, correction: correction?.parsed, touched, retold, registry };
  }

  /** Loads all that a batch is decided on. */
  private async snapshot(parsed: ParsedFact[], moreKeys: string[] = [], moreIds: string[] = []): Promise<Snapshot> {
    const { store, known, service, now } = this.options;
    const keys = new Set(moreKeys);
    const ids = new Set(moreIds);
    for (const { fact, rule } of parsed) {
      ids.add(fact.id);
      for (const key of (rule as unknown as FactRule).keys(fact)) keys.add(key);
    }
    const [existing, states] = await Promise.all([store.entriesById([...ids]), store.statesOf([...keys])]);
    const view: States = { get: <S>(key: string) => (states.get(key)?.state ?? undefined) as S | undefined };
    const ledgers = new Set<string>([REGISTRY_LEDGER]);
    for (const { fact, rule } of parsed) {
      const ledger = ledgerOf(rule as unknown as FactRule, fact, view);
      if (ledger !== undefined) ledgers.add(ledger);
    }
    const heads = await store.headsOf([...ledgers]);
    const registrySeq = heads.get(REGISTRY_LEDGER)?.seq ?? 0;
    if (registrySeq > known.ownSeq()) await known.catchUpOwn();
    const moment = now();
    this.inFlightSince = moment;
    return { service, existing, heads, states, registry: known.registry(), now: moment };
  }
}

function isWithdrawal(item: Item): boolean {
  return item.parsed.rule.name === 'EntryWithdrawn';
}

function hasUnknownUnit(outcomes: Outcome[]): boolean {
  return outcomes.some((o) => o.status === 'refused' && o.refusal.slug === 'unit-unknown');
}

/** The owner of a unit that isn't known can't be asked: nothing is decided, the fact may come again. */
function undecidable(outcome: Outcome, unreachable: string[]): Outcome {
  if (outcome.status !== 'refused' || outcome.refusal.slug !== 'unit-unknown') return outcome;
  const { unit, path } = outcome.refusal;
  const sentence = `\`${unit}\` isn't known here, and ${unreachable.join(', ')} can't be asked just now: send it again.`;
  return { status: 'refused', refusal: retryLater(sentence, path) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
