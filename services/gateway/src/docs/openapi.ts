import type { FactType } from '../fact-types/fact-types.js';
import { embedSchema } from './embed-schema.js';
import { PROBLEMS } from './operations.js';
import { paths } from './paths.js';
import { ref, SCHEMAS } from './schemas.js';

type Json = Record<string, unknown>;

const DESCRIPTION = [
  'Facts in, figures out: what the centres of continuing education (trung tâm GDTX) publish, and what the ministry reads.',
  'Dates are YYYY-MM-DD and months YYYY-MM, in Asia/Ho_Chi_Minh. Errors are problem documents (RFC 9457) with a stable `slug`.',
].join('\n\n');

/** The OpenAPI 3.1 document of the public contract, with the fact types as their owners describe them. */
export function openapi(types: readonly FactType[], lacks: readonly string[]): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'GDTX',
      version: '1.0.0',
      summary: 'The ledgers and figures of continuing education',
      description: DESCRIPTION,
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: TAGS,
    paths: paths(
      Object.fromEntries(types.map(({ type, title, example }) => [type, { summary: title.vi, value: example }])),
    ),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      responses: PROBLEMS,
      schemas: {
        ...SCHEMAS,
        Fact: factSchema(types),
        ...Object.fromEntries(types.map((t) => [t.type, dataSchema(t)])),
      },
    },
    // Services whose fact types aren't in it yet.
    'x-lacks': lacks,
  };
}

const TAGS = [
  { name: 'facts', description: 'Sự kiện · what publishers send' },
  { name: 'figures', description: 'Số liệu · what comes of them' },
  { name: 'trust', description: 'Tin cậy · who has reported, what differs, what changed, what is far off' },
  { name: 'units', description: 'Đơn vị · the registry and its lineage' },
  { name: 'ledgers', description: 'Sổ · the entries and their proof' },
  { name: 'follow-up', description: 'Thanh tra · inspections, recommendations, contradictions' },
  { name: 'services', description: 'Từng dịch vụ · what each owning service shows of what it owns' },
  { name: 'session', description: 'Đăng nhập · signing in, for browsers' },
  { name: 'service', description: 'Of this service' },
];

/** An envelope with the data that its type asks for. */
function factSchema(types: readonly FactType[]): Json {
  if (types.length === 0) return ref('CloudEvent');
  return {
    allOf: [ref('CloudEvent')],
    oneOf: types.map(({ type, title }) => ({
      title: title.en,
      properties: { type: { const: type }, data: ref(type) },
      required: ['type', 'data'],
    })),
  };
}

function dataSchema({ type, title, description, ledger, roles, schema, example }: FactType): Json {
  const about = `${description}\n\nLedger: ${ledger}. Roles: ${roles.join(', ')}.`;
  return {
    ...embedSchema(type, schema),
    title: `${title.vi} · ${title.en}`,
    description: about,
    examples: [example['data']],
  };
}
