import { NeedsSurveyed, PlanAdopted, TopicHeld } from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import type { Party } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Registry } from '@gdtx/territory/registry';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, unitAlive, unitKnown } from '@gdtx/ledger/unit-rules';
import { changedPage, latest, pageOf, reportKeys, unitKey, type CommunityCentrePage } from '../page.js';
import { plain } from '@gdtx/contracts/plain';
import { centreReports, REPORTERS } from '../reporting.js';
import * as forms from './learning-facts.js';

export const needsSurveyed = defineFact<NeedsSurveyed, typeof forms.needsSurveyed>({
  name: 'NeedsSurveyed',
  title: { vi: 'Khảo sát nhu cầu học tập', en: 'Needs surveyed' },
  description: 'How many people were asked what they want to learn: people, not surveys.',
  ledger: 'source',
  roles: REPORTERS,
  message: NeedsSurveyed,
  schema: forms.needsSurveyed,
  example: { source: 'tthtcd-pha-lai', data: { surveyedOn: '2024-01-20', people: { total: 310, female: 170 } } },
  keys: reportKeys,
  decide: (fact, _states, context) => centreReports(fact, context, fact.data.surveyedOn, 'data.surveyedOn'),
  evolve: (fact, states) => {
    const { surveyedOn, people } = fact.data;
    const survey = { day: surveyedOn, reportedOn: surveyedOn, people: plain(people) as object };
    return changedPage(fact, states, ({ needs }) => ({ needs: latest(needs, survey) }));
  },
});

/**
 * One plan a centre and calendar year, so that plan fulfilment has one denominator. A plan that was amended later is sent
 * as a correction of the first (a withdrawal and a new PlanAdopted in one), which keeps what was known before.
 */
export const planAdopted = defineFact<PlanAdopted, typeof forms.planAdopted>({
  name: 'PlanAdopted',
  title: { vi: 'Ban hành kế hoạch năm', en: 'Plan adopted' },
  description:
    'The plan of a calendar year: how many topics a community learning centre means to hold. One a year; an amended plan is a correction of the first.',
  ledger: 'source',
  roles: REPORTERS,
  message: PlanAdopted,
  schema: forms.planAdopted,
  example: {
    source: 'tthtcd-pha-lai',
    data: { year: 2024, adoptedOn: '2024-01-31', topics: 24, legalBasis: [{ number: '05/KH-TTHTCĐ' }] },
  },
  keys: reportKeys,
  decide: (fact, states, context) => {
    const { year, adoptedOn } = fact.data;
    return firstRefusal(
      () => centreReports(fact, context, adoptedOn, 'data.adoptedOn'),
      () => adoptedForItsYear(year, adoptedOn),
      () => {
        if (!pageOf(states, fact.source).plans[year]) return undefined;
        const message = `\`${fact.source}\` has a plan for ${year} already: an amended plan is sent as its correction.`;
        return refuse('exists-already', message, 'data.year');
      },
    );
  },
  evolve: (fact, states) => {
    const { year, adoptedOn, topics, legalBasis } = fact.data;
    const plan = plain({ adoptedOn, topics, legalBasis }) as CommunityCentrePage['plans'][string];
    return changedPage(fact, states, ({ plans }) => ({ plans: { ...plans, [year]: plan } }));
  },
});

/** What a topic was, by its host: the state document `topic:<unit>/<topic>`. */
export interface Topic {
  topic: string;
  title: string;
  heldOn: string;
  meetings: number;
  hours?: number;
  attendances: { total: number };
  organiser?: object;
  area?: string;
}

export const topicKey = (host: string, topic: string) => `topic:${host}/${topic}`;

export const topicHeld = defineFact<TopicHeld, typeof forms.topicHeld>({
  name: 'TopicHeld',
  title: { vi: 'Tổ chức lớp, chuyên đề', en: 'Topic held' },
  description:
    'A class or topic (lớp, chuyên đề) held at a community learning centre, however many meetings (buổi) it had. The host reports it and it counts there once, whoever organised it. Attendances are lượt người, not learners.',
  ledger: 'source',
  roles: REPORTERS,
  message: TopicHeld,
  schema: forms.topicHeld,
  example: {
    source: 'tthtcd-pha-lai',
    data: {
      topic: '2024-lua-chat-luong-cao',
      title: 'Kỹ thuật trồng lúa chất lượng cao',
      heldOn: '2024-03-12',
      meetings: 3,
      hours: 9,
      attendances: { total: 126, female: 70 },
      organiser: { body: { body: 'Hội Nông dân', of: 'commune-10546' } },
      area: 'Nông nghiệp',
    },
  },
  keys: (fact) => {
    const organiser = fact.data.organiser?.unit;
    const units = organiser && organiser !== fact.source ? [unitKey(organiser)] : [];
    return [topicKey(fact.source, fact.data.topic), ...reportKeys(fact), ...units];
  },
  decide: (fact, states, context) => {
    const { topic, heldOn, organiser } = fact.data;
    return firstRefusal(
      () => centreReports(fact, context, heldOn, 'data.heldOn'),
      () => {
        if (!states.get(topicKey(fact.source, topic))) return undefined;
        return refuse('exists-already', `\`${fact.source}\` has reported a topic \`${topic}\` already.`, 'data.topic');
      },
      () => possibleHours(fact.data),
      () => knownOrganiser(context.registry, organiser, heldOn),
    );
  },
  evolve: (fact, states) => {
    const { note: _note, source: _source, ...said } = fact.data;
    const { hours, ...rest } = said;
    const topic = plain({ ...rest, ...(hours > 0 ? { hours } : {}) });
    const year = said.heldOn.slice(0, 4);
    const page = changedPage(fact, states, ({ topics }) => {
      const sums = topics[year] ?? { held: 0, meetings: 0, attendances: 0 };
      const added = {
        held: sums.held + 1,
        meetings: sums.meetings + said.meetings,
        attendances: sums.attendances + said.attendances!.total,
      };
      return { topics: { ...topics, [year]: added } };
    });
    return { [topicKey(fact.source, said.topic)]: topic, ...page };
  },
});

/** A plan is adopted in its year or in the one before. */
function adoptedForItsYear(year: number, adoptedOn: string): Refusal | undefined {
  const adoptedIn = Number(adoptedOn.slice(0, 4));
  if (adoptedIn === year || adoptedIn === year - 1) return undefined;
  const message = `A plan for ${year} is adopted in ${year} or in ${year - 1}, not on ${adoptedOn}.`;
  return refuse('year-mismatch', message, 'data.year');
}

function possibleHours({ hours, meetings }: TopicHeld): Refusal | undefined {
  if (hours <= meetings * 24) return undefined;
  return refuse('more-than-a-day', `${meetings} meetings can't last ${hours} hours.`, 'data.hours');
}

function knownOrganiser(registry: Registry, organiser: Party | undefined, day: string): Refusal | undefined {
  if (organiser?.body) return unitKnown(registry, organiser.body.of, 'data.organiser.body.of');
  return organiser?.unit ? unitAlive(registry, organiser.unit, day, 'data.organiser.unit') : undefined;
}
