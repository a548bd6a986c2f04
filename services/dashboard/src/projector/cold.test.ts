import { describe, expect, test } from '@jest/globals';
import { BreakingStore } from '../../test/breaking-store.js';
import { flowsOf, storedOf, TestProjector, World, yearOf } from '../../test/world.js';
import { MemoryStore } from './memory-store.js';

const on = (day: string) => ({ on: day });

/** Two centres over three years, some facts a month; one corrects the first year at the very end. */
function told(): World {
  const world = new World();
  for (const unit of ['c1', 'c2']) {
    const centre = world.ledger('programmes', unit);
    centre.tell('ClassOpened', { class: 'a', type: 'literacy', openedOn: on('2022-01-01') });
    for (let month = 0; month < 36; month++) {
      const day = `${2022 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-05`;
      centre.tell('LearnersEnrolled', { class: 'a', occurredOn: day, learners: { total: 10 + month, female: 4 } });
      centre.tell('PeriodClosed', { month: day.slice(0, 7) });
      centre.tell('LearnersLeft', { class: 'a', occurredOn: day, reason: 'other', learners: { total: 2 } });
      if (month % 12 < 11) continue;
      const to = on(day.slice(0, 4));
      centre.tell('OpeningBalanceDeclared', { measure: 'attendances', count: 7, to, programmeTypes: ['x'] });
    }
  }
  const late = world.ledger('programmes', 'c1');
  late.withdraw(5);
  late.withdraw(6);
  late.tell('LearnersEnrolled', { class: 'a', occurredOn: '2022-06-07', learners: { total: 100 } });
  return world;
}

async function expected() {
  const world = told();
  world.publishAll();
  const { store, projector } = await started(world);
  await projector.readAndFlush();
  return storedOf(store);
}

async function started(world: World, kept = new MemoryStore(), maxBytes?: number) {
  const store = new BreakingStore(kept);
  const projector = new TestProjector(world, store, maxBytes ? { maxBytes } : {}, ['programmes']);
  await projector.assign();
  return { store: kept, breaking: store, projector };
}

/** Reads entry by entry, storing what is cold after each. */
async function readAlong(projector: TestProjector, untilRead = Infinity): Promise<void> {
  for (const batch of projector.world.topic('programmes').batches(new Map(), 1)) {
    if (Number(batch.firstOffset) >= untilRead) continue;
    await projector.take(batch);
    await projector.core.relieve();
  }
}

describe('while much is to be read', () => {
  test('a document is stored when its year is past and it has not changed for a while, and not again', async () => {
    const world = told();
    const other = world.ledger('programmes', 'c3');
    for (let i = 0; i < 20; i++)
      other.tell('ClassOpened', { class: `${i}`, type: 'literacy', openedOn: on('2022-01-01') });
    world.publish(...world.ledger('programmes', 'c2').entries, ...other.entries);
    const { store, projector } = await started(world);
    const counts = new Map<string, number>();
    projector.core.onChanged((documents) => {
      for (const { _id } of documents) counts.set(_id, (counts.get(_id) ?? 0) + 1);
    });
    await readAlong(projector);
    expect([...counts.keys()]).toEqual(['programmes/c2/2022', 'programmes/c2/2023']);
    // Nothing says yet that it is folded so far: after a crash all of it is read again.
    expect([store.cursorsById.size, store.checkpointsById.size]).toEqual([0, 0]);
    await projector.flush();
    expect([...counts.values()]).toEqual([1, 1, 1, 1]);
    expect(store.cursorsById.get('programmes/c2')!.years).toEqual([2022, 2023, 2024]);
  });

  test('what was stored and let go is loaded when a late entry or a withdrawal changes it', async () => {
    const world = told();
    world.publishAll();
    const { store, projector } = await started(world);
    await readAlong(projector);
    await projector.flush();
    expect(storedOf(store)).toEqual(await expected());
    expect(flowsOf(yearOf(store, 'programmes/c1/2022'), 'learners-enrolled')['2022-06']).toBe(115);
  });

  test('with little memory, those that were not changed for longest are stored although their year isn’t past', async () => {
    const world = told();
    world.publishAll();
    const { store, projector } = await started(world, new MemoryStore(), 1);
    await readAlong(projector);
    expect(store.years.size).toBe(6);
    expect(store.cursorsById.size).toBe(0);
    await projector.flush();
    expect(storedOf(store)).toEqual(await expected());
  });

  test.each([1, 1_000_000])(
    'after a crash in between, everything is there once (%i bytes of memory)',
    async (maxBytes) => {
      for (const read of [3, 30, 60, 80, 108, 111]) {
        const world = told();
        world.publishAll();
        const kept = new MemoryStore();
        const first = await started(world, kept, maxBytes);
        await readAlong(first.projector, read / 2);
        await first.projector.flush();
        await readAlong(first.projector, read);
        const second = await started(world, kept, maxBytes);
        await second.projector.readAndFlush(1);
        expect(storedOf(kept)).toEqual(await expected());
      }
    },
  );

  test('what could not be stored stays, and is stored later', async () => {
    const world = told();
    world.publishAll();
    const { store, breaking, projector } = await started(world);
    const faults = { years: 3, records: 4 } as Record<string, number>;
    breaking.fault = (step) => ((faults[step] ?? 0) > 0 && faults[step]!-- ? { kind: 'breaks', after: 0 } : undefined);
    let failed = 0;
    for (const batch of world.topic('programmes').batches(new Map(), 1)) {
      await projector.take(batch);
      await projector.core.relieve().catch(() => void (failed += 1));
    }
    expect(failed).toBe(7);
    await projector.flush();
    expect(storedOf(store)).toEqual(await expected());
  });

  test('what changes while it is being stored stays in memory', async () => {
    const world = told();
    const { entries } = world.ledger('programmes', 'c1');
    world.publish(...entries.slice(0, -2));
    const { store, breaking, projector } = await started(world, new MemoryStore(), 1);
    await projector.read();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { writeUnitYears } = breaking;
    breaking.writeUnitYears = async (documents, unseen) => (await gate, writeUnitYears(documents, unseen));
    const relieved = projector.core.relieve();
    world.publish(...entries.slice(-2), ...world.ledger('programmes', 'c2').entries);
    await projector.read();
    open();
    await relieved;
    await projector.flush();
    expect(storedOf(store)).toEqual(await expected());
  });
});
