import { describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import { isShort, refusalOf } from './answers.js';
import { BAD_BODIES } from './bad-bodies.js';
import { goodFact } from './bad-facts.js';
import { BAD_HTTP, heads } from './bad-http.js';
import type { HostilePlatform, SentBody } from './hostile-platform.js';
import { sendBytes, statusOf } from './raw-http.js';
import { OURS } from './world.js';

/** What is wrong with whole bodies, streams, and the HTTP around them. */
export function aboutBodies(at: () => HostilePlatform): void {
  describe('a bad body', () => {
    test.each(BAD_BODIES)(
      '%s',
      async (_, headers, body, status, slug) => {
        const before = await at().stored();
        const answer = await at().post(body(), at().tokens.ours, { ...headers });
        isShort(answer.body);
        expect(answer.status).toBe(status);
        if (status === 207) return expect(refusalOf(answer).slug).toBe(slug);
        expect(answer).toMatchObject({
          type: 'application/problem+json',
          body: { slug, status, detail: expect.any(String) },
        });
        expect(await at().stored()).toEqual(before);
      },
      30_000,
    );
  });

  describe('a bad stream', () => {
    const lines = (body: SentBody) => at().post(body, at().tokens.ours, { 'content-type': 'application/x-ndjson' });
    const good = () => JSON.stringify(goodFact());
    const latin1 = (text: string) => Buffer.from(text, 'latin1');

    test.each<[string, () => SentBody, string[]]>([
      ['with an unfinished last line', () => `${good()}\n${good().slice(0, -9)}`, ['accepted', 'malformed']],
      ['with an unfinished line in it', () => `${good()}\n{"id":\n${good()}\n`, ['accepted', 'malformed', 'accepted']],
      [
        'with a line that is no UTF-8',
        () => latin1(`${good()}\n{"id":"\xff"}\n${good()}\n`),
        ['accepted', 'malformed', 'accepted'],
      ],
      ['with an array for a line', () => `[${good()}]\n${good()}\n`, ['malformed', 'accepted']],
      ['with NULs', () => `\0\0\n${good()}\n`, ['malformed', 'accepted']],
      [
        'with a line of 50 MB',
        () => `${good()}\n${'x'.repeat(50_000_000)}\n${good()}\n`,
        ['accepted', 'too-large', 'accepted'],
      ],
      ['with blank lines and carriage returns', () => `\r\n\n${good()}\r\n \n`, ['accepted']],
      [
        'that is a JSON array',
        () => `[\n${good()},\n${good()}\n]\n`,
        ['malformed', 'malformed', 'accepted', 'malformed'],
      ],
      ['of nothing', () => '', []],
    ])(
      '%s',
      async (_, body, outcomes) => {
        const answer = await lines(body());
        const answered = [answer.body].flat();
        isShort(answered);
        expect(answer.status).toBe(200);
        expect(answered.slice(0, -1).map((r: any) => r.refusal?.slug ?? r.status)).toEqual(outcomes);
        expect(answered.at(-1)).toMatchObject({ refused: outcomes.filter((o) => o !== 'accepted').length });
      },
      60_000,
    );

    test('of 100,000 bad lines is answered line by line', async () => {
      const before = await at().stored();
      const { body } = await lines('{"id":"x"}\n'.repeat(100_000));
      expect(body.at(-1)).toEqual({ accepted: 0, duplicate: 0, refused: 100_000 });
      expect(await at().stored()).toEqual(before);
    }, 120_000);

    test('that breaks off in the middle of a line: what came whole is taken, what was begun isn’t', async () => {
      const [whole, begun] = [goodFact(), goodFact()];
      const head = (length: number) =>
        heads(at().tokens.ours)
          .post([`content-length: ${length}`])
          .replace('application/json', 'application/x-ndjson');
      // All of the last fact has come, but not its line's end, nor the end of the body.
      const text = `${JSON.stringify(whole)}\n${JSON.stringify(begun)}`;
      await sendBytes(at().platform.gatewayUrl, [head(text.length + 100), text], { cut: true });
      const ids = () =>
        at()
          .get(`/v1/ledgers/programmes/${OURS}?limit=1000`)
          .then(({ body }) => body.entries.map((e: any) => e.id));
      await eventually(async () => expect(await ids()).toContain(whole.id));
      expect(await ids()).not.toContain(begun.id);
    });
  });

  describe('bad HTTP', () => {
    test.each(BAD_HTTP)('%s', async (_, parts, allowed) => {
      const before = await at().stored();
      // A body that never comes is waited for; nothing answers, and its sender goes away.
      const withinMs = allowed.includes(undefined) ? 1_500 : 10_000;
      const { get, post } = heads(at().tokens.ours);
      const answer = await sendBytes(at().platform.gatewayUrl, parts(get, post), { withinMs });
      expect(allowed).toContain(statusOf(answer));
      expect(answer.toLowerCase()).not.toContain('set-cookie');
      expect(await at().stored()).toEqual(before);
    });
  });
}
