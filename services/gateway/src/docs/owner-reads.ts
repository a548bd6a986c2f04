import { free, inPath, month, on, page, query, read, slug, type Json } from './operations.js';

const tag = 'services';
const within = query('within', slug, 'in which territory');
const unit = query('unit', slug, 'of which centre', { required: true });
const type = query('type', slug, 'of which programme type');

/** What each owning service shows of what it owns. */
export const OWNER_READS: Record<string, Json> = {
  '/v1/territory/units/{id}': read({
    id: 'getTerritory',
    tag,
    summary: 'A province, district or commune as of a day',
    parameters: [inPath('id', 'the unit'), on],
  }),
  '/v1/territory/targets': read({
    id: 'listTargets',
    tag,
    summary: 'The targets set for a unit',
    parameters: [
      query('unit', slug, 'of which unit', { required: true }),
      query('year', { type: 'integer' }, 'of which year; absent: all'),
    ],
  }),
  '/v1/centres': read({
    id: 'listCentres',
    tag,
    summary: 'The centres that live on a day',
    parameters: [query('kind', slug, 'gdtx, gdnn-gdtx and so on'), within, on, ...page],
  }),
  '/v1/centres/{id}': read({
    id: 'getCentre',
    tag,
    summary: 'A centre: its history, and what it reported last',
    parameters: [inPath('id', 'the centre'), on],
  }),
  '/v1/programmes': read({
    id: 'listProgrammes',
    tag,
    summary: 'What a centre offers',
    parameters: [unit, type, query('form', slug, 'in which form')],
  }),
  '/v1/programmes/classes': read({
    id: 'listClasses',
    tag,
    summary: 'The classes of a centre',
    parameters: [unit, type, query('state', { enum: ['open', 'completed'] }, 'open or completed'), ...page],
  }),
  '/v1/programmes/classes/{unit}/{class}': read({
    id: 'getClass',
    tag,
    summary: 'A class',
    parameters: [inPath('unit', 'the centre'), inPath('class', 'the class, as its centre names it', free)],
  }),
  '/v1/programmes/balances': read({
    id: 'listBalances',
    tag,
    summary: 'What a centre had reached before its ledger began',
    parameters: [unit],
  }),
  '/v1/community-centres': read({
    id: 'listCommunityCentres',
    tag,
    summary: 'The community centres that live on a day',
    parameters: [within, on, ...page],
  }),
  '/v1/community-centres/{id}': read({
    id: 'getCommunityCentre',
    tag,
    summary: 'A community centre, and what it reported last',
    parameters: [inPath('id', 'the centre'), on],
  }),
  '/v1/community-centres/{id}/topics': read({
    id: 'listTopics',
    tag,
    summary: 'The topics that a community centre held',
    parameters: [
      inPath('id', 'the centre'),
      query('from', month, 'first month'),
      query('to', month, 'last month, inclusive'),
      ...page,
    ],
  }),
  '/v1/inspections/orders/{id}': read({
    id: 'getInspection',
    tag,
    summary: 'An inspection, with its visits',
    parameters: [inPath('id', 'the inspection', free)],
  }),
  '/v1/inspections/visits/{id}': read({
    id: 'getVisit',
    tag,
    summary: 'A visit: findings and recommendations',
    parameters: [inPath('id', 'the visit', free)],
  }),
  '/v1/inspections/recommendations': read({
    id: 'getRecommendations',
    tag,
    summary: 'Several recommendations, each as it is shown alone',
    description: 'What there isn’t, or doesn’t concern the caller, is left out.',
    parameters: [
      query('id', { type: 'array', items: free, minItems: 1, maxItems: 100 }, 'a recommendation, once for each', {
        required: true,
      }),
    ],
  }),
  '/v1/inspections/recommendations/{id}': read({
    id: 'getRecommendation',
    tag,
    summary: 'A recommendation, and what became of it',
    description: '`may` names the units in whose names the caller may report progress, or close it, today.',
    parameters: [inPath('id', 'the recommendation', free)],
  }),
};
