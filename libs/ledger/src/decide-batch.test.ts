import { beforeEach, describe, expect, test } from '@jest/globals';
import type { TestFact } from '@gdtx/testing/given';
import { MemoryLedger } from '../test/memory-ledger.js';
import { centreRules, classRules } from '../test/rules.js';
import { territory, world } from '../test/world.js';
import { decideBatch, type DecidedBatch } from './decide-batch.js';
import { GENESIS } from './hashes.js';
import type { ParsedFact } from './parse-fact.js';

const enrol = (id: string, total: number, source = 'gdtx-a', cls = 'k12'): TestFact => ({
  name: 'LearnersEnrolled',
  id,
  source,
  data: { class: cls, occurredOn: '2024-09-05', learners: { total } },
});

let ledger: MemoryLedger;
beforeEach(() => void (ledger = new MemoryLedger('programmes', classRules, world())));
const decide = (...facts: TestFact[]): DecidedBatch =>
  decideBatch(
    facts.map((fact) => ledger.item(fact)),
    ledger.snapshot(),
  );
const told = ({ outcomes }: DecidedBatch) => outcomes.map((o) => (o.status === 'refused' ? o.refusal.slug : o.status));

describe('a batch', () => {
  test('is decided in its order, each fact on what those before it left', () => {
    const decided = decide(enrol('1', 60), enrol('2', 41), enrol('3', 40), enrol('4', 1), enrol('5', 1, 'gdtx-b'));
    expect(told(decided)).toEqual(['accepted', 'class-full', 'accepted', 'class-full', 'accepted']);
    const { entries, heads, states } = decided.commit;
    expect(entries.map((e) => [e.unit, e.seq, e._id])).toEqual([
      ['gdtx-a', 1, '1'],
      ['gdtx-a', 2, '3'],
      ['gdtx-b', 1, '5'],
    ]);
    expect(entries[0]!.previousHash.equals(GENESIS)).toBe(true);
    expect(entries[1]!.previousHash.equals(entries[0]!.hash)).toBe(true);
    expect(heads.map((h) => [h.unit, h.before, h.seq])).toEqual([
      ['gdtx-a', 0, 2],
      ['gdtx-b', 0, 1],
    ]);
    expect(heads[0]!.hash.equals(entries[1]!.hash)).toBe(true);
    expect(states).toMatchObject([
      { key: 'class:gdtx-a/k12', before: 0, ledgers: ['gdtx-a'], state: { learners: 100 } },
      { key: 'class:gdtx-b/k12', before: 0, ledgers: ['gdtx-b'], state: { learners: 1 } },
    ]);
  });

  test('is pure: the same on the same gives the same, and leaves the snapshot as it was', () => {
    const facts = [enrol('1', 60), enrol('1', 60), enrol('2', 50), enrol('3', 1, 'gdtx-b')];
    const items = facts.map((fact) => ledger.item(fact));
    const snapshot = ledger.snapshot();
    const before = structuredClone([...snapshot.states]);
    expect(decideBatch(items, snapshot)).toEqual(decideBatch(items, snapshot));
    expect([...snapshot.states]).toEqual(before);
  });

  test('goes on where the ledger and its states are', () => {
    ledger.store(decide(enrol('1', 60)));
    const { commit } = decide(enrol('2', 40));
    expect(commit.entries[0]).toMatchObject({ seq: 2, previousHash: ledger.heads.get('gdtx-a')!.hash });
    expect(commit.heads[0]).toMatchObject({ before: ledger.heads.get('gdtx-a')!.order, seq: 2 });
    expect(commit.states[0]).toMatchObject({ before: 1, state: { learners: 100 } });
  });

  test('of refusals alone changes nothing', () => {
    const { commit } = decide(enrol('1', 101), enrol('2', 1, 'province-14'));
    expect(commit).toEqual({ entries: [], heads: [], states: [] });
  });

  test('without a fact is nothing', () => {
    expect(decide().outcomes).toEqual([]);
  });
});

describe('an id that comes again', () => {
  test('in the batch is a duplicate with the first receipt, or refused when it is another fact', () => {
    const decided = decide(enrol('1', 1), enrol('1', 1), enrol('1', 2), enrol('1', 1, 'gdtx-b'));
    expect(told(decided)).toEqual(['accepted', 'duplicate', 'id-reused', 'id-reused']);
    const [first, second, third] = decided.outcomes;
    expect(second).toEqual({ ...first, status: 'duplicate' });
    expect(third).toMatchObject({
      refusal: { path: 'id', message: expect.stringContaining('ledger gdtx-a, entry 1') },
    });
    expect(decided.commit.entries.length).toBe(1);
  });

  test('later is a duplicate too, although it would be refused as a new fact', () => {
    ledger.store(decide(enrol('1', 60)));
    const again = decide(enrol('1', 60), enrol('2', 60));
    expect(told(again)).toEqual(['duplicate', 'class-full']);
    const { unit, seq, hash, recordedAt } = ledger.entries[0]!;
    expect(again.outcomes[0]).toEqual({ status: 'duplicate', receipt: { unit, seq, hash, recordedAt } });
  });

  test('after a refusal is a new fact: a refusal leaves no trace', () => {
    expect(told(decide(enrol('1', 101), enrol('1', 100)))).toEqual(['class-full', 'accepted']);
  });
});

describe('the clock', () => {
  test('never makes a ledger go backwards, and neither does the order of deciding', () => {
    ledger.store(decide(enrol('1', 1)));
    const [first] = ledger.entries;
    ledger.now -= 3_600_000;
    const { entries } = decide(enrol('2', 1), enrol('3', 1, 'gdtx-b', 'other')).commit;
    expect(entries[0]).toMatchObject({ recordedAt: first!.recordedAt, seq: 2 });
    expect(entries[0]!.order).toBeGreaterThan(first!.order);
    ledger.store(decide(enrol('2', 1)));
    ledger.now += 7_200_000;
    expect(decide(enrol('4', 1)).commit.entries[0]!.recordedAt).toBe(ledger.now);
  });

  test('may stand still: the order goes on', () => {
    for (const id of ['1', '2', '3']) ledger.store(decide(enrol(id, 1), enrol(`${id}b`, 1)));
    const orders = ledger.entries.map((e) => e.order);
    expect(orders).toEqual([...orders].sort((a, b) => a - b));
    expect(new Set(orders).size).toBe(6);
  });
});

describe('a state that a fact is decided on and doesn’t change', () => {
  const looking = (id: string, source: string, keys: string[]) => {
    const item = ledger.item(enrol(id, 1, source));
    const rule = { ...item.parsed.rule, evolve: () => ({}) } as unknown as ParsedFact['rule'];
    return { ...item, parsed: { ...item.parsed, keys, rule } };
  };
  const stored = (...items: ReturnType<typeof looking>[]) => {
    const decided = decideBatch(items, ledger.snapshot());
    expect(told(decided)).toEqual(items.map(() => 'accepted'));
    ledger.store(decided);
    return decided.commit.states.map(({ key, before, ledgers }) => `${key} ${before} ${ledgers.join()}`);
  };

  test('is stored: who changes it meanwhile collides', () => {
    expect(stored(looking('1', 'gdtx-a', ['left:gdtx-a']))).toEqual(['left:gdtx-a 0 gdtx-a']);
    expect(stored(looking('2', 'gdtx-a', ['left:gdtx-a']))).toEqual(['left:gdtx-a 1 gdtx-a']);
  });

  test('isn’t where it stands under the ledger’s unit: these collide at the head', () => {
    const keys = ['class:gdtx-a/k12', 'class:gdtx-a/k11'];
    expect(stored(looking('1', 'gdtx-a', keys))).toEqual(keys.map((key) => `${key} 0 gdtx-a`));
    expect(stored(looking('2', 'gdtx-a', keys), looking('3', 'gdtx-a', keys))).toEqual([]);
    ledger.store(decide(enrol('4', 1)));
    expect(ledger.states.get('class:gdtx-a/k12')).toMatchObject({ version: 2, state: { learners: 1 } });
  });
});

describe('a rule with a mistake', () => {
  const broken = (change: Partial<Record<'decide' | 'evolve', () => unknown>>) => {
    const item = ledger.item(enrol('1', 1));
    const rule = { ...item.parsed.rule, ...change } as unknown as ParsedFact['rule'];
    return { ...item, parsed: { ...item.parsed, rule } };
  };
  test.each([
    ['throws when it decides', { decide: () => never() }],
    ['throws when it evolves', { evolve: () => never() }],
    ['changes a state that it doesn’t name', { evolve: () => ({ 'class:other': 1 }) }],
  ])('that %s costs its own fact, for now, and not its neighbours', (_, change) => {
    const items = [ledger.item(enrol('0', 1)), broken(change), ledger.item(enrol('2', 1))];
    const decided = decideBatch(items, ledger.snapshot());
    expect(told(decided)).toEqual(['accepted', 'try-again', 'accepted']);
    expect(decided.outcomes[1]).toMatchObject({ refusal: { retryable: true } });
    expect(decided.failures).toMatchObject([{ type: 'vn.gdtx.programmes.LearnersEnrolled.v1' }]);
    expect(decided.commit.states).toMatchObject([{ state: { learners: 2 } }]);
    expect(decided.commit.entries.map((e) => e.seq)).toEqual([1, 2]);
  });

  test('that is decided on what stands under another ledger’s unit costs its own fact too', () => {
    const item = ledger.item(enrol('1', 1));
    const parsed = { ...item.parsed, keys: ['class:gdtx-a/k12', 'class:gdtx-b/k12'] };
    const decided = decideBatch([{ ...item, parsed }], ledger.snapshot());
    expect(told(decided)).toEqual(['try-again']);
    expect(String(decided.failures[0]!.error)).toContain('class:gdtx-b/k12');
  });

  test('that makes what protobuf can’t hold costs its own fact too', () => {
    const item = ledger.item(enrol('1', 1));
    const data = { ...(item.parsed.fact.data as object), learners: { total: 2 ** 40 } };
    const bad = { ...item, parsed: { ...item.parsed, fact: { ...item.parsed.fact, data } } };
    const loose = { ...bad.parsed.rule, decide: () => undefined } as unknown as ParsedFact['rule'];
    const decided = decideBatch([{ ...bad, parsed: { ...bad.parsed, rule: loose } }], ledger.snapshot());
    expect(told(decided)).toEqual(['try-again']);
    expect(decided.commit.entries).toEqual([]);
  });
});

test('registry facts count for those behind them in the batch', () => {
  ledger = new MemoryLedger('centres', centreRules, territory().registry());
  const decided = decide(
    { name: 'StaffingReported', source: 'gdtx-x', data: { reportedOn: '2024-01-01', total: 1 } },
    {
      name: 'CentreEstablished',
      source: 'province-14',
      data: { centre: 'gdtx-x', kind: 'gdtx', name: { vi: 'X' }, seat: 'province-14', establishedOn: '2000-01-01' },
    },
    { name: 'StaffingReported', source: 'gdtx-x', data: { reportedOn: '2024-01-01', total: 1 } },
    { name: 'CentreDissolved', source: 'province-14', data: { centre: 'gdtx-x', effectiveOn: '2023-01-01' } },
  );
  expect(told(decided)).toEqual(['unit-unknown', 'accepted', 'accepted', 'contradicts']);
  expect(decided.registryEntries).toMatchObject([{ seq: 1 }]);
  expect(decided.commit.states).toMatchObject([{ key: 'unit:gdtx-x', ledgers: ['vn', 'gdtx-x'] }]);
  expect(ledger.registry.has('gdtx-x')).toBe(false);
});

function never(): never {
  throw new Error('a mistake');
}
