import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runGateway, type RunningGateway } from './running-gateway.js';

const PAGE = '<!doctype html><title>page</title>';
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(2000))})`;
let gateway: RunningGateway;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gdtx-web-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), PAGE);
  await writeFile(join(folder, 'assets', 'app-1a2b.js'), SCRIPT);
  await writeFile(join(folder, 'assets', 'app-1a2b.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(folder, 'assets', 'app-1a2b.js.gz'), gzipSync(SCRIPT));
  await writeFile(join(folder, '.made-from'), 'secret');
  gateway = await runGateway({ WEB_DIR: folder });
});
afterAll(async () => {
  await gateway?.stop();
  await rm(folder, { recursive: true, force: true });
});

const open = (path: string, headers: Record<string, string> = { accept: 'text/html' }, method = 'GET') =>
  fetch(gateway.url + path, { method, headers, redirect: 'manual' });

/** As a browser asks that has it already; `fetch` would say besides that it wants it anew. */
const statusOf = async (path: string, headers: Record<string, string>) => {
  const [answer] = (await once(get(gateway.url + path, { headers }), 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
};

describe('the web application', () => {
  it.each(['/', '/map', '/units/gdtx-son-la?lang=en'])('%s is its page, asked for each time', async (path) => {
    const answer = await open(path);
    expect([answer.status, await answer.text()]).toEqual([200, PAGE]);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(await statusOf(path, { accept: 'text/html', 'if-none-match': answer.headers.get('etag')! })).toBe(304);
  });

  it('its policy lets in files from here and nothing inline', async () => {
    for (const path of ['/', '/assets/app-1a2b.js']) {
      const policy = (await open(path)).headers.get('content-security-policy')!;
      expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self';/);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
    }
    const { headers } = await open('/');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it.each([
    ['br', 'gzip, deflate, br'],
    ['gzip', 'gzip'],
    [null, 'identity'],
  ])('a file comes as %s to who takes %s, and is kept for a year', async (encoding, takes) => {
    const answer = await open('/assets/app-1a2b.js', { 'accept-encoding': takes });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await answer.text()).toBe(SCRIPT);
  });

  it.each([
    '/assets/other.js',
    '/assets/',
    '/assets/app-1a2b.js.br',
    '/.made-from',
    '/favicon.ico',
    '/assets/../.made-from',
  ])('%s is no file of it', async (path) => {
    const answer = await open(path, { accept: '*/*' });
    expect([answer.status, ((await answer.json()) as { slug: string }).slug]).toEqual([404, 'not-found']);
  });

  it('hides nothing of the platform: machines hear of the calls, and of what isn’t there, as before', async () => {
    for (const accept of ['application/json', '*/*']) {
      const about = await open('/', { accept });
      expect([about.status, await about.json()]).toMatchObject([200, { docs: '/docs' }]);
    }
    expect((await open('/nothing', { accept: '*/*' })).status).toBe(404);
    expect((await open('/v1/figures')).status).toBe(401);
    expect((await open('/v1/nothing')).status).toBe(401);
    expect((await open('/docs/nothing')).status).toBe(404);
    expect((await open('/metrics')).headers.get('content-type')).toMatch(/^text\/plain/);
  });

  it('is read only', async () => {
    expect((await open('/', {}, 'POST')).status).toBe(404);
    const head = await open('/', { accept: 'text/html' }, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});
