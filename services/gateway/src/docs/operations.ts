import { ref } from './schemas.js';

/** The words that path items are written with. */

export type Json = Record<string, unknown>;

export const slug = { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,79}$' };
export const month = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' };
export const day = { type: 'string', format: 'date' };
export const free = { type: 'string' };
export const oneOf = (...values: string[]): Json => ({ enum: values });

export const query = (name: string, schema: Json, description: string, more: Json = {}): Json => ({
  ...{ name, in: 'query', schema, description },
  ...more,
});
export const inPath = (name: string, description: string, schema: Json = slug): Json => ({
  ...{ name, in: 'path', required: true, schema, description },
});

export const json = (schema: Json): Record<string, Json> => ({ 'application/json': schema });
export const anything = json({ type: 'object' });
/** Tables come as files too. */
export const files: Record<string, Json> = {
  'text/csv': free,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { type: 'string', format: 'binary' },
};
export const content = (types: Record<string, Json>): Json => ({
  content: Object.fromEntries(Object.entries(types).map(([type, schema]) => [type, { schema }])),
});

export const on = query('on', day, 'as of which day; absent: today');
/** Lists come in pages. */
export const page = [
  query('after', free, 'the last one of the page before: its answer’s `next`'),
  query('limit', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }, 'how many at most'),
];

export const problem = (description: string): Json => ({
  description,
  ...content({ 'application/problem+json': ref('Problem') }),
});
const retryAfter = { 'retry-after': { description: 'seconds', schema: { type: 'integer' } } };

/** Problems that calls may be answered with. */
export const PROBLEMS = {
  Malformed: problem('malformed: `path` says where'),
  NoToken: problem('no-token: none, or one that is expired, forged or meant for somebody else'),
  NotAllowed: problem('not-allowed'),
  NotFound: problem('not-found'),
  TooLarge: problem('too-large'),
  Unsupported: problem('unsupported-media-type'),
  TooMany: { ...problem('too-many: more calls a minute than one subject may make'), headers: retryAfter },
  TryAgain: { ...problem('try-again: a service is down or overloaded'), headers: retryAfter },
};

export const may = (problems: Record<string, keyof typeof PROBLEMS>): Json =>
  Object.fromEntries(
    Object.entries(problems).map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
  );
const READ_PROBLEMS = may({ 400: 'Malformed', 401: 'NoToken', 403: 'NotAllowed', 429: 'TooMany', 503: 'TryAgain' });
const GONE = may({ 404: 'NotFound' });

export interface Read {
  id: string;
  tag: string;
  summary: string;
  description?: string;
  parameters?: Json[];
  answer?: Record<string, Json>;
  /** Other answers. */
  more?: Json;
}

/** A read: GET, with what any read may be answered with. */
export function read({ id, tag, summary, description, parameters = [], answer = anything, more = {} }: Read): Json {
  const named = parameters.some((parameter) => parameter['in'] === 'path' || parameter['name'] === 'unit');
  const responses = {
    200: { description: summary, ...content(answer) },
    ...READ_PROBLEMS,
    ...(named && GONE),
    ...more,
  };
  return { get: { operationId: id, tags: [tag], summary, ...(description && { description }), parameters, responses } };
}

/** A call that needs no token. */
export function open(id: string, summary: string, answer: Record<string, Json>): Json {
  const responses = { 200: { description: summary, ...content(answer) } };
  return { get: { operationId: id, tags: ['service'], summary, security: [], responses } };
}
