import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { closeServer } from '@gdtx/service-kit/http';
import { noToken, notAllowed } from '@gdtx/service-kit/problem';
import { listening } from '../../test/listening.js';
import { severalRoutes } from './several-http.js';

let running: Awaited<ReturnType<typeof listening>>;

beforeAll(async () => {
  running = await listening((to) =>
    severalRoutes(to, {
      authenticated: (req, _res, next) => next(req.headers.authorization ? undefined : noToken('none')),
      answer: async (_res, { indicator, unit, by }) => {
        if (unit === 'p2') throw notAllowed('not yours');
        if (indicator === 'broken') throw new Error('a fault');
        return JSON.stringify({ indicator, unit, by });
      },
    }),
  );
});
afterAll(() => closeServer(running.server));

async function ask(asks: string[], headers: Record<string, string> = { authorization: 'Bearer x' }) {
  const query = new URLSearchParams(asks.map((each) => ['ask', each] as [string, string]));
  const answer = await fetch(`${running.url}/v1/figures/several?${query}`, { headers });
  return { status: answer.status, body: (await answer.json()) as any };
}

test('each is answered in the order asked, with what a figure takes by itself', async () => {
  const { status, body } = await ask(['indicator=centres', 'indicator=staff&unit=p1&by=centre,month']);
  expect(status).toBe(200);
  expect(body.answers).toEqual([
    { status: 200, figure: { indicator: 'centres', unit: 'vn' } },
    { status: 200, figure: { indicator: 'staff', unit: 'p1', by: ['centre', 'month'] } },
  ]);
});

test('one alone', async () => {
  expect((await ask(['indicator=centres'])).body.answers).toHaveLength(1);
});

test('what isn’t the caller’s to read is refused by itself', async () => {
  const { status, body } = await ask(['indicator=centres&unit=p2', 'indicator=centres&unit=p1']);
  expect(status).toBe(200);
  expect(body.answers).toMatchObject([{ status: 403, problem: { slug: 'not-allowed' } }, { status: 200 }]);
});

test.each([
  ['unit=p1', 'indicator'],
  ['indicator=centres&indicator=staff', 'indicator'],
  ['indicator=centres&format=csv', 'format'],
  ['indicator=centres&from=2024', 'from'],
])('%s is malformed by itself, and says where', async (query, path) => {
  const { body } = await ask([query, 'indicator=centres']);
  expect(body.answers).toMatchObject([{ status: 400, problem: { slug: 'malformed', path } }, { status: 200 }]);
});

test('without a token nothing is answered', async () => {
  expect(await ask(['indicator=centres'], {})).toMatchObject({ status: 401, body: { slug: 'no-token' } });
});

test('none, and too many, are malformed', async () => {
  expect(await ask([])).toMatchObject({ status: 400, body: { path: 'ask' } });
  expect(await ask(Array.from({ length: 51 }, () => 'indicator=centres'))).toMatchObject({ status: 400 });
});

test('a fault isn’t told as an answer', async () => {
  expect(await ask(['indicator=broken'])).toMatchObject({ status: 500, body: { slug: 'internal' } });
});
