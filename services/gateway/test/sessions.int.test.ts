import { readFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@gdtx/engines/ports';
import { createLocalIssuer } from '@gdtx/service-kit/local-issuer';
import {
  startIdentityProvider,
  type IdentityProvider,
} from '../../../infra/local/src/identity-provider/identity-provider.js';
import { DEMO_PEOPLE } from '../../../infra/local/src/identity-provider/people.js';
import { createSeal } from '../src/sessions/sealed.js';
import { Browser } from './browser.js';
import { event, runGateway, type RunningGateway } from './running-gateway.js';

/** Signing in at a real OpenID Connect provider, and what the cookie of a session may and may not do. */

const SECRET = 'a secret of at least thirty-two characters';
const OURS = { 'x-gdtx-page': '1' };
let gateway: RunningGateway;
let provider: IdentityProvider;
let keys: string;
beforeAll(async () => {
  keys = await mkdtemp(join(tmpdir(), 'gdtx-sign-in-'));
  const issuer = await createLocalIssuer(keys);
  const jwks = await issuer.listen();
  stops.push(() => jwks.close());
  const port = await freePort();
  const gatewayUrl = `http://127.0.0.1:${port}`;
  const key = JSON.parse(await readFile(join(keys, 'issuer.jwk.json'), 'utf8'));
  const tokens = { issuer: issuer.issuer, audience: issuer.audience };
  provider = await startIdentityProvider({ key, tokens, gatewayUrl });
  gateway = await runGateway({
    HTTP_PORT: String(port),
    PUBLIC_URL: gatewayUrl,
    TOKEN_JWKS_URL: jwks.url,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    SESSION_SECRET: SECRET,
  });
});
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  await gateway?.stop();
  await provider?.close();
  for (const stop of stops) await stop();
  await rm(keys, { recursive: true, force: true });
});

const isCallback = (address: string) => address.startsWith(`${gateway.url}/session/callback`);

/** Goes to the page on which one chooses who one is; answers its address. */
async function toTheChoice(browser: Browser, to = '/'): Promise<string> {
  const { way, last } = await browser.follow(`${gateway.url}/session/sign-in?to=${encodeURIComponent(to)}`);
  expect(last.status).toBe(200);
  return way.at(-1)!;
}

/** Chooses, and goes as far as the callback, which is not asked yet. */
async function choose(browser: Browser, choice: string, person: string): Promise<string> {
  const chosen = await browser.ask(`${choice}/${person}`, { method: 'POST' });
  expect(chosen.status).toBe(303);
  const { way } = await browser.follow(chosen.headers.get('location')!, isCallback);
  expect(isCallback(way.at(-1)!)).toBe(true);
  return way.at(-1)!;
}

async function signIn(person = 'demo-inspector', to = '/'): Promise<{ browser: Browser; landed: string }> {
  const browser = new Browser();
  const callback = await choose(browser, await toTheChoice(browser, to), person);
  const back = await browser.ask(callback);
  expect(back.status).toBe(303);
  return { browser, landed: back.headers.get('location')! };
}

const session = (browser: Browser, headers: Record<string, string> = OURS) =>
  browser.ask(`${gateway.url}/session`, { headers });

describe('signing in', () => {
  it.each(DEMO_PEOPLE.map(({ id, role, units }) => ({ id, role, units })))(
    'as $id, with one click',
    async ({ id, role, units }) => {
      const { browser, landed } = await signIn(id, '/figure?indicator=centres&map=then');
      expect(landed).toBe('/figure?indicator=centres&map=then');
      const said = (await (await session(browser)).json()) as Record<string, unknown>;
      expect(said).toMatchObject({ signedIn: true, subject: id, roles: [role], units });
      expect(JSON.stringify(said)).not.toMatch(/eyJ/);
    },
  );

  it('leaves one cookie, which no script can read and no other site’s page can send', async () => {
    const { browser } = await signIn();
    const kept = [...browser.cookies.get(gateway.url)!.keys()];
    expect(kept).toEqual([expect.stringMatching(/^gdtx-\d+$/)]);
    const line = browser.set.find((each) => each.startsWith(`${kept[0]}=`))!;
    expect(line).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(line).toMatch(/; Path=\/; Max-Age=\d+;/);
  });

  it('shows no token in any address', async () => {
    const browser = new Browser();
    const { way } = await browser.follow(`${gateway.url}/session/sign-in`);
    const callback = await choose(browser, way.at(-1)!, 'demo-inspector');
    for (const address of [...way, callback]) expect(address).not.toMatch(/eyJ[\w-]+\.|access_token|id_token/);
    expect(way[1]).toMatch(/code_challenge_method=S256/);
  });

  it('whoever is known at the provider comes back without a click, unless asked again', async () => {
    const { browser } = await signIn('demo-registrar');
    const back = await browser.follow(`${gateway.url}/session/sign-in`, isCallback);
    expect(isCallback(back.way.at(-1)!)).toBe(true);
    const asked = await browser.follow(`${gateway.url}/session/sign-in?again=1`, isCallback);
    expect(asked.way.at(-1)).toMatch(/\/choose\//);
  });

  it('whatever else a provider says in its answer is passed over', async () => {
    const browser = new Browser();
    const url = new URL(await choose(browser, await toTheChoice(browser), 'demo-inspector'));
    for (const name of ['scope', 'authuser', 'prompt', 'error_uri']) url.searchParams.set(name, 'x');
    const back = await browser.ask(url.href);
    expect([back.status, back.headers.get('location')]).toEqual([303, '/']);
    expect(await (await session(browser)).json()).toMatchObject({ signedIn: true });
  });

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '//here.invalid/',
    '/\\elsewhere.example',
    'elsewhere',
    '',
  ])('leads to no other site: %s', async (to) => {
    const answer = await new Browser().ask(`${gateway.url}/session/sign-in?to=${encodeURIComponent(to)}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ slug: 'malformed', path: 'to' });
  });
});

describe('what is not let in', () => {
  const refused = async (browser: Browser, address: string) => {
    const answer = await browser.ask(address);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?problem=refused']);
    expect(await (await session(browser)).json()).toEqual({ signedIn: false, possible: true });
  };

  it('a callback that this browser has not asked for', async () => {
    const mine = new Browser();
    const callback = await choose(mine, await toTheChoice(mine), 'demo-inspector');
    await refused(new Browser(), callback);
  });

  it('a callback of another attempt', async () => {
    const browser = new Browser();
    const callback = await choose(browser, await toTheChoice(browser), 'demo-inspector');
    await browser.ask(`${gateway.url}/session/sign-in`);
    await refused(browser, callback);
  });

  it('a code that was used, one that is none, and an error of the provider', async () => {
    for (const change of [
      (url: URL) => url.searchParams.set('code', 'x'.repeat(40)),
      (url: URL) => {
        url.searchParams.delete('code');
        url.searchParams.set('error', 'access_denied');
      },
    ]) {
      const browser = new Browser();
      const url = new URL(await choose(browser, await toTheChoice(browser), 'demo-inspector'));
      change(url);
      await refused(browser, url.href);
    }
  });

  it('a callback that another site sends a browser to, which leaves alone who has signed in', async () => {
    const { browser } = await signIn();
    const answer = await browser.ask(`${gateway.url}/session/callback?code=x&state=y`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?problem=refused']);
    expect(await (await session(browser)).json()).toMatchObject({ signedIn: true });
  });

  it.each(['state', 'code', 'iss'])('a callback with two of %s', async (name) => {
    const answer = await new Browser().ask(`${gateway.url}/session/callback?${name}=a&${name}=b`);
    expect(answer.status).toBe(400);
  });
});

describe('a session', () => {
  let browser: Browser;
  beforeAll(async () => {
    ({ browser } = await signIn('demo-province-officer'));
  });
  const figures = (headers: Record<string, string>, of = browser) => of.ask(`${gateway.url}/v1/figures`, { headers });

  it('takes the place of a token; the services hear of the token and of no cookie', async () => {
    const seen: Record<string, unknown>[] = [];
    gateway.readers.dashboard.answer = (req, res) => {
      seen.push(req.headers);
      res.end('{}');
    };
    expect((await figures({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await figures(OURS)).status).toBe(200);
    for (const headers of seen) {
      expect(headers['authorization']).toMatch(/^Bearer eyJ/);
      expect(headers['cookie']).toBeUndefined();
    }
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port or name of the same site', { 'sec-fetch-site': 'same-site', ...OURS }],
    ['an address that was typed', { 'sec-fetch-site': 'none' }],
    ['who doesn’t say where from', {}],
  ])('is nothing in a read from %s', async (_, headers) => {
    expect((await figures(headers)).status).toBe(401);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', ...OURS }, 401],
    ['a form of our own', { 'sec-fetch-site': 'same-origin' }, 401],
    ['our page', { 'sec-fetch-site': 'same-origin', ...OURS }, 200],
  ])('writes from %s', async (_, headers, status) => {
    const before = gateway.owners.programmes.calls.length;
    const answer = await browser.ask(`${gateway.url}/v1/facts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(event(`by-session-${status}-${before}`)),
    });
    expect(answer.status).toBe(status);
    expect(gateway.owners.programmes.calls.length).toBe(before + (status === 200 ? 1 : 0));
  });

  it('is for nobody whose cookie was made or changed elsewhere', async () => {
    const name = [...browser.cookies.get(gateway.url)!.keys()][0]!;
    const good = browser.cookies.get(gateway.url)!.get(name)!;
    const { name: _, token } = { name, token: gateway.token };
    const soon = Math.floor(Date.now() / 1000) + 600;
    const bad = [
      await createSeal('another secret of thirty-two characters', 'session').close({ token }, soon),
      await createSeal(SECRET, 'sign-in').close({ token }, soon),
      await createSeal(SECRET, 'session').close({ token }, soon - 700),
      await createSeal(SECRET, 'session').close({ token: 'x.y.z' }, soon),
      `${good.slice(0, -3)}AAA`,
      token,
      '',
    ];
    for (const value of bad) {
      const stranger = new Browser();
      stranger.cookies.set(gateway.url, new Map([[name, value]]));
      expect((await figures(OURS, stranger)).status).toBe(401);
      expect(await (await session(stranger)).json()).toEqual({ signedIn: false, possible: true });
    }
  });

  it('isn’t told to another site', async () => {
    const answer = await session(browser, { 'sec-fetch-site': 'cross-site' });
    expect(await answer.json()).toEqual({ signedIn: false, possible: true });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is ended by our page only', async () => {
    const out = (headers: Record<string, string>) =>
      browser.ask(`${gateway.url}/session/sign-out`, { method: 'POST', headers });
    expect((await out({ 'sec-fetch-site': 'same-origin' })).status).toBe(403);
    expect((await out({ 'sec-fetch-site': 'cross-site', ...OURS })).status).toBe(403);
    expect((await figures(OURS)).status).toBe(200);
    expect((await out(OURS)).status).toBe(204);
    expect((await figures(OURS)).status).toBe(401);
  });
});

describe('where no provider is configured', () => {
  let plain: RunningGateway;
  beforeAll(async () => {
    plain = await runGateway();
  });
  afterAll(() => plain?.stop());

  it('nobody signs in, and it says so', async () => {
    const ask = (path: string, init: RequestInit = {}) => fetch(plain.url + path, { redirect: 'manual', ...init });
    expect(await (await ask('/session')).json()).toEqual({ signedIn: false, possible: false });
    for (const path of ['/session/sign-in', '/session/callback?code=a&state=b']) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
    expect((await ask('/session/sign-out', { method: 'POST', headers: OURS })).status).toBe(404);
    expect((await ask('/session/nothing')).status).toBe(404);
  });

  it('half a configuration is named whole', async () => {
    await expect(runGateway({ OIDC_ISSUER: 'http://127.0.0.1:9' })).rejects.toThrow(/PUBLIC_URL[^]*SESSION_SECRET/);
  });

  it('a provider that is down is a 503', async () => {
    const down = await runGateway({
      OIDC_ISSUER: 'http://127.0.0.1:9',
      PUBLIC_URL: 'https://gdtx.example',
      SESSION_SECRET: SECRET,
    });
    try {
      const answer = await fetch(`${down.url}/session/sign-in`, { redirect: 'manual' });
      expect([answer.status, await answer.json()]).toMatchObject([503, { slug: 'try-again' }]);
    } finally {
      await down.stop();
    }
  });
});
