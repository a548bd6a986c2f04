import { files, free, json, may, month, oneOf, page, query, read, slug, type Json } from './operations.js';

const tag = 'trust';
const ofMonth = query('month', month, 'of which month; absent: the last that has ended');
const unit = query('unit', { ...slug, default: 'vn' }, 'of which unit; `vn` is the country');
const map = query('map', { ...free, default: 'then' }, '`then`, `today`, or a day: by which territory it is laid out');
const known = query('known', { ...free, default: 'latest' }, '`latest`, or the month by whose end it was known');
const format = query('format', oneOf('json', 'csv', 'xlsx'), 'instead of `accept`; a file holds the whole list');
const listed = { answer: { ...json({ type: 'object' }), ...files }, more: may({ 413: 'TooLarge' }) };

const UNIT_STATES = [
  ...['reported', 'nothing-to-report', 'silent', 'awaited', 'suspended', 'late', 'closed', 'open', 'approved'],
  ...['changed-since', 'different'],
];

/** Whether figures can be trusted: who has reported, what differs, what changed after it was approved, what is far off. */
export const TRUST_READS: Record<string, Json> = {
  '/v1/reporting': read({
    id: 'getReporting',
    tag,
    summary: 'Who was expected to report of a month, and who did, had nothing to report, was late, silent, approved',
    description:
      'Counts months of units: reported + nothingToReport + silent + awaited = expected; the others are shares of these. ' +
      '`completeness` is what was said, `timeliness` what was said by the day on which it was due (`dueOn`), `approval` what the ' +
      'province approved, each divided by `expected`. A unit is expected when it lives on the last day of the month and its ' +
      'operation wasn’t suspended through it (`suspended`). `simulated` says how many of the expected are of simulated units.',
    parameters: [
      ofMonth,
      query('from', month, 'instead of `month`: the first of some'),
      query('to', month, 'the last of them, inclusive'),
      unit,
      query('by', free, 'province, district, commune, centre or month, or a place and month with a comma'),
      ...[map, known, format],
    ],
    ...listed,
  }),
  '/v1/reporting/units': read({
    id: 'listReportingUnits',
    tag,
    summary: 'The units of a place with what is to be said of their month: silent, late, approved and so on',
    description: 'By id. Several states hold at once; `states` of the answer says what each is called.',
    parameters: [
      ofMonth,
      unit,
      query('state', oneOf(...UNIT_STATES), 'only those of which this holds'),
      map,
      known,
      ...page,
      format,
    ],
    ...listed,
  }),
  '/v1/reporting/changes': read({
    id: 'listChangesSinceApproval',
    tag,
    summary: 'What has changed in a unit’s month since its province approved it',
    description:
      'By service: the entries after the one up to which the month was approved, each with what it adds or takes away, and the ' +
      'figures that are others now.',
    parameters: [
      query('unit', slug, 'of which unit', { required: true }),
      query('month', month, 'of which month', { required: true }),
    ],
  }),
  '/v1/reconciliation': read({
    id: 'listReconciliation',
    tag,
    summary: 'Control totals with which units closed a month, beside what was counted from their own entries',
    description:
      'A late fact, a correction or a withdrawal changes it, and `known` says as of when. `difference` is what was counted less the publisher’s ' +
      'own total. A flow is counted over the month, a level on its last day.',
    parameters: [
      ...[ofMonth, unit],
      query(
        'state',
        oneOf('different', 'equal', 'not-comparable', 'without-totals', 'all'),
        'which; absent: different',
      ),
      ...[map, known, ...page, format],
    ],
    ...listed,
  }),
  '/v1/outliers': read({
    id: 'listOutliers',
    tag,
    summary: 'Values of a month that are far off the unit’s own past',
    description:
      'Flagged, never dropped: every figure holds them. A value is compared with the unit’s own earlier months of the same ' +
      'indicator and category, at least six of them; `compared` says whether the value itself is far off or the share of women ' +
      'in it, `said` is what was compared, and `median` and `allowed` are its.',
    parameters: [
      ...[ofMonth, unit, query('indicator', slug, 'of which indicator; absent: all')],
      ...[map, known, ...page, format],
    ],
    ...listed,
  }),
};
