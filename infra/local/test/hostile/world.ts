/**
 * A few units and one report of each kind: enough for every route to have something to show, and little enough to be told in
 * one call. Son La and Thanh Hoa are neighbours who may not write to, nor read, each other's units.
 */

export interface Event {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  data: object;
}

/** A CloudEvent of a fact: `programmes/ClassOpened`. */
export function event(id: string, name: string, source: string, data: object): Event {
  const [service, fact] = name.split('/');
  return {
    specversion: '1.0',
    id,
    source: `urn:gdtx:unit:${source}`,
    type: `vn.gdtx.${service}.${fact}.v1`,
    data,
  };
}

export const OURS = 'gdtx-son-la';
export const THEIRS = 'gdtx-thanh-hoa';
/** A centre whose beginning nobody knows: only that it was there by a day. */
export const OLD = 'gdtx-lau-doi';
export const COMMUNITY = 'tthtcd-chieng-an';

const territory = (unit: string, kind: string, parent: string | undefined, vi: string) =>
  event(`world-${unit}`, 'provinces/UnitEstablished', 'vn', {
    ...{ unit, kind, name: { vi }, effectiveOn: { notAfter: '1992-01-01' } },
    ...(parent && { parent }),
  });
const centre = (id: string, seat: string, began: object) =>
  event(`world-${id}`, 'centres/CentreEstablished', 'vn', {
    ...{ centre: id, kind: 'gdtx', name: { vi: `Trung tâm ${id}` }, seat },
    ...began,
  });
const opened = (centre: string, name: string) =>
  event(`world-${centre}-${name}`, 'programmes/ClassOpened', centre, {
    ...{ class: name, type: 'upper-secondary', openedOn: '2024-09-05', schoolYear: '2024-2025' },
  });
const enrolled = (centre: string, total: number) =>
  event(`world-${centre}-enrolled`, 'programmes/LearnersEnrolled', centre, {
    ...{ class: 'k12', occurredOn: '2024-09-05', learners: { total } },
  });

/** In the order in which they rest on each other. */
export const WORLD: readonly Event[] = [
  territory('vn', 'country', undefined, 'Việt Nam'),
  territory('province-14', 'province', 'vn', 'Sơn La'),
  territory('province-38', 'province', 'vn', 'Thanh Hóa'),
  territory('district-116', 'district', 'province-14', 'Sơn La'),
  territory('commune-03650', 'commune', 'district-116', 'Chiềng An'),
  centre(OURS, 'district-116', { establishedOn: '2003-06' }),
  centre(THEIRS, 'province-38', { establishedOn: '2003-06' }),
  centre(OLD, 'district-116', { establishedOn: { notAfter: '2020-01-01' } }),
  event('world-community', 'community-learning/CommunityCentreEstablished', 'vn', {
    ...{ centre: COMMUNITY, commune: 'commune-03650', name: { vi: 'TTHTCĐ Chiềng An' }, establishedOn: '2010' },
  }),
  event('world-target', 'provinces/TargetSet', 'vn', {
    ...{ unit: 'province-14', indicator: 'learners-enrolled', year: 2024, value: 50 },
  }),
  opened(OURS, 'k12'),
  enrolled(OURS, 42),
  opened(THEIRS, 'k12'),
  enrolled(THEIRS, 7),
  event('world-topic', 'community-learning/TopicHeld', COMMUNITY, {
    ...{ topic: 't-1', title: 'Kỹ thuật trồng cà phê', heldOn: '2024-10-01', meetings: 1, attendances: { total: 30 } },
  }),
  event('world-visit', 'inspections/VisitMade', 'province-14', {
    ...{ visit: 'sl-visit', kind: 'working-session', occurredOn: '2024-11-05', level: 'province' },
    ...{ authority: { body: 'Sở GDĐT Sơn La', of: 'province-14' }, units: [OURS] },
  }),
  event('world-order', 'inspections/InspectionOrdered', 'province-14', {
    ...{ inspection: 'sl-order', level: 'province', orderedOn: '2024-11-01', subjects: [{ unit: OURS }] },
    authority: { body: 'Sở GDĐT Sơn La', of: 'province-14' },
  }),
  event('world-recommendation', 'inspections/RecommendationIssued', 'province-14', {
    ...{ recommendation: 'sl-kn-1', visit: 'sl-visit', number: 1, text: 'Bổ sung giáo viên.', issuedOn: '2024-11-06' },
    addressees: [{ unit: OURS }],
  }),
];
