import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { factTypeOf } from './fake-owner.js';
import { event, runGateway, until, type RunningGateway } from './running-gateway.js';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await runGateway();
});
afterAll(() => gateway.stop());

interface Types {
  types: { type: string; schema: object; example: object }[];
  lacks: string[];
}
const types = async () => (await (await gateway.call('/v1/facts/types')).json()) as Types;
const document = async () =>
  (await (await fetch(`${gateway.url}/openapi.json`)).json()) as {
    openapi: string;
    components: { schemas: Record<string, unknown> };
  };

describe('fact types', () => {
  it('are those of all owners, with form, example, ledger and roles', async () => {
    await until(async () => (await types()).lacks.length === 0);
    const { types: all } = await types();
    expect(all.map((type) => type.type)).toEqual([
      'vn.gdtx.provinces.ThingHappened.v1',
      'vn.gdtx.centres.ThingHappened.v1',
      'vn.gdtx.community-learning.ThingHappened.v1',
      'vn.gdtx.programmes.ThingHappened.v1',
      'vn.gdtx.inspections.ThingHappened.v1',
    ]);
    expect(all[0]).toMatchObject({
      title: { vi: 'Một việc đã xảy ra', en: 'Something happened' },
      ledger: 'source',
      roles: ['centre-publisher'],
      schema: { type: 'object', required: ['learners'] },
      example: { id: 'provinces-1', data: { learners: 42 } },
    });
  });

  it('take no parameter', async () => {
    const response = await gateway.call('/v1/facts/types?unit[$gt]=');
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ slug: 'malformed', path: 'unit[$gt]' }),
    ]);
  });

  it('that a service learns are there, and are taken, without a deployment of the gateway', async () => {
    const type = 'vn.gdtx.centres.NewThingHappened.v1';
    expect((await gateway.publish({ ...event('a'), type })).status).toBe(200);
    gateway.owners.centres.types.push(factTypeOf('centres', 'NewThingHappened'));
    await until(async () => (await types()).types.some((t) => t.type === type));
    expect((await document()).components.schemas[type]).toBeDefined();
  });

  it('of a service that was down from the beginning are named as missing', async () => {
    const without = await runGateway({ CENTRES_GRPC: '127.0.0.1:9' });
    try {
      await until(async () => {
        const { types: some, lacks } = (await (await without.call('/v1/facts/types')).json()) as Types;
        return some.length === 4 && lacks.join() === 'centres';
      });
      expect((await fetch(`${without.url}/readyz`)).status).toBe(200);
    } finally {
      await without.stop();
    }
  });
});

describe('the page of the interface', () => {
  it('is made of what the owners say', async () => {
    const { openapi, components } = await document();
    expect(openapi).toBe('3.1.0');
    expect(components.schemas['vn.gdtx.programmes.ThingHappened.v1']).toMatchObject({
      properties: { learners: { $ref: '#/components/schemas/vn.gdtx.programmes.ThingHappened.v1/$defs/count' } },
      examples: [{ learners: 42 }],
    });
  });

  it('is at /docs, all of it from here, with no script inside', async () => {
    const moved = await fetch(`${gateway.url}/docs`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/docs/']);
    const response = await fetch(`${gateway.url}/docs/`);
    const page = await response.text();
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(page).not.toMatch(/(src|href)="?'?https?:/);
    expect(page).not.toMatch(/\son\w+=/);
    const csp = response.headers.get('content-security-policy') ?? '';
    expect(csp).toContain("script-src 'self'");
    // A run without TLS could not answer what a browser would make of the page's addresses.
    expect(csp).not.toContain('upgrade-insecure-requests');
    const assets = [...page.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)].map((match) => match[1]!);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      const { status } = await fetch(new URL(asset, `${gateway.url}/docs/`));
      expect([asset, status]).toEqual([asset, 200]);
    }
    const init = await (await fetch(`${gateway.url}/docs/swagger-ui-init.js`)).text();
    expect(init).toContain('"/openapi.json"');
    expect(init).not.toContain('petstore');
  });

  it.each(['index.html', 'package.json', 'swagger-initializer.js', '../package.json', 'swagger-ui-bundle.js.map'])(
    'has no %s',
    async (name) => {
      expect((await fetch(`${gateway.url}/docs/${name}`)).status).toBe(404);
    },
  );

  it('is named on the front page', async () => {
    const page = await fetch(`${gateway.url}/`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('href="/docs/"');
    const json = await fetch(`${gateway.url}/`, { headers: { accept: 'application/json' } });
    expect(await json.json()).toMatchObject({ docs: '/docs' });
    expect((await fetch(`${gateway.url}/`, { headers: { accept: 'image/png' } })).status).toBe(200);
  });
});

describe('metrics', () => {
  it('count facts by outcome, and time the calls', async () => {
    await gateway.publish([event('a'), event('b', 'weather')]);
    let text = '';
    // A call is timed when its answer has left, which its caller may see a moment earlier.
    await until(async () => {
      text = await (await fetch(`${gateway.url}/metrics`)).text();
      return /http_server_request_duration_seconds_count\{[^}]*code="207"[^}]*route="facts"[^}]*\} 1/.test(text);
    });
    expect(text).toMatch(/gateway_facts_total\{[^}]*service="programmes"[^}]*outcome="accepted"[^}]*\} \d/);
    expect(text).toMatch(/gateway_facts_total\{[^}]*service="none"[^}]*slug="type-unknown"[^}]*\} 1/);
    expect(text).toMatch(/gateway_under_way_calls\{[^}]*room="programmes"[^}]*\} 0/);
  });
});
