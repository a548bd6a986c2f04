import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import { testEngines } from '@gdtx/testing/test-engines';
import { startTestOwner, type TestOwner } from '@gdtx/testing/test-owner';
import { centresRoutes } from '../src/centres-http.js';
import { centresRules } from '../src/rules.js';
import { consolidation, established, fact, others, sonLa } from './facts.js';

/** The service as it runs: gRPC and HTTP in, MongoDB and Kafka out; provinces and community-learning have spoken before. */

let service: TestOwner;
const started = Date.now();

beforeAll(async () => {
  service = await startTestOwner({
    engines: testEngines('centres'),
    service: 'centres',
    rules: centresRules,
    routes: centresRoutes,
    others,
    now: () => Date.parse('2026-01-15T05:00:00Z') + Date.now() - started,
  });
  // What the others said comes by Kafka.
  await eventually(async () => {
    for (const unit of ['province-44-2025', 'tthtcd-2']) {
      expect((await service.get(`/v1/centres?within=${unit}`)).status).toBe(200);
    }
  });
}, 60_000);

afterAll(() => service?.stop(), 30_000);

const accepted = async (...args: Parameters<TestOwner['record']>) => {
  const results = await service.record(...args);
  expect(results.map(({ status, refusal }) => [status, refusal?.message])).toEqual(
    results.map(() => ['accepted', undefined]),
  );
  return results;
};

const city = { body: 'UBND thành phố Đông Hà', of: 'district-461' };

describe('the registry', () => {
  test('centres are founded and merged in one batch; the result is in Kafka', async () => {
    const results = await accepted([
      ...sonLa,
      consolidation(),
      established('gdnn-dong-ha', { kind: 'gdnn-gdtx', seat: 'district-461', authority: city }),
    ]);
    expect(results.map(({ receipt }) => receipt!.unit)).toEqual(['vn', 'vn', 'vn', 'vn']);
    await eventually(async () => expect(await service.published()).toHaveLength(4));
  });

  test('a centre that has ended can’t merge again', async () => {
    const [result] = await service.record([consolidation({ targets: [{ ...target('x') }] })]);
    expect(result).toMatchObject({ status: 'refused', refusal: { slug: 'not-alive', path: 'data.sources.0' } });
  });

  test('a founding isn’t withdrawn while a report needs it', async () => {
    const [report] = await accepted([fact('StaffingReported', { reportedOn: '2022', total: 30 }, 'gdnn-dong-ha')]);
    const withdrawal = (unit: string, seq: number) => fact('EntryWithdrawn', { unit, seq, reason: 'nhầm' });
    const [founding] = await service.record([withdrawal('vn', 4)]);
    expect(founding).toMatchObject({ status: 'refused', refusal: { slug: 'has-dependants' } });
    await accepted([withdrawal('gdnn-dong-ha', report!.receipt!.seq)]);
    expect((await service.get('/v1/centres/gdnn-dong-ha')).body.reports).toEqual({});
  });
});

const target = (centre: string) => ({
  centre,
  established: { kind: 'gdtx', name: { vi: centre }, seat: 'province-14' },
});

describe('a centre’s page', () => {
  test('shows its record, its latest reports, awards, ratings and legal acts', async () => {
    await accepted([
      fact('StaffingReported', { reportedOn: { notBefore: '2019-01-01' }, total: 45 }, 'gdtx-son-la'),
      fact('StaffingReported', { reportedOn: '2018-10', total: 40 }, 'gdtx-son-la'),
      fact('PartnershipsReported', { reportedOn: '2018-11-27', kind: 'training', total: 28 }, 'gdtx-son-la'),
      fact(
        'DepartmentsReported',
        { reportedOn: '2018-11-27', departments: ['A', 'B', 'C'], legalBasis: [{ number: '877/QĐ-SGDĐT' }] },
        'gdtx-son-la',
      ),
      fact('SupportAssigned', { reportedOn: '2022-04-02', communityCentres: ['tthtcd-1'] }, 'gdtx-son-la'),
      fact(
        'AwardReceived',
        {
          award: 'Huân chương Lao động hạng Ba',
          kind: 'labour-medal',
          class: 3,
          date: { notAfter: '2018-09-25' },
          inheritedFrom: ['gdtx-cu', 'kthn-son-la'],
        },
        'gdtx-son-la',
      ),
    ]);
    const { status, body } = await service.get('/v1/centres/gdtx-son-la');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      on: '2026-01-15',
      id: 'gdtx-son-la',
      state: 'alive',
      kind: 'gdtx',
      name: { vi: 'GDTX' },
      seat: 'province-14',
      from: '2018-09-25',
      to: null,
      history: {
        life: { from: '2018-09-25', givenFrom: '2018-09-25', knownSince: false },
        predecessors: [{ other: 'gdtx-cu' }, { other: 'kthn-son-la' }],
        changes: [{ kind: 'merged', given: '2018-09-25', entry: { service: 'centres', unit: 'vn', seq: 3 } }],
      },
      reports: {
        staffing: { day: '2019-01-01', reportedOn: { notBefore: '2019-01-01' }, total: 45 },
        training: { total: 28 },
        departments: { departments: ['A', 'B', 'C'] },
        support: { communityCentres: ['tthtcd-1'] },
      },
      awards: [{ kind: 'labour-medal', class: 3, date: { notAfter: '2018-09-25' } }],
      ratings: [],
      accreditation: { targets: [], awarded: [] },
      legalActs: [
        { fact: 'CentresReorganised', on: '2018-09-25', legalBasis: [{ number: '2343/QĐ-UBND' }] },
        { fact: 'DepartmentsReported', on: '2018-11-27', legalBasis: [{ number: '877/QĐ-SGDĐT' }] },
      ],
    });
  });

  test('shows what its authority said, in the centre’s own ledger', async () => {
    const results = await accepted(
      [
        fact(
          'RatingGiven',
          {
            centre: 'gdnn-dong-ha',
            year: 2023,
            rating: 'excellent',
            ratedBy: city,
            ratedOn: { notAfter: '2024-03-12' },
          },
          'district-461',
        ),
        fact(
          'AccreditationTargetSet',
          { centre: 'gdnn-dong-ha', year: 2024, level: 2, setBy: city, setOn: '2024-03-12' },
          'district-461',
        ),
      ],
      { token: await service.token({ roles: ['province-officer'], units: ['province-44-2025'] }) },
    );
    expect(results.map(({ receipt }) => receipt!.unit)).toEqual(['gdnn-dong-ha', 'gdnn-dong-ha']);
    expect((await service.get('/v1/centres/gdnn-dong-ha')).body).toMatchObject({
      ratings: [{ year: 2023, rating: 'excellent', ratedBy: city, ratedOn: { notAfter: '2024-03-12' } }],
      accreditation: { targets: [{ year: 2024, level: 2 }] },
    });
  });

  test('is as of a day, also before and after the centre’s life', async () => {
    const at = async (on: string, id = 'gdtx-cu') => (await service.get(`/v1/centres/${id}?on=${on}`)).body;
    expect(await at('2018-09-24')).toMatchObject({ state: 'alive' });
    expect(await at('2018-09-25')).toMatchObject({
      state: 'ended',
      history: { successors: [{ other: 'gdtx-son-la' }] },
    });
    expect(await at('2018-09-24', 'gdtx-son-la')).toMatchObject({ state: 'not-yet' });
    await accepted([fact('OperationSuspended', { centre: 'gdnn-dong-ha', from: '2021-05-10', until: '2021-09-06' })]);
    expect((await at('2021-09-05', 'gdnn-dong-ha')).suspended).toBe(true);
    expect((await at('2021-09-06', 'gdnn-dong-ha')).suspended).toBeUndefined();
  });

  test('is there after a restart', async () => {
    await service.restart();
    expect((await service.get('/v1/centres/gdtx-son-la')).body.reports.staffing.total).toBe(45);
  });
});

describe('the list of centres', () => {
  const ids = async (query: string, token?: string) => {
    const { body } = await service.get(`/v1/centres${query}`, token);
    return (body.items as { id: string }[]).map(({ id }) => id);
  };

  test('is of a day, a kind, a territory', async () => {
    expect(await ids('')).toEqual(['gdnn-dong-ha', 'gdtx-son-la']);
    expect(await ids('?on=2018-09-24')).toEqual(['gdnn-dong-ha', 'gdtx-cu', 'kthn-son-la']);
    expect(await ids('?on=2018-09-24&kind=kthn')).toEqual(['kthn-son-la']);
    expect(await ids('?within=province-14')).toEqual(['gdtx-son-la']);
    // Its city became two wards of the new province.
    expect(await ids('?within=province-44-2025')).toEqual(['gdnn-dong-ha']);
    expect(await ids('?within=province-45&on=2025-06-30')).toEqual(['gdnn-dong-ha']);
    expect(await ids('?within=province-45')).toEqual([]);
  });

  test('comes in pages', async () => {
    const first = (await service.get('/v1/centres?limit=1')).body;
    expect(first).toMatchObject({ on: '2026-01-15', next: 'gdnn-dong-ha' });
    expect(first.items).toEqual([
      {
        id: 'gdnn-dong-ha',
        state: 'alive',
        kind: 'gdnn-gdtx',
        name: { vi: 'gdnn-dong-ha' },
        seat: 'district-461',
        authority: city,
        from: '2000-01-01',
        to: null,
      },
    ]);
    const second = (await service.get('/v1/centres?limit=1&after=gdnn-dong-ha')).body;
    expect(second.items[0].id).toBe('gdtx-son-la');
    expect(second.next).toBeNull();
  });
});

describe('who may not', () => {
  test('read without a token', async () => {
    for (const path of ['/v1/centres', '/v1/centres/gdtx-son-la']) {
      expect(await service.get(path, '')).toMatchObject({ status: 401, body: { slug: 'no-token' } });
    }
  });

  test('read another’s page or list', async () => {
    const token = await service.token({ roles: ['province-officer'], units: ['province-44-2025'] });
    expect((await service.get('/v1/centres/gdnn-dong-ha', token)).status).toBe(200);
    expect((await service.get('/v1/centres?within=province-44-2025', token)).status).toBe(200);
    const own = await service.get('/v1/centres', token);
    expect(own.body.items.map(({ id }: { id: string }) => id)).toEqual(['gdnn-dong-ha']);
    for (const path of ['/v1/centres/gdtx-son-la', '/v1/centres?within=vn', '/v1/centres?within=province-14']) {
      expect(await service.get(path, token)).toMatchObject({ status: 403, body: { slug: 'not-allowed' } });
    }
  });

  test('the successor’s people read the predecessor’s page', async () => {
    const token = await service.token({ roles: ['centre-publisher'], units: ['gdtx-son-la'] });
    expect((await service.get('/v1/centres/kthn-son-la', token)).status).toBe(200);
  });

  test('write what isn’t theirs', async () => {
    const publisher = await service.token({ roles: ['centre-publisher'], units: ['gdnn-dong-ha'] });
    const results = await service.record(
      [
        fact('StaffingReported', { reportedOn: '2022', total: 1 }, 'gdtx-son-la'),
        fact('StaffingReported', { reportedOn: '2022', total: 31 }, 'gdnn-dong-ha'),
        fact(
          'RatingGiven',
          { centre: 'gdnn-dong-ha', year: 2022, rating: 'good', ratedBy: { body: 'BGĐ', of: 'gdnn-dong-ha' } },
          'gdnn-dong-ha',
        ),
        { ...established('gdtx-new'), source: 'gdnn-dong-ha' },
      ],
      { token: publisher },
    );
    expect(results.map(({ status, refusal }) => [status, refusal?.slug ?? ''])).toEqual([
      ['refused', 'not-allowed'],
      ['accepted', ''],
      ['refused', 'not-allowed'],
      ['refused', 'not-allowed'],
    ]);
  });
});

describe('what isn’t right is a 4xx that says so', () => {
  test.each([
    ['/v1/centres/nowhere', 404, 'not-found'],
    ['/v1/centres/province-14', 404, 'not-found'],
    ['/v1/centres/gdtx-son-la?on=yesterday', 400, 'malformed'],
    ['/v1/centres/gdtx-son-la?at=2020-01-01', 400, 'malformed'],
    ['/v1/centres?kind=school', 400, 'malformed'],
    ['/v1/centres?within=nowhere', 404, 'not-found'],
    ['/v1/centres?limit=0', 400, 'malformed'],
    ['/v1/centres?limit=5000', 400, 'malformed'],
    ['/v1/centres?kind[$ne]=gdtx', 400, 'malformed'],
  ])('%s', async (path, status, slug) => {
    expect(await service.get(path)).toMatchObject({ status, body: { slug } });
  });
});
