import { describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import { isShort, refusalOf } from './answers.js';
import { BAD_FACTS, goodFact } from './bad-facts.js';
import { tokenOfHalfAName, tokensOfNobody } from './bad-tokens.js';
import type { HostilePlatform } from './hostile-platform.js';
import { NOT_YOURS } from './not-yours.js';
import { event, THEIRS } from './world.js';

/** What is wrong with single facts: by their form, and by whose they are. */
export function aboutFacts(at: () => HostilePlatform): void {
  describe('a bad fact', () => {
    test.each(BAD_FACTS)('%s', async (_, text, slug, path) => {
      const before = await at().stored();
      const alone = await at().post(text);
      isShort(alone.body);
      expect(refusalOf(alone)).toMatchObject({ slug, message: expect.stringMatching(/./) });
      if (alone.status !== 413) expect(refusalOf(alone).path).toBe(path);
      expect(await at().stored()).toEqual(before);

      const { status, body } = await at().post(`[${JSON.stringify(goodFact())},${text},${JSON.stringify(goodFact())}]`);
      isShort(body);
      expect([status, body.results.map((r: any) => r.status)]).toEqual([207, ['accepted', 'refused', 'accepted']]);
      expect(body.results[1].refusal).toMatchObject({
        slug,
        path,
        message: expect.stringMatching(/./),
        retryable: false,
      });
      expect(body.results[2].seq).toBe(body.results[0].seq + 1);
    });

    test('in a stream: the lines beside them are taken', async () => {
      const lines = BAD_FACTS.flatMap(([, text]) => [text, JSON.stringify(goodFact())]);
      const { status, body } = await at().post(lines.join('\n'), at().tokens.ours, {
        'content-type': 'application/x-ndjson',
      });
      expect(status).toBe(200);
      const results = body.slice(0, -1);
      expect(body.at(-1)).toEqual({ accepted: BAD_FACTS.length, duplicate: 0, refused: BAD_FACTS.length });
      results.forEach((result: any, i: number) => {
        expect([i, result.line, result.status]).toEqual([i, i + 1, i % 2 === 0 ? 'refused' : 'accepted']);
      });
      const slugs = results.filter((r: any) => r.refusal).map((r: any) => r.refusal.slug);
      // A line of more than 1.25 MB isn't even read.
      expect(slugs).toEqual(BAD_FACTS.map(([, text, slug]) => (text.length > 1_310_720 ? 'too-large' : slug)));
    }, 60_000);

    test('with an id that another fact has', async () => {
      const first = goodFact();
      expect((await at().post(JSON.stringify(first))).status).toBe(200);
      const before = await at().stored();
      const other = await at().post(JSON.stringify({ ...first, data: { ...first.data, note: 'another' } }));
      expect(refusalOf(other)).toMatchObject({ slug: 'id-reused', path: 'id' });
      expect((await at().post(JSON.stringify(first))).body).toMatchObject({ accepted: 0, duplicate: 1 });
      expect(await at().stored()).toEqual(before);
    });
  });

  describe('what isn’t the sender’s to say', () => {
    test.each(NOT_YOURS)('%s: %s in the name of %s %j', async (who, name, source, data, slug, path) => {
      const before = await at().stored();
      const answer = await at().post(JSON.stringify(event('not-yours', name, source, data)), at().tokens[who]);
      expect(answer.status).toBe(207);
      expect(refusalOf(answer)).toMatchObject({ slug, path });
      expect(await at().stored()).toEqual(before);
    });

    test('a token of nobody writes nothing and reads nothing', async () => {
      const before = await at().stored();
      for (const [what, token] of await tokensOfNobody(at().home)) {
        const answer = await at().post(JSON.stringify(goodFact()), token);
        expect([what, answer.status, refusalOf(answer).slug]).toEqual([what, 207, 'not-allowed']);
        const { status } = await at().get(`/v1/ledgers/programmes/${THEIRS}`, token);
        expect([what, status]).toEqual([what, what === 'an operator alone' ? 200 : 403]);
      }
      expect(await at().stored()).toEqual(before);
    });

    test('a publisher with half a character in its name writes like any other', async () => {
      expect((await at().post(JSON.stringify(goodFact()), await tokenOfHalfAName(at().home))).body).toMatchObject({
        accepted: 1,
      });
    });
  });

  describe('names that mean something to JavaScript', () => {
    test('are names like any other', async () => {
      const facts = [
        event('js-1', 'centres/CentreEstablished', 'vn', {
          ...{
            centre: 'constructor',
            kind: 'gdtx',
            name: { vi: '__proto__' },
            seat: 'province-38',
            establishedOn: '2003-06',
          },
        }),
        event('js-2', 'programmes/ClassOpened', 'constructor', {
          class: 'constructor',
          type: 'upper-secondary',
          openedOn: '2024-09-05',
        }),
        event('js-3', 'programmes/LearnersEnrolled', 'constructor', {
          class: 'constructor',
          occurredOn: '2024-09-05',
          learners: { total: 5 },
        }),
        event('js-4', 'programmes/OpeningBalanceDeclared', 'constructor', {
          ...{ measure: 'trainees', programmeTypes: ['refresher'], audience: ['__proto__', 'constructor', 'toString'] },
          ...{ count: 3, to: '2020-01-01' },
        }),
      ];
      const { body } = await at().post(JSON.stringify(facts), at().tokens.all);
      expect(body).toMatchObject({ accepted: 4 });
      const figure = async (indicator: string) => {
        const { body: found } = await at().get(
          `/v1/figures?indicator=${indicator}&unit=constructor&after=programmes/constructor/3`,
        );
        return found.value;
      };
      await eventually(async () =>
        expect([await figure('learners-enrolled'), await figure('trainees')]).toEqual([5, 3]),
      );
      expect((await at().get('/v1/units/constructor')).body.name.vi).toBe('__proto__');
    }, 30_000);
  });
}
