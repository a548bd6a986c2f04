import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { BreakingStore, type Step } from '../../test/breaking-store.js';
import { storedOf, TestProjector, World } from '../../test/world.js';
import { MemoryStore } from './memory-store.js';

const on = (day: string) => ({ on: day });

/** Four ledgers, with facts of several years, records, contexts, withdrawals and a correction (which folds its ledger anew). */
function told(): World {
  const world = new World();
  const centre = world.ledger('programmes', 'c1');
  centre.tell('ClassOpened', { class: 'a', type: 'literacy', openedOn: on('2023-09-01') });
  for (const [i, day] of ['2023-09-05', '2024-01-10', '2025-01-10', '2023-10-01'].entries()) {
    centre.tell('LearnersEnrolled', { class: 'a', occurredOn: day, learners: { total: 10 + i, female: 4 } });
  }
  centre.withdraw(3);
  centre.tell('LearnersLeft', { class: 'a', occurredOn: '2024-02-01', reason: 'other', learners: { total: 2 } });
  centre.tell('OpeningBalanceDeclared', { measure: 'attendances', count: 7, to: on('2022'), programmeTypes: ['x'] });
  centre.withdraw(1);
  centre.tell('ClassOpened', { class: 'a', type: 'refresher', openedOn: on('2023-09-01') });
  centre.tell('ClassCompleted', { class: 'a', completedOn: '2025-12-31', completed: { total: 3 } });
  const other = world.ledger('programmes', 'c2');
  other.tell('ExamHeld', { exam: 'e', type: 'it-certificate', heldOn: '2024-05-01', candidates: { total: 9 } });
  other.tell('CertificatesIssued', { exam: 'e', issuedOn: '2025-05-01', certificates: { total: 8 } });
  const plain = world.ledger('programmes', 'c3');
  for (const [id, openType, reportedOn] of [
    ['x', 'refresher', '2024-05'],
    ['y', 'literacy', '2025-05'],
  ] as const) {
    plain.tell('ClassOpened', { class: id, type: 'refresher', openedOn: on('2024-01-01') });
    for (const day of ['2024-02-01', '2025-02-01', '2024-03-01', '2025-03-01']) {
      plain.tell('LearnersEnrolled', { class: id, occurredOn: day, learners: { total: 20 } });
    }
    plain.tell('OfferReported', { reportedOn: on(reportedOn), openTypes: [openType] });
    plain.tell('PeriodClosed', { month: '2024-02' });
    plain.withdraw(plain.entries.length - 2);
    plain.tell('PeriodReopened', { unit: 'c3', month: '2024-02', reason: 'x' });
  }
  const ministry = world.ledger('inspections', 'vn');
  ministry.tell('VisitMade', {
    visit: 'v',
    kind: 'survey',
    occurredOn: '2024-03-12',
    units: ['c1'],
    place: 'district-1',
  });
  ministry.tell('RecommendationIssued', {
    recommendation: 'r',
    visit: 'v',
    issuedOn: on('2024-03-12'),
    due: '2025-01-31',
  });
  ministry.tell('ProgressReported', { recommendation: 'r', reportedOn: '2024-06-01', state: 'in-progress' });
  ministry.tell('RecommendationClosed', { recommendation: 'r', closedOn: '2025-03-01', outcome: 'done' });
  ministry.withdraw(3);
  return world;
}

async function expected() {
  const world = told();
  world.publishAll();
  const store = new MemoryStore();
  const projector = new TestProjector(world, store);
  await projector.assign();
  await settle(projector);
  return storedOf(store);
}

/** Reads, folds anew what has to be, and stores, until nothing is left to do. */
async function settle(projector: TestProjector): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await projector.read();
    await projector.pass(2_000);
    await projector.pass(40_000);
    await projector.flush();
  }
}

const STEPS: Step[] = ['contexts', 'records', 'years', 'cursors', 'checkpoints'];

describe('after a crash while writing', () => {
  const PLACES: [Step, number][] = [
    ...STEPS.flatMap((step) => [0, 1, 2].map((after): [Step, number] => [step, after])),
    ['together', 0],
    ['together', 1],
  ];

  test.each(PLACES)('%s, %i of them stored, everything is there once', async (step, after) => {
    for (const [stored, broken] of [
      [0, 18],
      [2, 18],
      [5, 12],
      [9, 14],
      [2, 4],
      [4, 6],
      [4, 8],
      [6, 9],
    ] as const) {
      const world = told();
      const all = [...world.ledgers.values()].flatMap(({ entries }) => entries);
      const kept = new MemoryStore();
      const breaking = new BreakingStore(kept, { together: step === 'together' });
      const first = new TestProjector(world, breaking);
      await first.assign();
      world.publish(...all.filter(({ seq }) => seq <= stored));
      await first.readAndFlush();
      const checkpoints = new Map(kept.checkpointsById);
      world.publish(...all.filter(({ seq }) => seq > stored && seq <= broken));
      await first.read();
      let breaks = 0;
      breaking.fault = (at) => {
        if (at === step) return ((breaks += 1), { kind: 'breaks', after });
        // Once the line is lost, nothing gets through any more.
        return breaking.steps.at(-1) === 'together' ? { kind: 'breaks', after: 0 } : undefined;
      };
      await first.flush().catch(() => undefined);
      if (breaks > 0 && step !== 'checkpoints') expect(kept.checkpointsById).toEqual(checkpoints);

      const second = new TestProjector(world, kept);
      await second.assign();
      await second.readAndFlush();
      world.publish(...all.filter(({ seq }) => seq > broken));
      await settle(second);
      expect(storedOf(kept)).toEqual(await expected());
    }
  });

  test('the same projector, if it lives, writes what isn’t stored and moves the checkpoint then', async () => {
    for (const step of STEPS) {
      const world = told();
      world.publishAll();
      const kept = new MemoryStore();
      const breaking = new BreakingStore(kept);
      breaking.fault = (at) => (at === step ? { kind: 'breaks', after: 1 } : undefined);
      const projector = new TestProjector(world, breaking);
      await projector.assign();
      await projector.read();
      await expect(projector.flush()).rejects.toThrow();
      await expect(projector.flush()).rejects.toThrow();
      breaking.fault = () => undefined;
      await settle(projector);
      expect(storedOf(kept)).toEqual(await expected());
      expect([...kept.checkpointsById.values()].reduce((sum, { position }) => sum + position, 0n)).toBe(36n);
    }
  });
});

describe('a few documents in one commit', () => {
  const projectorOn = async (world: World, fault: BreakingStore['fault']) => {
    const kept = new MemoryStore();
    const breaking = new BreakingStore(kept, { together: true });
    breaking.fault = fault;
    const projector = new TestProjector(world, breaking);
    await projector.assign();
    await projector.read();
    breaking.steps.length = 0;
    return { kept, steps: breaking.steps, projector };
  };

  test('are nothing but that and the checkpoints, besides records', async () => {
    const world = told();
    world.publishAll();
    const { kept, steps, projector } = await projectorOn(world, () => undefined);
    await projector.flush();
    expect(steps).toEqual(['records', 'together', 'checkpoints']);
    await settle(projector);
    expect(storedOf(kept)).toEqual(await expected());
  });

  test.each([0, 1])('whose answer is lost, %i of them stored, are written one kind after another', async (after) => {
    const world = told();
    world.publishAll();
    const lost = (step: Step) => (step === 'together' ? { kind: 'breaks' as const, after } : undefined);
    const { kept, steps, projector } = await projectorOn(world, lost);
    await projector.flush();
    expect(steps).toEqual(['records', 'together', 'contexts', 'years', 'cursors', 'checkpoints']);
    await settle(projector);
    expect(storedOf(kept)).toEqual(await expected());
  });

  test('that follow each other leave the checkpoint to one a moment later, and to the first that has nothing else to store', async () => {
    const world = told();
    const all: Entry[] = [...world.ledgers.values()].flatMap((ledger) => ledger.entries);
    const { steps, projector } = await projectorOn(world, () => undefined);
    for (const entry of all.filter(({ seq }) => seq <= 2)) {
      world.publish(entry);
      await projector.readAndFlush();
    }
    expect(steps.filter((step) => step === 'checkpoints')).toEqual(['checkpoints']);
    expect(projector.core.idle).toBe(false);
    await projector.flush();
    expect(steps.slice(-1)).toEqual(['checkpoints']);
    expect(projector.core.idle).toBe(true);
  });
});

describe('one failed operation in a bulk', () => {
  test.each(['contexts', 'records', 'years', 'cursors'] as const)(
    'of %s keeps the checkpoint where it is',
    async (step) => {
      const world = told();
      world.publishAll();
      const kept = new MemoryStore();
      const breaking = new BreakingStore(kept);
      const projector = new TestProjector(world, breaking);
      await projector.assign();
      await projector.read();
      breaking.fault = (at) => (at === step ? { kind: 'refuses', index: 1 } : undefined);
      await expect(projector.flush()).rejects.toThrow('1 documents were not stored');
      expect(kept.checkpointsById.size).toBe(0);
      expect(projector.core.counts()).toMatchObject({ failed: 1, flushes: 0 });
      breaking.fault = () => undefined;
      breaking.steps.length = 0;
      await projector.flush();
      expect(kept.checkpointsById.size).toBeGreaterThan(0);
      await settle(projector);
      expect(storedOf(kept)).toEqual(await expected());
    },
  );

  test('of documents is written alone the next time', async () => {
    const world = told();
    world.publishAll();
    const kept = new MemoryStore();
    const breaking = new BreakingStore(kept);
    const projector = new TestProjector(world, breaking);
    await projector.assign();
    await projector.read();
    breaking.fault = (at) => (at === 'years' ? { kind: 'refuses', index: 0 } : undefined);
    await expect(projector.flush()).rejects.toThrow();
    const counts: number[] = [];
    breaking.fault = (at, count) => void (at === 'years' && counts.push(count));
    await projector.flush();
    expect(counts).toEqual([1]);
  });

  test('who follows is told of each document once, and of the entries when all are stored', async () => {
    const world = told();
    world.publishAll();
    const breaking = new BreakingStore(new MemoryStore());
    const projector = new TestProjector(world, breaking);
    const documents: string[] = [];
    let entries = 0;
    projector.core.onChanged((some, taken) => {
      documents.push(...some.map(({ _id }) => _id));
      entries += taken.length;
    });
    await projector.assign();
    await projector.read();
    breaking.fault = (at) => (at === 'years' ? { kind: 'refuses', index: 0 } : undefined);
    await expect(projector.flush()).rejects.toThrow();
    expect(entries).toBe(0);
    breaking.fault = (at) => (at === 'cursors' ? { kind: 'breaks', after: 0 } : undefined);
    await expect(projector.flush()).rejects.toThrow();
    breaking.fault = () => undefined;
    await projector.flush();
    expect(documents.length).toBe(new Set(documents).size);
    expect(entries).toBe(projector.core.counts().taken);
  });
});

describe('a zombie', () => {
  test('that writes what another one has long gone past changes nothing', async () => {
    const world = told();
    const all: Entry[] = [...world.ledgers.values()].flatMap((ledger) => ledger.entries);
    world.publish(...all.filter(({ seq }) => seq <= 2));
    const kept = new MemoryStore();
    const zombie = new TestProjector(world, kept);
    await zombie.assign();
    await zombie.readAndFlush();
    world.publish(...all.filter(({ seq }) => seq === 3));
    await zombie.read();

    world.publish(...all.filter(({ seq }) => seq > 3));
    const other = new TestProjector(world, kept);
    await other.assign();
    await settle(other);
    const before = storedOf(kept);
    const checkpoints = new Map(kept.checkpointsById);
    await zombie.flush();
    expect(zombie.core.counts().outdated).toBeGreaterThan(0);
    expect(storedOf(kept)).toEqual(before);
    expect(kept.checkpointsById).toEqual(checkpoints);
    expect(before).toEqual(await expected());
  });

  test('that goes on beside another one adds nothing twice', async () => {
    const world = told();
    const all: Entry[] = [...world.ledgers.values()].flatMap((ledger) => ledger.entries);
    const kept = new MemoryStore();
    const [one, other] = [new TestProjector(world, kept), new TestProjector(world, kept)];
    await one.assign();
    await other.assign();
    for (const [i, entry] of all.entries()) {
      world.publish(entry);
      await one.read();
      await other.read();
      if (i % 2 === 0) await one.flush();
      if (i % 3 === 0) await other.flush();
    }
    await settle(one);
    await settle(other);
    expect(storedOf(kept)).toEqual(await expected());
  });
});

test('partitions that are given away are stored first, forgotten, and go on elsewhere', async () => {
  const world = told();
  const all: Entry[] = [...world.ledgers.values()].flatMap((ledger) => ledger.entries);
  const kept = new MemoryStore();
  const [one, other] = [new TestProjector(world, kept), new TestProjector(world, kept)];
  for (const [i, entry] of all.entries()) {
    world.publish(entry);
    const [now, next] = i % 2 === 0 ? [one, other] : [other, one];
    if (i === 0) await now.assign();
    await now.read();
    await now.revoke();
    expect(now.core.seqOf(entry.service, entry.unit)).toBe(0);
    await next.assign();
  }
  await settle(all.length % 2 === 0 ? one : other);
  expect(storedOf(kept)).toEqual(await expected());
});

test('given away while the store is away, what was read is folded again elsewhere', async () => {
  const world = told();
  world.publishAll();
  const kept = new MemoryStore();
  const breaking = new BreakingStore(kept);
  breaking.fault = (step) => (step === 'years' ? { kind: 'breaks', after: 1 } : undefined);
  const one = new TestProjector(world, breaking);
  await one.assign();
  await one.read();
  await one.revoke();
  expect(kept.checkpointsById.size).toBe(0);
  const other = new TestProjector(world, kept);
  await other.assign();
  await settle(other);
  expect(storedOf(kept)).toEqual(await expected());
});

test('given away while it is being stored, what was read is stored to the end and goes on elsewhere', async () => {
  const world = told();
  world.publishAll();
  const kept = new MemoryStore();
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const slow = new BreakingStore(kept);
  const { writeContexts } = slow;
  slow.writeContexts = async (documents) => (await gate, writeContexts(documents));
  const one = new TestProjector(world, slow);
  await one.assign();
  await one.read();
  const flushed = one.core.schedule.settled(60_000);
  await one.revoke();
  expect(kept.cursorsById.size).toBe(0);
  open();
  await flushed;
  expect(kept.years.get('programmes/c3/2024')!.cells.valueOf()).toHaveProperty('length');
  const other = new TestProjector(world, kept);
  await other.assign();
  await settle(other);
  expect(storedOf(kept)).toEqual(await expected());
});

test('a topic that was made anew is read from its beginning, and the checkpoint goes back with it', async () => {
  const world = told();
  world.publishAll();
  const kept = new MemoryStore();
  const projector = new TestProjector(world, kept);
  await projector.assign();
  await settle(projector);
  const before = storedOf(kept);
  world.topics.clear();
  world.publish(...world.ledger('programmes', 'c1').entries.slice(0, 4));
  for (const batch of world.topic('programmes').batches()) await projector.take(batch);
  await projector.flush();
  expect(storedOf(kept)).toEqual(before);
  const moved = [...kept.checkpointsById.values()].filter(({ topic }) => topic.includes('programmes'));
  expect(moved.map(({ position }) => position)).toContain(4n);
});

/** What happens next: entries are published and read, stored, or stored with a fault; the process ends, or another one starts. */
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('publish' as const), ledger: fc.nat(3), again: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('flush' as const), who: fc.nat(1) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      who: fc.nat(1),
      step: fc.constantFrom(...STEPS),
      after: fc.nat(3),
      refuses: fc.boolean(),
      ends: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), who: fc.nat(1) }) },
);

test('whatever the order across ledgers, the repetitions, the faults and the crashes: the same documents', async () => {
  const whole = await expected();
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 10, maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(1),
      async (events, size, last) => {
        const world = told();
        const ledgers = [...world.ledgers.values()];
        const published = [0, 0, 0, 0];
        const kept = new MemoryStore();
        const start = async () => {
          const store = new BreakingStore(kept);
          const projector = new TestProjector(world, store, { maxBytes: 1 });
          await projector.assign();
          return { projector, store };
        };
        const both = [await start(), await start()];
        for (const event of events) {
          if (event.kind === 'publish') {
            const { entries } = ledgers[event.ledger]!;
            const next = published[event.ledger]!;
            world.publish(...entries.slice(Math.max(0, next - event.again), next + 1));
            published[event.ledger] = Math.min(entries.length, next + 1);
            continue;
          }
          const { projector, store } = both[event.who]!;
          if (event.kind === 'crash') both[event.who] = await start();
          else {
            await projector.read(size);
            await projector.pass(1_100);
            if (event.kind === 'fault') {
              const { step, after, refuses } = event;
              store.fault = (at, count) =>
                at !== step
                  ? undefined
                  : refuses && step !== 'checkpoints'
                    ? { kind: 'refuses', index: after % count }
                    : { kind: 'breaks', after };
              await projector.flush().catch(() => undefined);
              store.fault = () => undefined;
            } else await projector.flush();
          }
        }
        for (const [i, { entries }] of ledgers.entries()) world.publish(...entries.slice(published[i]));
        await settle(both[last]!.projector);
        expect(storedOf(kept)).toEqual(whole);
      },
    ),
    { numRuns: 60 },
  );
});

test('a clock that is put an hour back holds up nothing', async () => {
  const world = new World();
  const ledger = world.ledger('programmes', 'c1');
  ledger.tell('ClassOpened', { class: 'a', type: 'literacy', openedOn: on('2023-09-01') });
  for (const total of [1, 2]) {
    ledger.tell('LearnersEnrolled', { class: 'a', occurredOn: '2024-01-10', learners: { total } });
  }
  const [first, , third] = ledger.entries;
  const store = new MemoryStore();
  let steady = 0;
  const projector = new TestProjector(world, store, { steady: () => steady });
  await projector.assign();
  world.publish(first!, third!);
  await projector.readAndFlush();
  await projector.pass(0);
  expect(store.freshness?.lacks).toContainEqual({ service: 'programmes', unit: 'c1', why: 'gap' });

  steady += 2_000;
  await projector.pass(-3_600_000);
  expect(world.asked).toEqual(['programmes/c1/2']);
  await projector.readAndFlush();
  steady += 2_000;
  await projector.pass(0);
  expect(store.freshness?.lacks.filter(({ why }) => why === 'gap')).toEqual([]);
});
