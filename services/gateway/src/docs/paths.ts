import { content, free, may, open, anything, type Json } from './operations.js';
import { OWNER_READS } from './owner-reads.js';
import { READS } from './reads.js';
import { ref } from './schemas.js';
import { SESSIONS } from './sessions.js';
import { TRUST_READS } from './trust-reads.js';

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

const POST_PREVIEW = {
  operationId: 'previewFacts',
  tags: ['facts'],
  summary: 'What facts would change, before they are published: nothing is recorded',
  description:
    'The bodies of /v1/facts, at most 5,000 facts and 8 MB, for who says registry facts. Each fact is answered as it would be; ' +
    '`changes` says which units would begin, end, change their name, place, kind or authority, how many centres’ figures would lie elsewhere, ' +
    'and how many are to report. A withdrawal is decided on what is recorded, without the facts beside it.',
  responses: {
    200: { description: 'What would be', ...content({ 'application/json': ref('FactsPreview') }) },
    ...may({ 400: 'Malformed', 401: 'NoToken', 403: 'NotAllowed', 413: 'TooLarge', 415: 'Unsupported' }),
    ...may({ 429: 'TooMany', 503: 'TryAgain' }),
  },
};

/** The calls of the public contract, as OpenAPI path items. `examples` of facts by type, for the body of POST /v1/facts. */
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
  return {
    '/v1/facts': { post: { ...POST_FACTS, requestBody: body } },
    '/v1/facts/preview': { post: { ...POST_PREVIEW, requestBody: body } },
    ...READS,
    ...TRUST_READS,
    ...OWNER_READS,
    ...SESSIONS,
    ...OPEN,
  };
}

const OPEN: Record<string, Json> = {
  '/healthz': open('isAlive', 'The process lives', anything),
  '/readyz': open('isReady', 'Calls can be answered', anything),
  '/metrics': open('metrics', 'For Prometheus', { 'text/plain': free }),
  '/version': open('version', 'What runs here', anything),
};
