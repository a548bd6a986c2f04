import { beforeAll, describe, expect, test } from '@jest/globals';
import { isShort } from './answers.js';
import { ANY_VALUES, badValues, UNKNOWN, withValue, type Parameter } from './bad-queries.js';
import type { HostilePlatform } from './hostile-platform.js';
import { READS } from './reads.js';
import { OURS } from './world.js';

const VIET_NAM_MS = 7 * 3_600_000;

/** What is wrong with questions: every parameter of every read. */
export function aboutQuestions(at: () => HostilePlatform): void {
  describe('a bad question', () => {
    let paths: Record<string, { get?: { parameters?: Parameter[] } }>;
    beforeAll(async () => {
      paths = (await at().get('/openapi.json', null)).body.paths;
    });
    const parametersOf = (path: string, where: Parameter['in']) =>
      (paths[path]?.get?.parameters ?? []).filter((parameter) => parameter.in === where);
    const asks = Object.entries(READS);

    test.each(asks)(
      '%s: a value that can’t be is a 400 that names it',
      async (path, { path: address }) => {
        const wrong: unknown[] = [];
        for (const parameter of parametersOf(path, 'query')) {
          for (const value of badValues(parameter, path)) {
            const { status, body } = await at().get(withValue(address, parameter.name, value));
            if (status !== 400 || body.path !== parameter.name)
              wrong.push([parameter.name, value.slice(0, 40), status, body]);
          }
        }
        expect(wrong).toEqual([]);
      },
      60_000,
    );

    test.each(asks)(
      '%s: whatever stands in it, it is no failure',
      async (path, { path: address }) => {
        const wrong: unknown[] = [];
        const check = async (asked: string) => {
          const { status, body } = await at().get(asked);
          isShort(typeof body === 'string' ? '' : status === 200 ? '' : body);
          if (status >= 500) wrong.push([asked.slice(0, 200), status, body]);
        };
        for (const { name } of parametersOf(path, 'query')) {
          if (name === 'after' && path.startsWith('/v1/figures')) continue;
          for (const value of ANY_VALUES) await check(withValue(address, name, value));
        }
        const [route = '', query] = address.split('?');
        for (const { name } of parametersOf(path, 'path')) {
          const at = path.split('/').indexOf(`{${name}}`);
          for (const value of ANY_VALUES.filter((v) => v !== '')) {
            const steps = route.split('/').with(at, value);
            await check(steps.join('/') + (query ? `?${query}` : ''));
          }
        }
        expect(wrong).toEqual([]);
      },
      60_000,
    );

    test.each(asks)('%s: a parameter that it hasn’t, or twice, is a 400', async (path, { path: address }) => {
      const more = UNKNOWN.map((pair) => `${address}${address.includes('?') ? '&' : '?'}${pair}`);
      const single = parametersOf(path, 'query').filter(({ schema }) => schema.type !== 'array');
      const twice = single.map(({ name }) => `${withValue(address, name, 'x')}&${name}=y`);
      const wrong: unknown[] = [];
      for (const asked of [...more, ...twice]) {
        const { status, body } = await at().get(asked);
        if (status !== 400 || body.slug !== 'malformed' || !body.path) wrong.push([asked, status, body]);
      }
      expect(wrong).toEqual([]);
    });

    test.each(asks)('%s: without what it needs is a 400', async (path, { path: address }) => {
      for (const { name } of parametersOf(path, 'query').filter(({ required }) => required)) {
        const { status, body } = await at().get(address.replace(new RegExp(`${name}=[^&]*`), ''));
        expect([status, body.path]).toEqual([400, name]);
      }
    });

    test.each([
      'indicator=centres&by=month&from=0001-01&to=9999-12',
      'indicator=learners-present&by=centre,month&from=0001-01&to=9999-12',
      'indicator=community-centres&by=province,month&from=0001-01&to=9999-12',
      'indicator=learners-present&by=year&from=0001-01&to=9999-12',
    ])('%s: there are no rows of months that have not come', async (query) => {
      const { status, body } = await at().get(`/v1/figures?${query}`);
      expect(status).toBe(200);
      const lastMonth = new Date(Date.now() + VIET_NAM_MS).toISOString().slice(0, 7);
      const months = body.rows.map((row: any) => (row.keys ?? [row.key]).at(-1) as string);
      expect(months.filter((month: string) => month > lastMonth)).toEqual([]);
    });

    test.each([
      ['a service that isn’t', 'weather/gdtx-son-la/1', 400],
      ['__proto__ for a service', '__proto__/gdtx-son-la/1', 400],
      ['an entry that isn’t', `programmes/${OURS}/999999`, 504],
      ['a ledger that isn’t', 'programmes/prototype/1', 504],
    ])('waiting for %s', async (_, after, expected) => {
      const { status, body } = await at().get(`/v1/figures?indicator=staff&after=${after}`);
      expect([status, body.slug]).toEqual([expected, expected === 400 ? 'malformed' : 'not-yet']);
    });
  });
}
