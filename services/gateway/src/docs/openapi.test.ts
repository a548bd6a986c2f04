import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FactType } from '../fact-types/fact-types.js';
import { READ_ROUTES, readerOf } from '../routes.js';
import { embedSchema } from './embed-schema.js';
import { openapi } from './openapi.js';

type Json = Record<string, unknown>;

const type = (name: string, properties: Json, data: Json): FactType => ({
  type: `vn.gdtx.programmes.${name}.v1`,
  service: 'programmes',
  title: { vi: `${name} (vi)`, en: name },
  description: `${name}.`,
  ledger: 'source',
  roles: ['centre-publisher'],
  schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties,
    additionalProperties: false,
    $defs: { count: { type: 'integer', minimum: 0 }, tree: { type: 'array', items: { $ref: '#/$defs/tree' } } },
  },
  example: {
    specversion: '1.0',
    id: name,
    source: 'urn:gdtx:unit:gdtx-son-la',
    type: `vn.gdtx.programmes.${name}.v1`,
    data,
  },
});
const TYPES = [
  type('LearnersEnrolled', { learners: { $ref: '#/$defs/count' }, tree: { $ref: '#/$defs/tree' } }, { learners: 42 }),
  type('ClassOpened', { class: { type: 'string' } }, { class: 'k12' }),
];

/** What OpenAPI 3.1 asks of a document as a whole; written for this check, and stricter where this document can be. */
const OPENAPI = {
  $defs: {
    content: { type: 'object', minProperties: 1, propertyNames: { pattern: '^[a-z]+/[a-z0-9.+-]+$' } },
    response: {
      type: 'object',
      properties: { description: { type: 'string', minLength: 1 }, content: { $ref: '#/$defs/content' }, headers: {} },
      required: ['description'],
      additionalProperties: false,
    },
    responseOrRef: {
      anyOf: [
        { $ref: '#/$defs/response' },
        { type: 'object', properties: { $ref: { type: 'string' } }, required: ['$ref'], additionalProperties: false },
      ],
    },
    parameter: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        in: { enum: ['query', 'path', 'header', 'cookie'] },
        required: { type: 'boolean' },
        description: { type: 'string' },
        schema: { type: 'object' },
        example: {},
      },
      required: ['name', 'in', 'schema', 'description'],
      additionalProperties: false,
      if: { properties: { in: { const: 'path' } } },
      then: { properties: { required: { const: true } }, required: ['required'] },
    },
    operation: {
      type: 'object',
      properties: {
        operationId: { type: 'string', pattern: '^[a-z][A-Za-z]+$' },
        tags: { type: 'array', items: { type: 'string' }, minItems: 1 },
        summary: { type: 'string', minLength: 1 },
        description: { type: 'string' },
        parameters: { type: 'array', items: { $ref: '#/$defs/parameter' } },
        requestBody: {
          type: 'object',
          properties: { required: { type: 'boolean' }, content: { $ref: '#/$defs/content' } },
          required: ['content'],
          additionalProperties: false,
        },
        responses: {
          type: 'object',
          patternProperties: { '^[1-5][0-9][0-9]$': { $ref: '#/$defs/responseOrRef' } },
          additionalProperties: false,
          minProperties: 1,
        },
        security: { type: 'array' },
      },
      required: ['operationId', 'tags', 'summary', 'responses'],
      additionalProperties: false,
    },
  },
  type: 'object',
  properties: {
    openapi: { type: 'string', pattern: '^3\\.1\\.\\d+$' },
    info: { type: 'object', required: ['title', 'version'] },
    servers: { type: 'array', items: { type: 'object', required: ['url'] } },
    security: { type: 'array', items: { type: 'object' } },
    tags: { type: 'array', items: { type: 'object', required: ['name'] } },
    paths: {
      type: 'object',
      patternProperties: {
        '^/': {
          type: 'object',
          properties: { get: { $ref: '#/$defs/operation' }, post: { $ref: '#/$defs/operation' } },
          minProperties: 1,
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    components: {
      type: 'object',
      properties: {
        schemas: { type: 'object' },
        responses: { type: 'object', additionalProperties: { $ref: '#/$defs/response' } },
        securitySchemes: { type: 'object' },
      },
      additionalProperties: { type: 'object', propertyNames: { pattern: '^[a-zA-Z0-9._-]+$' } },
    },
  },
  patternProperties: { '^x-': {} },
  required: ['openapi', 'info', 'paths'],
  additionalProperties: false,
};

interface Operation {
  operationId: string;
  tags: string[];
  parameters?: { name: string; in: string }[];
  security?: unknown[];
}

const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });

describe.each([
  ['of no owner yet', []],
  ['of what owners describe', TYPES],
])('the OpenAPI document %s', (_, types) => {
  const document = openapi(types, ['centres']);
  const paths = document['paths'] as Record<string, Record<string, Operation>>;
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );

  it('has the form that OpenAPI 3.1 asks for', () => {
    const holds = ajv.compile(OPENAPI);
    expect([holds(document), holds.errors]).toEqual([true, null]);
  });

  it('refers only to what is in it', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map((match) => match[1]!);
    for (const ref of refs) expect([ref, at(document, ref) !== undefined]).toEqual([ref, true]);
    expect(refs.length).toBeGreaterThan(20);
  });

  it('names every operation, tag and path parameter once', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = (document['tags'] as { name: string }[]).map((tag) => tag.name);
    for (const { path, operation } of operations) {
      expect(tags).toEqual(expect.arrayContaining(operation.tags));
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (operation.parameters ?? []).filter((p) => p.in === 'path').map((p) => p.name);
      expect([path, declared]).toEqual([path, named]);
      const all = (operation.parameters ?? []).map((p) => `${p.in} ${p.name}`);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it('has schemas that can be compiled', () => {
    const schemas = (document['components'] as { schemas: Json }).schemas;
    for (const name of Object.keys(schemas)) {
      expect(() => ajv.compile({ ...document, $ref: `#/components/schemas/${name}` })).not.toThrow();
    }
  });

  it('has every call that there is', () => {
    const calls = operations.map(({ path, method }) => `${method} ${path}`);
    expect(calls).toEqual(
      expect.arrayContaining([
        ...[
          'post /v1/facts',
          'post /v1/facts/preview',
          'get /v1/facts/types',
          'get /v1/units',
          'get /v1/units/{id}',
          'get /v1/units/{id}/lineage',
        ],
        ...['get /v1/ledgers/{service}/{unit}', 'get /v1/ledgers/{service}/{unit}/verify', 'get /v1/indicators'],
        ...['get /v1/figures', 'get /v1/figures/several', 'get /v1/figures/sources', 'get /v1/inspections'],
        ...['get /v1/conflicts', 'get /v1/recommendations', 'get /v1/reporting', 'get /v1/live'],
        ...['get /v1/reporting/units', 'get /v1/reporting/changes', 'get /v1/reconciliation', 'get /v1/outliers'],
        ...['get /healthz', 'get /readyz', 'get /metrics', 'get /version'],
      ]),
    );
  });

  it('opens nothing but what is open', () => {
    const open = operations.filter(({ operation }) => operation.security?.length === 0).map(({ path }) => path);
    const sessions = ['/session', '/session/sign-in', '/session/callback', '/session/sign-out'];
    expect(open).toEqual([...sessions, '/healthz', '/readyz', '/metrics', '/version']);
    expect(document['security']).toEqual([{ bearer: [] }]);
  });

  it('has no read that leads nowhere', () => {
    const reads = Object.keys(paths).filter((path) => path.startsWith('/v1/') && !path.startsWith('/v1/facts'));
    for (const path of reads) {
      const asked = path.replace('{service}', 'centres').replaceAll(/\{\w+\}/g, 'x');
      expect([path, readerOf(asked)]).toEqual([path, expect.any(String)]);
    }
  });

  it('has every route by which the dashboard is read', () => {
    const routes = READ_ROUTES.filter((route) => route.to === 'dashboard' && !route.path.endsWith('/**'));
    for (const { path } of routes) expect(Object.keys(paths)).toContain(path);
  });
});

describe('the OpenAPI document', () => {
  const document = openapi(TYPES, []);
  const holds = ajv.compile({ ...document, $ref: '#/components/schemas/Fact' });

  it('takes each owner’s example', () => {
    for (const { example } of TYPES) expect([holds(example), holds.errors]).toEqual([true, null]);
    const body = at(document, '#/paths/~1v1~1facts/post/requestBody/content/application~1cloudevents+json') as Json;
    expect(Object.values(body['examples'] as Json)).toEqual(
      TYPES.map(({ example, title }) => ({ summary: title.vi, value: example })),
    );
  });

  it('does not take another type’s data, a bad envelope, or an unknown type', () => {
    const [enrolled, opened] = TYPES.map(({ example }) => example) as [Json, Json];
    expect(holds({ ...enrolled, data: opened['data'] })).toBe(false);
    expect(holds({ ...enrolled, data: { learners: -1 } })).toBe(false);
    expect(holds({ ...enrolled, subject: 'x' })).toBe(false);
    expect(holds({ ...enrolled, type: 'vn.gdtx.programmes.Other.v1' })).toBe(false);
  });

  it('keeps a type’s own references inside its component', () => {
    expect(
      embedSchema('a.v1', { $id: 'x', $schema: 'y', $ref: '#/$defs/b', items: [{ $ref: '#' }, { $ref: 'urn:c' }] }),
    ).toEqual({
      $ref: '#/components/schemas/a.v1/$defs/b',
      items: [{ $ref: '#/components/schemas/a.v1' }, { $ref: 'urn:c' }],
    });
  });
});

function at(document: Json, ref: string): unknown {
  const steps = ref
    .replace(/^#\//, '')
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce<unknown>((value, step) => (value as Json | undefined)?.[step], document);
}
