import { beforeAll, describe, expect, test } from '@jest/globals';
import { Owners, territory } from '../../test/owners.js';
import { provincesOf2024, wholeTerritory } from '../../test/reference.js';
import type { SimulatedFact } from './fact.js';
import { nationOf, type Nation } from './nation.js';

const options = { seed: '7', territory: provincesOf2024('14', '19'), facts: 2500 };
const often = { corrected: 0.1, outlier: 0.02, doubled: 0.1, late: 0.1, resent: 0.02, again: 0.02 };

const serviceOf = ({ event }: SimulatedFact) => event.type.split('.')[2]!;
const ledgerOf = (fact: SimulatedFact) => `${serviceOf(fact)}/${fact.ledger}`;

describe('a nation', () => {
  let nation: Nation;
  let reports: SimulatedFact[];
  beforeAll(() => {
    nation = nationOf({ ...options, mishaps: often });
    reports = [...nation.reports()];
  });

  test('is accepted by the owners, but for what is sent to be refused or known already', async () => {
    const owners = new Owners(territory());
    const outcomes = new Map<string, number>();
    const unexpected: unknown[] = [];
    for (const fact of [...nation.registry, ...reports]) {
      const outcome = await owners.record(fact);
      const got = outcome.status === 'refused' ? outcome.refusal.slug : outcome.status;
      outcomes.set(got, (outcomes.get(got) ?? 0) + 1);
      if (got !== (fact.earns ?? 'accepted')) unexpected.push({ ...fact.event, outcome });
    }
    expect(unexpected).toEqual([]);
    expect([...outcomes.keys()].sort()).toEqual(['accepted', 'counted-twice', 'duplicate', 'exists-already']);
    for (const unit of nation.units) {
      const owner = unit.kind === 'centre' ? owners.all.centres! : owners.all['community-learning']!;
      const { life, simulated } = owner.registry.unit(unit.id)!;
      expect([unit.id, simulated, life.to]).toEqual([unit.id, true, unit.to]);
    }
  });

  test('has about as many reports as were asked for', () => {
    expect(reports.length).toBeGreaterThan(options.facts * 0.8);
    expect(reports.length).toBeLessThan(options.facts * 1.25);
  });

  test('is told again by its seed, and is another by another', () => {
    const again = nationOf({ ...options, mishaps: often });
    const text = (facts: Iterable<SimulatedFact>) => [...facts].map((fact) => JSON.stringify(fact)).join('\n');
    const told = text(reports);
    expect(text(again.registry) === text(nation.registry)).toBe(true);
    expect(text(again.reports()) === told).toBe(true);
    expect(text(nation.reports()) === told).toBe(true);
    const other = nationOf({ ...options, seed: '8', mishaps: often });
    expect(text(other.reports()).replaceAll('sim-8-', 'sim-7-') === told).toBe(false);
  });

  test('names every fact once, except those that are sent again', () => {
    const all = [...nation.registry, ...reports].filter(({ earns }) => earns !== 'duplicate');
    const ids = all.flatMap((fact) => [fact.event.id, ...correctionOf(fact)].map((id) => `${serviceOf(fact)}/${id}`));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { event } of all) expect(event.id).toMatch(/^sim-7-[a-z0-9.-]+$/);
  });

  test('is sent in the order of its days, and each ledger in its own; what a fact names came before it', () => {
    for (const facts of [nation.registry, reports]) {
      const days = facts.map(({ recordedOn }) => recordedOn);
      expect(days).toEqual([...days].sort());
    }
    const came = new Map<string, string>();
    for (const fact of reports) {
      if (fact.names) expect([fact.event.id, came.get(fact.names.id)]).toEqual([fact.event.id, ledgerOf(fact)]);
      if (fact.isNamed) came.set(fact.event.id, ledgerOf(fact));
    }
  });

  test('reports of the five years across the reform, and sends nothing later than the February after', () => {
    const months = new Set(reports.map(({ recordedOn }) => recordedOn.slice(0, 7)));
    expect([...months].sort().at(-1)! <= '2026-02').toBe(true);
    const closed = new Set(
      reports.filter(({ event }) => event.type.endsWith('.PeriodClosed.v1')).map(({ event }) => event.data.month),
    );
    for (let year = 2021; year <= 2025; year++) {
      for (let month = 1; month <= 12; month++) expect(closed).toContain(`${year}-${String(month).padStart(2, '0')}`);
    }
    const units = nation.units.filter(({ from }) => from > '2025-07-01').map(({ id }) => id);
    expect(reports.some(({ ledger }) => units.includes(ledger))).toBe(true);
  });

  test('has late facts, corrections, withdrawals, wrong control totals, months with nothing and silent ones', () => {
    const named = (name: string) => reports.filter(({ event }) => event.type.endsWith(`.${name}.v1`));
    const withdrawn = named('EntryWithdrawn');
    expect(withdrawn.some(({ event }) => event.data.correction)).toBe(true);
    expect(withdrawn.some(({ event }) => !event.data.correction)).toBe(true);
    expect(named('PeriodClosed').some(({ event }) => event.data.nothingToReport)).toBe(true);
    expect(named('PeriodApproved').length).toBeLessThan(named('PeriodClosed').length);
    const late = named('TopicHeld').filter(
      ({ event, recordedOn }) => recordedOn.slice(0, 7) > addTwo(event.data.heldOn),
    );
    expect(late.length).toBeGreaterThan(0);
  });
});

test('the whole nation has about 700 centres and 10,900 community centres, of which some became one', () => {
  const nation = nationOf({ seed: '7', territory: wholeTerritory(), facts: 0 });
  const begun = (kind: string) => nation.units.filter((unit) => unit.kind === kind && unit.from === '');
  expect(Math.abs(begun('centre').length - 700)).toBeLessThan(20);
  expect(Math.abs(begun('community-centre').length - 10_900)).toBeLessThan(100);
  const merged = nation.registry.filter(({ event }) => event.type.endsWith('Reorganised.v1'));
  expect(merged.length).toBeGreaterThan(500);
});

function correctionOf({ event }: SimulatedFact): string[] {
  const correction = event.data.correction as { id: string } | undefined;
  return correction ? [correction.id] : [];
}

function addTwo(day: unknown): string {
  const [year, month] = String(day).split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month + 1, 1)).toISOString().slice(0, 7);
}
