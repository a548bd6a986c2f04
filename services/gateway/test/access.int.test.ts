import { once } from 'node:events';
import { request } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalIssuer } from '@gdtx/service-kit/local-issuer';
import { SignJWT } from 'jose';
import { READ_ROUTES } from '../src/routes.js';
import { event, runGateway, until, type RunningGateway } from './running-gateway.js';

const LIMIT = 25;
let gateway: RunningGateway;
let forged: string;
beforeAll(async () => {
  gateway = await runGateway({ RATE_LIMIT: String(LIMIT) });
  const elsewhere = await mkdtemp(join(tmpdir(), 'gdtx-forger-'));
  forged = await (await createLocalIssuer(elsewhere)).sign({ roles: ['registrar'], units: ['vn'] });
  await rm(elsewhere, { recursive: true });
});
afterAll(() => gateway.stop());

const CLOSED: [string, string][] = [
  ['POST', '/v1/facts'],
  ['GET', '/v1/facts/types'],
  ['GET', '/v1/ledgers/programmes/gdtx-son-la'],
  ['GET', '/v1/ledgers/programmes/gdtx-son-la/verify'],
  ...READ_ROUTES.map(({ path }): [string, string] => ['GET', path.replace('**', 'x')]),
  ['GET', '/v1/nothing'],
];
const asked = () => Object.values(gateway.owners).flatMap((owner) => owner.calls);

describe('without a token that holds', () => {
  const badTokens: [string, () => string | undefined | Promise<string>][] = [
    ['no token', () => undefined],
    ['another scheme', () => `Basic ${gateway.token}`],
    ['no JWT', () => 'Bearer x.y.z'],
    ['a forged token', () => `Bearer ${forged}`],
    ['an expired token', async () => `Bearer ${await gateway.issuer.sign({ roles: ['registrar'], expiresIn: '-1m' })}`],
    ['a token with no signature', () => `Bearer ${unsigned()}`],
    ['a token signed with a secret', async () => `Bearer ${await symmetric()}`],
    ['a token whose claims were changed', () => `Bearer ${changed(gateway.token)}`],
  ];

  it.each(CLOSED)('%s %s is 401', async (method, path) => {
    for (const [, header] of badTokens) {
      const authorization = await header();
      const response = await fetch(gateway.url + path, {
        method,
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        ...(method === 'POST' && { body: JSON.stringify(event('a')) }),
      });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.json()).toMatchObject({ slug: 'no-token', status: 401 });
    }
    expect(asked()).toEqual([]);
  });

  it.each(['/', '/docs/', '/openapi.json', '/healthz', '/readyz', '/metrics', '/version'])(
    '%s is open',
    async (path) => {
      expect((await fetch(gateway.url + path)).status).toBe(200);
    },
  );

  it('a body isn’t waited for', async () => {
    const call = request(`${gateway.url}/v1/facts`, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
    call.on('error', () => undefined);
    call.write('x'.repeat(1000));
    const [response] = await once(call, 'response');
    expect(response.statusCode).toBe(401);
    // Who goes on sending in spite of the answer is let go after a moment.
    const drip = setInterval(() => call.write('x'.repeat(1000)), 100);
    await once(call, 'close');
    clearInterval(drip);
  });
});

describe('one subject', () => {
  it('makes so many calls a minute; the others are not held up by it', async () => {
    const token = await gateway.issuer.sign({ sub: 'eager', roles: ['inspector'] });
    const call = () => gateway.call('/v1/facts/types', { headers: { authorization: `Bearer ${token}` } });
    for (let i = 0; i < LIMIT; i += 1) expect((await call()).status).toBe(200);
    const response = await call();
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await response.json()).toMatchObject({ slug: 'too-many', status: 429 });
    const facts = { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: '' };
    expect((await gateway.call('/v1/facts', facts)).status).toBe(429);
    expect((await gateway.call('/v1/figures')).status).toBe(200);
  });
});

describe('when the issuer’s keys can’t be had', () => {
  it('it isn’t ready, and no token is called bad', async () => {
    const other = await runGateway({ TOKEN_JWKS_URL: 'http://127.0.0.1:9/jwks.json' });
    try {
      const ready = await fetch(`${other.url}/readyz`);
      expect(ready.status).toBe(503);
      expect((await ready.json()) as object).toMatchObject({ ready: false });
      const response = await other.call('/v1/facts/types');
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
      expect((await fetch(`${other.url}/healthz`)).status).toBe(200);
    } finally {
      await other.stop();
    }
  });

  it('it is ready again when they can; an owner that is down doesn’t matter', async () => {
    await gateway.owners.inspections.stop();
    await until(async () => (await fetch(`${gateway.url}/readyz`)).status === 200);
    await gateway.owners.inspections.start();
  });
});

function unsigned(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims())}.`;
}
function symmetric(): Promise<string> {
  return new SignJWT(claims())
    .setProtectedHeader({ alg: 'HS256', kid: 'local' })
    .sign(new TextEncoder().encode('a'.repeat(32)));
}
function changed(token: string): string {
  const [head, , signature] = token.split('.');
  return `${head}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.${signature}`;
}
function claims() {
  const { issuer: iss, audience: aud } = gateway.issuer;
  return { iss, aud, sub: 'x', exp: Math.floor(Date.now() / 1000) + 3600, roles: ['registrar'], units: ['vn'] };
}
