import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { closeServer } from '@gdtx/service-kit/http';
import { noToken, notAllowed } from '@gdtx/service-kit/problem';
import { listening } from '../../test/listening.js';
import { severalRoutes } from './several-http.js';

let running: Awaited<ReturnType<typeof listening>>;
/** Units, in the order in which anything of them was worked out. */
let workedOut: (string | undefined)[] = [];

beforeAll(async () => {
  running = await listening((to) =>
    severalRoutes(to, {
      authenticated: (req, res, next) => {
        res.locals['caller'] = { subject: req.headers.authorization };
        next(req.headers.authorization ? undefined : noToken('none'));
      },
      answer: async (_res, { indicator, unit, by }) => {
        workedOut.push(unit);
        if (indicator === 'slow') await setTimeout(10);
        if (unit === 'p2') throw notAllowed('not yours');
        if (indicator === 'broken') throw new Error('a fault');
        return JSON.stringify({ indicator, unit, by });
      },
    }),
  );
});
afterAll(() => closeServer(running.server));

const addressOf = (asks: string[]) =>
  `${running.url}/v1/figures/several?${new URLSearchParams(asks.map((each) => ['ask', each] as [string, string]))}`;

async function ask(asks: string[], headers: Record<string, string> = { authorization: 'Bearer x' }) {
  const answer = await fetch(addressOf(asks), { headers });
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

const slow = (unit: string) => Array.from({ length: 20 }, () => `indicator=slow&unit=${unit}`);
const begun = async () => {
  while (workedOut.length === 0) await setTimeout(1);
};
const by = (name: string) => ({ authorization: `Bearer ${name}` });

test('calls of one caller have their turns one after the other, those of others go on beside them', async () => {
  workedOut = [];
  const first = ask(slow('p1'), by('x'));
  await begun();
  await Promise.all([first, ask(slow('p3'), by('x')), ask(slow('p4'), by('y'))]);
  expect(workedOut.filter((unit) => unit !== 'p4')).toEqual([...Array(20).fill('p1'), ...Array(20).fill('p3')]);
  expect(workedOut.indexOf('p4')).toBeLessThan(workedOut.lastIndexOf('p1'));
});

test('what fails, or whose caller has left, holds up nobody behind it', async () => {
  workedOut = [];
  const left = new AbortController();
  const call = fetch(addressOf(slow('p1')), { headers: by('x'), signal: left.signal });
  await begun();
  const failed = ask(['indicator=broken'], by('x'));
  left.abort();
  await expect(call).rejects.toThrow();
  expect((await failed).status).toBe(500);
  expect((await ask(['indicator=centres'], by('x'))).body.answers).toHaveLength(1);
});

test('none, and too many, are malformed', async () => {
  expect(await ask([])).toMatchObject({ status: 400, body: { path: 'ask' } });
  expect(await ask(Array.from({ length: 51 }, () => 'indicator=centres'))).toMatchObject({ status: 400 });
});

test('a fault isn’t told as an answer', async () => {
  expect(await ask(['indicator=broken'])).toMatchObject({ status: 500, body: { slug: 'internal' } });
});
