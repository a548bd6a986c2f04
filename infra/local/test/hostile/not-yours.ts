import { COMMUNITY, OURS, THEIRS } from './world.js';

/**
 * Facts of the publishers of two centres, and of the officers of one's province, that reach for what isn't theirs: by the
 * envelope, or by a unit in the data. Who, the fact, in whose name, its data, its refusal's slug and path.
 */
export type NotYours = ['ours' | 'theirs' | 'province', string, string, object, string, string];

const sodt = (of: string) => ({ body: 'Sở GDĐT', of });
const PROVINCE = 'province-14';
const NEIGHBOUR = 'province-38';
const centre = (more: object) => ({
  centre: 'gdtx-moi',
  kind: 'gdtx',
  name: { vi: 'Mới' },
  establishedOn: '2020',
  ...more,
});
const visit = (more: object) => ({
  ...{
    visit: 'x',
    kind: 'survey',
    occurredOn: '2024-11-05',
    level: 'province',
    authority: sodt(PROVINCE),
    units: [OURS],
  },
  ...more,
});
const recommendation = (addressee: object) => ({
  ...{ recommendation: 'x', visit: 'sl-visit', number: 2, text: 'x', issuedOn: '2024-11-06', addressees: [addressee] },
});
const rating = { centre: OURS, year: 2023, rating: 'good', ratedOn: '2024-03-12' };
const withdrawal = (unit: string, seq: number) => ({ unit, seq, reason: 'x' });
const corrected = (type: string, data: object) => ({
  ...withdrawal(OURS, 2),
  correction: { id: 'x-correction', type: `vn.gdtx.${type}.v1`, data },
});

/** Registry facts: in the registry's own name, and in the name of a province about its neighbour. */
const REGISTRY: NotYours[] = [
  [
    'province',
    'provinces/UnitRenamed',
    'vn',
    { unit: PROVINCE, name: { vi: 'X' }, effectiveOn: '2020' },
    'not-allowed',
    'source',
  ],
  [
    'province',
    'provinces/UnitRenamed',
    PROVINCE,
    { unit: NEIGHBOUR, name: { vi: 'X' }, effectiveOn: '2020' },
    'not-allowed',
    'data',
  ],
  [
    'province',
    'provinces/UnitMoved',
    PROVINCE,
    { unit: 'district-116', parent: NEIGHBOUR, effectiveOn: '2020' },
    'not-allowed',
    'data',
  ],
  ['province', 'provinces/UnitAbolished', PROVINCE, { unit: NEIGHBOUR, effectiveOn: '2020' }, 'not-allowed', 'data'],
  [
    ...(['province', 'provinces/UnitsReorganised', PROVINCE] as const),
    { effectiveOn: '2020-01-01', parts: [{ from: NEIGHBOUR, to: PROVINCE, extent: 'whole' }] },
    ...(['not-allowed', 'data'] as const),
  ],
  [
    ...(['province', 'provinces/UnitEstablished', PROVINCE] as const),
    { unit: 'district-999', kind: 'district', name: { vi: 'X' }, parent: NEIGHBOUR, effectiveOn: '2020' },
    ...(['not-allowed', 'data'] as const),
  ],
  [
    'province',
    'provinces/TargetSet',
    PROVINCE,
    { unit: NEIGHBOUR, indicator: 'staff', year: 2024, value: 1 },
    'not-allowed',
    'data',
  ],
  [
    'province',
    'provinces/TargetSet',
    PROVINCE,
    { unit: 'vn', indicator: 'staff', year: 2024, value: 1 },
    'not-allowed',
    'data',
  ],
  ['province', 'centres/CentreEstablished', PROVINCE, centre({ seat: NEIGHBOUR }), 'not-allowed', 'data'],
  [
    'province',
    'centres/CentreRenamed',
    PROVINCE,
    { centre: THEIRS, name: { vi: 'X' }, effectiveOn: '2020' },
    'not-allowed',
    'data',
  ],
  [
    'province',
    'centres/CentreMoved',
    PROVINCE,
    { centre: OURS, seat: NEIGHBOUR, effectiveOn: '2020' },
    'not-allowed',
    'data',
  ],
  ['province', 'centres/CentreDissolved', PROVINCE, { centre: THEIRS, effectiveOn: '2020' }, 'not-allowed', 'data'],
  [
    'province',
    'centres/AuthorityChanged',
    PROVINCE,
    { centre: THEIRS, authority: sodt(PROVINCE), effectiveOn: '2020' },
    'not-allowed',
    'data',
  ],
  [
    ...(['province', 'centres/CentresReorganised', PROVINCE] as const),
    { form: 'absorption', sources: [THEIRS], targets: [{ centre: OURS }], effectiveOn: '2020-01-01' },
    ...(['not-allowed', 'data'] as const),
  ],
  [
    ...(['province', 'community-learning/CommunityCentreEstablished', PROVINCE] as const),
    { centre: 'tthtcd-moi', commune: NEIGHBOUR, name: { vi: 'X' }, establishedOn: '2020' },
    ...(['not-allowed', 'data'] as const),
  ],
  [
    'ours',
    'centres/CentreRenamed',
    OURS,
    { centre: OURS, name: { vi: 'X' }, effectiveOn: '2020' },
    'not-allowed',
    'type',
  ],
];

/** Facts on ledgers: periods, withdrawals, ratings. */
const LEDGERS: NotYours[] = [
  ['ours', 'programmes/EntryWithdrawn', OURS, withdrawal(THEIRS, 1), 'not-allowed', 'data.unit'],
  ['ours', 'programmes/EntryWithdrawn', OURS, withdrawal(THEIRS, 2), 'not-allowed', 'data.unit'],
  ['ours', 'programmes/EntryWithdrawn', OURS, withdrawal(THEIRS, 999), 'not-allowed', 'data.unit'],
  ['ours', 'programmes/EntryWithdrawn', THEIRS, withdrawal(OURS, 2), 'not-allowed', 'source'],
  ['ours', 'centres/EntryWithdrawn', OURS, withdrawal('vn', 1), 'not-allowed', 'data.unit'],
  ['ours', 'centres/EntryWithdrawn', OURS, withdrawal('vn', 999), 'not-allowed', 'data.unit'],
  ['province', 'programmes/EntryWithdrawn', PROVINCE, withdrawal(THEIRS, 2), 'not-allowed', 'source'],
  ['province', 'provinces/EntryWithdrawn', PROVINCE, withdrawal('vn', 3), 'not-allowed', 'source'],
  ['province', 'centres/EntryWithdrawn', PROVINCE, withdrawal('vn', 2), 'not-allowed', 'source'],
  [
    ...(['ours', 'programmes/EntryWithdrawn', OURS] as const),
    corrected('programmes.PeriodReopened', { unit: THEIRS, month: '2024-09', reason: 'x' }),
    ...(['not-allowed', 'data.correction.data.unit'] as const),
  ],
  [
    ...(['ours', 'programmes/EntryWithdrawn', OURS] as const),
    corrected('programmes.EntryWithdrawn', withdrawal(THEIRS, 2)),
    ...(['malformed', 'data.correction.type'] as const),
  ],
  [
    ...(['ours', 'programmes/EntryWithdrawn', OURS] as const),
    corrected('centres.StaffingReported', { reportedOn: '2020', total: 1 }),
    ...(['type-unknown', 'data.correction.type'] as const),
  ],
  [
    ...(['ours', 'programmes/EntryWithdrawn', OURS] as const),
    corrected('programmes.LearnersEnrolled', { class: 'k12', occurredOn: '2024-09-05', learners: { total: -1 } }),
    ...(['malformed', 'data.correction.data.learners.total'] as const),
  ],
  [
    'province',
    'programmes/PeriodApproved',
    PROVINCE,
    { unit: THEIRS, month: '2024-09', upToSeq: 1 },
    'not-allowed',
    'data.unit',
  ],
  [
    'province',
    'programmes/PeriodReopened',
    PROVINCE,
    { unit: THEIRS, month: '2024-09', reason: 'x' },
    'not-allowed',
    'data.unit',
  ],
  [
    'province',
    'provinces/PeriodApproved',
    PROVINCE,
    { unit: 'vn', month: '2024-09', upToSeq: 1 },
    'not-allowed',
    'data.unit',
  ],
  [
    'province',
    'provinces/PeriodReopened',
    PROVINCE,
    { unit: 'vn', month: '2024-09', reason: 'x' },
    'not-allowed',
    'data.unit',
  ],
  [
    'province',
    'programmes/ConflictSettled',
    PROVINCE,
    { unit: THEIRS, seq: 1, reason: 'x' },
    'not-allowed',
    'data.unit',
  ],
  ['ours', 'programmes/ConflictSettled', OURS, { unit: OURS, seq: 1, reason: 'x' }, 'not-allowed', 'type'],
  ['ours', 'programmes/PeriodClosed', 'vn', { month: '2024-09', nothingToReport: true }, 'not-allowed', 'source'],
  ['ours', 'centres/RatingGiven', OURS, { ...rating, ratedBy: sodt(OURS) }, 'not-allowed', 'type'],
  [
    'province',
    'centres/RatingGiven',
    PROVINCE,
    { ...rating, centre: THEIRS, ratedBy: sodt(PROVINCE) },
    'not-allowed',
    'data.centre',
  ],
  [
    'province',
    'centres/RatingGiven',
    PROVINCE,
    { ...rating, ratedBy: sodt(NEIGHBOUR) },
    'not-allowed',
    'data.ratedBy.of',
  ],
];

const INSPECTIONS: NotYours[] = [
  ['ours', 'inspections/VisitMade', OURS, visit({}), 'not-allowed', 'type'],
  ['province', 'inspections/VisitMade', PROVINCE, visit({ units: [THEIRS] }), 'not-allowed', 'data'],
  ['province', 'inspections/VisitMade', PROVINCE, visit({ place: NEIGHBOUR }), 'not-allowed', 'data'],
  ['province', 'inspections/VisitMade', NEIGHBOUR, visit({}), 'not-allowed', 'source'],
  [
    ...(['province', 'inspections/InspectionOrdered', PROVINCE] as const),
    {
      inspection: 'x',
      level: 'province',
      orderedOn: '2024-11-01',
      subjects: [{ unit: THEIRS }],
      authority: sodt(PROVINCE),
    },
    ...(['not-allowed', 'data'] as const),
  ],
  [
    ...(['province', 'inspections/FindingRecorded', PROVINCE] as const),
    { finding: 'x', visit: 'sl-visit', kind: 'strength', text: 'x', about: [{ unit: THEIRS }] },
    ...(['not-allowed', 'data'] as const),
  ],
  ['province', 'inspections/RecommendationIssued', PROVINCE, recommendation({ unit: THEIRS }), 'not-allowed', 'data'],
  [
    ...(['ours', 'inspections/ProgressReported', THEIRS] as const),
    { recommendation: 'sl-kn-1', reportedOn: '2024-12-01', text: 'x', state: 'done' },
    ...(['not-allowed', 'source'] as const),
  ],
  [
    ...(['theirs', 'inspections/ProgressReported', THEIRS] as const),
    { recommendation: 'sl-kn-1', reportedOn: '2024-12-01', text: 'x', state: 'done' },
    ...(['recommendation-unknown', 'data.recommendation'] as const),
  ],
  [
    ...(['theirs', 'inspections/ProgressReported', OURS] as const),
    { recommendation: 'not-there-at-all', reportedOn: '2024-12-01', text: 'x', state: 'done' },
    ...(['not-allowed', 'source'] as const),
  ],
  [
    'ours',
    'inspections/RecommendationClosed',
    OURS,
    { recommendation: 'sl-kn-1', closedOn: '2024-12-01', outcome: 'done' },
    'not-allowed',
    'type',
  ],
  [
    ...(['ours', 'community-learning/TopicHeld', COMMUNITY] as const),
    { topic: 't-2', title: 'x', heldOn: '2024-10-02', meetings: 1, attendances: { total: 3 } },
    ...(['not-allowed', 'source'] as const),
  ],
];

export const NOT_YOURS: readonly NotYours[] = [...REGISTRY, ...LEDGERS, ...INSPECTIONS];
