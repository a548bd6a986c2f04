import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { OWNERS } from '@gdtx/service-kit/services';
import { event, runGateway, type RunningGateway } from './running-gateway.js';

let gateway: RunningGateway;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  gateway = await runGateway();
  for (const role of [
    'registrar',
    'province-officer',
    'commune-officer',
    'centre-publisher',
    'inspector',
    'operator',
  ]) {
    tokens[role] = await gateway.issuer.sign({ sub: role, roles: [role], units: ['vn'] });
  }
}, 30_000);
afterAll(() => gateway.stop());
beforeEach(() => {
  for (const owner of OWNERS) gateway.owners[owner].previews.length = 0;
});

async function preview(body: unknown, { token = tokens['registrar'], type = 'application/json' } = {}) {
  const answer = await gateway.call('/v1/facts/preview', {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as any };
}

test('is for who says registry facts', async () => {
  const statuses: Record<string, number> = {};
  for (const [role, token] of Object.entries(tokens)) {
    statuses[role] = (await preview(event('x'), { token })).status;
  }
  expect(statuses).toEqual({
    registrar: 200,
    'province-officer': 200,
    'commune-officer': 200,
    'centre-publisher': 403,
    inspector: 403,
    operator: 403,
  });
});

test('asks each owner, in their order, and hands on what the ones before would add to the registry', async () => {
  const entry = { service: 'provinces', unit: 'vn', seq: 7, type: 'vn.gdtx.provinces.UnitEstablished.v1' };
  const { provinces, centres } = gateway.owners;
  const before = [provinces.foresee, centres.foresee] as const;
  provinces.foresee = (request) => ({ ...before[0](request), registry: [{ ...blank, ...entry }] });
  centres.foresee = ({ facts }) => ({
    results: facts.map(({ id }) => ({ id, status: 'accepted', unit: 'vn', refusal: undefined })),
    registry: [],
    changes: {
      units: [
        { unit: 'n', what: 'founded', name: 'N', on: '2025-09-01', to: [] },
        { unit: 'a', what: 'ended', name: 'A', on: '2025-09-01', to: ['n'] },
      ],
      ...{ movedProvince: 0, movedCommune: 2, movedCentre: 1, reportersBefore: 3, reportersAfter: 2 },
    },
  });
  const { body } = await preview([event('c', 'centres'), event('p', 'provinces')]);
  [provinces.foresee, centres.foresee] = before;
  expect(provinces.previews.map(({ facts, assumed }) => [facts.map(({ id }) => id), assumed.length])).toEqual([
    [['p'], 0],
  ]);
  expect(centres.previews).toMatchObject([{ facts: [{ id: 'c' }], assumed: [entry] }]);
  expect(body).toEqual({
    results: [
      { id: 'c', status: 'accepted', unit: 'vn' },
      { id: 'p', status: 'accepted', unit: 'vn' },
    ],
    ...{ accepted: 2, duplicate: 0, refused: 0 },
    changes: {
      units: {
        founded: { count: 1, units: [{ unit: 'n', name: 'N', on: '2025-09-01' }] },
        ended: { count: 1, units: [{ unit: 'a', name: 'A', on: '2025-09-01', to: ['n'] }] },
      },
      figuresMoved: { province: 0, commune: 2, centre: 1 },
      reportersExpected: { before: 3, after: 2 },
    },
  });
});

const blank: Entry = {
  ...{ service: '', unit: '', seq: 0, id: '', source: '', type: '', time: '', recordedAt: 0, recordedBy: '' },
  ...{ data: Buffer.alloc(0), hash: Buffer.alloc(0), previousHash: Buffer.alloc(0) },
};

test('takes what /v1/facts takes: lines too, with what is wrong among them', async () => {
  const lines = [event('one'), { ...event('two'), specversion: '2.0' }].map((each) => JSON.stringify(each)).join('\n');
  const { status, body } = await preview(`${lines}\n`, { type: 'application/x-ndjson' });
  expect(status).toBe(200);
  expect(body).toMatchObject({ accepted: 1, refused: 1, results: [{ id: 'one' }, { refusal: { slug: 'malformed' } }] });
  expect((await preview('{')).status).toBe(400);
  expect((await preview('{}', { type: 'text/plain' })).status).toBe(415);
  expect((await preview(Array.from({ length: 5001 }, (_, i) => event(`e${i}`)))).status).toBe(413);
});

test('records nothing, also where an owner is down: its facts may be asked about again', async () => {
  const { centres } = gateway.owners;
  await centres.stop();
  const { body } = await preview([event('c', 'centres'), event('p', 'programmes')]);
  await centres.start();
  expect(body.results).toMatchObject([
    { id: 'c', status: 'refused', refusal: { slug: 'try-again', retryable: true } },
    { id: 'p', status: 'accepted' },
  ]);
  for (const owner of OWNERS) expect(gateway.owners[owner].calls).toEqual([]);
});
