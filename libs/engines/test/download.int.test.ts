import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http, { type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unpackedOnce } from '../src/cache.js';
import { download } from '../src/download.js';
import { openUrl, proxyFor } from '../src/open-url.js';
import { SetUpError } from '../src/set-up-error.js';

const CONTENT = 'a jar';
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

let folder: string;
const servers: Server[] = [];
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'gdtx-download-'))));
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await rm(folder, { recursive: true, force: true });
});

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = http.createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const jar = (url: string, sha256 = SHA256) => ({
  name: 'a.jar',
  url: `${url}/a.jar`,
  sha256,
  sourceVariable: 'GDTX_MAVEN_URL',
});

describe('a download', () => {
  test('follows redirects, is checked, and leaves nothing beside the file', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/a.jar') response.writeHead(302, { location: '/b.jar' }).end();
      else response.end(CONTENT);
    });
    let bytes = 0;
    await download(jar(url), join(folder, 'in/a.jar'), { env: {}, onBytes: (count) => (bytes += count) });
    expect(await readFile(join(folder, 'in/a.jar'), 'utf8')).toBe(CONTENT);
    expect(await readdir(join(folder, 'in'))).toEqual(['a.jar']);
    expect(bytes).toBe(CONTENT.length);
  });

  test('that is there already is not asked for again', async () => {
    await writeFile(join(folder, 'a.jar'), CONTENT);
    await download(jar('http://127.0.0.1:1'), join(folder, 'a.jar'), { env: {} });
  });

  test('of which the server breaks off once comes at the next try', async () => {
    let tries = 0;
    const { url } = await serve((request, response) => {
      if (++tries > 1) return void response.end(CONTENT);
      response.writeHead(200, { 'content-length': 100 }).write('a');
      setTimeout(() => request.socket.destroy(), 20);
    });
    await download(jar(url), join(folder, 'a.jar'), { env: {} });
    expect(tries).toBe(2);
  });

  test('of another content is refused with what to do, and not kept', async () => {
    const { url } = await serve((_, response) => response.end('something else'));
    const refused = download(jar(url), join(folder, 'a.jar'), { env: {} });
    await expect(refused).rejects.toThrow(SetUpError);
    await expect(refused).rejects.toThrow(/a\.jar from .* is not the pinned file .* GDTX_MAVEN_URL/);
    expect(await readdir(folder)).toEqual([]);
  });

  test('that the server does not have is not tried again', async () => {
    let tries = 0;
    const { url } = await serve((_, response) => {
      tries++;
      response.writeHead(404).end();
    });
    await expect(download(jar(url), join(folder, 'a.jar'), { env: {} })).rejects.toThrow(
      /^a\.jar could not be downloaded from 127\.0\.0\.1:\d+ \(.* answered 404\): check the connection and HTTPS_PROXY, or set GDTX_MAVEN_URL/,
    );
    expect(tries).toBe(1);
  });

  test('that nobody answers ends in a sentence', async () => {
    await expect(download(jar('http://127.0.0.1:1'), join(folder, 'a.jar'), { env: {} })).rejects.toThrow(
      /ECONNREFUSED.*check the connection/,
    );
  });

  test('is given up when it is told to', async () => {
    const { url } = await serve((_, response) => void response.write('a'));
    const stop = new AbortController();
    const given = download(jar(url), join(folder, 'a.jar'), { env: {}, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(given).rejects.toThrow('enough');
    expect(await readdir(folder)).toEqual([]);
  });

  test('into a folder that cannot be made ends in a sentence', async () => {
    const { url } = await serve((_, response) => response.end(CONTENT));
    await writeFile(join(folder, 'file'), '');
    await expect(download(jar(url), join(folder, 'file/a.jar'), { env: {} })).rejects.toThrow(
      /a file stands in its way/,
    );
  });
});

describe('a proxy', () => {
  test('is taken as the environment says', () => {
    const to = (url: string, env: Record<string, string>) => proxyFor(new URL(url), env)?.href;
    const env = { HTTPS_PROXY: 'http://p:8080', http_proxy: 'q:3128', NO_PROXY: 'localhost, .intern,10.0.0.1:443' };
    expect(to('https://a.example/x', env)).toBe('http://p:8080/');
    expect(to('http://a.example/x', env)).toBe('http://q:3128/');
    expect(to('https://localhost/x', env)).toBeUndefined();
    expect(to('https://maven.intern/x', env)).toBeUndefined();
    expect(to('https://10.0.0.1/x', env)).toBeUndefined();
    expect(to('https://notintern/x', env)).toBe('http://p:8080/');
    expect(to('https://a.example/x', { NO_PROXY: '*', HTTPS_PROXY: 'http://p' })).toBeUndefined();
    expect(to('https://a.example/x', {})).toBeUndefined();
  });

  test('is asked for a tunnel, with its password, and the file comes through it', async () => {
    const { url } = await serve((_, response) => response.end(CONTENT));
    const proxy = await serve((_, response) => response.writeHead(400).end());
    const asked: unknown[] = [];
    proxy.server.on('connect', (request, socket) => {
      asked.push([request.url, request.headers['proxy-authorization']]);
      const port = Number(request.url?.split(':')[1]);
      const onward = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    const through = proxy.url.replace('http://', 'http://me:pass@');
    await download(jar(url), join(folder, 'a.jar'), { env: { HTTP_PROXY: through } });
    expect(asked).toEqual([[new URL(url).host, `Basic ${Buffer.from('me:pass').toString('base64')}`]]);
    expect(await readFile(join(folder, 'a.jar'), 'utf8')).toBe(CONTENT);
  });

  test('that refuses is named', async () => {
    const proxy = await serve((_, response) => response.end());
    proxy.server.on('connect', (_, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    await expect(openUrl('http://a.example/', { env: { HTTP_PROXY: proxy.url } })).rejects.toThrow(
      /the proxy .* refused with 407/,
    );
  });
});

describe('the cache', () => {
  test('a folder is filled once, by whoever comes first', async () => {
    let fills = 0;
    const fill = async (into: string) => {
      fills++;
      await writeFile(join(into, 'x'), 'x');
    };
    const both = await Promise.all([unpackedOnce(folder, 'kafka', fill), unpackedOnce(folder, 'kafka', fill)]);
    expect(both).toEqual([join(folder, 'kafka'), join(folder, 'kafka')]);
    expect(await unpackedOnce(folder, 'kafka', fill)).toBe(join(folder, 'kafka'));
    expect(fills).toBeLessThanOrEqual(2);
    expect(await readdir(folder)).toEqual(['kafka']);
  });

  test('nothing of a folder stays whose filling failed', async () => {
    await expect(unpackedOnce(folder, 'kafka', () => Promise.reject(new SetUpError('no')))).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });
});
