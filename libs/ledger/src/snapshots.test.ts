import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Registry } from '@gdtx/territory/registry';
import type { HeadDocument, StateDocument } from './documents.js';
import type { Fact } from './fact.js';
import type { Commit } from './ledger-store.js';
import type { ParsedFact } from './parse-fact.js';
import { Snapshots, type SnapshotOptions } from './snapshots.js';
import { stateChange } from './state-change.js';

const hash = Buffer.alloc(32, 7);
const aState = { opens: '2024-09-05', name: 'Lớp 12A', register: [{ day: '2024-09-05', came: { total: 24 } }] };

/** A fact into the ledger of its source that is decided on one state. */
const fact = (source: string): ParsedFact =>
  ({ fact: { id: 'f', source } as Fact, rule: { ledger: 'source' }, keys: [`class:${source}/k`] }) as ParsedFact;

const commit = (unit: string, state: unknown): Commit => ({
  entries: [],
  heads: [{ unit, before: 3, seq: 4, hash, recordedAt: 1000, order: 5 }],
  states: [stateChange({ key: `class:${unit}/k`, before: 1, order: 5, ledgers: [unit], state })],
});

function remembering() {
  const reads: string[] = [];
  const read = <D>(ids: readonly string[]) => {
    reads.push(...ids.filter((id) => id !== 'vn'));
    return Promise.resolve(new Map<string, D>());
  };
  const store = { statesOf: read<StateDocument>, headsOf: read<HeadDocument> };
  const registry = Registry.empty();
  const known = { registry: () => registry, ownSeq: () => 0, isOwner: () => true };
  let floor = 0;
  const guard = { floor: () => Promise.resolve(floor), raisedTo: () => floor };
  const options = { service: 'x', store, known, guard, now: () => 2000 } as unknown as SnapshotOptions;
  return { snapshots: new Snapshots(options), options, reads, registry, raise: (to: number) => (floor = to) };
}

describe('what was stored last', () => {
  let reads: string[];
  let snapshots: Snapshots;
  beforeEach(() => {
    ({ snapshots, reads } = remembering());
  });

  test('is what the next decision rests on, and isn’t read', async () => {
    snapshots.remember(commit('a', aState));
    const { states, heads } = await snapshots.hopeful([fact('a')]);
    expect(reads).toEqual([]);
    const document = { _id: 'class:a/k', version: 2, order: 5, ledgers: ['a'], state: aState };
    expect(states).toEqual(new Map([['class:a/k', document]]));
    expect(heads.get('a')).toMatchObject({ seq: 4, hash, recordedAt: 1000, order: 5 });
  });

  test('may be a state that nothing is known of', async () => {
    snapshots.remember(commit('a', null));
    expect((await snapshots.hopeful([fact('a')])).states.get('class:a/k')).toMatchObject({ version: 2, state: null });
  });

  test('is kept of thousands of ledgers; only what isn’t is read', async () => {
    for (let i = 0; i < 12_000; i++) snapshots.remember(commit(`a${i}`, aState));
    await snapshots.hopeful([fact('a0'), fact('a11999'), fact('b')]);
    expect(reads).toEqual(['b', 'class:b/k']);
  });

  test('is forgotten when it isn’t known any more what stands in the database', async () => {
    snapshots.remember(commit('a', aState));
    snapshots.forget();
    await snapshots.hopeful([fact('a')]);
    expect(reads).toEqual(['a', 'class:a/k']);
  });

  test('is forgotten once no commit has followed for a while', async () => {
    jest.useFakeTimers();
    try {
      const { snapshots: some, reads: read } = remembering();
      for (let i = 0; i < 3; i++) {
        some.remember(commit('a', aState));
        jest.advanceTimersByTime(45_000);
        await some.hopeful([fact('a')]);
      }
      expect(read).toEqual([]);
      jest.advanceTimersByTime(45_000);
      await some.hopeful([fact('a')]);
      expect(read).toEqual(['a', 'class:a/k']);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('no state is older than the head beside it', () => {
  test('since heads are read first', async () => {
    // Between any two reads another replica commits.
    let commits = 0;
    const headsOf = (units: readonly string[]) => {
      commits += 1;
      return Promise.resolve(new Map(units.map((_id) => [_id, { _id, seq: 0, order: commits, hash, recordedAt: 1 }])));
    };
    const statesOf = (keys: readonly string[]) => {
      commits += 1;
      return Promise.resolve(new Map(keys.map((_id) => [_id, { _id, version: commits, order: commits }])));
    };
    const entriesById = () => Promise.resolve(new Map());
    const { options } = remembering();
    const replica = new Snapshots({
      ...options,
      store: { headsOf, statesOf, entriesById },
    } as unknown as SnapshotOptions);
    for (const read of [() => replica.hopeful([fact('a')]), () => replica.sure([fact('a')])]) {
      const { heads, states } = await read();
      expect(heads.get('a')!.order).toBeLessThan(states.get('class:a/k')!.order);
    }
  });

  test('since what is remembered goes with its head', async () => {
    const { snapshots, reads } = remembering();
    snapshots.remember(commit('a', aState));
    // Heads alone, until there is no room for the first any more.
    for (let i = 0; i < 20_000; i++) snapshots.remember({ ...commit(`b${i}`, aState), states: [] });
    await snapshots.hopeful([fact('a')]);
    expect(reads).toEqual(['a', 'class:a/k']);
  });
});

test('what is too much to be remembered is said to be', () => {
  const { snapshots } = remembering();
  expect(snapshots.remember(commit('a', aState))).toBe(true);
  const [large] = commit('a', 'x'.repeat(9_000_000)).states;
  const two = [large!, { ...large!, key: 'class:a/other' }];
  expect(snapshots.remember({ heads: [], states: two })).toBe(false);
});

describe('what is decided on a snapshot that grows may be recorded', () => {
  const places: Parameters<Registry['apply']>[0] = {
    ...{ service: 'provinces', seq: 1, recordedAt: 1, type: 'vn.gdtx.provinces.UnitEstablished.v1' },
    data: { unit: 'vn', kind: 'country', name: { vi: 'Việt Nam' }, effectiveOn: { on: '1945-09-02' } },
  };

  test('for later than the floor', () => {
    const { snapshots, raise } = remembering();
    raise(3000);
    const { snapshot, holds } = snapshots.growing();
    expect([snapshot.moment, holds()]).toEqual([3001, true]);
    raise(3001);
    expect(holds()).toBe(false);
  });

  test('until the registry changes', () => {
    const { snapshots, registry } = remembering();
    const { holds } = snapshots.growing();
    registry.apply(places);
    expect(holds()).toBe(false);
  });

  test('until what it rests on is forgotten', () => {
    const { snapshots } = remembering();
    const { holds } = snapshots.growing();
    snapshots.forget();
    expect([holds(), snapshots.growing().holds()]).toEqual([false, true]);
  });
});
