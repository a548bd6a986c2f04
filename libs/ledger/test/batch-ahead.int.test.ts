import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLog } from '@gdtx/service-kit/log';
import { eventually } from '@gdtx/testing/eventually';
import type { TestFact } from '@gdtx/testing/given';
import { testEngines } from '@gdtx/testing/test-engines';
import type { Registry } from '@gdtx/territory/registry';
import mongoose, { mongo, type Connection } from 'mongoose';
import { Conflict } from '../src/commit-transaction.js';
import { Committer } from '../src/committer.js';
import type { Item, Outcome } from '../src/decide-batch.js';
import type { EntryDocument } from '../src/documents.js';
import type { FactRule } from '../src/fact.js';
import { LedgerStore, STORE_OPTIONS, type Commit } from '../src/ledger-store.js';
import { verifyLedger } from '../src/verify.js';
import { pause } from '../src/waiting.js';
import { EVERY_ROLE, MemoryLedger } from './memory-ledger.js';
import { classRules, centreRules } from './rules.js';
import { territory, world } from './world.js';

/** A committer that decides on the next batch while one is being stored, on a real database whose answers wait for the test. */

const engines = testEngines('batch-ahead');
const UNITS = ['gdtx-a', 'gdtx-b', 'gdtx-c'];
const CALL = 100;
let connection: Connection;
let it: Recorder;

beforeAll(async () => {
  connection = await mongoose.createConnection(engines.mongodbUri('ahead'), STORE_OPTIONS).asPromise();
}, 60_000);
beforeEach(async () => {
  await connection.dropDatabase();
  await new LedgerStore(connection).prepare();
  it = new Recorder();
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

/** A store that asks the test before and after each commit. */
class WatchedStore extends LedgerStore {
  readonly commits: Commit[] = [];
  before: (commit: Commit) => Promise<unknown> | undefined = () => undefined;
  after: (commit: Commit) => Promise<unknown> | undefined = () => undefined;

  override async commit(commit: Commit): Promise<void> {
    this.commits.push(commit);
    await this.before(commit);
    await super.commit(commit);
    await this.after(commit);
  }
}

function deferred() {
  let settle!: { resolve: () => void; reject: (why: Error) => void };
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}

class Recorder {
  readonly store = new WatchedStore(connection);
  /** The ids that were decided on, each time. */
  readonly decided: string[] = [];
  readonly committed: EntryDocument[] = [];
  readonly committer: Committer;
  doubts = 0;
  private readonly forms: MemoryLedger;

  constructor(
    service = 'programmes',
    rules: FactRule<never>[] = classRules,
    others: { registry(): Registry } = { registry: world },
  ) {
    const watched = rules.map((rule) => ({
      ...rule,
      decide: (...args: Parameters<typeof rule.decide>) => {
        this.decided.push((args[0] as { id: string }).id);
        return rule.decide(...args);
      },
    }));
    this.forms = new MemoryLedger(service, watched, world());
    const registry = others.registry();
    let ownSeq = 0;
    this.committer = new Committer({
      ...{ service, rules: this.forms.rules, store: this.store, log: createLog(service, 'silent'), now: Date.now },
      known: {
        registry: () => registry,
        ownSeq: () => ownSeq,
        isOwner: () => true,
        applyOwn: (entries: { seq: number }[]) => {
          for (const entry of entries) registry.apply({ service, ...entry } as never);
          ownSeq = entries.at(-1)?.seq ?? ownSeq;
        },
        refresh: () => Promise.resolve({ changed: false, unreachable: [] }),
        othersRegistry: () => Promise.resolve(world()),
      } as never,
      onCommitted: (entries) => void this.committed.push(...entries),
      onDoubt: () => void (this.doubts += 1),
      markFor: () => undefined,
    });
    this.committer.open();
  }

  record(facts: TestFact[]): Promise<Outcome[]> {
    return this.committer.record(this.items(facts));
  }

  items(facts: TestFact[]): Item[] {
    const caller = { subject: 'test', roles: EVERY_ROLE, units: ['vn'] };
    return facts.map((fact) => ({ ...this.forms.item(fact), caller }));
  }

  times(id: string): number {
    return this.decided.filter((one) => one === id).length;
  }

  /** Holds the next commit until the gate is opened, and tells when it has begun. */
  hold(when: 'before' | 'after' = 'before') {
    const [gate, begun] = [deferred(), deferred()];
    this.store[when] = () => {
      this.store[when] = () => undefined;
      begun.resolve();
      return gate.promise;
    };
    return { begun: begun.promise, open: gate.resolve, fail: gate.reject };
  }

  isDecided(...ids: string[]): Promise<void> {
    return eventually(() => {
      for (const id of ids) expect(this.decided).toContain(id);
      return Promise.resolve();
    });
  }

  /** As the relay does. */
  async raiseFloor(floor: number): Promise<void> {
    await this.store.leases.updateOne({ _id: 'relay' }, { $max: { floor } }, { upsert: true });
    await this.committer.passFloor(floor);
  }

  /** Every ledger is without a gap, verifies, and has its receipts and no other entries. */
  async holds(outcomes: Outcome[]): Promise<void> {
    const stored = new Set<string>();
    for (const unit of [...UNITS, 'vn']) {
      const entries = await this.store.entries.find({ unit }).sort({ seq: 1 }).toArray();
      const head = (await this.store.headsOf([unit])).get(unit);
      const verified = await verifyLedger(each(entries), head, this.forms.rules);
      expect(verified).toMatchObject({ valid: true, entries: head?.seq ?? 0 });
      for (const by of ['recordedAt', 'order'] as const) {
        expect(entries.map((entry) => entry[by])).toEqual(entries.map((entry) => entry[by]).sort((a, b) => a - b));
      }
      for (const entry of entries) stored.add(receiptText(entry));
    }
    const receipts = outcomes.flatMap((outcome) =>
      outcome.status === 'refused' ? [] : [receiptText(outcome.receipt)],
    );
    expect(new Set(receipts)).toEqual(stored);
  }
}

const receiptText = ({ unit, seq, hash }: Pick<EntryDocument, 'unit' | 'seq' | 'hash'>) =>
  `${unit} ${seq} ${hash.toString('hex')}`;
async function* each<T>(of: T[]): AsyncIterable<T> {
  yield* of;
}

const enrol = (id: string, { unit = 'gdtx-a', cls = id, total = 1 } = {}): TestFact => ({
  name: 'LearnersEnrolled',
  id,
  source: unit,
  data: { class: cls, occurredOn: '2024-09-05', learners: { total } },
});
/** A long call, all of it into one class of each unit unless it is said otherwise. */
const call = (name: string, of: { unit?: string; cls?: string; total?: number } = {}, facts = CALL) =>
  Array.from({ length: facts }, (_, i) =>
    enrol(`${name}-${i}`, { unit: UNITS[i % UNITS.length]!, cls: `all`, total: 0, ...of }),
  );
const told = (outcomes: Outcome[]) =>
  outcomes.map((outcome) => (outcome.status === 'refused' ? outcome.refusal.slug : outcome.status));
const allOf = (outcomes: Outcome[]) => [...new Set(told(outcomes))];
const isOpen = async (promise: Promise<unknown>) => (await Promise.race([promise, Promise.resolve('open')])) === 'open';

describe('while a batch is being stored', () => {
  test('the next one is decided on what it leaves, once, and answered when it is stored itself', async () => {
    const hold = it.hold();
    const first = it.record(call('a'));
    await hold.begun;
    const second = it.record(call('b'));
    await it.isDecided('b-0', 'b-99');
    const third = it.record(call('c'));
    await it.isDecided('c-99');
    expect(it.store.commits.length).toBe(1);
    for (const waiting of [first, second, third]) expect(await isOpen(waiting)).toBe(true);
    const later = it.hold('after');
    hold.open();
    await later.begun;
    expect(it.committed).toEqual([]);
    later.open();
    const outcomes = (await Promise.all([first, second, third])).flat();
    expect(allOf(outcomes)).toEqual(['accepted']);
    expect(it.store.commits.map(({ entries }) => entries.length)).toEqual([100, 200]);
    expect([it.times('a-0'), it.times('b-0'), it.times('c-99')]).toEqual([1, 1, 1]);
    expect(it.committed.map(({ _id }) => _id)).toEqual(['a', 'b', 'c'].flatMap((name) => call(name).map((f) => f.id)));
    await it.holds(outcomes);
  });

  test('the second isn’t answered with the first', async () => {
    const hold = it.hold();
    const first = it.record(call('a'));
    await hold.begun;
    const second = it.record(call('b'));
    await it.isDecided('b-99');
    const held = it.hold();
    hold.open();
    await first;
    await held.begun;
    expect(await isOpen(second)).toBe(true);
    // Nor is it lost that the third rests on the second, which is being stored now.
    const third = it.record(call('c'));
    await it.isDecided('c-99');
    held.open();
    await it.holds([...(await first), ...(await second), ...(await third)]);
    expect([it.times('b-0'), it.times('c-0')]).toEqual([1, 1]);
  });

  test('little that waits, short calls and withdrawals are left until it is stored', async () => {
    const hold = it.hold();
    const first = it.record(call('a'));
    await hold.begun;
    const little = it.record(call('b', {}, 60));
    const held = it.hold();
    hold.open();
    await held.begun;
    expect(it.times('b-0')).toBe(1);
    const undo: TestFact = {
      name: 'EntryWithdrawn',
      source: 'gdtx-a',
      data: { unit: 'gdtx-a', seq: 1, reason: 'sai' },
    };
    const undone = it.record([undo, ...call('c', {}, 99)]);
    const behind = it.record(call('d'));
    const short = it.record([enrol('short')]);
    held.open();
    const outcomes = (await Promise.all([first, little, undone, behind, short])).flat();
    expect(allOf(outcomes)).toEqual(['accepted']);
    await it.holds(outcomes);
  });
});

describe('what was decided ahead is decided again, and every call answered as it would be without', () => {
  /** Two calls, the second decided while the first is being stored. */
  async function ahead(second: TestFact[], first = call('a'), until = second.at(-1)!.id!) {
    const hold = it.hold();
    const a = it.record(first);
    a.catch(() => undefined);
    await hold.begun;
    const b = it.record(second);
    await it.isDecided(until);
    return { hold, a, b };
  }

  test('where the one before collides', async () => {
    const { hold, a, b } = await ahead(call('b'));
    const other = new Recorder();
    const others = await other.record([enrol('other', { cls: 'all' })]);
    hold.open();
    await it.holds([...others, ...(await a), ...(await b)]);
    expect([it.times('a-0'), it.times('b-0')]).toEqual([2, 2]);
  });

  test('where it collides itself', async () => {
    const { hold, a, b } = await ahead(call('b'));
    const held = it.hold();
    hold.open();
    await held.begun;
    const others = await new Recorder().record([enrol('other', { cls: 'all' })]);
    held.open();
    await it.holds([...others, ...(await a), ...(await b)]);
  });

  test('where the one before fails, and isn’t in', async () => {
    const { hold, a, b } = await ahead(call('b'));
    hold.fail(new Error('broken'));
    await expect(a).rejects.toThrow('broken');
    expect(it.doubts).toBe(1);
    await it.holds(await b);
  });

  test('where it isn’t known whether the one before is in, and it is', async () => {
    const hold = it.hold('after');
    const a = it.record(call('a'));
    a.catch(() => undefined);
    await hold.begun;
    const b = it.record(call('b'));
    await it.isDecided('b-99');
    hold.fail(new Error('the answer is lost'));
    await expect(a).rejects.toThrow('lost');
    const outcomes = await b;
    const again = await it.record(call('a'));
    expect(allOf(again)).toEqual(['duplicate']);
    await it.holds([...outcomes, ...again]);
  });

  test('where MongoDB can’t be reached: it fails with the one before', async () => {
    const { hold, a, b } = await ahead(call('b'));
    b.catch(() => undefined);
    hold.fail(new mongo.MongoNetworkError('away'));
    await expect(a).rejects.toThrow('away');
    await expect(b).rejects.toThrow('away');
    expect(it.store.commits.length).toBe(1);
  });

  test('where the floor was raised', async () => {
    const { hold, a, b } = await ahead(call('b'));
    const floor = Date.now() + 5_000;
    const passed = it.committer.passFloor(floor);
    expect(await isOpen(passed)).toBe(true);
    hold.open();
    await passed;
    await it.holds([...(await a), ...(await b)]);
    const recordedAt = (await b).map((outcome) => (outcome as { receipt: { recordedAt: number } }).receipt.recordedAt);
    expect(Math.min(...recordedAt)).toBeGreaterThan(floor);
    expect([it.times('a-0'), it.times('b-0')]).toEqual([1, 2]);
    // What is remembered of the one before still holds: nothing collided.
    expect(it.store.commits.length).toBe(2);
  });

  test('where something would be refused', async () => {
    const full = call('b', { unit: 'gdtx-a', total: 1 });
    const one = call('a', { unit: 'gdtx-a', total: 1 }, 99);
    const { hold, a, b } = await ahead([...full.slice(0, 2), ...call('c', { unit: 'gdtx-b' }, 98)], one, 'b-1');
    hold.open();
    expect(told(await b).slice(0, 3)).toEqual(['accepted', 'class-full', 'accepted']);
    await it.holds([...(await a), ...(await b)]);
  });

  test('where something comes again that is being stored: it gets the first receipt', async () => {
    const { hold, a, b } = await ahead([...call('b', {}, 99), enrol('a-7', { unit: 'gdtx-b', cls: 'all', total: 0 })]);
    hold.open();
    const outcomes = [...(await a), ...(await b)];
    expect(told(outcomes).filter((one) => one !== 'accepted')).toEqual(['duplicate']);
    expect(outcomes.at(-1)).toMatchObject({ receipt: (outcomes[7] as { receipt: object }).receipt });
    await it.holds(outcomes);
  });

  test('where a short call comes: it goes first, with few of the others', async () => {
    const hold = it.hold();
    const a = it.record(call('a'));
    await hold.begun;
    const b = it.record(call('b', {}, 300));
    await it.isDecided('b-299');
    const short = it.record([enrol('short', { cls: 'all' })]);
    hold.open();
    const outcomes = (await Promise.all([a, b, short])).flat();
    expect(it.store.commits[1]!.entries.length).toBe(101);
    expect(it.store.commits[1]!.entries[0]!._id).toBe('short');
    await it.holds(outcomes);
  });

  test('where nothing is recorded any more: nobody is told that it was', async () => {
    const { hold, a, b } = await ahead(call('b'));
    it.committer.close('That is all.');
    await expect(b).rejects.toThrow('That is all.');
    hold.open();
    await it.holds(await a);
    await it.committer.idle();
    expect(it.store.commits.length).toBe(1);
  });
});

test('nothing is decided ahead on what the registry doesn’t hold yet', async () => {
  it = new Recorder('centres', centreRules, territory());
  const centre = (i: number): TestFact => ({
    ...{ name: 'CentreEstablished', id: `centre-${i}`, source: 'province-14' },
    data: { centre: `new-${i}`, kind: 'gdtx', name: { vi: 'A' }, seat: 'province-14', establishedOn: '2000-01-01' },
  });
  const staff = (i: number): TestFact => ({
    ...{ name: 'StaffingReported', id: `staff-${i}`, source: `new-${i}` },
    data: { reportedOn: '2024-01-01', total: 40 },
  });
  const made = Array.from({ length: CALL }, (_, i) => centre(i));
  const hold = it.hold();
  const first = it.record(made);
  await hold.begun;
  const second = it.record(made.map((_, i) => staff(i)));
  await pause(50);
  expect(it.times('staff-0')).toBe(0);
  hold.open();
  expect(allOf([...(await first), ...(await second)])).toEqual(['accepted']);
});

test('whatever fails, collides or is in doubt, ledgers have each fact once and no gap', async () => {
  const other = new Recorder();
  let n = 0;
  it.store.before = async () => {
    n += 1;
    await pause(n % 7);
    if (n % 3 === 0) void it.raiseFloor(Date.now());
    if (n % 4 === 1) throw new Conflict('another one was faster');
    if (n % 7 === 0) throw new Error('it isn’t in');
  };
  it.store.after = async () => {
    await pause(n % 3);
    if (n % 4 === 3) throw new Error('the answer is lost');
  };
  const outcomes = new Map<string, Outcome>();
  const publisher = async (name: string, by: Recorder) => {
    for (let i = 0; i < 6; i++) {
      const facts = call(`${name}-${i}`, { cls: `of-${name}` });
      for (;;) {
        const answers = await by.record(facts).catch(() => pause(5));
        if (!answers) continue;
        for (const [k, fact] of facts.entries()) outcomes.set(fact.id!, answers[k]!);
        break;
      }
    }
  };
  await Promise.all([...['p', 'q', 'r', 's', 't'].map((name) => publisher(name, it)), publisher('u', other)]);
  expect(outcomes.size).toBe(36 * CALL);
  expect(allOf([...outcomes.values()]).sort()).toEqual(['accepted', 'duplicate']);
  await it.holds([...outcomes.values()]);
}, 60_000);
