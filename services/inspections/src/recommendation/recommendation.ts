import {
  ProgressReported,
  RecommendationClosed,
  RecommendationIssued,
} from '@gdtx/contracts/gen/gdtx/inspections/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Context, States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, mayReport, notInFuture, unitAlive } from '@gdtx/ledger/unit-rules';
import { compareGiven, firstDay, type Day } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { INSPECTORS, isNew } from '../inspection/inspection.js';
import { TERRITORY } from '@gdtx/ledger/registry-rules';
import { bodiesInReach, bodiesLive, partiesLive, placeLives, unitsOf } from '../party-rules.js';
import { dateAsGiven, givenDateOf, plain } from '@gdtx/contracts/plain';
import { concernsRecommendation, speakerFor } from '../concern.js';
import { actsFor, answersFor } from '../sides.js';
import {
  onlyUnit,
  partyState,
  recommendationKey,
  visitKey,
  type RecommendationState,
  type VisitState,
} from '../states.js';
import { unknownTo } from '../unknown-to.js';
import { ofOwnVisit } from '../visit-rules.js';
import * as forms from './recommendation-facts.js';

export const recommendationIssued = defineFact<RecommendationIssued, typeof forms.recommendationIssued>({
  name: 'RecommendationIssued',
  title: { vi: 'Kiến nghị, kết luận chỉ đạo', en: 'Recommendation issued' },
  description:
    'What a visit’s authority asks for, with a number of its own among the visit’s recommendations. It counts once, however many it addresses: at `place`, else at the one unit that it addresses, else where the visit was.',
  ledger: 'source',
  roles: INSPECTORS,
  message: RecommendationIssued,
  schema: forms.recommendationIssued,
  example: {
    source: 'vn',
    data: {
      recommendation: 'chi-linh-2022-kl-2',
      visit: 'chi-linh-2022-04-02',
      number: 2,
      text: 'Kịp thời bổ sung, kiện toàn cán bộ quản lý TTHTCĐ khi có thay đổi.',
      addressees: [
        { body: { body: 'Phòng GDĐT Chí Linh', of: 'district-290' } },
        { every: { kind: 'community-centre', in: 'district-290' } },
      ],
      issuedOn: '2022-04-02',
      indicators: ['manager-changes', 'concurrent-managers'],
      place: 'district-290',
    },
  },
  keys: ({ data }) => [recommendationKey(data.recommendation), visitKey(data.visit)],
  writes: ({ data }) => [...unitsOf(data.addressees), ...(data.place ? [data.place] : [])],
  decide: ({ source, data }, states, context) => {
    const { registry, today } = context;
    const issuedOn = data.issuedOn!;
    const paths = { unit: 'source', date: 'data.issuedOn' };
    return firstRefusal(
      () => ofOwnVisit(source, data.visit, states, context),
      () => isNew(states, recommendationKey(data.recommendation), data.recommendation, 'data.recommendation'),
      () => mayReport(registry, source, TERRITORY, issuedOn, today, paths),
      () => fitsItsVisit(data, states),
      () => {
        if (!data.due || compareGiven(data.due, issuedOn) >= 0) return undefined;
        return refuse('due-before-issue', `It was issued only after ${data.due}.`, 'data.due');
      },
      () => partiesLive(registry, data.addressees, issuedOn, 'data.addressees'),
      () => bodiesInReach(registry, source, data.addressees, firstDay(issuedOn), 'data.addressees'),
      () => bodiesLive(registry, data.with, issuedOn, 'data.with'),
      () => placeLives(registry, data.place, issuedOn),
    );
  },
  evolve: ({ source, data }, states) => {
    const visit = states.get<VisitState>(visitKey(data.visit))!;
    const recommendation: RecommendationState = {
      id: data.recommendation,
      ledger: source,
      visit: visit.id,
      number: data.number,
      text: data.text,
      addressees: data.addressees.map(partyState),
      issuedOn: dateAsGiven(data.issuedOn!),
      ...(data.due ? { due: data.due } : {}),
      indicators: data.indicators,
      basis: plain(data.basis) as RecommendationState['basis'],
      with: data.with,
      place: data.place || onlyUnit(data.addressees) || visit.place,
      progress: [],
    };
    const recommendations = { ...visit.recommendations, [data.number]: recommendation.id };
    return {
      [recommendationKey(recommendation.id)]: recommendation,
      [visitKey(visit.id)]: { ...visit, recommendations },
    };
  },
});

export const progressReported = defineFact<ProgressReported, typeof forms.progressReported>({
  name: 'ProgressReported',
  title: { vi: 'Báo cáo tiến độ thực hiện', en: 'Progress reported' },
  description:
    'How far a recommendation is carried out, as one of its addressees says: a unit addressed, one in the territory of an addressed body, or a successor, also when the addressee has ended. In the ledger of the recommendation.',
  ledger: 'decided',
  roles: ['inspector', 'province-officer', 'centre-publisher', 'commune-officer'],
  message: ProgressReported,
  schema: forms.progressReported,
  example: {
    source: 'commune-10546-2025',
    data: {
      recommendation: 'chi-linh-2022-kl-2',
      reportedOn: '2026-01-10',
      text: 'Đã kiện toàn ban giám đốc của ba TTHTCĐ trên địa bàn.',
      state: 'in-progress',
    },
  },
  keys: ({ data }) => [recommendationKey(data.recommendation)],
  ledgerOf: ({ data }, states) => recommendationOf(data, states)?.ledger,
  decide: ({ source, data }, states, context) => {
    const { registry, today } = context;
    const cantSpeak = firstRefusal(
      () => notInFuture(data.reportedOn, today, 'data.reportedOn'),
      () => unitAlive(registry, source, data.reportedOn, 'source'),
    );
    if (cantSpeak) return cantSpeak;
    const known = concerning(source, data, states, context);
    if (!known) return unknownTo(source, 'recommendation', data.recommendation);
    return firstRefusal(
      () => sinceItsIssue(known, data.reportedOn, 'data.reportedOn'),
      () => isAddressee(registry, source, known, data.reportedOn),
      () => {
        if (!known.closed || data.reportedOn <= known.closed.closedOn) return undefined;
        return refuse('closed-already', `It was closed on ${known.closed.closedOn}.`, 'data.reportedOn');
      },
    );
  },
  evolve: ({ source, data }, states) => {
    const known = recommendationOf(data, states)!;
    const said = { by: source, reportedOn: data.reportedOn, state: data.state, text: data.text };
    return { [recommendationKey(known.id)]: { ...known, progress: [...known.progress, said] } };
  },
});

export const recommendationClosed = defineFact<RecommendationClosed, typeof forms.recommendationClosed>({
  name: 'RecommendationClosed',
  title: { vi: 'Hoàn thành kiến nghị', en: 'Recommendation closed' },
  description:
    'The side that issued a recommendation, or its successor, says that it is carried out or has lapsed. Once; in the ledger of the recommendation.',
  ledger: 'decided',
  roles: INSPECTORS,
  message: RecommendationClosed,
  schema: forms.recommendationClosed,
  example: {
    source: 'vn',
    data: { recommendation: 'chi-linh-2022-kl-2', closedOn: '2026-01-12', outcome: 'done' },
  },
  keys: ({ data }) => [recommendationKey(data.recommendation)],
  ledgerOf: ({ data }, states) => recommendationOf(data, states)?.ledger,
  decide: ({ source, data }, states, context) => {
    const { registry, today } = context;
    const cantSpeak = firstRefusal(
      () => notInFuture(data.closedOn, today, 'data.closedOn'),
      () => unitAlive(registry, source, data.closedOn, 'source'),
    );
    if (cantSpeak) return cantSpeak;
    const known = concerning(source, data, states, context);
    if (!known) return unknownTo(source, 'recommendation', data.recommendation);
    return firstRefusal(
      () => isIssuer(registry, source, known, data.closedOn),
      () => sinceItsIssue(known, data.closedOn, 'data.closedOn'),
      () => {
        if (!known.closed) return undefined;
        return refuse('closed-already', `It was closed on ${known.closed.closedOn} already.`, 'data.recommendation');
      },
      () => afterItsProgress(known, data.closedOn),
    );
  },
  evolve: ({ source, data }, states) => {
    const known = recommendationOf(data, states)!;
    const closed = { by: source, closedOn: data.closedOn, outcome: data.outcome };
    return { [recommendationKey(known.id)]: { ...known, closed } };
  },
});

function recommendationOf(data: { recommendation: string }, states: States): RecommendationState | undefined {
  return states.get<RecommendationState>(recommendationKey(data.recommendation));
}

/** The recommendation, for whom it concerns. */
function concerning(
  source: string,
  data: { recommendation: string },
  states: States,
  { registry, today }: Context,
): RecommendationState | undefined {
  const known = recommendationOf(data, states);
  return known && concernsRecommendation(known, speakerFor(source, registry, today)) ? known : undefined;
}

/** Issued at its visit or after it, with a number that no other of the visit's recommendations has. */
function fitsItsVisit({ visit, number, issuedOn }: RecommendationIssued, states: States): Refusal | undefined {
  const { occurredOn, recommendations } = states.get<VisitState>(visitKey(visit))!;
  if (compareGiven(issuedOn!, occurredOn) < 0) {
    return refuse('before-visit', `The visit \`${visit}\` was only on ${occurredOn}.`, 'data.issuedOn');
  }
  const other = recommendations[number];
  if (other === undefined) return undefined;
  const message = `The recommendation ${number} of the visit \`${visit}\` is \`${other}\`.`;
  return refuse('number-taken', message, 'data.number');
}

function sinceItsIssue({ issuedOn }: RecommendationState, day: Day, path: string): Refusal | undefined {
  if (compareGiven(day, givenDateOf(issuedOn)) >= 0) return undefined;
  return refuse('before-issue', `The recommendation was issued only after ${day}.`, path);
}

function isAddressee(registry: Registry, source: string, known: RecommendationState, on: Day): Refusal | undefined {
  const since = firstDay(givenDateOf(known.issuedOn));
  if (known.addressees.some((party) => answersFor(registry, source, party, since, on))) return undefined;
  const message = `\`${known.id}\` is addressed neither to \`${source}\` nor to one that it succeeds.`;
  return refuse('not-an-addressee', message, 'source');
}

function isIssuer(registry: Registry, source: string, known: RecommendationState, on: Day): Refusal | undefined {
  if (actsFor(registry, source, known.ledger, on)) return undefined;
  const message = `\`${known.id}\` was issued in the name of \`${known.ledger}\`: only that side closes it.`;
  return refuse('not-the-issuer', message, 'source');
}

function afterItsProgress({ progress }: RecommendationState, closedOn: Day): Refusal | undefined {
  const later = progress.find((said) => said.reportedOn > closedOn);
  if (!later) return undefined;
  return refuse('before-progress', `Progress was reported on ${later.reportedOn}, after ${closedOn}.`, 'data.closedOn');
}
