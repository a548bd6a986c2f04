import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import type { TestFact } from '@gdtx/testing/given';
import { testEngines } from '@gdtx/testing/test-engines';
import { startTestOwner, type TestOwner } from '@gdtx/testing/test-owner';
import { inspectionsRoutes } from '../src/inspections-http.js';
import { rules } from '../src/rules.js';
import { ask, close, EVERY, finding, order, progress, recommend, session, visit } from './told.js';
import { othersFacts } from './world.js';

/** The service as it runs: gRPC and HTTP in, MongoDB and Kafka out. */

let service: TestOwner;

async function accepted(...facts: TestFact[]) {
  const results = await service.record(facts);
  expect(results.map(({ refusal }) => refusal?.message)).toEqual(facts.map(() => undefined));
  return results;
}

const slugOf = async (fact: TestFact, token?: string) => {
  const [result] = await service.record([fact], token ? { token } : {});
  return result!.refusal?.slug;
};
const tokenOf = (role: string, unit: string) => service.token({ roles: [role], units: [unit] });

beforeAll(async () => {
  service = await startTestOwner({
    engines: testEngines('inspections'),
    service: 'inspections',
    rules,
    routes: inspectionsRoutes,
    others: othersFacts,
    now: () => Date.parse('2026-01-15T05:00:00Z') + Math.floor(performance.now()),
  });
  await eventually(() => accepted(order()));
  await accepted(
    visit(),
    finding(),
    finding({ finding: 'cl-sao-do', about: [{ unit: 'tthtcd-sao-do' }] }),
    recommend({ addressees: [{ every: EVERY }], due: '2025-12-31' }),
    session(),
    ask(),
  );
}, 60_000);

afterAll(() => service?.stop(), 30_000);

describe('an inspection’s facts', () => {
  test('are in the ledger of the unit in whose name the authority acts, and go to Kafka', async () => {
    await eventually(async () => {
      const published = await service.published();
      const of = (unit: string) =>
        published.filter((entry) => entry.unit === unit).map(({ type }) => type.split('.')[3]);
      expect(of('vn')).toEqual([
        'InspectionOrdered',
        'VisitMade',
        'FindingRecorded',
        'FindingRecorded',
        'RecommendationIssued',
      ]);
      expect(of('district-461')).toEqual(['VisitMade', 'RecommendationIssued']);
    });
  });

  test('progress stands in the ledger of the recommendation, whoever reports it, also a successor', async () => {
    const publisher = await tokenOf('centre-publisher', 'tthtcd-chi-linh');
    const [taken] = await service.record([progress({}, 'tthtcd-chi-linh')], { token: publisher });
    expect(taken).toMatchObject({ status: 'accepted', receipt: { unit: 'vn' } });
    const stranger = await tokenOf('centre-publisher', 'tthtcd-son-la');
    expect(await slugOf(progress({}, 'tthtcd-son-la'), stranger)).toBe('recommendation-unknown');
    expect(await slugOf(progress({}, 'tthtcd-chi-linh'), stranger)).toBe('not-allowed');
  });

  test('are closed by the issuing side, once', async () => {
    await accepted(recommend({ recommendation: 'cl-9', number: 9 }));
    expect(await slugOf(close({ recommendation: 'cl-9' }, 'tthtcd-sao-do'))).toBe('not-the-issuer');
    await accepted(close({ recommendation: 'cl-9' }));
    expect(await slugOf(close({ recommendation: 'cl-9' }))).toBe('closed-already');
  });

  test('are taken back, unless something rests on them', async () => {
    const [first, second] = await accepted(
      finding({ finding: 'cl-8' }),
      recommend({ recommendation: 'cl-8', number: 8 }),
      progress({ recommendation: 'cl-8' }, 'tthtcd-sao-do'),
    );
    const takenBack = (seq: number): TestFact => ({
      name: 'EntryWithdrawn',
      data: { unit: 'vn', seq, reason: 'Nhập nhầm' },
    });
    expect(await slugOf(takenBack(second!.receipt!.seq))).toBe('has-dependants');
    await accepted(takenBack(first!.receipt!.seq));
    const { body } = await service.get('/v1/inspections/visits/chi-linh');
    expect(body.findings.map(({ id }: { id: string }) => id)).not.toContain('cl-8');
  });
});

describe('GET /v1/inspections/orders/{id}', () => {
  const at = '/v1/inspections/orders/kt-600';

  test('shows the order with its visits', async () => {
    const { status, body } = await service.get(at);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 'kt-600',
      ledger: 'vn',
      visits: [{ visit: 'chi-linh', occurredOn: '2022-04-02' }],
    });
    expect((await service.get('/v1/inspections/orders/kt-0')).status).toBe(404);
    expect((await service.get(`${at}?on=2024-01-01`)).status).toBe(400);
  });

  test('is for whom it concerns: who orders, is inspected or was visited', async () => {
    expect((await service.get(at, '')).status).toBe(401);
    for (const unit of ['province-27', 'province-31-2025', 'gdnn-gdtx-chi-linh']) {
      expect((await service.get(at, await tokenOf('province-officer', unit))).status).toBe(200);
    }
    for (const unit of ['province-14', 'gdtx-son-la']) {
      expect((await service.get(at, await tokenOf('province-officer', unit))).status).toBe(404);
    }
  });
});

test.each([
  ['orders', 'kt-600'],
  ['visits', 'chi-linh'],
  ['recommendations', 'cl-2'],
])('of %s, whom one doesn’t concern is told the same as of one that isn’t there', async (sort, id) => {
  const stranger = await tokenOf('province-officer', 'province-14');
  const told = async (which: string) => {
    const { status, body } = await service.get(`/v1/inspections/${sort}/${which}`, stranger);
    return [status, body.slug, body.detail.replace(which, '')];
  };
  expect(await told(id)).toEqual(await told('not-there'));
  expect((await told(id))[0]).toBe(404);
});

describe('GET /v1/inspections/visits/{id}', () => {
  const at = '/v1/inspections/visits/chi-linh';
  const findings = async (token?: string) =>
    (await service.get(at, token)).body.findings.map(({ id }: { id: string }) => id);

  test('shows the visit with its findings and recommendations', async () => {
    const { body } = await service.get(at);
    expect(body).toMatchObject({ id: 'chi-linh', inspection: 'kt-600', place: 'district-290' });
    expect(body.recommendations).toContainEqual(expect.objectContaining({ id: 'cl-2', status: 'overdue' }));
    expect(await findings()).toEqual(expect.arrayContaining(['cl-1', 'cl-sao-do']));
    expect((await service.get('/v1/inspections/visits/nowhere')).status).toBe(404);
  });

  test('shows each what concerns it, and nobody else anything', async () => {
    expect((await service.get(at, '')).status).toBe(401);
    const visited = await findings(await tokenOf('centre-publisher', 'tthtcd-sao-do'));
    expect(visited).toEqual(expect.arrayContaining(['cl-1', 'cl-sao-do']));
    const another = await findings(await tokenOf('centre-publisher', 'gdnn-gdtx-chi-linh'));
    expect(another).toContain('cl-1');
    expect(another).not.toContain('cl-sao-do');
    expect((await service.get(at, await tokenOf('centre-publisher', 'gdtx-son-la'))).status).toBe(404);
  });
});

describe('GET /v1/inspections/recommendations/{id}', () => {
  const at = '/v1/inspections/recommendations/cl-2';

  test('shows the recommendation with its progress and where it stands', async () => {
    const { body } = await service.get(at);
    expect(body).toMatchObject({
      id: 'cl-2',
      status: 'overdue',
      place: 'district-290',
      progress: [{ by: 'tthtcd-chi-linh', state: 'in-progress' }],
    });
    expect((await service.get('/v1/inspections/recommendations/cl-9')).body).toMatchObject({
      status: 'closed',
      closed: { closedOn: '2026-01-12', outcome: 'done' },
    });
    expect((await service.get('/v1/inspections/recommendations/dh-1')).body).toMatchObject({
      status: 'open',
      place: 'gdnn-gdtx-dong-ha',
    });
    expect((await service.get('/v1/inspections/recommendations/none')).status).toBe(404);
  });

  test('says in whose names the caller may go on with it', async () => {
    const may = async (token?: string) => (await service.get(at, token)).body.may;
    expect(await may()).toMatchObject({ close: ['vn'] });
    const visited = await tokenOf('centre-publisher', 'tthtcd-sao-do');
    expect(await may(visited)).toEqual({ report: ['tthtcd-sao-do'], close: [] });
    expect(await may(await tokenOf('registrar', 'vn'))).toEqual({ report: [], close: [] });
  });

  test('is for the issuing side, for who is addressed, and for their successors', async () => {
    expect((await service.get(at, '')).status).toBe(401);
    for (const [role, unit] of [
      ['centre-publisher', 'tthtcd-sao-do'],
      ['centre-publisher', 'tthtcd-chi-linh'],
      ['commune-officer', 'commune-10546-2025'],
      ['province-officer', 'province-31-2025'],
    ] as const) {
      expect((await service.get(at, await tokenOf(role, unit))).status).toBe(200);
    }
    for (const unit of ['tthtcd-son-la', 'gdnn-gdtx-chi-linh', 'province-14']) {
      expect((await service.get(at, await tokenOf('province-officer', unit))).status).toBe(404);
    }
    const issuer = await tokenOf('province-officer', 'province-44-2025');
    expect((await service.get('/v1/inspections/recommendations/dh-1', issuer)).status).toBe(200);
  });
});

describe('GET /v1/inspections/recommendations', () => {
  const ids = async (query: string, token?: string) => {
    const { status, body } = await service.get(`/v1/inspections/recommendations?${query}`, token);
    expect(status).toBe(200);
    return body.recommendations.map(({ id }: { id: string }) => id);
  };

  test('shows those that are asked for, each as it is shown alone', async () => {
    const { body } = await service.get('/v1/inspections/recommendations?id=cl-2&id=dh-1&id=none&id=cl-2');
    const alone = await Promise.all(
      ['cl-2', 'dh-1'].map(async (id) => (await service.get(`/v1/inspections/recommendations/${id}`)).body),
    );
    expect(body.recommendations).toEqual(alone);
    expect(await ids('id=cl-9')).toEqual(['cl-9']);
  });

  test('leaves out what doesn’t concern the caller', async () => {
    expect((await service.get('/v1/inspections/recommendations?id=cl-2', '')).status).toBe(401);
    expect(await ids('id=cl-2&id=dh-1', await tokenOf('centre-publisher', 'tthtcd-sao-do'))).toEqual(['cl-2']);
    expect(await ids('id=cl-2', await tokenOf('province-officer', 'province-14'))).toEqual([]);
  });

  test('names at least one, and at most a hundred', async () => {
    const many = Array.from({ length: 101 }, (_, i) => `id=r-${i}`).join('&');
    for (const query of ['', many, 'ids=cl-2']) {
      expect((await service.get(`/v1/inspections/recommendations?${query}`)).status).toBe(400);
    }
  });
});
