import { beforeEach, describe, expect, test } from '@jest/globals';
import type { TestFact } from '@gdtx/testing/given';
import { Registry } from '@gdtx/territory/registry';
import { MemoryLedger } from '../test/memory-ledger.js';
import { centreRules } from '../test/rules.js';
import { territory } from '../test/world.js';
import { entryMessage } from './entry.js';

let ledger: MemoryLedger;
beforeEach(() => {
  ledger = new MemoryLedger('centres', centreRules, territory().registry());
});

const founded = (centre: string, id = centre, seat = 'province-14'): TestFact => ({
  ...{ name: 'CentreEstablished', id },
  data: { centre, kind: 'gdtx', name: { vi: centre }, seat, establishedOn: '2020-01-01' },
});
const dissolved = (centre: string, effectiveOn = '2025-01-01'): TestFact => ({
  ...{ name: 'CentreDissolved', id: `end-${centre}` },
  data: { centre, effectiveOn },
});
const staff = (source: string, reportedOn: string): TestFact => ({
  ...{ name: 'StaffingReported', source, id: `staff-${source}-${reportedOn}` },
  data: { reportedOn, total: 3 },
});

async function preview(facts: TestFact[], caller = {}, assumed: Parameters<MemoryLedger['preview']>[1] = []) {
  const items = facts.map((fact) => ledger.item(fact, caller));
  const { outcomes, registry, changes } = await ledger.preview(items, assumed);
  return {
    told: outcomes.map((o) =>
      o.status === 'refused' ? o.refusal.slug : `${o.status} ${o.receipt.unit}/${o.receipt.seq}`,
    ),
    registry: registry.map(({ seq, id }) => `${seq} ${id}`),
    changes: changes.units.map(({ unit, what }) => `${unit} ${what}`),
    reporters: changes.reporters,
  };
}

describe('a preview', () => {
  test('answers as recording would, each fact on what those before it would leave', async () => {
    const facts = [
      founded('a'),
      founded('a', 'twice'),
      founded('b'),
      dissolved('a'),
      staff('a', '2025-03-01'),
      staff('b', '2025-03-01'),
    ];
    const foreseen = await preview(facts);
    expect(foreseen.told).toEqual([
      'accepted vn/1',
      'exists-already',
      'accepted vn/2',
      'accepted vn/3',
      'unit-ended',
      'accepted b/1',
    ]);
    expect(foreseen).toMatchObject({
      registry: ['1 a', '2 b', '3 end-a'],
      changes: ['a founded', 'a ended', 'b founded'],
      reporters: { before: 0, after: 1 },
    });
    const recorded = await ledger.record(facts);
    const slugs = recorded.map((o) =>
      o.status === 'refused' ? o.refusal.slug : `${o.status} ${o.receipt.unit}/${o.receipt.seq}`,
    );
    expect(slugs).toEqual(foreseen.told);
  });

  test('stores nothing, and leaves the registry as it is', async () => {
    await ledger.record([founded('a')]);
    const [entries, version] = [ledger.entries.length, ledger.registry.version];
    await preview([dissolved('a'), staff('a', '2024-01-01')]);
    expect([ledger.entries.length, ledger.registry.version, ledger.registry.unit('a')!.life.to]).toEqual([
      entries,
      version,
      null,
    ]);
    expect(ledger.states.get('unit:a')!.state).toEqual({ reportedUntil: '' });
  });

  test('knows what was recorded: ids, states, ends', async () => {
    await ledger.record([founded('a'), staff('a', '2025-03-01')]);
    expect((await preview([founded('a'), founded('b', 'a'), dissolved('a')])).told).toEqual([
      'duplicate vn/1',
      'id-reused',
      'contradicts',
    ]);
  });

  test('of more than one group of facts, each group is decided on those before', async () => {
    const many = Array.from({ length: 600 }, (_, i) => founded(`c${i}`));
    const { told, changes } = await preview([...many, founded('c3', 'again'), dissolved('c599'), founded('c7')]);
    expect(told.slice(598)).toEqual([
      'accepted vn/599',
      'accepted vn/600',
      'exists-already',
      'accepted vn/601',
      'duplicate vn/8',
    ]);
    expect(changes).toHaveLength(601);
  });

  test('of a withdrawal says what depends on it, and what would come back', async () => {
    await ledger.record([founded('a'), staff('a', '2024-01-01'), founded('b'), dissolved('b')]);
    const withdrawn = (seq: number, id: string): TestFact => ({
      ...{ name: 'EntryWithdrawn', id },
      data: { unit: 'vn', seq, reason: 'nhầm' },
    });
    const foreseen = await preview([
      withdrawn(1, 'w1'),
      withdrawn(3, 'w3'),
      founded('n'),
      { ...dissolved('b', '2025-02-01'), id: 'end-b-again' },
    ]);
    expect(foreseen.told).toEqual(['has-dependants', 'accepted vn/4', 'accepted vn/5', 'accepted vn/6']);
    expect(foreseen.changes).toEqual(['b ended', 'n founded']);
  });

  test('decides rights by the caller’s token', async () => {
    const registrar = { roles: ['registrar'], units: ['province-15'] };
    expect((await preview([founded('a', 'a', 'province-15')], registrar)).told).toEqual(['not-allowed']);
    const mine = { ...founded('a', 'a', 'province-15'), source: 'province-15' };
    expect((await preview([mine, { ...founded('b'), source: 'province-15' }], registrar)).told).toEqual([
      'accepted vn/1',
      'not-allowed',
    ]);
  });

  test('takes for granted what other owners would add to the registry', async () => {
    const alone = new MemoryLedger('centres', centreRules, Registry.empty());
    await alone.record([founded('a')]);
    const assumed = alone.ledger('vn').map((entry) => entryMessage('centres', entry));
    const other = new MemoryLedger('programmes', centreRules, territory().registry());
    const { outcomes, changes } = await other.preview([other.item(staff('a', '2024-01-01'))], assumed);
    expect(outcomes.map((o) => o.status)).toEqual(['accepted']);
    expect(changes.units).toMatchObject([{ unit: 'a', what: 'founded' }]);
  });
});
