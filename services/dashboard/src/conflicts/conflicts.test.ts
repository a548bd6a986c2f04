import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { codecOf } from '@gdtx/contracts/fact-codecs';
import { closeServer } from '@gdtx/service-kit/http';
import { notAllowed } from '@gdtx/service-kit/problem';
import { Registry } from '@gdtx/territory/registry';
import { isWithin } from '@gdtx/territory/within';
import { listening } from '../../test/listening.js';
import { factBytes, LedgerOf } from '../../test/ledger-of.js';
import { ReadModel } from '../columns/read-model.js';
import { Records } from '../columns/records.js';
import type { StoredRecord } from '../model.js';
import { evaluate } from '../queries/evaluate.js';
import { figureParameters, figureQuery } from '../queries/figure-query.js';
import { asDocuments, refold } from '../queries/refold.js';
import { createKeptMonths } from '../reporting/kept-months.js';
import { conflictRoutes } from './conflicts-http.js';

const TODAY = '2025-12-01';
const on = (day: string) => ({ on: day });

/** What the owners have, and the dashboard of it. */
let registry: Registry;
let ledgers: Map<string, LedgerOf>;
let registrySeq: number;
let settlements: StoredRecord[];
let reads: string[];
let mine: string[] | undefined;

function register(service: string, name: string, data: object, seq = ++registrySeq): number {
  const type = `vn.gdtx.${service}.${name}.v1`;
  registry.apply({ service, type, data: codecOf(type)!.decode(factBytes(type, data)), seq, recordedAt: seq });
  return seq;
}
function ledger(unit: string, service = 'programmes'): LedgerOf {
  const known = ledgers.get(`${service}/${unit}`) ?? new LedgerOf(service, unit);
  ledgers.set(`${service}/${unit}`, known);
  return known;
}
const enrol = (unit: string, day: string, total = 40) => {
  const of = ledger(unit);
  if (of.entries.length === 0) of.tell('ClassOpened', { class: 'k', type: 'literacy', openedOn: on('2024-01-15') });
  return of.tell('LearnersEnrolled', { class: 'k', occurredOn: day, learners: { total } });
};
const merge = (from: string, into: string, day: string) =>
  register('centres', 'CentresReorganised', {
    ...{ form: 'absorption', sources: [from], targets: [{ centre: into }], effectiveOn: on(day) },
    legalBasis: [{ number: '7/QĐ-UBND' }],
  });
const settle = (unit: string, seq: number, by = 'p1') =>
  settlements.push({
    ...{ _id: `settlements/programmes/${unit}/${seq}`, collection: 'settlements', service: 'programmes', unit },
    ...{ id: String(seq), epoch: 0, seq: 9, stands: true, pieces: [] },
    value: { seq: 9, recordedAt: Date.UTC(2025, 10, 1), by, reason: 'Lớp dạy tiếp' },
  });

beforeEach(() => {
  [registry, ledgers, registrySeq, settlements, reads, mine] = [Registry.empty(), new Map(), 0, [], [], undefined];
  for (const [unit, kind, parent] of [
    ['vn', 'country', ''],
    ['p1', 'province', 'vn'],
    ['p2', 'province', 'vn'],
    ['d1', 'district', 'p1'],
  ] as const)
    register('provinces', 'UnitEstablished', { unit, kind, parent, name: { vi: unit }, effectiveOn: on('1990-01-01') });
  for (const [centre, seat] of [
    ['a', 'd1'],
    ['b', 'p1'],
    ['c', 'p2'],
  ] as const) {
    const established = { centre, kind: 'gdtx', seat, name: { vi: centre }, establishedOn: on('2020-01-01') };
    register('centres', 'CentreEstablished', established);
  }
});

const model = () => {
  const made = new ReadModel();
  for (const { service, unit, entries } of ledgers.values())
    for (const document of asDocuments(service, unit, refold(entries))) made.apply(document);
  return made;
};

let running: Awaited<ReturnType<typeof listening>>;
beforeEach(async () => {
  const mayRead = (_: unknown, unit: string) => !mine || isWithin(registry, unit, mine, TODAY);
  running = await listening((to) =>
    conflictRoutes(to, {
      authenticated: (_req, _res, next) => next(),
      mayRead,
      mustRead: (res, unit) => {
        if (!mayRead(res, unit)) throw notAllowed('not yours');
      },
      registry: () => registry,
      kept: createKeptMonths(10),
      get follower() {
        const records = new Records();
        for (const settlement of settlements) records.apply(settlement);
        return { model: model(), records };
      },
      ledgers: async function* (service, unit, fromSeq = 1) {
        reads.push(`${service}/${unit}/${fromSeq}`);
        for (const entry of ledger(unit, service).entries.slice(fromSeq - 1)) {
          yield { entry, canonical: Buffer.alloc(0) };
        }
      },
      today: () => TODAY,
    }),
  );
});
afterEach(() => closeServer(running.server));

async function ask(query = '') {
  const answer = await fetch(`${running.url}/v1/conflicts?${query}`);
  const body = (await answer.json()) as { total: number; conflicts: any[]; next: string | null };
  return { status: answer.status, ...body };
}
const listed = async (query = '') =>
  (await ask(query)).conflicts.map(({ entry, why, status }) => `${entry.unit}/${entry.seq} ${why} ${status}`);

describe('a late registry fact contradicts what was accepted', () => {
  test('a report of a day after which its unit turned out to have ended', async () => {
    enrol('a', '2024-02-14');
    enrol('a', '2024-03-05');
    expect(await listed()).toEqual([]);
    const seq = merge('a', 'b', '2024-02-15');
    const { total, conflicts } = await ask();
    expect(total).toBe(1);
    expect(conflicts).toMatchObject([
      {
        ...{ unit: 'a', label: { vi: 'a' }, why: 'unit-ended', status: 'open' },
        says: { from: '2024-03-05', to: '2024-03-05' },
        entry: { service: 'programmes', unit: 'a', seq: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
        type: 'vn.gdtx.programmes.LearnersEnrolled.v1',
        contradicts: { on: '2024-02-15', kind: 'merged', legalBasis: [{ number: '7/QĐ-UBND' }], entry: { seq } },
        countsWith: [{ unit: 'b' }],
      },
    ]);
  });

  test('one of a day before which it turned out not to have been', async () => {
    enrol('a', '2024-01-20');
    registry = Registry.empty();
    registrySeq = 0;
    const name = { vi: 'a' };
    register('centres', 'CentreEstablished', {
      centre: 'a',
      kind: 'gdtx',
      seat: 'p1',
      name,
      establishedOn: on('2024-01-18'),
    });
    // Opened on the 15th, three days before it was there; enrolled two days after.
    expect(await listed()).toEqual(['a/1 unit-not-yet open']);
  });

  test('a month that was closed after its unit’s end', async () => {
    ledger('a').tell('TotalsReported', { month: '2024-03', measures: [{ measure: 'learners-enrolled', total: 3 }] });
    enrol('a', '2024-03-05');
    ledger('a').tell('PeriodClosed', { month: '2024-03' });
    merge('a', 'b', '2024-03-01');
    expect(await listed()).toEqual(['a/1 unit-ended open', 'a/2 unit-ended open', 'a/3 unit-ended open']);
  });

  test('a centre that was founded where its seat had ended already', async () => {
    register('provinces', 'UnitAbolished', { unit: 'd1', effectiveOn: on('2019-06-01') });
    expect((await ask()).conflicts).toMatchObject([
      {
        ...{ unit: 'a', why: 'seat-ended', type: 'registry:established', status: 'open' },
        seat: { unit: 'd1', on: '2020-01-01' },
        entry: { service: 'centres', unit: 'vn' },
        contradicts: { kind: 'abolished', on: '2019-06-01' },
        countsWith: [{ unit: 'a' }],
      },
    ]);
  });
});

describe('what is no contradiction', () => {
  test.each([
    ['the last day of a life', '2024-02-14'],
    ['the first', '2020-01-01'],
  ])('%s', async (_, day) => {
    enrol('a', day);
    merge('a', 'b', '2024-02-15');
    expect((await listed()).filter((each) => each.startsWith('a/2'))).toEqual([]);
  });

  test('what may have been inside a life, as far as its date says', async () => {
    ledger('a', 'centres').tell('RatingGiven', { centre: 'a', year: 2024, rating: 'good' });
    ledger('a', 'centres').tell('StaffingReported', { reportedOn: on('2024-02'), total: 3 });
    merge('a', 'b', '2024-02-15');
    expect(await listed()).toEqual([]);
  });
});

describe('what becomes of a conflict', () => {
  beforeEach(() => {
    enrol('a', '2024-03-05');
    enrol('a', '2024-03-06');
  });

  test('it is gone when the entry is withdrawn, and when the registry fact is', async () => {
    const seq = merge('a', 'b', '2024-02-15');
    expect(await listed()).toEqual(['a/2 unit-ended open', 'a/3 unit-ended open']);
    ledger('a').withdraw(2);
    expect(await listed()).toEqual(['a/3 unit-ended open']);
    register('centres', 'EntryWithdrawn', { unit: 'vn', seq });
    expect(await listed()).toEqual([]);
  });

  test('it is settled by who is above, with a reason, and can be told apart', async () => {
    merge('a', 'b', '2024-02-15');
    settle('a', 2);
    expect(await listed('status=open')).toEqual(['a/3 unit-ended open']);
    expect((await ask('status=settled')).conflicts).toMatchObject([
      { status: 'settled', settled: { by: 'p1', reason: 'Lớp dạy tiếp', entry: { unit: 'a', seq: 9 } } },
    ]);
    expect((await ask()).total).toBe(2);
  });

  test('a page goes on behind its last one, also when that one was settled since', async () => {
    enrol('a', '2024-03-07');
    merge('a', 'b', '2024-02-15');
    const { conflicts, next } = await ask('status=open&limit=2');
    expect([conflicts.map(({ entry }) => entry.seq), next]).toEqual([[2, 3], 'programmes/a/3']);
    settle('a', 3);
    expect(await listed(`status=open&after=${next}`)).toEqual(['a/4 unit-ended open']);
    expect((await ask('after=a')).status).toBe(400);
  });

  test('of a ledger that was looked into, only what is new is read again; all of it when the life has changed', async () => {
    merge('a', 'b', '2024-02-15');
    await ask();
    await ask();
    expect(reads).toEqual(['programmes/a/1', 'programmes/a/4']);
    register('centres', 'EntryWithdrawn', { unit: 'vn', seq: registrySeq });
    merge('a', 'b', '2024-03-06');
    expect(await listed()).toEqual(['a/3 unit-ended open']);
    expect(reads.at(-1)).toBe('programmes/a/1');
  });

  test('it counts with the successor', () => {
    merge('a', 'b', '2024-02-15');
    const figure = (query: Record<string, string>) => {
      const parameters = figureParameters.parse({ indicator: 'learners-enrolled', ...query });
      return evaluate(figureQuery(parameters, registry, TODAY), { model: model(), registry });
    };
    for (const map of ['then', 'today', '2025-01-01']) {
      const { all, rows } = figure({ map, by: 'centre' });
      expect([map, all.value, rows.map(({ keys, value }) => [keys[0]!.key, value])]).toEqual([map, 80, [['b', 80]]]);
    }
    expect(figure({ unit: 'b', map: 'then' }).all.value).toBe(80);
  });
});

describe('a level of a day after which its unit turned out to have ended', () => {
  const MAPS = ['then', 'today', '2025-01-01'];
  const staff = (unit: string, day: string, total: number) =>
    ledger(unit, 'centres').tell('StaffingReported', { reportedOn: on(day), total });
  /** By centre, on a day, with what is only carried marked by a ~; the same by every map. */
  const levelOn = (day: string) => {
    const found = MAPS.map((map) => {
      const parameters = figureParameters.parse({ indicator: 'staff', on: day, map, by: 'centre' });
      const { all, rows } = evaluate(figureQuery(parameters, registry, TODAY), { model: model(), registry });
      const shown = rows.map(({ keys, value, estimated }) => `${keys[0]!.key} ${value}${estimated ? '~' : ''}`);
      return [all.value, ...shown];
    });
    expect(found.map(([sum]) => sum)).toEqual(MAPS.map(() => found[0]![0]));
    return found[0]!;
  };
  const divide = (from: string, into: string[], day: string) =>
    register('centres', 'CentresReorganised', {
      ...{ form: 'division', sources: [from], effectiveOn: on(day) },
      targets: into.map((centre) => ({ centre, established: { kind: 'gdtx', name: { vi: centre }, seat: 'p1' } })),
    });

  test('is listed, and counts with the successor until that one has reported', async () => {
    staff('a', '2024-01-10', 10);
    staff('a', '2024-03-05', 12);
    staff('b', '2024-01-10', 30);
    expect(levelOn('2024-03-10')).toEqual([42, 'a 12', 'b 30']);
    merge('a', 'b', '2024-02-15');
    expect((await ask()).conflicts).toMatchObject([
      { entry: { service: 'centres', unit: 'a', seq: 2 }, why: 'unit-ended', countsWith: [{ unit: 'b' }] },
    ]);
    expect(levelOn('2024-03-04')).toEqual([40, 'b 40~']);
    expect(levelOn('2024-03-10')).toEqual([42, 'b 42~']);
    staff('b', '2024-03-20', 41);
    expect(levelOn('2024-03-10')).toEqual([42, 'b 42~']);
    expect(levelOn('2024-03-20')).toEqual([41, 'b 41']);
  });

  test('of a day before which it turned out not to have been is listed, and counts with itself', async () => {
    staff('a', '2019-12-20', 10);
    expect((await ask()).conflicts).toMatchObject([
      { entry: { unit: 'a', seq: 1 }, why: 'unit-not-yet', countsWith: [{ unit: 'a' }] },
    ]);
    expect(levelOn('2019-12-31')).toEqual([10, 'a 10']);
  });

  test('of one without a successor is listed, and counts no more than what it said before', async () => {
    staff('a', '2024-01-10', 10);
    staff('a', '2024-03-05', 12);
    register('centres', 'CentreDissolved', { centre: 'a', effectiveOn: on('2024-02-15') });
    expect(await listed()).toEqual(['a/2 unit-ended open']);
    expect(levelOn('2024-02-14')).toEqual([10, 'a 10']);
    expect(levelOn('2024-03-10')[0]).toBeNull();
  });

  test('of one that was divided without a default ends nothing: only what all successors say does', async () => {
    staff('a', '2024-01-10', 10);
    staff('a', '2024-03-05', 12);
    divide('a', ['x', 'y'], '2024-02-15');
    expect(await listed()).toEqual(['a/2 unit-ended open']);
    expect(levelOn('2024-03-04')).toEqual([10, 'a 10~']);
    expect(levelOn('2024-03-10')).toEqual([12, 'a 12~']);
    staff('x', '2024-04-01', 7);
    expect(levelOn('2024-04-01')).toEqual([19, 'a 12~', 'x 7']);
    staff('y', '2024-05-01', 6);
    expect(levelOn('2024-05-01')).toEqual([13, 'x 7', 'y 6']);
  });

  test('what one successor had said anew is not carried again by the next', () => {
    staff('a', '2023-01-10', 10);
    merge('a', 'b', '2024-02-15');
    staff('b', '2024-03-01', 40);
    merge('b', 'c', '2024-06-01');
    expect(levelOn('2024-06-10')).toEqual([40, 'c 40~']);
    staff('c', '2024-07-01', 55);
    expect(levelOn('2024-07-01')).toEqual([55, 'c 55']);
  });

  test('what the next one had said of itself before it took over ends nothing', () => {
    staff('a', '2023-01-10', 10);
    merge('a', 'b', '2024-02-15');
    staff('c', '2024-03-01', 20);
    merge('b', 'c', '2024-06-01');
    expect(levelOn('2024-06-10')).toEqual([30, 'c 30~']);
  });
});

describe('who may see it', () => {
  beforeEach(() => {
    for (const unit of ['a', 'c']) enrol(unit, '2024-03-05');
    merge('a', 'b', '2024-02-15');
    register('centres', 'CentreDissolved', { centre: 'c', effectiveOn: on('2024-02-15') });
  });

  test('inspectors all, others what lies in their subtree; a successor’s people the predecessor’s', async () => {
    expect(await listed()).toEqual(['a/2 unit-ended open', 'c/2 unit-ended open']);
    for (const [units, expected] of [
      [['p1'], ['a/2 unit-ended open']],
      [['b'], ['a/2 unit-ended open']],
      [['a'], []],
      [['p2'], ['c/2 unit-ended open']],
    ] as const) {
      mine = [...units];
      expect([units, await listed()]).toEqual([units, expected]);
    }
  });

  test('asked for a unit: those of its subtree, of its own past, and nobody else’s', async () => {
    expect(await listed('unit=p1')).toEqual(['a/2 unit-ended open']);
    expect(await listed('unit=b')).toEqual(['a/2 unit-ended open']);
    expect(await listed('unit=a')).toEqual(['a/2 unit-ended open']);
    expect((await ask('unit=nowhere')).status).toBe(404);
    mine = ['p1'];
    expect((await ask('unit=p2')).status).toBe(403);
  });

  test('page by page', async () => {
    const first = await ask('limit=1');
    expect([first.total, first.conflicts.length, first.next]).toEqual([2, 1, 'programmes/a/2']);
    const second = await ask(`limit=1&after=${first.next}`);
    expect(second).toMatchObject({ conflicts: [{ unit: 'c' }], next: null });
    expect((await ask('status=odd')).status).toBe(400);
  });
});
