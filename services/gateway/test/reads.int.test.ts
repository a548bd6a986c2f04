import { once } from 'node:events';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { READERS, type Reader } from '../src/routes.js';
import { runGateway, until, type FakeReader, type RunningGateway } from './running-gateway.js';

let gateway: RunningGateway;
let answers: Record<Reader, FakeReader['answer']>;
beforeAll(async () => {
  gateway = await runGateway({ RATE_LIMIT: '100000' });
  answers = Object.fromEntries(READERS.map((r) => [r, gateway.readers[r].answer])) as typeof answers;
});
afterAll(() => gateway.stop());
beforeEach(() => {
  for (const reader of READERS) gateway.readers[reader].answer = answers[reader];
});

describe('a read', () => {
  it.each<[string, Reader]>([
    ['/v1/figures?indicator=learners-present&by=province%2Cmonth&unit=', 'dashboard'],
    ['/v1/figures/sources?indicator=staff', 'dashboard'],
    ['/v1/units/gdtx-son-la/lineage', 'dashboard'],
    ['/v1/inspections', 'dashboard'],
    ['/v1/ledgers/programmes/gdtx-son-la?from=3', 'programmes'],
    ['/v1/ledgers/provinces/vn/verify', 'provinces'],
    ['/v1/territory/units/vn', 'provinces'],
    ['/v1/centres?q=S%C6%A1n%20La', 'centres'],
    ['/v1/programmes/x', 'programmes'],
    ['/v1/community-centres/x', 'community-learning'],
    ['/v1/inspections/orders/x', 'inspections'],
  ])('%s is handed on as it is to %s', async (path, reader) => {
    const response = await gateway.call(path, { headers: { accept: 'text/csv' } });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ...{ reader, method: 'GET', url: path, accept: 'text/csv' },
      authorization: `Bearer ${gateway.token}`,
    });
  });

  it('of what nobody has is 404', async () => {
    for (const path of ['/v1', '/v1/nothing', '/v1/facts', '/v1/ledgers/gateway/vn']) {
      const response = await gateway.call(path);
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.json()).toMatchObject({ slug: 'not-found' });
    }
  });

  it.each(['/v1/units/../../metrics', '/v1/units/%2e%2e/%2e%2e/metrics', '/v1/units/a%2f..%2f..%2fmetrics'])(
    'at %s doesn’t get out of what its route opens',
    async (path) => {
      // fetch would take the step up itself.
      const call = request(gateway.url, { path, headers: { authorization: `Bearer ${gateway.token}` } }).end();
      const [response] = (await once(call, 'response')) as [IncomingMessage];
      response.resume();
      expect(response.statusCode).toBe(404);
    },
  );

  it('is GET or HEAD', async () => {
    const head = await gateway.call('/v1/indicators', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const response = await gateway.call('/v1/indicators', { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });

  it('is answered with the service’s own status, head and body', async () => {
    gateway.readers.dashboard.answer = (_, res) => {
      res.writeHead(403, {
        'content-type': 'application/problem+json',
        etag: '"7"',
        'x-mine': 'yes',
        connection: 'close',
      });
      res.end('{"slug":"not-allowed"}');
    };
    const response = await gateway.call('/v1/figures?indicator=staff');
    expect([response.status, await response.json()]).toEqual([403, { slug: 'not-allowed' }]);
    expect([response.headers.get('etag'), response.headers.get('x-mine')]).toEqual(['"7"', 'yes']);
    expect(response.headers.get('connection')).not.toBe('close');
  });

  it('comes compressed to who takes that, but what is small', async () => {
    const rows = JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ key: `province-${i}`, value: i })));
    const asked = async (type: string, body: string, encoding = 'gzip') => {
      gateway.readers.dashboard.answer = (_, res) => void res.setHeader('content-type', type).end(body);
      const response = await gateway.call('/v1/figures', { headers: { 'accept-encoding': encoding } });
      expect(await response.text()).toBe(body);
      return response.headers.get('content-encoding');
    };
    expect(await asked('application/json; charset=utf-8', rows)).toBe('gzip');
    expect(await asked('text/csv; charset=utf-8', rows, 'br')).toBe('br');
    expect(await asked('application/json', rows, 'identity')).toBeNull();
    expect(await asked('application/json', '{"value":7}')).toBeNull();
    expect(await asked('text/event-stream', rows)).toBeNull();
  });

  it('in lines comes line by line, compressed too', async () => {
    let end = () => undefined as unknown;
    gateway.readers.dashboard.answer = (_, res) => {
      res.setHeader('content-type', 'application/x-ndjson');
      res.write('{"part":1}\n');
      end = () => res.end('{"part":2}\n');
    };
    const response = await gateway.call('/v1/figures/sources', { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const lines = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await lines.read()).value).toBe('{"part":1}\n');
    end();
    expect((await lines.read()).value).toBe('{"part":2}\n');
  });

  it('never says to a service that it comes from another service', async () => {
    let seen: IncomingMessage['headers'] = {};
    gateway.readers.centres.answer = (req, res) => {
      seen = req.headers;
      res.end();
    };
    await gateway.call('/v1/centres', { headers: { 'x-gdtx-service': 'forged' } });
    expect(seen['x-gdtx-service']).toBeUndefined();
  });
});

describe('a service that is read', () => {
  it('and is down makes it 503, and 200 again when it is up; the others are unharmed', async () => {
    const gone = await runGateway({ CENTRES_HTTP: 'http://127.0.0.1:9' });
    try {
      const response = await gone.call('/v1/centres');
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
      expect(await response.json()).toMatchObject({ slug: 'try-again' });
      expect((await gone.call('/v1/programmes')).status).toBe(200);
      const metrics = await (await fetch(`${gone.url}/metrics`)).text();
      expect(metrics).toMatch(/gateway_upstream_failures_total\{[^}]*service="centres"[^}]*\} 1/);
    } finally {
      await gone.stop();
    }
  });

  it('and doesn’t answer in time makes it 503', async () => {
    const hasty = await runGateway({ READ_TIMEOUT_MS: '1000' });
    hasty.readers.centres.answer = () => undefined;
    expect((await hasty.call('/v1/centres')).status).toBe(503);
    await hasty.stop();
  });

  it('and has closed a kept connection is asked again', async () => {
    await gateway.call('/v1/centres');
    let asked = 0;
    gateway.readers.centres.answer = (req, res) => {
      asked += 1;
      if (asked === 1) return void req.socket.resetAndDestroy();
      res.end('again');
    };
    expect(await (await gateway.call('/v1/centres')).text()).toBe('again');
    asked = 0;
    gateway.readers.centres.answer = (req) => {
      asked += 1;
      req.socket.resetAndDestroy();
    };
    expect((await gateway.call('/v1/centres')).status).toBe(503);
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('and breaks off in the middle breaks off here too', async () => {
    gateway.readers.dashboard.answer = (req, res) => {
      res.writeHead(200, { 'content-length': '1000' });
      res.write('half', () => req.socket.destroy());
    };
    const response = await gateway.call('/v1/figures');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });
});

describe('server-sent events', () => {
  /** The dashboard's side of an open stream. */
  let live: ServerResponse | undefined;
  let closed = false;
  beforeEach(() => {
    live = undefined;
    closed = false;
    gateway.readers.dashboard.answer = (_, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.flushHeaders();
      res.on('close', () => (closed = true));
      live = res;
    };
  });
  const listen = async (url: string, token: string) => {
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
    const call = request(`${url}/v1/live`, { headers });
    call.on('error', () => undefined);
    call.end();
    const [events] = (await once(call, 'response')) as [IncomingMessage];
    events.on('error', () => undefined);
    return { call, events };
  };

  it('come through one by one, as they are said', async () => {
    const { call, events } = await listen(gateway.url, gateway.token);
    expect(events.headers['content-type']).toBe('text/event-stream');
    for (const said of ['event: figure\ndata: 1\n\n', ': still here\n\n', 'event: figure\ndata: 2\n\n']) {
      live!.write(said);
      expect(String((await once(events, 'data'))[0])).toBe(said);
    }
    call.destroy();
    await until(() => closed);
  });

  it('end when the gateway is stopped, at once', async () => {
    const other = await runGateway();
    other.readers.dashboard.answer = gateway.readers.dashboard.answer;
    const { events } = await listen(other.url, other.token);
    events.resume();
    // Nobody at the other end has ended it.
    await other.stop();
    await until(() => closed && events.closed);
  });

  it('aren’t cut off for being silent', async () => {
    const hasty = await runGateway({ READ_TIMEOUT_MS: '2000' });
    hasty.readers.dashboard.answer = gateway.readers.dashboard.answer;
    const { call, events } = await listen(hasty.url, hasty.token);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    live!.write('data: late\n\n');
    expect(String((await once(events, 'data'))[0])).toBe('data: late\n\n');
    call.destroy();
    await hasty.stop();
  });
});
