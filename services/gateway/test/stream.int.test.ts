import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { grpcError } from '@gdtx/service-kit/grpc';
import { OWNERS } from '@gdtx/service-kit/services';
import { accepted, HASH, refusedBy } from './fake-owner.js';
import { event, runGateway, until, type RunningGateway } from './running-gateway.js';

type Line = Record<string, unknown> & { refusal?: { slug: string } };

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await runGateway({ OWNER_CALLS: '1', STREAMS: '3', STREAM_PATIENCE_MS: '3000', RATE_LIMIT: '100000' });
});
afterAll(() => gateway.stop());
beforeEach(() => {
  for (const owner of OWNERS) {
    gateway.owners[owner].calls.length = 0;
    gateway.owners[owner].decide = (facts) => facts.map((fact, i) => accepted(fact, i + 1));
  }
});

const NDJSON = { 'content-type': 'application/x-ndjson' };
const body = (events: unknown[]) => events.map((e) => `${typeof e === 'string' ? e : JSON.stringify(e)}\n`).join('');
const asked = () => OWNERS.flatMap((owner) => gateway.owners[owner].calls.flatMap((call) => call.facts));
const said = (lines: Line[]) => lines.map((line) => line.refusal?.slug ?? line['status'] ?? 'sums');

async function streamed(text: string | Uint8Array, headers = {}): Promise<{ http: number; lines: Line[] }> {
  const response = await gateway.publish(text, { ...NDJSON, ...headers });
  expect(response.headers.get('content-type')).toContain('application/x-ndjson');
  const lines = (await response.text()).trimEnd().split('\n');
  return { http: response.status, lines: lines.map((line) => JSON.parse(line) as Line) };
}

/** A stream that is still open on both sides. */
async function opened(more: Record<string, string> = {}): Promise<{ call: ClientRequest; answer: IncomingMessage }> {
  const authorization = `Bearer ${gateway.token}`;
  const call = request(`${gateway.url}/v1/facts`, { method: 'POST', headers: { ...NDJSON, ...more, authorization } });
  call.on('error', () => undefined);
  call.flushHeaders();
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  answer.on('error', () => undefined);
  return { call, answer };
}

describe('a stream of facts', () => {
  it('is answered a line a fact, in order, and at last with the sums', async () => {
    gateway.owners.programmes.decide = (facts) =>
      facts.map((fact) => (fact.id === 'b' ? refusedBy(fact, 'class-unknown') : accepted(fact, 3)));
    const { http, lines } = await streamed(body([event('a'), event('b'), event('c', 'centres')]));
    expect(http).toBe(200);
    const receipt = { status: 'accepted', unit: 'gdtx-son-la', hash: HASH };
    expect(lines).toEqual([
      { id: 'a', ...receipt, seq: 3, line: 1 },
      { id: 'b', status: 'refused', refusal: expect.objectContaining({ slug: 'class-unknown' }), line: 2 },
      { id: 'c', ...receipt, seq: 1, line: 3 },
      { accepted: 2, duplicate: 0, refused: 1 },
    ]);
  });

  it('has a refusal for each bad line; the neighbours are unharmed', async () => {
    const { lines } = await streamed(
      body([
        event('a'),
        '{"specversion":',
        '',
        { ...event('b'), id: 7 },
        JSON.stringify([event('c')]),
        event('d', 'weather'),
        `{"__proto__":{},${JSON.stringify(event('e')).slice(1)}`,
        event('f'),
      ]),
    );
    expect(said(lines)).toEqual([
      ...['accepted', 'malformed', 'malformed', 'malformed', 'type-unknown', 'malformed', 'accepted', 'sums'],
    ]);
    expect(lines.map((line) => line['line'])).toEqual([1, 2, 4, 5, 6, 7, 8, undefined]);
    expect(lines.at(-1)).toEqual({ accepted: 2, duplicate: 0, refused: 5 });
    expect(asked().map((fact) => fact.id)).toEqual(['a', 'f']);
  });

  it('may end without a newline; what is unfinished is refused', async () => {
    expect(said((await streamed(body([event('a')]).trimEnd())).lines)).toEqual(['accepted', 'sums']);
    const cut = body([event('a'), event('b')]).slice(0, -20);
    expect(said((await streamed(cut)).lines)).toEqual(['accepted', 'malformed', 'sums']);
  });

  it('may be empty', async () => {
    for (const text of ['', '\n\r\n']) {
      expect((await streamed(text)).lines).toEqual([{ accepted: 0, duplicate: 0, refused: 0 }]);
    }
  });

  it('takes facts of 1 MB, and refuses a longer line without keeping it', async () => {
    const large = event('large', 'provinces', { data: { parts: 'x'.repeat(1_000_000) } });
    const larger = event('larger', 'provinces', { data: { parts: 'x'.repeat(30_000_000) } });
    const { lines } = await streamed(body([event('a'), large, larger, event('b')]));
    expect(said(lines)).toEqual(['accepted', 'accepted', 'too-large', 'accepted', 'sums']);
    expect(lines[2]).toMatchObject({ id: null, line: 3 });
  });

  it('may be gzipped; one that ends too early says so', async () => {
    const packed = gzipSync(body(Array.from({ length: 2000 }, (_, i) => event(`f-${i}`))));
    const whole = await streamed(packed, { 'content-encoding': 'gzip' });
    expect(whole.lines.at(-1)).toEqual({ accepted: 2000, duplicate: 0, refused: 0 });
    const { http, lines } = await streamed(packed.subarray(0, -200), { 'content-encoding': 'gzip' });
    expect(http).toBe(200);
    expect(said(lines.slice(-2))).toEqual(['malformed', 'sums']);
  });

  it('is decided in groups of at most 500, in the order sent', async () => {
    const sent = Array.from({ length: 4_000 }, (_, i) => event(`f-${i}`, i % 3 === 0 ? 'centres' : 'programmes'));
    const { lines } = await streamed(body(sent));
    expect(lines.slice(0, -1).map((line) => line['id'])).toEqual(sent.map((e) => e.id));
    expect(lines.at(-1)).toEqual({ accepted: 4_000, duplicate: 0, refused: 0 });
    const sizes = OWNERS.flatMap((owner) => gateway.owners[owner].calls.map((call) => call.facts.length));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
    expect(gateway.owners.programmes.calls.flatMap((c) => c.facts.map((f) => f.id))).toEqual(
      sent.filter((_, i) => i % 3 !== 0).map((e) => e.id),
    );
  });

  it('is answered while it is still being sent', async () => {
    const { call, answer } = await opened();
    const lines = createInterface(answer)[Symbol.asyncIterator]();
    for (const id of ['a', 'b', 'c']) {
      call.write(body([event(id)]));
      expect(JSON.parse(String((await lines.next()).value))).toMatchObject({ id, status: 'accepted' });
    }
    call.end();
    expect(JSON.parse(String((await lines.next()).value))).toEqual({ accepted: 3, duplicate: 0, refused: 0 });
  });

  it('of a sender who doesn’t read is held back, and goes on when it does', async () => {
    const sentence = 'No. '.repeat(1_000);
    gateway.owners.programmes.decide = (facts) =>
      facts.map((fact) => {
        const { refusal, ...rest } = refusedBy(fact, 'class-unknown');
        return { ...rest, refusal: { ...refusal!, message: sentence } };
      });
    const { call, answer } = await opened();
    const data = { parts: 'x'.repeat(20_000) };
    const text = body(Array.from({ length: 10 }, (_, i) => event(`f-${i}`, 'programmes', { data })));
    let sent = 0;
    /** What was on its way has come, and nothing more is asked for, though there is more. */
    const heldBack = async () => {
      for (let before = -1; before !== asked().length; await sleep(500)) before = asked().length;
      return asked().length < sent * 10;
    };
    let blocked = false;
    // Far more than the connection's buffers hold, in answers as in facts.
    while (!blocked && sent < 2_000) {
      sent += 1;
      if (call.write(text)) continue;
      const stuck = (await Promise.race([once(call, 'drain'), sleep(500, 'stuck')])) === 'stuck';
      blocked = stuck && (await heldBack());
    }
    expect(blocked).toBe(true);
    expect(await heldBack()).toBe(true);

    call.end();
    let last = '';
    let count = 0;
    for await (const line of createInterface(answer)) {
      last = line;
      count += 1;
    }
    expect(count).toBe(sent * 10 + 1);
    expect(JSON.parse(last)).toEqual({ accepted: 0, duplicate: 0, refused: sent * 10 });
  });

  it('that breaks in the middle of a line leaves nothing of that line', async () => {
    const { call } = await opened();
    call.write(body([event('whole')]) + JSON.stringify(event('broken')));
    await until(() => asked().length > 0);
    call.destroy();
    await sleep(200);
    expect(asked().map((fact) => fact.id)).toEqual(['whole']);
  });

  it('that breaks while it is gzipped harms nobody else', async () => {
    const { call } = await opened({ 'content-encoding': 'gzip' });
    call.write(gzipSync(body(Array.from({ length: 500 }, (_, i) => event(`f-${i}`)))).subarray(0, -30));
    await sleep(50);
    call.destroy();
    await sleep(50);
    expect(said((await streamed(body([event('a')]))).lines)).toEqual(['accepted', 'sums']);
  });

  it('goes on while an owner is down: its facts are refused, to be tried again', async () => {
    await gateway.owners.centres.stop();
    try {
      const { http, lines } = await streamed(body([event('a', 'centres'), event('b')]));
      expect([http, said(lines)]).toEqual([200, ['try-again', 'accepted', 'sums']]);
      const all = await streamed(body([event('a', 'centres')]));
      expect([all.http, said(all.lines)]).toEqual([200, ['try-again', 'sums']]);
    } finally {
      await gateway.owners.centres.start();
    }
  });

  it('whose token ends on the way has the rest refused', async () => {
    gateway.owners.programmes.decide = () => {
      throw grpcError(status.UNAUTHENTICATED, 'The token has expired: ask for a new one.');
    };
    expect(said((await streamed(body([event('a')]))).lines)).toEqual(['no-token', 'sums']);
  });

  it('waits for room on the way to an owner, but not for ever', async () => {
    let go = () => {};
    let gate = new Promise<void>((resolve) => (go = resolve));
    gateway.owners.programmes.decide = async (facts) => {
      await gate;
      return facts.map((fact) => accepted(fact));
    };
    const first = streamed(body([event('a')]));
    await until(() => asked().length === 1);
    const second = streamed(body([event('b')]));
    await sleep(50);
    go();
    expect(said((await first).lines)).toEqual(['accepted', 'sums']);
    expect(said((await second).lines)).toEqual(['accepted', 'sums']);

    gate = new Promise((resolve) => (go = resolve));
    const third = streamed(body([event('c')]));
    await until(() => asked().length === 3);
    expect(said((await streamed(body([event('d')]))).lines)).toEqual(['try-again', 'sums']);
    go();
    expect(said((await third).lines)).toEqual(['accepted', 'sums']);
  });

  it('is one of so many at once', async () => {
    const streams = [await opened(), await opened(), await opened()];
    const fourth = await gateway.publish(body([event('a')]), NDJSON);
    expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([503, '1']);
    for (const { call } of streams) call.destroy();
    await until(async () => (await gateway.publish(body([event('a')]), NDJSON)).status === 200);
  });
});
