import { beforeAll, describe, expect, test } from '@jest/globals';
import { valueOn } from '@gdtx/territory/records';
import { Owners, territory } from '../../test/owners.js';
import { wholeTerritory } from '../../test/reference.js';
import type { SimulatedFact } from './fact.js';
import { nationOf, type Nation } from './nation.js';
import { REFORM } from './territory.js';
import { seatOn } from './unit.js';

const nameOf = ({ event }: SimulatedFact): string => event.type.split('.')[3]!;
const centreOf = ({ event }: SimulatedFact): string => String(event.data['centre']);
const CHANGES = ['CommunityCentreMoved', 'CommunityCentreSuspended', 'CommunityCentreResumed'];

describe('community centres that live on', () => {
  let nation: Nation;
  let changes: SimulatedFact[];
  let changed: Set<string>;
  beforeAll(() => {
    nation = nationOf({ seed: '7', territory: wholeTerritory(), facts: 100_000 });
    changes = nation.registry.filter((fact) => CHANGES.includes(nameOf(fact)));
    changed = new Set(changes.map(centreOf));
  });

  test('are moved and suspended seldom, before the reform and after it', () => {
    const of = (name: string, isAsked: (fact: SimulatedFact) => boolean = () => true) =>
      changes.filter((fact) => nameOf(fact) === `CommunityCentre${name}` && isAsked(fact)).length;
    const dayOf = ({ event }: SimulatedFact) => String(event.data['effectiveOn'] ?? event.data['from']);
    const before = (fact: SimulatedFact) => dayOf(fact) < REFORM;
    const elsewhere = ({ event }: SimulatedFact) => event.data['commune'] !== undefined;
    for (const name of ['Moved', 'Suspended', 'Resumed']) {
      expect([name, of(name, before) > 10]).toEqual([name, true]);
      expect([name, of(name, (fact) => !before(fact)) > 10]).toEqual([name, true]);
    }
    expect(of('Moved', elsewhere)).toBeGreaterThan(5);
    expect(of('Resumed')).toBeLessThan(of('Suspended'));
    const spans = nation.units.flatMap((unit) => (unit.kind === 'community-centre' ? unit.suspended : []));
    expect(spans.some(({ from, to }) => from < REFORM && to > REFORM)).toBe(true);
    const centres = nation.units.filter(({ kind }) => kind === 'community-centre');
    expect(changed.size).toBeGreaterThan(centres.length / 100);
    expect(changed.size).toBeLessThan(centres.length / 20);
  });

  test('are where they moved to, pause while they are suspended, and nothing of it is refused', async () => {
    const owners = new Owners(territory());
    const told = factsOf(changed, nation.registry);
    const refused: unknown[] = [];
    for (const fact of [...told, ...nation.reports((unit) => changed.has(unit))]) {
      const outcome = await owners.record(fact);
      const got = outcome.status === 'refused' ? outcome.refusal.slug : outcome.status;
      if (got !== (fact.earns ?? 'accepted')) refused.push([fact.event, outcome]);
    }
    expect(refused).toEqual([]);
    const { registry } = owners.all['community-learning']!;
    for (const unit of nation.units.filter(({ id }) => changed.has(id))) {
      const record = registry.unit(unit.id)!;
      for (const { on } of unit.moves) expect(valueOn(record.parents, on)).toBe(seatOn(unit, on).id);
      const spans = record.suspended.map(({ from, to }) => ({ from, to: to ?? '9999-12-31' }));
      expect(spans).toEqual([...unit.suspended].sort((a, b) => (a.from < b.from ? -1 : 1)));
    }
  }, 60_000);
});

/** All that the registry says of these community centres, and of those that they are put together with. */
function factsOf(units: ReadonlySet<string>, registry: readonly SimulatedFact[]): SimulatedFact[] {
  const own = registry.filter(({ event }) => event.type.startsWith('vn.gdtx.community-learning.'));
  const needed = new Set(units);
  for (let before = 0; before < needed.size;) {
    before = needed.size;
    for (const fact of own) {
      const named = namedIn(fact);
      if (named.some((id) => needed.has(id))) for (const id of named) needed.add(id);
    }
  }
  return own.filter((fact) => namedIn(fact).some((id) => needed.has(id)));
}

function namedIn({ event }: SimulatedFact): string[] {
  const { centre, sources, targets } = event.data as {
    centre?: string;
    sources?: string[];
    targets?: { centre: string }[];
  };
  return centre ? [centre] : [...(sources ?? []), ...(targets ?? []).map((target) => target.centre)];
}
