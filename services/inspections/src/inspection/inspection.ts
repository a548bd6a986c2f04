import { InspectionOrdered, VisitMade } from '@gdtx/contracts/gen/gdtx/inspections/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Context, Fact, States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, mayReport } from '@gdtx/ledger/unit-rules';
import { compareGiven, onDay } from '@gdtx/territory/days';
import { TERRITORY } from '@gdtx/ledger/registry-rules';
import { actsInItsName, bodiesLive, partiesLive, placeLives, unitsLive, unitsOf } from '../party-rules.js';
import { dateAsGiven, givenDateOf, plain } from '@gdtx/contracts/plain';
import { concernsOrder, speakerFor } from '../concern.js';
import { actsFor } from '../sides.js';
import { unknownTo } from '../unknown-to.js';
import { inspectionKey, partyState, visitKey, type InspectionState, type VisitState } from '../states.js';
import * as forms from './inspection-facts.js';

export const INSPECTORS = ['inspector', 'province-officer'] as const;

export const inspectionOrdered = defineFact<InspectionOrdered, typeof forms.inspectionOrdered>({
  name: 'InspectionOrdered',
  title: { vi: 'Quyết định kiểm tra, thanh tra', en: 'Inspection ordered' },
  description:
    'An authority decided to inspect units or bodies. It is in the ledger of the unit in whose name the authority acts: `vn` for the ministry.',
  ledger: 'source',
  roles: INSPECTORS,
  message: InspectionOrdered,
  schema: forms.inspectionOrdered,
  example: {
    source: 'vn',
    data: {
      inspection: 'kt-600-2022',
      authority: { body: 'Bộ GDĐT', of: 'vn' },
      level: 'ministry',
      decision: { number: '600/QĐ-BGDĐT', issuedOn: '2022-03-01', issuer: 'Bộ GDĐT' },
      orderedOn: '2022-03-01',
      subjects: [{ body: { body: 'Sở GDĐT', of: 'province-27' } }, { body: { body: 'Sở GDĐT', of: 'province-30' } }],
    },
  },
  keys: ({ data }) => [inspectionKey(data.inspection)],
  writes: ({ data }) => [...unitsOf(data.subjects), ...data.subjects.flatMap(({ body }) => (body ? [body.of] : []))],
  decide: (fact, states, { registry, today }) => {
    const { inspection, orderedOn, authority, level, subjects } = fact.data;
    const paths = { unit: 'source', date: 'data.orderedOn' };
    return firstRefusal(
      () => mayReport(registry, fact.source, TERRITORY, orderedOn, today, paths),
      () => actsInItsName(registry, fact.source, authority, level),
      () => isNew(states, inspectionKey(inspection), inspection, 'data.inspection'),
      () => partiesLive(registry, subjects, orderedOn!, 'data.subjects'),
    );
  },
  evolve: ({ source, data }) => {
    const state: InspectionState = {
      id: data.inspection,
      ledger: source,
      authority: data.authority!,
      level: data.level,
      ...(data.decision ? { decision: plain(data.decision) as InspectionState['decision'] } : {}),
      orderedOn: dateAsGiven(data.orderedOn!),
      ...(data.title ? { title: data.title } : {}),
      subjects: data.subjects.map(partyState),
      visits: [],
    };
    return { [inspectionKey(data.inspection)]: state };
  },
});

export const visitMade = defineFact<VisitMade, typeof forms.visitMade>({
  name: 'VisitMade',
  title: { vi: 'Buổi kiểm tra, làm việc', en: 'Visit made' },
  description:
    'An inspection’s visit, a working session or a survey, with or without an order. It counts once, however many units were visited, at `place`; a visit to one unit counts there.',
  ledger: 'source',
  roles: INSPECTORS,
  message: VisitMade,
  schema: forms.visitMade,
  example: {
    source: 'district-461',
    data: {
      visit: 'dong-ha-2024-03-12',
      kind: 'working-session',
      occurredOn: '2024-03-12',
      authority: { body: 'UBND thành phố Đông Hà', of: 'district-461' },
      level: 'district',
      units: ['gdnn-gdtx-dong-ha'],
      participants: [{ body: 'Phòng GD&ĐT', of: 'district-461' }],
    },
  },
  keys: ({ data }) => [visitKey(data.visit), ...(data.inspection ? [inspectionKey(data.inspection)] : [])],
  writes: ({ data }) => [...data.units, ...(data.place ? [data.place] : [])],
  decide: (fact, states, context) => {
    const { visit, occurredOn, authority, level, units, place, participants } = fact.data;
    const { registry, today } = context;
    const paths = { unit: 'source', date: 'data.occurredOn' };
    return firstRefusal(
      () => mayReport(registry, fact.source, TERRITORY, occurredOn, today, paths),
      () => actsInItsName(registry, fact.source, authority, level),
      () => isNew(states, visitKey(visit), visit, 'data.visit'),
      () => followsItsOrder(fact, states, context),
      () => unitsLive(registry, units, occurredOn, 'data.units'),
      () => placeLives(registry, place, occurredOn),
      () => bodiesLive(registry, participants, onDay(occurredOn), 'data.participants'),
    );
  },
  evolve: ({ source, data }, states) => {
    const order = data.inspection ? states.get<InspectionState>(inspectionKey(data.inspection)) : undefined;
    const visit: VisitState = {
      id: data.visit,
      ledger: source,
      ...(order ? { inspection: order.id } : {}),
      kind: data.kind,
      occurredOn: data.occurredOn,
      authority: data.authority ?? order!.authority,
      level: data.level || order!.level,
      units: data.units,
      place: data.place || data.units[0]!,
      participants: data.participants,
      findings: [],
      recommendations: {},
    };
    if (!order) return { [visitKey(visit.id)]: visit };
    const visits = [...order.visits, { visit: visit.id, occurredOn: visit.occurredOn }];
    return { [visitKey(visit.id)]: visit, [inspectionKey(order.id)]: { ...order, visits } };
  },
});

/** A visit under an order is made by the side that ordered it, not before the order. */
function followsItsOrder(
  { source, data }: Fact<VisitMade>,
  states: States,
  { registry, today }: Context,
): Refusal | undefined {
  if (!data.inspection) return undefined;
  const order = states.get<InspectionState>(inspectionKey(data.inspection));
  if (!order) return unknownTo(source, 'inspection', data.inspection);
  if (!actsFor(registry, source, order.ledger, data.occurredOn)) {
    if (!concernsOrder(order, speakerFor(source, registry, today))) return unknownTo(source, 'inspection', order.id);
    const message = `The inspection \`${order.id}\` was ordered in the name of \`${order.ledger}\`, not of \`${source}\`.`;
    return refuse('not-the-authority', message, 'source');
  }
  if (compareGiven(data.occurredOn, givenDateOf(order.orderedOn)) >= 0) return undefined;
  return refuse('before-order', `The inspection \`${order.id}\` was ordered only later.`, 'data.occurredOn');
}

/** Ids of inspections, visits, findings and recommendations are unique in this service. */
export function isNew(states: States, key: string, id: string, path: string): Refusal | undefined {
  return states.get(key) ? refuse('exists-already', `There is \`${id}\` already.`, path) : undefined;
}
