import { FindingRecorded } from '@gdtx/contracts/gen/gdtx/inspections/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import { firstRefusal } from '@gdtx/ledger/unit-rules';
import { onDay } from '@gdtx/territory/days';
import { INSPECTORS, isNew } from '../inspection/inspection.js';
import { partiesLive, unitsOf } from '../party-rules.js';
import { findingKey, onlyUnit, partyState, visitKey, type FindingState, type VisitState } from '../states.js';
import { ofOwnVisit } from '../visit-rules.js';
import * as forms from './finding-facts.js';

export const findingRecorded = defineFact<FindingRecorded, typeof forms.findingRecorded>({
  name: 'FindingRecorded',
  title: { vi: 'Ưu điểm, tồn tại, hạn chế', en: 'Finding recorded' },
  description:
    'A strength or a limitation that a visit found, with the indicators that it bears on. It counts once, on the day of the visit: at the one unit that it is about, else where the visit was.',
  ledger: 'source',
  roles: INSPECTORS,
  message: FindingRecorded,
  schema: forms.findingRecorded,
  example: {
    source: 'district-461',
    data: {
      finding: 'dong-ha-2024-han-che-2',
      visit: 'dong-ha-2024-03-12',
      kind: 'limitation',
      text: 'Liên kết với doanh nghiệp trong đào tạo gắn với việc làm còn hạn chế.',
      indicators: ['partners', 'employment-rate'],
    },
  },
  keys: ({ data }) => [findingKey(data.finding), visitKey(data.visit)],
  writes: ({ data }) => unitsOf(data.about),
  decide: ({ source, data }, states, context) =>
    firstRefusal(
      () => ofOwnVisit(source, data.visit, states, context),
      () => isNew(states, findingKey(data.finding), data.finding, 'data.finding'),
      () => {
        const day = states.get<VisitState>(visitKey(data.visit))!.occurredOn;
        return partiesLive(context.registry, data.about, onDay(day), 'data.about');
      },
    ),
  evolve: ({ source, data }, states) => {
    const visit = states.get<VisitState>(visitKey(data.visit))!;
    const finding: FindingState = {
      id: data.finding,
      ledger: source,
      visit: visit.id,
      kind: data.kind,
      text: data.text,
      about: data.about.map(partyState),
      indicators: data.indicators,
      place: onlyUnit(data.about) ?? visit.place,
    };
    const findings = [...visit.findings, finding.id];
    return { [findingKey(finding.id)]: finding, [visitKey(visit.id)]: { ...visit, findings } };
  },
});
