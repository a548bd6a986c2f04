import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { grpcError } from '@gdtx/service-kit/grpc';
import { OWNERS } from '@gdtx/service-kit/services';
import { accepted, HASH, refusedBy } from './fake-owner.js';
import { event, runGateway, until, type RunningGateway } from './running-gateway.js';

interface Answer {
  results: { id: string; status: string; refusal?: { slug: string; path: string; retryable: boolean } }[];
  accepted: number;
  duplicate: number;
  refused: number;
}

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await runGateway({ OWNER_CALLS: '2', RATE_LIMIT: '100000' });
});
afterAll(() => gateway.stop());
beforeEach(() => {
  for (const owner of OWNERS) {
    gateway.owners[owner].calls.length = 0;
    gateway.owners[owner].decide = (facts) => facts.map((fact, i) => accepted(fact, i + 1));
  }
});

async function published(body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: Answer }> {
  const response = await gateway.publish(body, headers);
  return { status: response.status, body: (await response.json()) as Answer };
}
async function problem(body: unknown, headers?: Record<string, string>) {
  const response = await gateway.publish(body, headers);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return { status: response.status, ...((await response.json()) as { slug: string; detail: string; path?: string }) };
}
const MB = 1024 * 1024;
/** Sends so many blanks, slowly enough to see when the answer comes. */
function posted(headers: Record<string, string | number>, bytes: number) {
  return new Promise<{ answer: Record<string, unknown>; sent: number; continued: boolean }>((resolve, reject) => {
    let sent = 0;
    let continued = false;
    let answered = false;
    const authorization = `Bearer ${gateway.token}`;
    const call = request(`${gateway.url}/v1/facts`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...headers },
    });
    const send = async () => {
      while (sent < bytes && !answered) {
        const chunk = Buffer.alloc(Math.min(256 * 1024, bytes - sent), ' ');
        sent += chunk.length;
        await new Promise((written) => call.write(chunk, written));
      }
      call.end();
    };
    call.once('continue', () => {
      continued = true;
      void send();
    });
    call.once('response', async (response) => {
      answered = true;
      let text = '';
      for await (const chunk of response) text += String(chunk);
      call.destroy();
      resolve({ answer: JSON.parse(text) as Record<string, unknown>, sent, continued });
    });
    call.on('error', reject);
    if (headers['expect'] === undefined && bytes > 0) void send();
    else call.flushHeaders();
  });
}
const asked = () => OWNERS.flatMap((owner) => gateway.owners[owner].calls.flatMap((call) => call.facts));
const slugs = (answer: Answer) => answer.results.map((r) => r.refusal?.slug ?? r.status);

describe('one fact', () => {
  it('goes to its owner with the caller’s own token, and comes back with its receipt', async () => {
    const data = { learners: 42, note: 'Lớp 12, “Sơn La” 🏫' };
    const answer = await published(event('f-1', 'programmes', { time: '2024-09-05T01:00:00Z', data }));
    expect(answer).toEqual({
      status: 200,
      body: {
        results: [{ id: 'f-1', status: 'accepted', unit: 'gdtx-son-la', seq: 1, hash: HASH }],
        accepted: 1,
        duplicate: 0,
        refused: 0,
      },
    });
    const { facts, authorization } = gateway.owners.programmes.calls[0]!;
    expect(authorization).toBe(`Bearer ${gateway.token}`);
    expect(facts[0]).toMatchObject({ id: 'f-1', time: '2024-09-05T01:00:00Z' });
    expect(JSON.parse(facts[0]!.data.toString())).toEqual(data);
  });

  it('is 207 when it is refused', async () => {
    gateway.owners.programmes.decide = (facts) => facts.map((fact) => refusedBy(fact, 'class-unknown'));
    const { status: http, body } = await published(event('f-1'), { 'content-type': 'application/cloudevents+json' });
    expect(http).toBe(207);
    expect(body).toEqual({
      results: [
        {
          id: 'f-1',
          status: 'refused',
          refusal: { slug: 'class-unknown', message: 'It is class-unknown.', path: 'data.class', retryable: false },
        },
      ],
      accepted: 0,
      duplicate: 0,
      refused: 1,
    });
  });

  it('is a duplicate with its first receipt', async () => {
    gateway.owners.programmes.decide = (facts) => facts.map((fact) => ({ ...accepted(fact, 9), status: 'duplicate' }));
    const { status: http, body } = await published(event('f-1'));
    expect([http, body.duplicate, body.results[0]]).toEqual([
      200,
      1,
      { id: 'f-1', status: 'duplicate', unit: 'gdtx-son-la', seq: 9, hash: HASH },
    ]);
  });

  it('of a type that nobody owns is refused', async () => {
    const { status: http, body } = await published(event('f-1', 'weather'));
    expect([http, body.results[0]!.refusal?.slug]).toEqual([207, 'type-unknown']);
  });

  it.each([
    ['a broken envelope', { ...event('f-1'), specversion: '0.3' }, 'specversion'],
    ['an unknown attribute', { ...event('f-1'), subject: 'x' }, 'subject'],
    ['an operator for an id', { ...event('f-1'), id: { $gt: '' } }, 'id'],
    ['__proto__ in the envelope', `{"__proto__":{"id":"x"},${JSON.stringify(event('f-1')).slice(1)}`, '__proto__'],
    ['constructor in the envelope', { ...event('f-1'), constructor: {} }, 'constructor'],
    ['no object', '"text"', undefined],
    ['nothing', 'null', undefined],
    ['no body', '', undefined],
    ['broken JSON', '{"specversion":', undefined],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), undefined],
  ])('with %s is 400, and nothing is asked', async (_, body, path) => {
    expect(await problem(body)).toMatchObject({ status: 400, slug: 'malformed', ...(path && { path }) });
    expect(asked()).toEqual([]);
  });

  it('nested without end is 400', async () => {
    const body = `{"data":${'['.repeat(500_000)}${']'.repeat(500_000)},${JSON.stringify({ ...event('f-1'), data: undefined }).slice(1)}`;
    expect(await problem(body)).toMatchObject({ status: 400, slug: 'malformed' });
  });

  it('with more data than one fact may have is 413', async () => {
    const data = { note: 'x'.repeat(1_400_000) };
    expect(await problem(event('f-1', 'provinces', { data }))).toMatchObject({ status: 413, slug: 'too-large' });
  });

  it('of 1 MB goes through', async () => {
    const data = { parts: Array.from({ length: 20_000 }, (_, i) => ({ from: `commune-${i}`, to: 'commune-1-2025' })) };
    const { status: http } = await published(event('f-1', 'provinces', { data }));
    expect(http).toBe(200);
    expect(gateway.owners.provinces.calls[0]!.facts[0]!.data.length).toBeGreaterThan(900_000);
  });
});

describe('an array of facts', () => {
  it('is asked in the order in which owners depend on each other, and answered in the order sent', async () => {
    const order: string[] = [];
    for (const owner of OWNERS) {
      gateway.owners[owner].decide = (facts) => {
        order.push(`${owner}: ${facts.map((f) => f.id).join()}`);
        return facts.map((fact, i) => accepted(fact, i + 1));
      };
    }
    const sent = [
      event('1', 'inspections'),
      event('2', 'programmes'),
      event('3', 'provinces'),
      event('4', 'community-learning'),
      event('5', 'programmes'),
      event('6', 'centres'),
    ];
    const { status: http, body } = await published(sent, { 'content-type': 'application/cloudevents-batch+json' });
    expect(http).toBe(200);
    expect(body.results.map((r) => r.id)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(order).toEqual(['provinces: 3', 'centres: 6', 'community-learning: 4', 'programmes: 2,5', 'inspections: 1']);
  });

  it('has a refusal for each bad one; the neighbours are unharmed', async () => {
    gateway.owners.programmes.decide = (facts) =>
      facts.map((fact) => (fact.id === 'bad' ? refusedBy(fact, 'in-future') : accepted(fact)));
    const sent = [event('a'), 7, { ...event('b'), id: '' }, event('bad'), event('c', 'weather'), event('d', 'centres')];
    const { status: http, body } = await published(sent);
    expect(http).toBe(207);
    expect(slugs(body)).toEqual(['accepted', 'malformed', 'malformed', 'in-future', 'type-unknown', 'accepted']);
    expect(body.results.map((r) => r.id)).toEqual(['a', null, null, 'bad', 'c', 'd']);
    expect(body).toMatchObject({ accepted: 2, duplicate: 0, refused: 4 });
  });

  it('may be empty', async () => {
    const nothing = { results: [], accepted: 0, duplicate: 0, refused: 0 };
    expect(await published([])).toEqual({ status: 200, body: nothing });
  });

  it('of 5,000 is taken, of 5,001 is 413', async () => {
    const many = Array.from({ length: 5001 }, (_, i) => event(`f-${i}`));
    const { status: http, body } = await published(many.slice(1));
    expect([http, body.accepted, body.results.at(-1)!.id]).toEqual([200, 5000, 'f-5000']);
    gateway.owners.programmes.calls.length = 0;
    expect(await problem(many)).toMatchObject({ status: 413, slug: 'too-large' });
    expect(asked()).toEqual([]);
  });

  it.each([
    ['an array', 'application/cloudevents+json', [event('a')]],
    ['one', 'application/cloudevents-batch+json', event('a')],
  ])('is 400 when %s is said to be something else', async (_, type, body) => {
    expect(await problem(body, { 'content-type': type })).toMatchObject({ status: 400, slug: 'malformed' });
  });
});

describe('a body', () => {
  it.each([
    ['text/plain', {}],
    ['application/xml', {}],
    ['constructor', {}],
    ['application/json; charset=utf-16', {}],
    ['application/json', { 'content-encoding': 'br' }],
    ['application/json', { 'content-encoding': 'gzip, gzip' }],
  ])('as %s %j is 415', async (type, headers) => {
    const answer = await problem(event('a'), { 'content-type': type, ...headers });
    expect(answer).toMatchObject({ status: 415, slug: 'unsupported-media-type' });
    expect(asked()).toEqual([]);
  });

  it('may say that it is UTF-8, and may be gzipped', async () => {
    const headers = { 'content-type': 'application/json; charset=UTF-8', 'content-encoding': 'gzip' };
    expect((await published(gzipSync(JSON.stringify(event('a'))), headers)).status).toBe(200);
  });

  it('of broken gzip is 400', async () => {
    const headers = { 'content-encoding': 'gzip' };
    expect(await problem(Buffer.from('no gzip'), headers)).toMatchObject({ status: 400, slug: 'malformed' });
    const cut = gzipSync(JSON.stringify(event('a'))).subarray(0, -9);
    expect(await problem(cut, headers)).toMatchObject({ status: 400, slug: 'malformed' });
  });

  it('that is 50 MB unpacked is 413, however small it is packed', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await problem(bomb, { 'content-encoding': 'gzip' })).toMatchObject({ status: 413, slug: 'too-large' });
  });

  it('that says it has 50 MB is 413 before any of it has come', async () => {
    const { answer, continued } = await posted({ 'content-length': 50 * MB, expect: '100-continue' }, 0);
    expect(answer).toMatchObject({ status: 413, slug: 'too-large' });
    expect(continued).toBe(false);
    expect((await posted({ 'content-length': 50 * MB }, 0)).answer).toMatchObject({ status: 413, slug: 'too-large' });
  });

  it('of 50 MB that doesn’t say so is 413 as soon as it is too much', async () => {
    const { answer, sent } = await posted({ 'transfer-encoding': 'chunked' }, 50 * MB);
    expect(answer).toMatchObject({ status: 413, slug: 'too-large' });
    // 8 MB, and what lies in the buffers of the connection.
    expect(sent).toBeLessThan(30 * MB);
    expect(asked()).toEqual([]);
  });

  it.each([{}, { 'content-encoding': 'gzip' }])(
    'that breaks off %j leaves nothing, and harms nobody else',
    async (more) => {
      const headers = { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json', ...more };
      const call = request(`${gateway.url}/v1/facts`, { method: 'POST', headers });
      call.on('error', () => undefined);
      const text = JSON.stringify([event('a'), event('b')]);
      call.write(more['content-encoding'] ? gzipSync(text).subarray(0, -5) : text);
      await sleep(50);
      call.destroy();
      await sleep(50);
      expect(asked()).toEqual([]);
      expect((await gateway.publish(event('a'))).status).toBe(200);
    },
  );

  it('is asked for when its sender waits to be asked', async () => {
    const { continued, answer } = await posted({ 'content-length': 2, expect: '100-continue' }, 2);
    expect(continued).toBe(true);
    expect(answer).toMatchObject({ status: 400 });
  });
});

describe('an owner', () => {
  it('that is down has its facts refused, to be tried again; the neighbours go on', async () => {
    await gateway.owners.centres.stop();
    try {
      const { status: http, body } = await published([event('a', 'centres'), event('b'), event('c', 'centres')]);
      expect(http).toBe(207);
      expect(slugs(body)).toEqual(['try-again', 'accepted', 'try-again']);
      expect(body.results[0]!.refusal).toMatchObject({ retryable: true, path: '' });

      const all = await gateway.publish([event('a', 'centres'), event('c', 'centres')]);
      expect([all.status, all.headers.get('retry-after')]).toEqual([503, '2']);
      expect(await all.json()).toMatchObject({ slug: 'try-again', status: 503 });
      expect((await gateway.publish(event('a', 'centres'))).status).toBe(503);
    } finally {
      await gateway.owners.centres.start();
    }
    await until(async () => (await gateway.publish(event('a', 'centres'))).status === 200);
  });

  it('that takes too long has its facts refused, to be tried again', async () => {
    const hasty = await runGateway({ OWNER_DEADLINE_MS: '3000' });
    try {
      hasty.owners.programmes.decide = () => new Promise(() => undefined);
      hasty.owners.centres.decide = (facts) => facts.map((fact) => accepted(fact));
      const response = await hasty.publish([event('a'), event('b', 'centres')]);
      expect(slugs((await response.json()) as Answer)).toEqual(['try-again', 'accepted']);
    } finally {
      await hasty.stop();
    }
  });

  it('that is asked too much at once is not asked more', async () => {
    let go = () => {};
    const gate = new Promise<void>((resolve) => (go = resolve));
    gateway.owners.programmes.decide = async (facts) => {
      await gate;
      return facts.map((fact) => accepted(fact));
    };
    const busy = [gateway.publish(event('a')), gateway.publish(event('b'))];
    await until(() => gateway.owners.programmes.calls.length === 2);
    const third = await gateway.publish(event('c'));
    expect([third.status, third.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await gateway.publish(event('d', 'centres'))).status).toBe(200);
    go();
    expect((await Promise.all(busy)).map((r) => r.status)).toEqual([200, 200]);
    expect(gateway.owners.programmes.calls).toHaveLength(2);
  });

  it.each([
    [status.UNAUTHENTICATED, 401, 'no-token'],
    [status.PERMISSION_DENIED, 403, 'not-allowed'],
    [status.INVALID_ARGUMENT, 400, 'malformed'],
    [status.INTERNAL, 503, 'try-again'],
  ])('that answers with gRPC status %s makes it HTTP %s', async (code, http, slug) => {
    gateway.owners.programmes.decide = () => {
      throw grpcError(code, 'because');
    };
    expect(await problem([event('a'), event('b')])).toMatchObject({ status: http, slug });
    expect(slugs((await published([event('a'), event('b', 'centres')])).body)).toEqual([slug, 'accepted']);
  });

  it('that refuses all with try-again itself makes it 503', async () => {
    gateway.owners.programmes.decide = (facts) => facts.map((fact) => refusedBy(fact, 'try-again', true));
    expect(await problem([event('a'), event('b')])).toMatchObject({ status: 503, slug: 'try-again' });
  });

  it('that doesn’t answer every fact isn’t believed', async () => {
    gateway.owners.programmes.decide = (facts) => facts.slice(1).map((fact) => accepted(fact));
    expect(await problem([event('a'), event('b')])).toMatchObject({ status: 503, slug: 'try-again' });
    gateway.owners.programmes.decide = (facts) => facts.map((fact) => accepted(fact)).reverse();
    expect(await problem([event('a'), event('b')])).toMatchObject({ status: 503, slug: 'try-again' });
  });
});
