import { beforeEach, describe, expect, test } from '@jest/globals';
import { EntryWithdrawn } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { LearnersEnrolled } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import type { Caller } from '@gdtx/service-kit/tokens';
import type { TestFact } from '@gdtx/testing/given';
import { MemoryLedger } from '../test/memory-ledger.js';
import { centreRules, classRules } from '../test/rules.js';
import { territory, world } from '../test/world.js';
import { verifyLedger } from './verify.js';
import { withdrawnKey } from './withdrawal.js';

const enrol = (total: number, cls = 'k12', source = 'gdtx-a', occurredOn = '2024-09-05'): TestFact => ({
  name: 'LearnersEnrolled',
  source,
  data: { class: cls, occurredOn, learners: { total } },
});
const leave = (total: number, cls = 'k12', source = 'gdtx-a'): TestFact => ({
  name: 'LearnersLeft',
  source,
  data: { class: cls, occurredOn: '2024-09-06', reason: 'other', learners: { total } },
});
const count = (total: number, reportedOn = '2024-09-07'): TestFact => ({
  name: 'HeadcountReported',
  source: 'gdtx-a',
  data: { reportedOn, learners: { total } },
});
const withdraw = (seq: number, more: object = {}, unit = 'gdtx-a', source = unit): TestFact => ({
  name: 'EntryWithdrawn',
  source,
  data: { unit, seq, reason: 'sai', ...more },
});
const correction = (fact: TestFact, id: string) => ({
  correction: { id, type: `vn.gdtx.programmes.${fact.name}.v1`, data: fact.data },
});

describe('a withdrawal of a report', () => {
  let it: MemoryLedger;
  beforeEach(() => void (it = new MemoryLedger('programmes', classRules, world())));

  test('takes back what the entry did, and carries the fact', async () => {
    expect(await it.told([enrol(60), enrol(40), withdraw(1), enrol(60), enrol(1)])).toEqual([
      ...['accepted', 'accepted', 'accepted', 'accepted'],
      'class-full',
    ]);
    expect(it.state('class:gdtx-a/k12')).toEqual({ learners: 100 });
    const [first, , third] = it.ledger('gdtx-a');
    const said = EntryWithdrawn.decode(third!.data);
    expect(said).toMatchObject({ unit: 'gdtx-a', seq: 1, reason: 'sai', correction: undefined });
    expect(said.withdrawn).toMatchObject({ id: first!._id, type: first!.type, source: first!.source });
    expect(LearnersEnrolled.decode(said.withdrawn!.data).learners!.total).toBe(60);
    expect(JSON.parse(third!.canonical.toString()).data.withdrawn.data.learners.total).toBe(60);
  });

  test('is made once', async () => {
    expect(await it.told([enrol(60), withdraw(1), withdraw(1)])).toEqual(['accepted', 'accepted', 'withdrawn-already']);
    expect(it.state(withdrawnKey({ unit: 'gdtx-a', seq: 1 }))).toEqual({ by: 'fact-2' });
  });

  test('that comes again is a duplicate, with its receipt and that of its correction', async () => {
    const first = { ...withdraw(1, correction(enrol(50), 'c-1')), id: 'w-1' };
    const [, accepted, again] = await it.record([enrol(60), first, first]);
    expect(accepted).toMatchObject({ status: 'accepted', receipt: { seq: 2 }, correction: { seq: 3 } });
    expect(again).toEqual({ ...accepted, status: 'duplicate' });
  });

  test('has an id like every fact', async () => {
    const other = { ...withdraw(1), id: 'w-1' };
    expect(await it.told([enrol(60), other, { ...withdraw(1, { note: 'x' }), id: 'w-1' }])).toEqual([
      ...['accepted', 'accepted'],
      'id-reused',
    ]);
  });

  test('isn’t possible while later entries depend on it; the first of them is named', async () => {
    const [, , , refused] = await it.record([enrol(60), leave(50), leave(5), withdraw(1)]);
    expect(refused).toMatchObject({
      refusal: { slug: 'has-dependants', path: 'data.seq', message: expect.stringContaining('Entry 2 of gdtx-a') },
    });
    expect(await it.told([withdraw(3), withdraw(2), withdraw(1)])).toEqual(['accepted', 'accepted', 'accepted']);
    expect(it.state('class:gdtx-a/k12')).toBeUndefined();
  });

  test('sees dependants that share no state with it, by way of others', async () => {
    // The count rests on who left, they on who enrolled.
    expect(await it.told([enrol(10), enrol(10), leave(12), count(12), withdraw(3)])).toEqual([
      ...['accepted', 'accepted', 'accepted', 'accepted'],
      'has-dependants',
    ]);
    expect(await it.told([withdraw(2), withdraw(1)])).toEqual(['has-dependants', 'has-dependants']);
  });

  test('isn’t hindered by its neighbours on the same states', async () => {
    // Each count is the first of its day; told again on today's states it would be the second.
    expect(
      await it.told([enrol(10), leave(5), count(3), enrol(1, 'k11'), count(2, '2024-09-08'), withdraw(4)]),
    ).toEqual(Array.from({ length: 6 }, () => 'accepted'));
    expect(it.state('left:gdtx-a')).toEqual({ people: 5, days: ['2024-09-06'] });
    expect(it.state('count:gdtx-a/2024-09-07')).toEqual({ people: 3 });
  });

  test('of an entry behind a withdrawal and its correction tells the story as it now is', async () => {
    await it.record([enrol(30), leave(30), withdraw(2, correction(leave(20), 'c-1'))]);
    await it.record([withdraw(1, correction(enrol(25), 'c-2')), enrol(70)]);
    expect(it.state('class:gdtx-a/k12')).toEqual({ learners: 75 });
    expect(await it.told([withdraw(7), withdraw(6)])).toEqual(['accepted', 'has-dependants']);
    expect(await it.told([withdraw(4, {}), withdraw(6, correction(enrol(20), 'c-3'))])).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(it.state('class:gdtx-a/k12')).toEqual({ learners: 20 });
  });

  test('isn’t hindered by a later entry that would be refused anyhow, by what was learnt since', async () => {
    await it.record([enrol(60), enrol(5, 'k12', 'gdtx-a', '2024-09-06')]);
    it.registry.apply({
      service: 'centres',
      type: 'vn.gdtx.centres.CentreDissolved.v1',
      data: { centre: 'gdtx-a', effectiveOn: { on: '2020-01-01', notBefore: '', notAfter: '' }, legalBasis: [] },
      seq: 99,
      recordedAt: 0,
    } as never);
    expect(await it.told([enrol(1), withdraw(1)])).toEqual(['unit-ended', 'accepted']);
    expect(it.state('class:gdtx-a/k12')).toEqual({ learners: 5 });
  });

  test.each([
    ['an entry that isn’t', withdraw(9), 'entry-unknown', 'data.seq'],
    ['a ledger that isn’t', withdraw(1, {}, 'gdtx-nowhere', 'gdtx-a'), 'entry-unknown', 'data.seq'],
    ['a withdrawal', withdraw(2), 'not-withdrawable', 'data.seq'],
  ])('of %s is refused', async (_, fact, slug, path) => {
    await it.record([enrol(60), withdraw(1)]);
    const [outcome] = await it.record([fact]);
    expect(outcome).toMatchObject({ refusal: { slug, path } });
    expect(it.entries.length).toBe(2);
  });

  test('keeps its place when the clock goes back: who came later still depends', async () => {
    await it.record([enrol(60)]);
    it.now -= 3_600_000;
    await it.record([leave(60)]);
    expect(await it.told([withdraw(1)])).toEqual(['has-dependants']);
    const [first, second] = it.ledger('gdtx-a');
    expect(second!.order).toBeGreaterThan(first!.order);
    expect(second!.recordedAt).toBe(first!.recordedAt);
  });

  test('goes into the ledger of the entry, whoever sends it', async () => {
    await it.record([enrol(60, 'k12', 'gdtx-b')]);
    const [outcome] = await it.record([withdraw(1, {}, 'gdtx-b', 'gdtx-a')]);
    expect(outcome).toMatchObject({ status: 'accepted', receipt: { unit: 'gdtx-b', seq: 2 } });
  });
});

describe('a correction', () => {
  let it: MemoryLedger;
  beforeEach(() => void (it = new MemoryLedger('programmes', classRules, world())));
  const withdrawn = (seq: number, fact: TestFact, id = 'c-1') => withdraw(seq, correction(fact, id));

  test('takes the place of the entry, so that what came later still holds', async () => {
    expect(await it.told([enrol(60), leave(50), withdrawn(1, enrol(49)), withdrawn(1, enrol(50))])).toEqual([
      ...['accepted', 'accepted'],
      ...['has-dependants', 'accepted'],
    ]);
    expect(it.state('class:gdtx-a/k12')).toEqual({ learners: 0 });
    const [first, , withdrawal, instead] = it.ledger('gdtx-a');
    expect(instead!.order).toBe(first!.order);
    expect(EntryWithdrawn.decode(withdrawal!.data).correction).toMatchObject({ id: 'c-1', seq: 4 });
    expect(JSON.parse(withdrawal!.canonical.toString()).data.correction.seq).toBe(4);
  });

  test('comes after everything where it doesn’t fit into the place', async () => {
    // It was the other class, which was entered only later.
    await it.record([enrol(60), leave(0), enrol(10, 'k11')]);
    expect(await it.told([withdrawn(2, leave(10, 'k11'))])).toEqual(['accepted']);
    expect(it.state('class:gdtx-a/k11')).toEqual({ learners: 0 });
    expect(it.ledger('gdtx-a').at(-1)!.order).toBeGreaterThan(it.ledger('gdtx-a')[2]!.order);
  });

  test('is refused like any fact, at its path, and nothing is taken back', async () => {
    await it.record([enrol(60)]);
    const [rule, form, type, withdrawal] = await it.record([
      withdrawn(1, enrol(101)),
      withdrawn(1, enrol(-1)),
      withdrawn(1, { ...enrol(1), name: 'NothingOfTheKind' }),
      withdraw(1, correction(withdraw(1), 'c-1')),
    ]);
    const refusal = (slug: string, path: string) => ({ refusal: { slug, path } });
    expect(rule).toMatchObject(refusal('class-full', 'data.correction.data.learners.total'));
    expect(form).toMatchObject(refusal('malformed', 'data.correction.data.learners.total'));
    expect(type).toMatchObject(refusal('type-unknown', 'data.correction.type'));
    expect(withdrawal).toMatchObject(refusal('malformed', 'data.correction.type'));
    expect(it.entries.length).toBe(1);
    expect(it.state('class:gdtx-a/k12')).toEqual({ learners: 60 });
  });

  test('needs an id of its own', async () => {
    await it.record([{ ...enrol(60), id: 'e-1' }]);
    const self = { ...withdrawn(1, enrol(1), 'w-1'), id: 'w-1' };
    expect(await it.told([withdrawn(1, enrol(1), 'e-1'), withdrawn(1, enrol(60), 'e-1'), self])).toEqual([
      ...['id-reused', 'id-reused', 'id-reused'],
    ]);
  });

  test('that is sent by itself afterwards is a duplicate, with its receipt', async () => {
    const [, done] = await it.record([enrol(60), withdrawn(1, enrol(50))]);
    const [again, other] = await it.record([
      { ...enrol(50), id: 'c-1' },
      { ...enrol(51), id: 'c-1' },
    ]);
    expect(again).toEqual({ status: 'duplicate', receipt: (done as { correction: unknown }).correction });
    expect(other).toMatchObject({ refusal: { slug: 'id-reused' } });
  });

  test('may change the sort of fact, and can be corrected again', async () => {
    await it.record([enrol(60), enrol(30), withdrawn(2, leave(20))]);
    expect(it.state('class:gdtx-a/k12')).toEqual({ learners: 40 });
    expect(await it.told([withdrawn(4, leave(25), 'c-2'), withdraw(2), withdraw(4), withdraw(6)])).toEqual([
      ...['accepted', 'withdrawn-already', 'withdrawn-already', 'accepted'],
    ]);
    expect(it.state('class:gdtx-a/k12')).toEqual({ learners: 60 });
    expect(it.state('left:gdtx-a')).toBeUndefined();
  });

  test('is in the name of the unit that had said the fact', async () => {
    await it.record([enrol(60, 'k12', 'gdtx-b')]);
    const corrected = withdraw(1, correction(enrol(50, 'k12', 'gdtx-b'), 'c-1'), 'gdtx-b', 'gdtx-a');
    const [outcome] = await it.record([corrected]);
    expect(outcome).toMatchObject({ status: 'accepted', correction: { unit: 'gdtx-b', seq: 3 } });
    expect(it.ledger('gdtx-b')[2]!.source).toBe('urn:gdtx:unit:gdtx-b');
  });

  test('and all before it verify', async () => {
    await it.record([enrol(60), enrol(20), withdrawn(1, enrol(50)), withdraw(2)]);
    const entries = it.ledger('gdtx-a');
    const verified = await verifyLedger(each(entries), it.heads.get('gdtx-a'), it.rules);
    expect(verified).toMatchObject({ valid: true, entries: 5 });
  });
});

describe('who may withdraw', () => {
  const it = () => new MemoryLedger('programmes', classRules, world());
  const of = (...units: string[]): Partial<Caller> => ({ roles: ['centre-publisher'], units });

  test.each([
    ['the centre itself', 'gdtx-a', of('gdtx-a'), undefined],
    ['people of the province it lies in', 'gdtx-a', of('province-14'), undefined],
    ['another centre, in its own name', 'gdtx-b', of('gdtx-b'), 'data.unit'],
    ['another centre, in the name of the one', 'gdtx-a', of('gdtx-b'), 'data.unit'],
    ['a centre of another province', 'gdtx-c', of('gdtx-c'), 'data.unit'],
    ['another role', 'gdtx-a', { roles: ['province-officer' as const], units: ['province-14'] }, 'type'],
  ])('%s', async (_, source, caller, path) => {
    const ledger = it();
    await ledger.record([enrol(60)]);
    const [outcome] = await ledger.record([withdraw(1, {}, 'gdtx-a', source)], caller);
    if (path === undefined) expect(outcome).toMatchObject({ status: 'accepted' });
    else expect(outcome).toMatchObject({ refusal: { slug: 'not-allowed', path } });
    expect(ledger.entries.length).toBe(path === undefined ? 2 : 1);
  });

  test('who may not read a ledger isn’t told which entries it has, nor of what sort', async () => {
    const ledger = it();
    await ledger.record([enrol(60), withdraw(1), enrol(5)]);
    const told = async (caller: Partial<Caller>, source: string) =>
      (
        await ledger.record(
          [1, 2, 3, 4].map((seq) => withdraw(seq, {}, 'gdtx-a', source)),
          caller,
        )
      ).map((outcome) => outcome.status === 'refused' && outcome.refusal);
    const refusal = expect.objectContaining({ slug: 'not-allowed', path: 'data.unit' });
    for (const source of ['gdtx-a', 'gdtx-b'])
      expect(await told(of('gdtx-b'), source)).toEqual([refusal, refusal, refusal, refusal]);
    const [outcome] = await ledger.record([withdraw(4)], of('gdtx-a'));
    expect(outcome).toMatchObject({ refusal: { slug: 'entry-unknown', path: 'data.seq' } });
    const [nowhere] = await ledger.record([withdraw(1, {}, 'gdtx-nowhere', 'gdtx-b')], of('gdtx-b'));
    expect(nowhere).toMatchObject({ refusal: { slug: 'unit-unknown', path: 'data.unit' } });
  });

  test('the successor’s people correct what the predecessor said; nobody else does, not even its former people', async () => {
    const ledger = it();
    const past = (total: number) => enrol(total, 'k1', 'gdtx-old', '2017-09-05');
    await ledger.record([past(60)]);
    const corrected = (id: string) => withdraw(1, correction(past(50), id), 'gdtx-old');
    expect(await ledger.told([corrected('c-1')], of('gdtx-b'))).toEqual(['not-allowed']);
    expect(await ledger.told([corrected('c-1')], of('gdtx-old'))).toEqual(['not-allowed']);
    const [done] = await ledger.record([corrected('c-1')], of('gdtx-a'));
    expect(done).toMatchObject({ receipt: { unit: 'gdtx-old', seq: 2 }, correction: { unit: 'gdtx-old', seq: 3 } });
    // In the successor's own name too: the fact stays the predecessor's.
    const own = withdraw(3, correction(past(40), 'c-2'), 'gdtx-old', 'gdtx-a');
    expect(await ledger.told([own], of('gdtx-b'))).toEqual(['not-allowed']);
    const [again] = await ledger.record([own], of('gdtx-a'));
    expect(again).toMatchObject({ correction: { unit: 'gdtx-old', seq: 5 } });
    expect(ledger.state('class:gdtx-old/k1')).toEqual({ learners: 40 });
  });

  test('a correction only by who may say it', async () => {
    const ledger = new MemoryLedger('centres', centreRules, territory().registry());
    const centre = (id: string, seat: string): TestFact => ({
      name: 'CentreEstablished',
      source: 'province-14',
      data: { centre: id, kind: 'gdtx', name: { vi: id }, seat, establishedOn: '2000-01-01' },
    });
    await ledger.record([centre('gdtx-x', 'province-14')]);
    const registrar = (unit: string): Partial<Caller> => ({ roles: ['registrar'], units: [unit] });
    const moved = (seat: string) => ({
      name: 'EntryWithdrawn',
      source: 'province-14',
      data: {
        ...{ unit: 'vn', seq: 1, reason: 'sai' },
        correction: { id: 'c-1', type: 'vn.gdtx.centres.CentreEstablished.v1', data: centre('gdtx-x', seat).data },
      },
    });
    const [foreign] = await ledger.record([moved('province-15')], registrar('province-14'));
    expect(foreign).toMatchObject({ refusal: { slug: 'not-allowed', path: 'data.correction.data' } });
    expect(await ledger.told([moved('province-14')], registrar('province-15'))).toEqual(['not-allowed']);
    expect(await ledger.told([moved('province-14')], registrar('province-14'))).toEqual(['accepted']);
  });
});

describe('a withdrawal of a registry fact', () => {
  let it: MemoryLedger;
  beforeEach(() => void (it = new MemoryLedger('centres', centreRules, territory().registry())));
  const establish = (centre: string, establishedOn = '2000-01-01'): TestFact => ({
    name: 'CentreEstablished',
    source: 'province-14',
    data: { centre, kind: 'gdtx', name: { vi: centre }, seat: 'province-14', establishedOn },
  });
  const dissolve = (centre: string, effectiveOn: string): TestFact => ({
    name: 'CentreDissolved',
    source: 'province-14',
    data: { centre, effectiveOn },
  });
  const staff = (source: string, reportedOn: string): TestFact => ({
    name: 'StaffingReported',
    source,
    data: { reportedOn, total: 40 },
  });
  const undo = (seq: number, more: object = {}) => withdraw(seq, more, 'vn', 'vn');

  test('changes the head of every ledger that it was decided on, so that who adds to one meanwhile collides', async () => {
    await it.record([establish('gdtx-x'), staff('gdtx-x', '2024-01-01'), establish('gdtx-y')]);
    const { order, ...registry } = it.heads.get('vn')!;
    expect(await it.told([withdraw(1, {}, 'gdtx-x')])).toEqual(['accepted']);
    expect(it.heads.get('vn')).toMatchObject(registry);
    expect(it.heads.get('vn')!.order).toBeGreaterThan(order);
    expect(await it.told([establish('gdtx-z')])).toEqual(['accepted']);
    expect(it.ledger('vn').map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('undoes the unit', async () => {
    expect(await it.told([establish('gdtx-x'), undo(1), staff('gdtx-x', '2024-01-01'), establish('gdtx-x')])).toEqual([
      ...['accepted', 'accepted', 'unit-unknown', 'accepted'],
    ]);
  });

  test('isn’t possible while reports rest on it', async () => {
    expect(await it.told([establish('gdtx-x'), establish('gdtx-y'), staff('gdtx-x', '2024-01-01')])).toEqual([
      ...['accepted', 'accepted', 'accepted'],
    ]);
    const [refused] = await it.record([undo(1)]);
    expect(refused).toMatchObject({
      refusal: { slug: 'has-dependants', message: expect.stringContaining('Entry 1 of gdtx-x (StaffingReported)') },
    });
    expect(await it.told([undo(2)])).toEqual(['accepted']);
  });

  test('corrects a date as far as the reports allow', async () => {
    await it.record([establish('gdtx-x'), staff('gdtx-x', '2010-01-01')]);
    const later = (day: string) => ({
      correction: { id: `c-${day}`, type: 'vn.gdtx.centres.CentreEstablished.v1', data: establish('gdtx-x', day).data },
    });
    expect(await it.told([undo(1, later('2011-01-01')), undo(1, later('2009-01-01'))])).toEqual([
      ...['has-dependants', 'accepted'],
    ]);
    expect(it.registry.unit('gdtx-x')!.life.from).toBe('2009-01-01');
    expect(await it.told([staff('gdtx-x', '2008-01-01')])).toEqual(['unit-not-yet']);
  });

  test('and one of a report behind it, is told with the registry as it grew', async () => {
    // The end of the centre rests on the report that is withdrawn only by its state, and is told again with the centre alive.
    await it.record([establish('gdtx-x'), staff('gdtx-x', '2010-01-01'), dissolve('gdtx-x', '2015-01-01')]);
    expect(
      await it.told([withdraw(1, {}, 'gdtx-x'), staff('gdtx-x', '2014-12-31'), staff('gdtx-x', '2015-01-01')]),
    ).toEqual([...['accepted', 'accepted', 'unit-ended']]);
    const instead = (day: string) => ({
      correction: { id: day, type: 'vn.gdtx.centres.StaffingReported.v1', data: staff('gdtx-x', day).data },
    });
    await it.record([establish('gdtx-y'), staff('gdtx-y', '2010-01-01'), dissolve('gdtx-y', '2015-01-01')]);
    expect(
      await it.told([withdraw(1, instead('2015-06-01'), 'gdtx-y'), withdraw(1, instead('2014-06-01'), 'gdtx-y')]),
    ).toEqual(['has-dependants', 'accepted']);
  });
});

describe('a withdrawal of a month’s closing', () => {
  const month = (name: string, source: string, more: object = {}): TestFact => ({
    name,
    source,
    data: { month: '2024-09', ...(name === 'PeriodClosed' ? {} : { unit: 'gdtx-a' }), ...more },
  });

  test('is possible until it is approved, and never of what the approval rests on', async () => {
    const it = new MemoryLedger('programmes', classRules, world());
    const closed = month('PeriodClosed', 'gdtx-a');
    const approved = month('PeriodApproved', 'province-14', { upToSeq: 2 });
    expect(await it.told([enrol(1), closed, withdraw(2), approved, closed, approved])).toEqual([
      ...['accepted', 'accepted', 'accepted', 'not-closed', 'accepted', 'accepted'],
    ]);
    expect(await it.told([withdraw(4), withdraw(5, {}, 'gdtx-a', 'province-14'), withdraw(4)])).toEqual([
      ...['has-dependants', 'accepted', 'accepted'],
    ]);
    expect(it.state('period:gdtx-a/2024-09')).toBeUndefined();
    // Late facts are taken and taken back, also in an approved month.
    await it.record([closed, approved]);
    expect(await it.told([withdraw(1)])).toEqual(['accepted']);
  });
});

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
