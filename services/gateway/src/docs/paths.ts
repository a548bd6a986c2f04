import { ref } from './schemas.js';

/** The calls of the public contract, as OpenAPI path items. */

type Json = Record<string, unknown>;

const SLUG = '^[a-z0-9][a-z0-9-]{0,79}$';
const slug = { type: 'string', pattern: SLUG };
const month = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' };
const day = { type: 'string', format: 'date' };
const free = { type: 'string' };

const query = (name: string, schema: Json, description: string, more: Json = {}): Json => ({
  name,
  in: 'query',
  schema,
  description,
  ...more,
});
const inPath = (name: string, schema: Json, description: string): Json => ({
  name,
  in: 'path',
  required: true,
  schema,
  description,
});
const content = (types: Record<string, Json>): Json => ({
  content: Object.fromEntries(Object.entries(types).map(([type, schema]) => [type, { schema }])),
});
const problem = (description: string): Json => ({
  description,
  ...content({ 'application/problem+json': ref('Problem') }),
});

/** Problems that any call may be answered with. */
export const PROBLEMS: Record<string, Json> = {
  Malformed: problem('malformed: `path` says where'),
  NoToken: problem('no-token: none, or one that is expired, forged or meant for somebody else'),
  NotAllowed: problem('not-allowed'),
  NotFound: problem('not-found'),
  TooLarge: problem('too-large'),
  Unsupported: problem('unsupported-media-type'),
  TooMany: { ...problem('too-many: more calls a minute than one subject may make'), headers: retryAfter() },
  TryAgain: { ...problem('try-again: a service is down or overloaded'), headers: retryAfter() },
};

function retryAfter(): Json {
  return { 'retry-after': { description: 'seconds', schema: { type: 'integer' } } };
}

const may = (problems: Record<string, keyof typeof PROBLEMS>): Json =>
  Object.fromEntries(
    Object.entries(problems).map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
  );
const READ_PROBLEMS = may({ 400: 'Malformed', 401: 'NoToken', 403: 'NotAllowed', 429: 'TooMany', 503: 'TryAgain' });
const GONE = may({ 404: 'NotFound' });

interface Read {
  id: string;
  tag: string;
  summary: string;
  description?: string;
  parameters?: Json[];
  answer: Record<string, Json>;
  more?: Json;
}

function read({ id, tag, summary, description, parameters = [], answer, more = {} }: Read): Json {
  const ok = { description: summary, ...content(answer) };
  const responses = { 200: ok, ...READ_PROBLEMS, ...more };
  return { get: { operationId: id, tags: [tag], summary, ...(description && { description }), parameters, responses } };
}

const json = (schema: Json): Record<string, Json> => ({ 'application/json': schema });
const anything = json({ type: 'object' });
const cursor = query('cursor', free, 'where the page before ended');
const unitInPath = inPath('unit', slug, 'the unit whose ledger it is');
const serviceInPath = inPath('service', slug, 'the service that keeps the ledger');

const FIGURE_PARAMETERS = [
  query('indicator', slug, 'which indicator: /v1/indicators', { required: true }),
  query('unit', slug, 'of which unit; `vn` is the country'),
  query('from', month, 'first month; absent: from the beginning'),
  query('to', month, 'last month, inclusive; absent: to the end'),
  query('map', free, '`then`, `today`, or a day (YYYY-MM-DD): by which territory it is laid out', { example: 'today' }),
  query('known', month, 'as known at the end of that month; absent: now'),
  query('part', free, 'a part of the breakdown: `female` and so on'),
  query('after', free, 'service/unit/seq: waits up to 2 s until that entry is in it, else 504 `not-yet`'),
];
const BY = query(
  'by',
  free,
  'one or two, with a comma: province, district, commune, centre, month, year, school-year, category, authority',
);
const NOT_YET = { 504: problem('not-yet: the entry asked for with `after` isn’t in it yet') };
const TABLE = { ...json(ref('Figure')), 'text/csv': free };

const POST_FACTS = {
  operationId: 'publishFacts',
  tags: ['facts'],
  summary: 'Publishes facts: one, an array, or a stream',
  description:
    'One CloudEvent, an array of at most 5,000 (8 MB, gzip taken), or NDJSON of any length. Every fact is answered for itself: a ' +
    'refused one doesn’t harm its neighbours. Anything may be sent again at any time: what was taken before is a `duplicate` ' +
    'with its first receipt. NDJSON is answered with NDJSON while it comes, a line a fact, and a last line with the sums: read ' +
    'while you send. A fact’s data, and a line, may have 1.25 MB.',
  responses: {
    200: {
      description: 'None is refused; or a stream',
      ...content({
        'application/json': ref('FactResults'),
        'application/x-ndjson': { anyOf: [ref('FactResult'), ref('Sums')] },
      }),
    },
    207: { description: 'Some are refused', ...content({ 'application/json': ref('FactResults') }) },
    ...may({ 400: 'Malformed', 401: 'NoToken', 403: 'NotAllowed', 413: 'TooLarge', 415: 'Unsupported' }),
    ...may({ 429: 'TooMany', 503: 'TryAgain' }),
  },
};

/** `examples` of facts by type, for the body of POST /v1/facts. */
export function paths(examples: Json): Record<string, Json> {
  const one = { schema: ref('Fact'), ...(Object.keys(examples).length > 0 && { examples }) };
  const many = { schema: { type: 'array', maxItems: 5000, items: ref('Fact') } };
  const body = {
    required: true,
    content: {
      'application/cloudevents+json': one,
      'application/cloudevents-batch+json': many,
      'application/json': { schema: { anyOf: [one.schema, many.schema] } },
      'application/x-ndjson': { schema: ref('Fact') },
    },
  };
  return { '/v1/facts': { post: { ...POST_FACTS, requestBody: body } }, ...READS, ...OPEN };
}

const READS: Record<string, Json> = {
  '/v1/facts/types': read({
    id: 'listFactTypes',
    tag: 'facts',
    summary: 'Every fact type: form, example, ledger, roles',
    answer: json(ref('FactTypes')),
  }),
  '/v1/units': read({
    id: 'listUnits',
    tag: 'units',
    summary: 'The registry as of a day',
    parameters: [
      query('parent', slug, 'below which unit'),
      query('kind', slug, 'of which kind'),
      query('on', day, 'on which day; absent: today'),
      query('q', free, 'a part of the name'),
      cursor,
    ],
    answer: anything,
  }),
  '/v1/units/{id}': read({
    id: 'getUnit',
    tag: 'units',
    summary: 'A unit as of a day',
    parameters: [inPath('id', slug, 'the unit'), query('on', day, 'on which day; absent: today')],
    answer: anything,
    more: GONE,
  }),
  '/v1/units/{id}/lineage': read({
    id: 'getLineage',
    tag: 'units',
    summary: 'A unit’s history: each change with from, to, date and legal bases',
    parameters: [inPath('id', slug, 'the unit')],
    answer: anything,
    more: GONE,
  }),
  '/v1/ledgers/{service}/{unit}': read({
    id: 'readLedger',
    tag: 'ledgers',
    summary: 'The entries of a ledger, in seq order',
    parameters: [serviceInPath, unitInPath, query('from', { type: 'integer', minimum: 1 }, 'first seq wanted')],
    answer: anything,
    more: GONE,
  }),
  '/v1/ledgers/{service}/{unit}/verify': read({
    id: 'verifyLedger',
    tag: 'ledgers',
    summary: 'The chain of hashes, computed again',
    parameters: [serviceInPath, unitInPath],
    answer: anything,
    more: GONE,
  }),
  '/v1/indicators': read({
    id: 'listIndicators',
    tag: 'figures',
    summary: 'Every indicator: names, unit of measure, kind, how it adds up, definition, what feeds it',
    answer: anything,
  }),
  '/v1/figures': read({
    id: 'getFigure',
    tag: 'figures',
    summary: 'A figure',
    description: 'JSON, CSV or XLSX by `accept`. Rows come by key unless `sort` says otherwise.',
    parameters: [...FIGURE_PARAMETERS, BY, query('sort', free, 'by what the rows are ordered')],
    answer: { ...TABLE, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': free },
    more: NOT_YET,
  }),
  '/v1/figures/sources': read({
    id: 'getFigureSources',
    tag: 'figures',
    summary: 'The entries behind a figure, each with its part, streamed; last {figure, recomputed, equal}',
    parameters: [...FIGURE_PARAMETERS, BY],
    answer: { 'application/x-ndjson': { type: 'object' } },
    more: NOT_YET,
  }),
  '/v1/reporting': read({
    id: 'getReporting',
    tag: 'figures',
    summary: 'Of a month: expected, reported, nothing to report, late, silent, approved',
    parameters: [query('month', month, 'which month', { required: true }), BY],
    answer: anything,
  }),
  '/v1/inspections': read({
    id: 'listInspections',
    tag: 'follow-up',
    summary: 'Inspections',
    parameters: [query('unit', slug, 'of which unit'), cursor],
    answer: anything,
  }),
  '/v1/recommendations': read({
    id: 'listRecommendations',
    tag: 'follow-up',
    summary: 'Recommendations and what became of them',
    parameters: [query('status', slug, 'open, overdue or closed'), query('unit', slug, 'to which unit'), cursor],
    answer: anything,
  }),
  '/v1/conflicts': read({
    id: 'listConflicts',
    tag: 'follow-up',
    summary: 'What was accepted and is contradicted by a later fact of the registry',
    parameters: [cursor],
    answer: anything,
  }),
  '/v1/live': read({
    id: 'live',
    tag: 'figures',
    summary: 'Server-sent events: which figures changed, and by which entry',
    answer: { 'text/event-stream': free },
  }),
};

const open = (id: string, summary: string, type: string): Json => ({
  get: {
    operationId: id,
    tags: ['service'],
    summary,
    security: [],
    responses: {
      200: { description: summary, ...content({ [type]: type === 'text/plain' ? free : { type: 'object' } }) },
    },
  },
});
const OPEN: Record<string, Json> = {
  '/healthz': open('isAlive', 'The process lives', 'application/json'),
  '/readyz': open('isReady', 'Calls can be answered', 'application/json'),
  '/metrics': open('metrics', 'For Prometheus', 'text/plain'),
  '/version': open('version', 'What runs here', 'application/json'),
};
