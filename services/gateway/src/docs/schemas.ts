/** The parts of the public contract that no owner describes, as JSON Schema 2020-12. */

type Schema = Record<string, unknown>;

const text = (description: string): Schema => ({ type: 'string', description });
const count = (description: string): Schema => ({ type: 'integer', minimum: 0, description });
const list = (items: Schema, description?: string): Schema => ({
  type: 'array',
  items,
  ...(description && { description }),
});
const object = (properties: Record<string, Schema>, required: string[], more: Schema = {}): Schema => ({
  type: 'object',
  properties,
  required,
  ...more,
});
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const label = object({ vi: text('Vietnamese'), en: text('English') }, ['vi', 'en']);
const receipt = {
  unit: text('whose ledger took it'),
  seq: { type: 'integer', minimum: 1, description: 'its number in that ledger: 1, 2, 3 … without a gap' },
  hash: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'sha256 over the entry and the hash before it' },
};
const sums = {
  accepted: count('taken now'),
  duplicate: count('taken before: the receipt is the first one'),
  refused: count('not taken'),
};
const precision = { enum: ['exact', 'at-least', 'about'] };
const value = { type: ['number', 'null'], description: 'null: never reported' };

const legalBases = list(
  object({ number: text('of the decision'), issuedOn: text('a day'), issuer: text('who issued it') }, []),
  'each part may be unknown',
);
const graph = {
  units: list(ref('LineageUnit'), 'oldest first'),
  edges: list(ref('LineageEdge'), 'by day'),
  cut: { type: 'boolean', description: 'there are more than 500 units: the nearest are here' },
};

export const SCHEMAS: Record<string, Schema> = {
  Problem: object(
    {
      type: { type: 'string', format: 'uri', description: 'urn:gdtx:problem:<slug>' },
      title: { type: 'string' },
      status: { type: 'integer' },
      slug: text('stable: what a program may decide by'),
      detail: text('a sentence for people'),
      path: text('the field or parameter that is meant'),
    },
    ['type', 'title', 'status', 'slug', 'detail'],
    { description: 'An RFC 9457 problem document.' },
  ),
  CloudEvent: object(
    {
      specversion: { const: '1.0' },
      id: { type: 'string', minLength: 1, maxLength: 200, description: 'the publisher’s own, unique per service' },
      source: { type: 'string', pattern: '^urn:gdtx:unit:[a-z0-9][a-z0-9-]{0,79}$', description: 'in whose name' },
      type: { type: 'string', pattern: '^vn\\.gdtx\\.[a-z-]+\\.[A-Z][A-Za-z]*\\.v[0-9]+$' },
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { const: 'application/json' },
      data: { type: 'object', description: 'the fact, in the form of its type' },
      traceparent: text('W3C trace context; not kept'),
      tracestate: text('W3C trace context; not kept'),
    },
    ['specversion', 'id', 'source', 'type', 'data'],
    { additionalProperties: false, description: 'The envelope of every fact: CloudEvents 1.0, JSON.' },
  ),
  Refusal: object(
    {
      slug: text('stable: what a program may decide by'),
      message: text('a sentence for people'),
      path: text('the field, as in data.learners.female; empty: the fact as a whole'),
      retryable: { type: 'boolean', description: 'the same fact may be taken later as it is' },
    },
    ['slug', 'message', 'path', 'retryable'],
  ),
  FactResult: object(
    {
      id: { type: ['string', 'null'], description: 'the fact’s; null where none could be read' },
      status: { enum: ['accepted', 'duplicate', 'refused'] },
      ...receipt,
      correction: object(receipt, ['unit', 'seq', 'hash'], {
        description: 'of a withdrawal with a correction: the receipt of the fact that takes its place',
      }),
      refusal: ref('Refusal'),
      line: { type: 'integer', minimum: 1, description: 'NDJSON only: which line it was' },
    },
    ['id', 'status'],
  ),
  Sums: object(sums, ['accepted', 'duplicate', 'refused']),
  FactResults: object({ results: list(ref('FactResult'), 'in the order sent'), ...sums }, [
    'results',
    'accepted',
    'duplicate',
    'refused',
  ]),
  FactsPreview: object(
    {
      results: list(
        object(
          {
            id: { type: ['string', 'null'] },
            status: { enum: ['accepted', 'duplicate', 'refused'] },
            unit: text('whose ledger would take it'),
            refusal: ref('Refusal'),
          },
          ['id', 'status'],
        ),
        'in the order sent',
      ),
      ...sums,
      changes: object(
        {
          units: {
            type: 'object',
            description:
              'by what becomes of them: founded, founding-withdrawn, ended, end-withdrawn, renamed, moved, kind-changed, authority-changed, suspended, resumed',
            additionalProperties: object(
              { count: count('how many'), units: list({ type: 'object' }, 'the first 500: unit, name, on, to') },
              ['count', 'units'],
            ),
          },
          figuresMoved: object(
            {
              province: count('by today’s map'),
              commune: count('by today’s map'),
              centre: count('to a successor'),
            },
            ['province', 'commune', 'centre'],
          ),
          reportersExpected: object({ before: count('today'), after: count('today') }, ['before', 'after']),
        },
        ['units', 'figuresMoved', 'reportersExpected'],
      ),
    },
    ['results', 'accepted', 'duplicate', 'refused', 'changes'],
  ),
  FactType: object(
    {
      type: { type: 'string' },
      service: text('which service owns it'),
      title: label,
      description: { type: 'string' },
      ledger: text('in whose ledger it goes: vn, source, or a field of the data'),
      roles: list({ type: 'string' }, 'who may send it'),
      schema: { type: 'object', description: 'JSON Schema (2020-12) of the data' },
      example: { type: 'object', description: 'a whole CloudEvent' },
    },
    ['type', 'service', 'title', 'description', 'ledger', 'roles', 'schema', 'example'],
  ),
  FactTypes: object(
    { types: list(ref('FactType')), lacks: list({ type: 'string' }, 'services that haven’t described theirs yet') },
    ['types', 'lacks'],
  ),
  LineageUnit: object(
    {
      id: { type: 'string' },
      kind: { type: 'string' },
      label,
      steps: { type: 'integer', description: 'how many reorganisations on from the unit asked for; below zero: back' },
      from: { type: ['string', 'null'], description: 'its first day; null: not known' },
      to: { type: ['string', 'null'], description: 'the day on which it no longer lived; null: lives' },
      names: list({ type: 'object' }, 'what it was called, each with from and to'),
      changes: list({ type: 'object' }, 'what happened to it, each with its date as given and its legal bases'),
    },
    ['id', 'kind', 'label', 'steps', 'from', 'to', 'names', 'changes'],
  ),
  LineageEdge: object(
    {
      from: { type: 'string' },
      to: { type: 'string' },
      on: { type: 'string', format: 'date' },
      asGiven: text('the date as the decision gives it'),
      extent: { enum: ['whole', 'part'] },
      default: { type: 'boolean', description: 'of several successors, the declared default' },
      form: {
        enum: [
          ...['consolidation', 'absorption', 'division', 'separation'],
          ...['replacement', 'rearrangement', 'transfer', 'level-ended'],
        ],
      },
      formLabel: label,
      legalBasis: legalBases,
      legalBasisUnknown: { const: true },
      entry: { type: 'object', description: 'the entry of the registry’s ledger that says so' },
    },
    ['from', 'to', 'on', 'asGiven', 'extent', 'default', 'legalBasis'],
  ),
  Lineage: object(
    {
      unit: { type: 'string' },
      changes: list({ type: 'object' }, 'of the unit itself: kind, on, asGiven, from, to, legalBasis, entry'),
      ...graph,
      seats: object({ spans: list({ type: 'object' }, 'where it had its seat, and when'), ...graph }, [
        'spans',
        'units',
        'edges',
        'cut',
      ]),
    },
    ['unit', 'changes', 'units', 'edges', 'cut'],
  ),
  Conflicts: object(
    {
      total: count('all, on whichever page'),
      next: { type: ['string', 'null'], description: 'the `after` of the next page' },
      conflicts: list(
        object(
          {
            unit: text('whom it concerns'),
            label,
            why: { enum: ['unit-ended', 'unit-not-yet', 'seat-ended'] },
            says: { type: 'object', description: 'from and to: of which days the entry speaks; null: open' },
            seat: { type: 'object', description: 'of seat-ended: where the centre is said to lie, and since when' },
            entry: { type: 'object', description: 'service, unit, seq; of a report its id and hash' },
            type: { type: 'string' },
            recordedAt: { type: 'string', format: 'date-time' },
            contradicts: {
              type: ['object', 'null'],
              description: 'the change of the registry, with its entry and legal bases',
            },
            countsWith: list({ type: 'object' }, 'the units in whose figures it is today'),
            status: { enum: ['open', 'settled'] },
            settled: { type: 'object', description: 'by whom, why, when, and the entry that says so' },
          },
          ['unit', 'label', 'why', 'entry', 'type', 'recordedAt', 'contradicts', 'countsWith', 'status'],
        ),
      ),
    },
    ['total', 'next', 'conflicts'],
  ),
  FigureRow: object(
    {
      key: { type: 'string' },
      label,
      value,
      precision,
      numerator: { type: 'number', description: 'of a ratio' },
      denominator: { type: 'number', description: 'of a ratio' },
      target: { type: 'number' },
      met: { type: 'boolean', description: 'the value reaches the target' },
      estimated: {
        type: 'number',
        description: 'how much of the value only a declared default successor placed there',
      },
      simulated: { type: 'boolean', description: 'some of it is what a simulated unit said' },
      undivided: { type: 'boolean' },
      unplaced: { type: 'boolean' },
    },
    ['key', 'label', 'value'],
  ),
  Figure: object(
    {
      indicator: { type: 'string' },
      unit: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      map: { type: 'string' },
      known: { type: 'string' },
      asOf: { type: 'string', format: 'date-time', description: 'everything recorded until then is in it' },
      lacks: list({}, 'what it should hold and doesn’t'),
      value,
      precision,
      simulated: { type: 'boolean', description: 'some of it is what a simulated unit said' },
      notIncluded: list({}, 'opening balances that don’t lie in the period: the 20 largest, in files all'),
      notIncludedMore: { type: 'integer', description: 'so many more; not there where there are none' },
      rows: list(ref('FigureRow')),
    },
    ['indicator', 'unit', 'map', 'asOf', 'lacks', 'value'],
  ),
  Figures: object(
    {
      answers: list(
        object({ status: { type: 'integer' }, figure: ref('Figure'), problem: ref('Problem') }, ['status']),
      ),
    },
    ['answers'],
  ),
};
