import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import { testEngines } from '@gdtx/testing/test-engines';
import { startTestOwner, type OthersFact, type TestOwner } from '@gdtx/testing/test-owner';
import { programmesRoutes } from '../src/programmes-http.js';
import { rules } from '../src/rules.js';

/** The service as it runs: gRPC and HTTP in, MongoDB and Kafka out. */

const on = (day: string) => ({ on: day });
const territory = (unit: string, kind: string, parent: string): OthersFact => ({
  service: 'provinces',
  name: 'UnitEstablished',
  data: { unit, kind, parent, name: { vi: unit }, effectiveOn: on('1990-01-01') },
});
const centre = (id: string, seat: string): OthersFact => ({
  service: 'centres',
  name: 'CentreEstablished',
  data: { centre: id, kind: 'gdtx', seat, name: { vi: id }, establishedOn: on('2003-06') },
});
const UNIT = 'gdtx-son-la';
const KTHN = 'kthn-son-la';

let service: TestOwner;

beforeAll(async () => {
  service = await startTestOwner({
    engines: testEngines('programmes'),
    service: 'programmes',
    rules,
    routes: programmesRoutes,
    others: [
      territory('vn', 'country', ''),
      territory('province-14', 'province', 'vn'),
      territory('province-38', 'province', 'vn'),
      centre(KTHN, 'province-14'),
      centre('gdtx-thanh-hoa', 'province-38'),
      {
        service: 'centres',
        name: 'CentresReorganised',
        data: {
          form: 'consolidation',
          sources: [KTHN],
          targets: [{ centre: UNIT, established: { kind: 'gdtx', name: { vi: UNIT }, seat: 'province-14' } }],
          effectiveOn: on('2018-09-25'),
        },
      },
    ],
    now: () => Date.parse('2026-01-15T05:00:00Z'),
  });
  await unitsAreKnown();
}, 60_000);

/** The service has heard of the units that it is to decide on. */
const unitsAreKnown = () =>
  eventually(async () => expect((await service.get(`/v1/programmes?unit=${UNIT}`)).status).toBe(200));

afterAll(() => service?.stop(), 30_000);

type Said = Parameters<TestOwner['record']>[0][number];
const say = (name: string, data: object, source = UNIT): Said => ({ name, data, source });
const accepted = async (...facts: Said[]) => {
  const results = await service.record(facts);
  expect(results.map(({ status, refusal }) => [status, refusal?.message])).toEqual(
    facts.map(() => ['accepted', undefined]),
  );
  return results;
};
const opened = (id: string, more: object = {}) =>
  say('ClassOpened', { class: id, type: 'upper-secondary', openedOn: '2024-09-05', schoolYear: '2024-2025', ...more });
const enrolled = (id: string, total: number, occurredOn = '2024-09-05') =>
  say('LearnersEnrolled', { class: id, occurredOn, learners: { total } });
const left = (id: string, total: number, occurredOn = '2024-10-01') =>
  say('LearnersLeft', { class: id, occurredOn, reason: 'transferred', learners: { total } });
const counted = (id: string, total: number, reportedOn = '2024-09-30') =>
  say('HeadcountReported', { class: id, reportedOn, learners: { total } });

describe('a class', () => {
  test('is told in one batch, in the ledger of its centre, and goes to Kafka', async () => {
    const results = await accepted(
      opened('k12'),
      enrolled('k12', 42),
      left('k12', 2),
      counted('k12', 40, '2025-01-10'),
    );
    expect(results.map(({ receipt }) => [receipt!.unit, receipt!.seq])).toEqual([1, 2, 3, 4].map((seq) => [UNIT, seq]));
    await eventually(async () => {
      const types = (await service.published()).filter(({ unit }) => unit === UNIT).map(({ type }) => type);
      expect(types.slice(0, 2)).toEqual([
        'vn.gdtx.programmes.ClassOpened.v1',
        'vn.gdtx.programmes.LearnersEnrolled.v1',
      ]);
    });
  });

  test('is read', async () => {
    expect(await service.get(`/v1/programmes/classes/${UNIT}/k12`)).toEqual({
      status: 200,
      body: {
        unit: UNIT,
        class: 'k12',
        type: 'upper-secondary',
        typeName: { vi: 'GDTX cấp THPT', en: 'Continuing education, upper secondary' },
        openedOn: '2024-09-05',
        schoolYear: '2024-2025',
        state: 'open',
        enrolled: { total: 42, precision: 'exact' },
        left: { total: 2, precision: 'exact' },
        headcount: { on: '2025-01-10', learners: { total: 40, precision: 'exact' } },
        completed: null,
      },
    });
  });

  test('refuses what can’t be, and takes the neighbours', async () => {
    const results = await service.record([
      left('k12', 1, '2024-12-01'),
      enrolled('k12', 1, '2024-12-01'),
      left('k12', 1, '2024-12-01'),
    ]);
    expect(results.map(({ status, refusal }) => [status, refusal?.slug ?? ''])).toEqual([
      ['refused', 'more-than-present'],
      ['accepted', ''],
      ['accepted', ''],
    ]);
  });

  test('is listed with the others by page and state', async () => {
    const done = say('ClassCompleted', { class: 'k10', completedOn: '2025-05-30', completed: { total: 0 } });
    await accepted(opened('k11'), opened('k10'), done);
    const ids = async (query: string) => {
      const { status, body } = await service.get(`/v1/programmes/classes?unit=${UNIT}${query}`);
      expect(status).toBe(200);
      return [(body.items as { class: string }[]).map((item) => item.class), body.next];
    };
    expect(await ids('')).toEqual([['k10', 'k11', 'k12'], undefined]);
    expect(await ids('&limit=2')).toEqual([['k10', 'k11'], 'k11']);
    expect(await ids('&limit=2&after=k11')).toEqual([['k12'], undefined]);
    expect(await ids('&state=completed')).toEqual([['k10'], undefined]);
    expect(await ids('&state=open&type=upper-secondary')).toEqual([['k11', 'k12'], undefined]);
    expect(await ids('&type=literacy')).toEqual([[], undefined]);
  });

  test('knows after a restart what it knew before', async () => {
    await service.restart();
    await unitsAreKnown();
    const [again] = await service.record([counted('k12', 41, '2025-01-11')]);
    expect(again!.refusal).toMatchObject({ slug: 'more-than-present', path: 'data.learners.total' });
  });
});

describe('a withdrawal', () => {
  const withdrawn = (seq: number, source = UNIT) =>
    say('EntryWithdrawn', { unit: source, seq, reason: 'Nhập nhầm' }, source);
  const seqOf = (result: { receipt?: { seq: number } | undefined } | undefined) => result!.receipt!.seq;

  test('isn’t taken while others left who came by what it takes back', async () => {
    const results = await accepted(opened('a'), enrolled('a', 20), left('a', 1));
    const [refused] = await service.record([withdrawn(seqOf(results[1]))]);
    expect(refused!.refusal).toMatchObject({ slug: 'has-dependants' });
    await accepted(withdrawn(seqOf(results[2])), withdrawn(seqOf(results[1])));
    expect((await service.get(`/v1/programmes/classes/${UNIT}/a`)).body).toMatchObject({ enrolled: null, left: null });
  });

  test('in one class isn’t held up by another class of the same month', async () => {
    const results = await accepted(
      opened('b1'),
      opened('b2'),
      enrolled('b1', 20),
      enrolled('b2', 20),
      left('b2', 15, '2024-09-20'),
      counted('b2', 5),
    );
    await accepted(withdrawn(seqOf(results[2])));
    expect((await service.get(`/v1/programmes/classes/${UNIT}/b1`)).body.enrolled).toBeNull();
    expect((await service.get(`/v1/programmes/classes/${UNIT}/b2`)).body.enrolled).toEqual({
      total: 20,
      precision: 'exact',
    });
  });

  test('of an exam isn’t held up by another exam of the class', async () => {
    const exam = (id: string) =>
      say('ExamHeld', {
        exam: id,
        type: 'upper-secondary',
        class: 'c',
        heldOn: '2024-12-01',
        candidates: { total: 10 },
      });
    const results = await accepted(opened('c'), enrolled('c', 10), exam('c-1'), exam('c-2'));
    await accepted(withdrawn(seqOf(results[2])));
    await accepted(exam('c-1'));
  });
});

describe('an offer and balances', () => {
  const trade = (programme: string, more: object = {}) =>
    say('ProgrammeOffered', { programme, type: 'general-vocational', name: programme, forms: ['in-service'], ...more });

  test('are read as they were said', async () => {
    await accepted(
      trade('nau-an', { trade: 'Nấu ăn', partner: 'Trường X', offeredFrom: { notBefore: '2018-11-27' } }),
      trade('may', { forms: ['distance'] }),
      say('OfferReported', { reportedOn: '2022-02-16', fields: 31, openTypes: ['general-vocational'] }),
    );
    const { body } = await service.get(`/v1/programmes?unit=${UNIT}`);
    expect(body).toMatchObject({
      unit: UNIT,
      items: [
        {
          programme: 'nau-an',
          trade: 'Nấu ăn',
          partner: 'Trường X',
          forms: ['in-service'],
          typeName: { vi: 'Nghề phổ thông' },
          days: { from: '2018-11-27', until: null },
        },
        { programme: 'may' },
      ],
      report: { fields: { value: 31 }, openTypes: ['general-vocational'] },
    });
    expect((await service.get(`/v1/programmes?unit=${UNIT}&form=distance`)).body.items).toMatchObject([
      { programme: 'may' },
    ]);
    expect((await service.get(`/v1/programmes?unit=${UNIT}&type=literacy`)).body.items).toEqual([]);
  });

  test('of a centre that said nothing are empty', async () => {
    expect((await service.get('/v1/programmes?unit=gdtx-thanh-hoa')).body).toEqual({
      unit: 'gdtx-thanh-hoa',
      items: [],
    });
    expect((await service.get('/v1/programmes/balances?unit=gdtx-thanh-hoa')).body).toEqual({
      unit: 'gdtx-thanh-hoa',
      items: [],
    });
  });

  test('are declared once', async () => {
    const balance = (count: number) =>
      say('OpeningBalanceDeclared', {
        measure: 'general-vocational-pupils',
        programmeTypes: ['general-vocational'],
        count,
        precision: 'at-least',
        asGiven: 'hơn 29.000',
        to: { notBefore: '2018-11-27' },
      });
    await accepted(balance(29000));
    const [twice] = await service.record([balance(29813)]);
    expect(twice!.refusal).toMatchObject({ slug: 'counted-twice' });
    expect((await service.get(`/v1/programmes/balances?unit=${UNIT}`)).body.items).toEqual([
      {
        measure: 'general-vocational-pupils',
        programmeTypes: ['general-vocational'],
        count: 29000,
        precision: 'at-least',
        asGiven: 'hơn 29.000',
        to: { notBefore: '2018-11-27' },
        days: { from: null, to: '2018-11-27' },
      },
    ]);
  });
});

describe('who may not', () => {
  const paths = [
    `/v1/programmes?unit=${UNIT}`,
    `/v1/programmes/classes?unit=${UNIT}`,
    `/v1/programmes/classes/${UNIT}/k12`,
    `/v1/programmes/balances?unit=${UNIT}`,
  ];
  const status = async (path: string, token?: string) => (await service.get(path, token)).status;

  test.each(paths)('read %s', async (path) => {
    const officer = (unit: string) => service.token({ roles: ['province-officer'], units: [unit] });
    expect(await service.get(path, '')).toMatchObject({ status: 401, body: { slug: 'no-token' } });
    expect(await service.get(path, await officer('province-38'))).toMatchObject({
      status: 403,
      body: { slug: 'not-allowed' },
    });
    expect(await status(path, await service.token({ roles: ['centre-publisher'], units: [] }))).toBe(403);
    expect(await status(path, await officer('province-14'))).toBe(200);
    expect(await status(path, await service.token({ roles: ['centre-publisher'], units: [UNIT] }))).toBe(200);
    expect(await status(path, await service.token({ roles: ['inspector'], units: [] }))).toBe(200);
  });

  test('learn more of a unit that isn’t theirs than everybody may: that it is there', async () => {
    const token = await service.token({ roles: ['centre-publisher'], units: [UNIT] });
    expect(await status('/v1/programmes?unit=gdtx-thanh-hoa', token)).toBe(403);
    expect(await status('/v1/programmes/classes/gdtx-thanh-hoa/khong-co', token)).toBe(403);
    expect(await status('/v1/programmes?unit=gdtx-khong-co', token)).toBe(404);
  });

  test('write what isn’t theirs; a successor’s people write the past of its predecessor', async () => {
    const token = await service.token({ roles: ['centre-publisher'], units: [UNIT] });
    const past = { class: 'cu', type: 'upper-secondary', openedOn: '2017-09-05' };
    const results = await service.record(
      [
        say('ClassOpened', past, KTHN),
        say('ClassOpened', past, 'gdtx-thanh-hoa'),
        say('ClassOpened', { ...past, class: 'd', openedOn: '2018-10-01' }, KTHN),
      ],
      { token },
    );
    expect(results.map(({ status: s, refusal }) => [s, refusal?.slug ?? ''])).toEqual([
      ['accepted', ''],
      ['refused', 'not-allowed'],
      ['refused', 'unit-ended'],
    ]);
    const theirs = await service.token({ roles: ['inspector'] });
    const [refused] = await service.record([opened('e')], { token: theirs });
    expect(refused!.refusal).toMatchObject({ slug: 'not-allowed', path: 'type' });
  });

  test('call without being the gateway', async () => {
    await expect(service.record([opened('f')], { as: 'centres' })).rejects.toMatchObject({
      details: expect.any(String) as unknown as string,
    });
  });
});

describe('what isn’t right is a 4xx that says so', () => {
  test.each([
    ['/v1/programmes', 400, 'malformed'],
    [`/v1/programmes?unit=${UNIT}&form=by-night`, 400, 'malformed'],
    [`/v1/programmes?unit=${UNIT}&unit=x`, 400, 'malformed'],
    [`/v1/programmes?unit[$gt]=`, 400, 'malformed'],
    ['/v1/programmes?unit=province-14', 404, 'not-found'],
    ['/v1/programmes/balances?unit=gdtx-khong-co', 404, 'not-found'],
    [`/v1/programmes/classes?unit=${UNIT}&limit=0`, 400, 'malformed'],
    [`/v1/programmes/classes?unit=${UNIT}&state=closed`, 400, 'malformed'],
    [`/v1/programmes/classes/${UNIT}/k99`, 404, 'not-found'],
    [`/v1/programmes/classes/${UNIT}/k12?x=1`, 400, 'malformed'],
    ['/v1/programmes/classes/province-14/k12', 404, 'not-found'],
    [`/v1/programmes/balances?unit=${UNIT}&to=2020`, 400, 'malformed'],
  ])('%s', async (path, status, slug) => {
    expect(await service.get(path)).toMatchObject({ status, body: { slug } });
  });
});
