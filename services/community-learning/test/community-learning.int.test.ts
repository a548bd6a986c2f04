import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import type { TestFact } from '@gdtx/testing/given';
import { testEngines } from '@gdtx/testing/test-engines';
import { startTestOwner, type TestOwner } from '@gdtx/testing/test-owner';
import { communityLearningRoutes } from '../src/community-learning-http.js';
import { rules } from '../src/rules.js';
import { othersFacts } from './others.js';

/** The service as it runs: gRPC and HTTP in, MongoDB and Kafka out. */

let service: TestOwner;

const centre = (id: string, commune: string): TestFact => ({
  name: 'CommunityCentreEstablished',
  data: { centre: id, commune, name: { vi: `TTHTCĐ ${id}` }, knownSince: '2022-04-02' },
});
const topic = (source: string, id: string, heldOn: string, total = 40): TestFact => ({
  name: 'TopicHeld',
  source,
  data: { topic: id, title: 'Chuyên đề', heldOn, meetings: 1, attendances: { total } },
});
const plan = (source: string, year: number, topics: number): TestFact => ({
  name: 'PlanAdopted',
  source,
  data: { year, adoptedOn: `${year}-01-15`, topics },
});

async function accepted(...facts: TestFact[]) {
  const results = await service.record(facts);
  expect(results.map(({ refusal }) => refusal?.message)).toEqual(facts.map(() => undefined));
  return results;
}

const BASE = '/v1/community-centres';
const officer = (unit: string) => service.token({ roles: ['commune-officer'], units: [unit] });

beforeAll(async () => {
  service = await startTestOwner({
    engines: testEngines('community-learning'),
    service: 'community-learning',
    rules,
    routes: communityLearningRoutes,
    others: othersFacts,
    now: () => Date.parse('2026-01-15T05:00:00Z') + Math.floor(performance.now()),
  });
  await eventually(() => accepted(centre('tthtcd-1', 'commune-10546')));
  await accepted(centre('tthtcd-2', 'commune-10576'), centre('tthtcd-3', 'commune-10591'));
}, 60_000);

afterAll(() => service?.stop(), 30_000);

describe('facts', () => {
  test('begin in a batch in which they are reported on, and go to Kafka in their ledgers', async () => {
    const results = await accepted(centre('tthtcd-new', 'commune-10546'), topic('tthtcd-new', 'lua', '2024-03-12'));
    expect(results.map(({ receipt }) => receipt!.unit)).toEqual(['vn', 'tthtcd-new']);
    await eventually(async () => {
      const published = await service.published();
      expect(published.filter((entry) => entry.unit === 'tthtcd-new').map(({ seq, type }) => [seq, type])).toEqual([
        [1, 'vn.gdtx.community-learning.TopicHeld.v1'],
      ]);
    });
  });

  test('are refused one by one', async () => {
    const results = await service.record([
      topic('tthtcd-1', 'a', '2022-04-01'),
      topic('tthtcd-1', 'b', '2024-05-01'),
      topic('tthtcd-1', 'b', '2024-06-01'),
      topic('tthtcd-unheard-of', 'a', '2024-05-01'),
    ]);
    expect(results.map(({ refusal }) => refusal?.slug ?? '')).toEqual([
      'unit-not-yet',
      '',
      'exists-already',
      // Its owner can't be asked here.
      'try-again',
    ]);
  });

  test('are rated by an authority, in the ledger of the rated', async () => {
    const ratedBy = { body: 'UBND thành phố Chí Linh', of: 'district-290' };
    const [rated] = await accepted({
      name: 'CommunityCentreRated',
      source: 'commune-10546-2025',
      data: { centre: 'tthtcd-1', year: 2024, rating: 'good', ratedBy },
    });
    expect(rated!.receipt!.unit).toBe('tthtcd-1');
    const publisher = await service.token({ roles: ['centre-publisher'], units: ['tthtcd-1'] });
    const own = {
      name: 'CommunityCentreRated',
      source: 'tthtcd-1',
      data: { centre: 'tthtcd-1', year: 2023, rating: 'good', ratedBy },
    };
    const [refused] = await service.record([own], { token: publisher });
    expect(refused!.refusal).toMatchObject({ slug: 'not-allowed' });
  });
});

describe('what was said wrongly', () => {
  test('is corrected, and what was said since stays', async () => {
    const [first] = await accepted(plan('tthtcd-2', 2024, 240));
    await accepted(topic('tthtcd-2', 'a', '2024-02-01'), topic('tthtcd-2', 'b', '2024-03-01'));
    const [corrected] = await accepted({
      name: 'EntryWithdrawn',
      source: 'tthtcd-2',
      data: {
        unit: 'tthtcd-2',
        seq: first!.receipt!.seq,
        reason: 'Nhập nhầm',
        correction: {
          id: 'plan-corrected',
          type: 'vn.gdtx.community-learning.PlanAdopted.v1',
          data: plan('', 2024, 24).data,
        },
      },
    });
    expect(corrected!.correction).toMatchObject({ unit: 'tthtcd-2' });
    const { body } = await service.get(`${BASE}/tthtcd-2`);
    expect(body.reports.plans).toMatchObject({ 2024: { topics: 24 } });
    expect(body.reports.topics).toEqual({ 2024: { held: 2, meetings: 2, attendances: 80 } });
  });

  test('is taken back after later topics and after the centre has gone over into another', async () => {
    const [wrong] = await accepted(topic('tthtcd-3', 'wrong', '2024-02-01', 4000));
    await accepted(topic('tthtcd-3', 'right', '2024-03-01'));
    await accepted(centre('tthtcd-4', 'commune-10591'));
    await accepted({
      name: 'CommunityCentresReorganised',
      data: { sources: ['tthtcd-3'], targets: [{ centre: 'tthtcd-4' }], effectiveOn: '2025-09-01' },
    });
    const withdrawal = { unit: 'tthtcd-3', seq: wrong!.receipt!.seq, reason: 'Nhập nhầm' };
    await accepted({ name: 'EntryWithdrawn', source: 'tthtcd-3', data: withdrawal });
    const { body } = await service.get(`${BASE}/tthtcd-3/topics`);
    expect(body.items.map((item: { topic: string }) => item.topic)).toEqual(['right']);
  });

  test('stays while later entries need it', async () => {
    const [begun] = await accepted(centre('tthtcd-5', 'commune-10591'));
    await accepted(topic('tthtcd-5', 'a', '2024-02-01'));
    const withdrawal = { unit: 'vn', seq: begun!.receipt!.seq, reason: 'Nhập nhầm' };
    const [refused] = await service.record([{ name: 'EntryWithdrawn', data: withdrawal }]);
    expect(refused!.refusal).toMatchObject({ slug: 'has-dependants' });
  });
});

describe('GET /v1/community-centres', () => {
  const ids = (body: { items: { id: string }[] }) => body.items.map((item) => item.id);

  test('lists those of a territory that live on a day, page by page', async () => {
    await accepted(centre('tthtcd-l1', 'commune-10546'), centre('tthtcd-l2', 'commune-10546'));
    const all = await service.get(`${BASE}?within=district-290&on=2025-01-01`);
    expect(all.status).toBe(200);
    expect(ids(all.body)).toEqual(expect.arrayContaining(['tthtcd-1', 'tthtcd-3', 'tthtcd-l1', 'tthtcd-l2']));
    expect(all.body.next).toBeNull();
    const first = await service.get(`${BASE}?within=commune-10546-2025&limit=2`);
    expect(ids(first.body)).toEqual(ids(all.body).slice(0, 2));
    const rest = await service.get(`${BASE}?within=commune-10546-2025&after=${first.body.next}`);
    expect(ids(rest.body)).not.toContain('tthtcd-3');
    expect(rest.body.items[0].life).toMatchObject({ from: '2022-04-02', knownSince: true });
    expect((await service.get(`${BASE}?within=province-14`)).body.items).toEqual([]);
    expect((await service.get(`${BASE}?on=2022-04-01`)).body.items).toEqual([]);
  });

  test('is for whoever may read the territory; without one it lists what the caller may read', async () => {
    expect((await service.get(BASE, '')).status).toBe(401);
    const own = await officer('commune-10546-2025');
    expect(ids((await service.get(BASE, own)).body)).toContain('tthtcd-1');
    expect((await service.get(`${BASE}?within=province-31-2025`, own)).status).toBe(403);
    const stranger = await officer('province-14');
    expect((await service.get(BASE, stranger)).body.items).toEqual([]);
    expect((await service.get(`${BASE}?within=commune-10546-2025`, stranger)).status).toBe(403);
    const operator = await service.token({ roles: ['operator'], units: [] });
    expect(ids((await service.get(BASE, operator)).body)).toContain('tthtcd-1');
  });

  test('says what is wrong with a question', async () => {
    expect((await service.get(`${BASE}?within=nowhere`)).status).toBe(404);
    for (const query of ['on=2024-02-30', 'limit=0', 'colour=red', 'after=A']) {
      expect((await service.get(`${BASE}?${query}`)).status).toBe(400);
    }
  });
});

describe('GET /v1/community-centres/{id}', () => {
  test('shows what it is, where it lies by now, who else lies there, and what it reported last', async () => {
    const { status, body } = await service.get(`${BASE}/tthtcd-1`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 'tthtcd-1',
      state: 'alive',
      on: '2026-01-15',
      name: { vi: 'TTHTCĐ tthtcd-1' },
      commune: 'commune-10546',
      place: { commune: 'commune-10546-2025', estimated: false },
      changes: [{ kind: 'established', on: '2022-04-02' }],
      reports: { ratings: { 2024: { rating: 'good' } }, topics: { 2024: { held: 1 } } },
    });
    expect(body.inSameCommune).toEqual(expect.arrayContaining(['tthtcd-2', 'tthtcd-4']));
    const before = await service.get(`${BASE}/tthtcd-1?on=2025-06-30`);
    expect(before.body.inSameCommune).not.toContain('tthtcd-2');
  });

  test('shows one that has ended, and to whom it went over', async () => {
    const { body } = await service.get(`${BASE}/tthtcd-3`);
    expect(body).toMatchObject({ state: 'ended', inSameCommune: [], successors: [{ other: 'tthtcd-4' }] });
  });

  test('shows where one lay before it was moved, and when it didn’t work', async () => {
    const fact = (name: string, data: object): TestFact => ({
      name: `CommunityCentre${name}`,
      data: { centre: 'tthtcd-moved', ...data },
    });
    await accepted(
      centre('tthtcd-moved', 'commune-10576'),
      fact('Moved', { commune: 'commune-10591', effectiveOn: '2024-03-01' }),
      fact('Suspended', { from: '2024-05-01' }),
      fact('Resumed', { effectiveOn: '2024-09-01' }),
    );
    const on = async (day: string) => (await service.get(`${BASE}/tthtcd-moved?on=${day}`)).body;
    expect(await on('2024-02-29')).toMatchObject({
      ...{ commune: 'commune-10576', place: { commune: 'commune-10576' } },
      suspensions: [{ from: '2024-05-01', to: '2024-09-01' }],
    });
    expect(await on('2024-08-31')).toMatchObject({
      ...{ commune: 'commune-10591', place: { commune: 'commune-10591' }, suspended: true },
    });
    expect(await on('2024-09-01')).not.toHaveProperty('suspended');
  });

  test('is for whoever may read it', async () => {
    expect((await service.get(`${BASE}/tthtcd-1`, '')).status).toBe(401);
    expect((await service.get(`${BASE}/tthtcd-1`, await officer('commune-10546-2025'))).status).toBe(200);
    expect((await service.get(`${BASE}/tthtcd-1`, await officer('province-14'))).status).toBe(403);
    expect((await service.get(`${BASE}/commune-10546`)).status).toBe(404);
    expect((await service.get(`${BASE}/tthtcd-1?year=2024`)).status).toBe(400);
  });
});

describe('GET /v1/community-centres/{id}/topics', () => {
  test('lists them by months, page by page', async () => {
    await accepted(
      topic('tthtcd-l1', 't1', '2024-01-10'),
      topic('tthtcd-l1', 't2', '2024-02-10'),
      topic('tthtcd-l1', 't3', '2024-03-10'),
    );
    const at = `${BASE}/tthtcd-l1/topics`;
    const of = async (query: string) => {
      const { body } = await service.get(`${at}${query}`);
      return [body.items.map((item: { topic: string }) => item.topic), body.next];
    };
    expect(await of('')).toEqual([['t1', 't2', 't3'], null]);
    expect(await of('?limit=2')).toEqual([['t1', 't2'], 't2']);
    expect(await of('?limit=2&after=t2')).toEqual([['t3'], null]);
    expect(await of('?from=2024-02')).toEqual([['t2', 't3'], null]);
    expect(await of('?from=2024-02&to=2024-02')).toEqual([['t2'], null]);
    expect((await service.get(`${at}?from=2024-03&to=2024-02`)).status).toBe(400);
  });

  test('is for whoever may read the centre', async () => {
    const at = `${BASE}/tthtcd-l1/topics`;
    expect((await service.get(at, '')).status).toBe(401);
    expect((await service.get(at, await officer('province-14'))).status).toBe(403);
    expect((await service.get(at, await officer('commune-10546-2025'))).status).toBe(200);
    expect((await service.get(`${BASE}/nobody/topics`)).status).toBe(404);
  });
});
