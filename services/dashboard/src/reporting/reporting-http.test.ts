import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { UnitEstablished } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import { CentreEstablished } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { closeServer } from '@gdtx/service-kit/http';
import { notAllowed } from '@gdtx/service-kit/problem';
import { Registry, type RegistryService } from '@gdtx/territory/registry';
import { listening } from '../../test/listening.js';
import { ReadModel } from '../columns/read-model.js';
import { createKeptMonths } from './kept-months.js';
import { PeriodRows } from './period-rows.js';
import { reportingRoutes } from './reporting-http.js';

const on = (day: string) => ({ on: day, notBefore: '', notAfter: '' });
const registry = Registry.empty();
let seq = 0;
const say = (service: RegistryService, name: string, data: object) =>
  registry.apply({ service, type: `vn.gdtx.${service}.${name}.v1`, data, seq: ++seq, recordedAt: 1 } as never);
for (const [unit, kind, parent] of [
  ['vn', 'country', ''],
  ['p1', 'province', 'vn'],
]) {
  const data = UnitEstablished.fromPartial({ unit, kind, parent, name: { vi: unit }, effectiveOn: on('1990-01-01') });
  say('provinces', 'UnitEstablished', data);
}
const centre = { centre: 'a', seat: 'p1', kind: 'gdtx', name: { vi: 'A' }, establishedOn: on('2024-01-01') };
say('centres', 'CentreEstablished', CentreEstablished.fromPartial(centre));

let running: Awaited<ReturnType<typeof listening>>;

beforeAll(async () => {
  running = await listening((to) =>
    reportingRoutes(to, {
      authenticated: (_req, _res, next) => next(),
      mustRead: (_res, unit) => {
        if (unit === 'vn') throw notAllowed('not yours');
      },
      registry: () => registry,
      follower: { model: new ReadModel(), periods: new PeriodRows() },
      kept: createKeptMonths(10),
      freshness: () => ({ asOf: Date.UTC(2024, 9, 11), lacks: [] }),
      today: () => '2024-10-11',
      now: () => Date.UTC(2024, 9, 11),
      dueDay: 10,
    }),
  );
});
afterAll(() => closeServer(running.server));

async function ask(query: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${running.url}/v1/reporting?${query}`);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test('the last month that has ended, with its day', async () => {
  const { status, body } = await ask('unit=p1&by=centre');
  expect(status).toBe(200);
  expect(body).toMatchObject({ from: '2024-09', to: '2024-09', dueOn: '2024-10-10', map: 'then', known: 'latest' });
  expect(body).toMatchObject({ asOf: '2024-10-11T00:00:00.000Z', expected: 1, silent: 1, reported: 0 });
  expect(body['rows']).toMatchObject([{ key: 'a', label: { vi: 'A' }, expected: 1, silent: 1 }]);
});

test('several months', async () => {
  const { body } = await ask('unit=p1&from=2023-11&to=2024-10&by=month');
  expect(body).toMatchObject({ expected: 10, silent: 9, awaited: 1 });
  expect(body['rows']).toHaveLength(10);
});

test('as known before it was due, a report was awaited and not missing', async () => {
  const { body } = await ask('unit=p1&month=2024-09&known=2024-09');
  expect(body).toMatchObject({ expected: 1, awaited: 1, silent: 0 });
});

test('as known before anybody had heard of the unit, nothing was expected of it', async () => {
  for (const map of ['then', 'today', '2024-09-30']) {
    const { status, body } = await ask(`unit=p1&month=2024-09&by=centre&map=${map}&known=1969-12`);
    expect({ map, status, ...body }).toMatchObject({ map, status: 200, expected: 0, silent: 0, rows: [] });
    const units = await fetch(`${running.url}/v1/reporting/units?unit=p1&month=2024-09&map=${map}&known=1969-12`);
    expect({ map, ...((await units.json()) as object) }).toMatchObject({ map, units: [] });
  }
});

test('whose unit it isn’t may not', async () => {
  expect(await ask('unit=vn')).toMatchObject({ status: 403, body: { slug: 'not-allowed' } });
});

test.each([
  ['unit=p1&month=2024-11', 400],
  ['unit=p1&month=2024-09&from=2024-08', 400],
  ['unit=p1&from=2024-09&to=2024-08', 400],
  ['unit=p1&from=2000-01&to=2024-08', 400],
  ['unit=p1&by=centre,province', 400],
  ['unit=p1&by=month,month', 400],
  ['unit=p1&by=category', 400],
  ['unit=p1&map=1', 400],
  ['unit=p1&known=2024-11', 400],
  ['unit=p1&other=1', 400],
  ['unit=p2', 404],
])('%s: %s', async (query, status) => {
  expect((await ask(query)).status).toBe(status);
});

test('units are listed with the places that they lie in', async () => {
  const answer = await fetch(`${running.url}/v1/reporting/units?month=2024-09&unit=p1`);
  const { units } = (await answer.json()) as { units: unknown[] };
  expect(units).toMatchObject([{ unit: 'a', within: [{ id: 'p1', kind: 'province' }, { id: 'vn' }] }]);
});
