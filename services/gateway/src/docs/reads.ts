import {
  day,
  free,
  inPath,
  json,
  may,
  month,
  files,
  on,
  oneOf,
  page,
  problem,
  query,
  read,
  slug,
  type Json,
} from './operations.js';
import { ref } from './schemas.js';

const BY = ['province', 'district', 'commune', 'centre', 'month', 'year', 'school-year', 'category', 'authority'];
const PARTS = ['female', 'under15', 'from15to24', 'from25to59', 'from60', 'ethnic-minority', 'disabled'];
const KINDS = ['country', 'province', 'district', 'commune', 'centre', 'community-centre'];

const known = query('known', { ...free, default: 'latest' }, '`latest`, or the month by whose end it was recorded');
const FIGURE_PARAMETERS = [
  query('indicator', slug, 'which indicator: /v1/indicators', { required: true }),
  query('unit', { ...slug, default: 'vn' }, 'of which unit; `vn` is the country'),
  query('from', month, 'first month; absent: from the beginning'),
  query('to', month, 'last month, inclusive; absent: to the end'),
  query('on', day, 'of a level: its value on that day, instead of a period'),
  query('map', { ...free, default: 'today' }, '`then`, `today`, or a day: by which territory it is laid out'),
  known,
  query('part', oneOf(...PARTS), 'a part of the breakdown instead of the total'),
  query(
    'after',
    free,
    'service/unit/seq: waits up to 2 s until that entry is in it, else 504 `not-yet`; a ledger that the caller may read, or `vn` of the registry',
  ),
];
const LISTED_MONTHS = [
  query('on', day, 'as of which day: without what came later; absent: today'),
  query('from', month, 'the first month in which it was ordered, made or issued; absent: from the beginning'),
  query('to', month, 'the last one, inclusive; absent: to the end'),
];
const NOT_YET = { 504: problem('not-yet: the entry asked for with `after` isn’t in it yet') };
const by = query('by', free, `one or two, with a comma: ${BY.join(', ')}`, { example: 'province,year' });
const unitOf = (what: string) => query('unit', slug, `of which unit; absent: all ${what} that are yours to read`);

/** Figures, the registry, the ledgers and the follow-up: what everybody reads. */
export const READS: Record<string, Json> = {
  '/v1/facts/types': read({
    id: 'listFactTypes',
    tag: 'facts',
    summary: 'Every fact type: form, example, ledger, roles',
    answer: json(ref('FactTypes')),
  }),
  '/v1/figures': read({
    id: 'getFigure',
    tag: 'figures',
    summary: 'A figure',
    description:
      'JSON, CSV or XLSX by `accept` or `format`. Rows come by key unless `sort` says otherwise. A workbook has a second sheet that says what ' +
      'is measured, of whom, when, by which map and as known when; of more than 20,000 rows there is none (413).',
    parameters: [
      ...FIGURE_PARAMETERS,
      by,
      query('sort', oneOf('key', 'value', '-value'), 'by what the rows are ordered'),
      query('format', oneOf('json', 'csv', 'xlsx'), 'instead of `accept`'),
    ],
    answer: { ...json(ref('Figure')), ...files },
    more: { ...NOT_YET, ...may({ 413: 'TooLarge' }) },
  }),
  '/v1/figures/several': read({
    id: 'getFigures',
    tag: 'figures',
    summary: 'Many figures by one call, in the order asked; each is answered or refused by itself',
    description:
      'Each answer is `{status: 200, figure}`, or `{status, problem}` with the problem that the same question would have alone. Calls of one caller are worked on one after the other.',
    parameters: [
      query(
        'ask',
        { type: 'array', items: free, minItems: 1, maxItems: 50 },
        'the query of a `GET /v1/figures` without `format`, once for each figure',
        { required: true, example: ['indicator=centres', 'indicator=learners-present&by=province'] },
      ),
    ],
    answer: json(ref('Figures')),
  }),
  '/v1/figures/sources': read({
    id: 'getFigureSources',
    tag: 'figures',
    summary: 'The entries behind a figure, each with its part, streamed; last {figure, recomputed, equal}',
    parameters: FIGURE_PARAMETERS,
    answer: { 'application/x-ndjson': { type: 'object' } },
    more: NOT_YET,
  }),
  '/v1/figures/changes': read({
    id: 'getFigureChanges',
    tag: 'figures',
    summary:
      'A figure as known then and now: the entries that made the difference, streamed; last {then, now, difference, equal}',
    description:
      'Each line is an entry with its part of the difference and why: `new`, `late`, `correction`, `withdrawal`, `first-report`, `lineage`.',
    parameters: [
      ...FIGURE_PARAMETERS.filter((parameter) => parameter !== known),
      query('known', month, 'the month by whose end it was known', { required: true }),
      query('until', { ...free, default: 'latest' }, 'the later month that it is compared with, or `latest`'),
    ],
    answer: { 'application/x-ndjson': { type: 'object' } },
    more: NOT_YET,
  }),
  '/v1/indicators': read({
    id: 'listIndicators',
    tag: 'figures',
    summary: 'Every indicator: names, unit of measure, kind, how it adds up, definition, what feeds it',
  }),
  '/v1/live': read({
    id: 'live',
    tag: 'figures',
    summary: 'Server-sent events: which figures changed, and by which entry',
    answer: { 'text/event-stream': free },
  }),
  '/v1/units': read({
    id: 'listUnits',
    tag: 'units',
    summary: 'The registry as of a day',
    parameters: [
      query('parent', slug, 'below which unit'),
      query('kind', oneOf(...KINDS), 'of which kind'),
      on,
      query('q', free, 'a part of the name'),
      ...page,
    ],
  }),
  '/v1/units/{id}': read({
    id: 'getUnit',
    tag: 'units',
    summary: 'A unit as of a day',
    parameters: [inPath('id', 'the unit'), on],
  }),
  '/v1/units/{id}/lineage': read({
    id: 'getLineage',
    tag: 'units',
    summary: 'A unit’s history: each change with from, to, date and legal bases; what came from what, all the way',
    description:
      '`units` and `edges` are the graph of all ancestors and descendants, with how many `steps` each is back (below zero) or on; ' +
      'an edge says its date as given, its form, its legal bases and its entry. `cut` says that there are more than 500 units. Of a centre, ' +
      '`seats` is the same for the territory that it had its seat in.',
    parameters: [inPath('id', 'the unit')],
    answer: json(ref('Lineage')),
  }),
  '/v1/ledgers/{service}/{unit}': read({
    id: 'readLedger',
    tag: 'ledgers',
    summary: 'The entries of a ledger, in seq order',
    parameters: [
      inPath('service', 'the service that keeps the ledger'),
      inPath('unit', 'the unit whose ledger it is'),
      query('from', { type: 'integer', minimum: 1, default: 1 }, 'first seq wanted'),
      page[1]!,
    ],
  }),
  '/v1/ledgers/{service}/{unit}/verify': read({
    id: 'verifyLedger',
    tag: 'ledgers',
    summary: 'The chain of hashes, computed again',
    parameters: [inPath('service', 'the service that keeps the ledger'), inPath('unit', 'the unit whose ledger it is')],
  }),
  '/v1/inspections': read({
    id: 'listInspections',
    tag: 'follow-up',
    summary: 'Inspections',
    parameters: [unitOf('inspections'), ...LISTED_MONTHS, known, ...page],
  }),
  '/v1/conflicts': read({
    id: 'listConflicts',
    tag: 'follow-up',
    summary: 'What was accepted, and the registry has come to contradict since',
    description:
      'A report of a day on which its unit, as is known by now, had ended (`unit-ended`) or wasn’t there yet (`unit-not-yet`), and a centre ' +
      'that came to lie where its seat had ended (`seat-ended`). It stands and counts with the successor. It is gone when the entry or the ' +
      'registry fact is withdrawn; a `ConflictSettled` says that it was looked at and stands.',
    parameters: [
      query('status', oneOf('open', 'settled'), 'whether somebody has settled it; absent: both'),
      unitOf('conflicts'),
      ...page,
    ],
    answer: json(ref('Conflicts')),
  }),
  '/v1/recommendations': read({
    id: 'listRecommendations',
    tag: 'follow-up',
    summary: 'Recommendations and what became of them',
    parameters: [
      query('status', oneOf('open', 'overdue', 'closed'), 'what became of them'),
      unitOf('recommendations'),
      ...LISTED_MONTHS,
      known,
      ...page,
      query('format', oneOf('json', 'csv', 'xlsx'), 'instead of `accept`; a file holds the whole list'),
    ],
    answer: { ...json({ type: 'object' }), ...files },
    more: may({ 413: 'TooLarge' }),
  }),
};
