import { COMMUNITY, OURS } from './world.js';

/** What each route of the public contract is asked, and who may. A route that isn't here fails the suite. */
export interface Asked {
  /** With all that it needs to be answered. */
  path: string;
  /**
   * Status for the publisher of another province; 200 where it is for everybody, or shows everybody their own; 404 where it isn't
   * for everybody to know that there is such a thing.
   */
  others: 200 | 403 | 404;
}

export const READS: Readonly<Record<string, Asked>> = {
  '/v1/facts/types': { path: '/v1/facts/types', others: 200 },
  '/v1/figures': { path: `/v1/figures?indicator=learners-enrolled&unit=${OURS}`, others: 403 },
  '/v1/figures/several': {
    path: `/v1/figures/several?ask=indicator%3Dlearners-enrolled%26unit%3D${OURS}`,
    others: 200,
  },
  '/v1/figures/sources': { path: `/v1/figures/sources?indicator=learners-enrolled&unit=${OURS}`, others: 403 },
  '/v1/figures/changes': {
    path: `/v1/figures/changes?indicator=learners-enrolled&unit=${OURS}&known=2024-09`,
    others: 403,
  },
  '/v1/indicators': { path: '/v1/indicators', others: 200 },
  '/v1/live': { path: '/v1/live', others: 200 },
  '/v1/units': { path: '/v1/units', others: 200 },
  '/v1/units/{id}': { path: `/v1/units/${OURS}`, others: 200 },
  '/v1/units/{id}/lineage': { path: `/v1/units/${OURS}/lineage`, others: 200 },
  '/v1/ledgers/{service}/{unit}': { path: `/v1/ledgers/programmes/${OURS}`, others: 403 },
  '/v1/ledgers/{service}/{unit}/verify': { path: `/v1/ledgers/programmes/${OURS}/verify`, others: 403 },
  '/v1/inspections': { path: `/v1/inspections?unit=${OURS}`, others: 403 },
  '/v1/conflicts': { path: `/v1/conflicts?unit=${OURS}`, others: 403 },
  '/v1/recommendations': { path: `/v1/recommendations?unit=${OURS}`, others: 403 },
  '/v1/reporting': { path: `/v1/reporting?month=2024-09&unit=${OURS}`, others: 403 },
  '/v1/reporting/units': { path: `/v1/reporting/units?month=2024-09&unit=${OURS}`, others: 403 },
  '/v1/reporting/changes': { path: `/v1/reporting/changes?month=2024-09&unit=${OURS}`, others: 403 },
  '/v1/reconciliation': { path: `/v1/reconciliation?month=2024-09&unit=${OURS}`, others: 403 },
  '/v1/outliers': { path: `/v1/outliers?month=2024-09&unit=${OURS}`, others: 403 },
  '/v1/territory/units/{id}': { path: '/v1/territory/units/province-14', others: 200 },
  '/v1/territory/targets': { path: '/v1/territory/targets?unit=province-14', others: 403 },
  '/v1/centres': { path: '/v1/centres?within=district-116', others: 403 },
  '/v1/centres/{id}': { path: `/v1/centres/${OURS}`, others: 403 },
  '/v1/programmes': { path: `/v1/programmes?unit=${OURS}`, others: 403 },
  '/v1/programmes/classes': { path: `/v1/programmes/classes?unit=${OURS}`, others: 403 },
  '/v1/programmes/classes/{unit}/{class}': { path: `/v1/programmes/classes/${OURS}/k12`, others: 403 },
  '/v1/programmes/balances': { path: `/v1/programmes/balances?unit=${OURS}`, others: 403 },
  '/v1/community-centres': { path: '/v1/community-centres?within=commune-03650', others: 403 },
  '/v1/community-centres/{id}': { path: `/v1/community-centres/${COMMUNITY}`, others: 403 },
  '/v1/community-centres/{id}/topics': { path: `/v1/community-centres/${COMMUNITY}/topics`, others: 403 },
  '/v1/inspections/orders/{id}': { path: '/v1/inspections/orders/sl-order', others: 404 },
  '/v1/inspections/visits/{id}': { path: '/v1/inspections/visits/sl-visit', others: 404 },
  '/v1/inspections/recommendations': { path: '/v1/inspections/recommendations?id=sl-kn-1', others: 200 },
  '/v1/inspections/recommendations/{id}': { path: '/v1/inspections/recommendations/sl-kn-1', others: 404 },
};

/** Lists without a unit show everybody their own: the publisher of another province sees nothing of Son La's. */
export const LISTS = ['/v1/centres', '/v1/community-centres', '/v1/inspections', '/v1/recommendations'];
