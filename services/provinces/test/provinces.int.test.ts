import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import { testEngines } from '@gdtx/testing/test-engines';
import { startTestOwner, type TestOwner } from '@gdtx/testing/test-owner';
import { provincesRoutes } from '../src/provinces-http.js';
import { provincesRules } from '../src/rules.js';
import { country, established } from './facts.js';

/** The service as it runs: gRPC and HTTP in, MongoDB and Kafka out. */

let service: TestOwner;
const started = Date.now();

beforeAll(async () => {
  service = await startTestOwner({
    engines: testEngines('provinces'),
    service: 'provinces',
    rules: provincesRules,
    routes: provincesRoutes,
    now: () => Date.parse('2026-01-15T05:00:00Z') + Date.now() - started,
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

describe('territory', () => {
  test('a batch is taken in its own order: what begins in it may hold what comes after', async () => {
    const results = await accepted([
      country,
      established('province-06', 'province', 'vn', { officialCode: '06' }),
      established('province-19', 'province', 'vn', { officialCode: '19' }),
      established('district-164', 'district', 'province-19', { officialCode: '164' }),
      established('commune-05443', 'commune', 'district-164', { officialCode: '05443' }),
    ]);
    expect(results.map(({ receipt }) => [receipt!.unit, receipt!.seq])).toEqual(
      [1, 2, 3, 4, 5].map((seq) => ['vn', seq]),
    );
  });

  test('a refusal leaves no trace, and its neighbours are taken', async () => {
    const results = await service.record([
      established('province-x', 'province', 'vn', { officialCode: '19' }),
      established('province-20', 'province', 'vn', { officialCode: '20' }),
      established('district-y', 'district', 'province-nowhere'),
    ]);
    expect(results.map(({ status, refusal }) => [status, refusal?.slug ?? ''])).toEqual([
      ['refused', 'code-in-use'],
      ['accepted', ''],
      // It may be a unit of another service, and those don’t answer here.
      ['refused', 'try-again'],
    ]);
    expect((await service.get('/v1/territory/units/province-x')).status).toBe(404);
  });

  test('a province’s reform ends and begins units in one entry, which goes to Kafka', async () => {
    const whole = (from: string, to: string) => ({ from, to, extent: 'whole' });
    const begins = (unit: string, kind: string, parent: string, officialCode: string) => ({
      unit,
      kind,
      parent,
      officialCode,
      name: { vi: unit },
    });
    const data = {
      effectiveOn: '2025-07-01',
      established: [
        begins('province-19-2025', 'province', 'vn', '19'),
        begins('commune-05443-2025', 'commune', 'province-19-2025', '05443'),
      ],
      parts: [
        whole('province-06', 'province-19-2025'),
        whole('province-19', 'province-19-2025'),
        { from: 'district-164', to: 'commune-05443-2025', extent: 'part' },
        whole('commune-05443', 'commune-05443-2025'),
      ],
      legalBasis: [{ number: '202/2025/QH15', issuedOn: '2025-06-12' }],
    };
    await accepted([{ name: 'UnitsReorganised', data, id: 'reform-19' }]);
    await eventually(async () => expect((await service.published()).map((entry) => entry.id)).toContain('reform-19'));
    const again = await service.record([{ name: 'UnitsReorganised', data, id: 'reform-19' }]);
    expect(again[0]!.status).toBe('duplicate');
  });

  test('a unit is read as of a day, with its history', async () => {
    const { status, body } = await service.get('/v1/territory/units/province-19?on=2025-06-30');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 'province-19',
      kind: 'province',
      on: '2025-06-30',
      state: 'alive',
      name: { vi: 'province-19' },
      officialCode: '19',
      parent: 'vn',
      life: {
        from: null,
        to: '2025-07-01',
        givenFrom: { notAfter: '2024-01-01' },
        givenTo: '2025-07-01',
        knownSince: false,
      },
      successors: [{ other: 'province-19-2025', on: '2025-07-01', extent: 'whole' }],
      changes: [
        { kind: 'established', given: { notAfter: '2024-01-01' }, entry: { service: 'provinces', unit: 'vn', seq: 3 } },
        { kind: 'merged', given: '2025-07-01', legalBasis: [{ number: '202/2025/QH15', issuedOn: '2025-06-12' }] },
      ],
    });
    // Without a day: today. What has ended is shown as it last was.
    const today = await service.get('/v1/territory/units/province-19');
    expect(today.body).toMatchObject({ on: '2026-01-15', state: 'ended', name: { vi: 'province-19' } });
    const before = await service.get('/v1/territory/units/province-19-2025?on=2025-06-30');
    expect(before.body).toMatchObject({ state: 'not-yet', officialCode: '19' });
  });

  test('a withdrawal isn’t taken while later entries need what it takes back', async () => {
    const withdrawal = (seq: number) => ({ name: 'EntryWithdrawn', data: { unit: 'vn', seq, reason: 'nhầm' } });
    const [province] = await service.record([withdrawal(3)]);
    expect(province).toMatchObject({ status: 'refused', refusal: { slug: 'has-dependants' } });
    const [, , wrong] = await accepted([
      established('province-22', 'province', 'vn', { officialCode: '22' }),
      established('district-200', 'district', 'province-22'),
      established('province-23', 'province', 'vn', { officialCode: '24' }),
    ]);
    await accepted([withdrawal(wrong!.receipt!.seq)]);
    // Its code and its id are free again.
    await accepted([established('province-24', 'province', 'vn', { officialCode: '24' })]);
    await accepted([established('province-23', 'province', 'vn', { officialCode: '23' })]);
    const abolished = { name: 'UnitAbolished', data: { unit: 'province-22', effectiveOn: '2025-07-01' } };
    expect((await service.record([abolished]))[0]!.refusal).toMatchObject({ slug: 'has-children' });
  });

  test('everything is there after a restart', async () => {
    await service.restart();
    expect((await service.get('/v1/territory/units/commune-05443-2025')).body).toMatchObject({
      parent: 'province-19-2025',
    });
    const [taken] = await service.record([
      established('commune-z', 'commune', 'province-19-2025', { officialCode: '05443', effectiveOn: '2025-08-01' }),
    ]);
    expect(taken!.refusal).toMatchObject({ slug: 'code-in-use' });
  });
});

describe('targets', () => {
  test('are read by unit and year', async () => {
    const target = (unit: string, year: number, value: number) => ({
      name: 'TargetSet',
      data: { unit, indicator: 'learning-citizens', year, value },
    });
    await accepted([target('vn', 2025, 40), target('vn', 2030, 60), target('province-20', 2025, 35)]);
    expect(await service.get('/v1/territory/targets?unit=vn&year=2025')).toMatchObject({
      status: 200,
      body: {
        unit: 'vn',
        year: 2025,
        targets: [{ indicator: 'learning-citizens', year: 2025, value: 40, legalBasis: [] }],
      },
    });
    expect((await service.get('/v1/territory/targets?unit=vn')).body.targets).toHaveLength(2);
    expect((await service.get('/v1/territory/targets?unit=province-19')).body).toEqual({
      unit: 'province-19',
      targets: [],
    });
  });
});

describe('who may not', () => {
  const officer = (unit: string) => service.token({ roles: ['province-officer'], units: [unit] });

  test('read without a token', async () => {
    for (const path of ['/v1/territory/units/vn', '/v1/territory/targets?unit=vn']) {
      expect(await service.get(path, '')).toMatchObject({ status: 401, body: { slug: 'no-token' } });
    }
  });

  test('read another’s targets', async () => {
    const token = await officer('province-20');
    expect(await service.get('/v1/territory/targets?unit=province-20', token)).toMatchObject({ status: 200 });
    expect(await service.get('/v1/territory/targets?unit=province-24', token)).toMatchObject({
      status: 403,
      body: { slug: 'not-allowed' },
    });
    // Where territory lies is no secret among those who have a token.
    expect(await service.get('/v1/territory/units/province-24', token)).toMatchObject({ status: 200 });
  });

  test('write what isn’t theirs', async () => {
    const target = {
      name: 'TargetSet',
      source: 'province-20',
      data: { unit: 'vn', indicator: 'staff', year: 2026, value: 1 },
    };
    const own = { ...target, data: { ...target.data, unit: 'province-20' } };
    const token = await officer('province-20');
    const unit = { ...established('district-9', 'district', 'province-20'), source: 'province-20' };
    const results = await service.record([target, own, unit], { token });
    expect(results.map(({ status, refusal }) => [status, refusal?.slug ?? ''])).toEqual([
      ['refused', 'not-allowed'],
      ['accepted', ''],
      ['refused', 'not-allowed'],
    ]);
  });

  test('call without being the gateway', async () => {
    await expect(service.record([country], { as: 'centres' })).rejects.toMatchObject({ details: expect.any(String) });
  });
});

describe('what isn’t right is a 4xx that says so', () => {
  test.each([
    ['/v1/territory/units/nowhere', 404, 'not-found'],
    ['/v1/territory/units/vn?on=2025-02-30', 400, 'malformed'],
    ['/v1/territory/units/vn?when=2025-02-28', 400, 'malformed'],
    ['/v1/territory/targets', 400, 'malformed'],
    ['/v1/territory/targets?unit=nowhere', 404, 'not-found'],
    ['/v1/territory/targets?unit=vn&year=soon', 400, 'malformed'],
    ['/v1/territory/targets?unit[$gt]=', 400, 'malformed'],
  ])('%s', async (path, status, slug) => {
    expect(await service.get(path)).toMatchObject({ status, body: { slug } });
  });
});
