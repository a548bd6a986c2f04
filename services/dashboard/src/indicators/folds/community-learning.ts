import {
  BudgetReceived,
  CommuneRated,
  CommunityCentreRated,
  ContributionReceived,
  FacilitiesReported,
  LearningModelsCounted,
  LiteracyCounted,
  ManagementReported,
  ManagerChanged,
  NeedsSurveyed,
  PlanAdopted,
  TopicHeld,
} from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { firstDay } from '@gdtx/territory/days';
import type { Contribution } from '../../model.js';
import { COMMUNE_RATINGS, COMMUNITY_CENTRE_RATINGS } from '../labels.js';
import { factFold, recordedDay, yearEnd, type FactFold } from './fold.js';
import { elsewhere, flowOf, flowOfPeople, levelOf, monthOf, oneOf } from './parts.js';

const SERVICE = 'community-learning';

const MODELS: Readonly<Record<string, string>> = {
  family: 'learning-families',
  clan: 'learning-clans',
  organisation: 'learning-organisations',
  community: 'learning-communities',
  citizen: 'learning-citizens',
};

const CENTRE_RATINGS = Object.keys(COMMUNITY_CENTRE_RATINGS);
const RATINGS_OF_COMMUNES = Object.keys(COMMUNE_RATINGS);

/** All that the service `community-learning` reports; its registry facts are in the registry. */
export const communityLearningFolds: readonly FactFold[] = [
  factFold(SERVICE, 'ManagementReported', ManagementReported, (data, entry) => {
    const day = firstDay(data.reportedOn) || recordedDay(entry);
    const into = [levelOf(day, { indicator: 'community-managers', value: data.managers })];
    if (data.female !== undefined) {
      into.push(levelOf(day, { indicator: 'community-managers', part: 'female', value: data.female }));
    }
    if (data.concurrent !== undefined) {
      into.push(levelOf(day, { indicator: 'concurrent-managers', value: data.concurrent }));
    }
    return into;
  }),
  factFold(SERVICE, 'ManagerChanged', ManagerChanged, (data) => [
    flowOf(monthOf(data.changedOn), { indicator: 'manager-changes', category: data.post, value: 1 }),
  ]),
  factFold(SERVICE, 'NeedsSurveyed', NeedsSurveyed, (data) => {
    const into: Contribution[] = [];
    flowOfPeople(into, 'needs-surveyed', '', monthOf(data.surveyedOn), data.people);
    return into;
  }),
  factFold(SERVICE, 'PlanAdopted', PlanAdopted, (data) => [
    flowOf(`${data.year}-01`, { indicator: 'topics-planned', value: data.topics }),
  ]),
  factFold(SERVICE, 'TopicHeld', TopicHeld, (data) => {
    const month = monthOf(data.heldOn);
    const into = [flowOf(month, { indicator: 'topics-held', category: data.area, value: 1 })];
    flowOfPeople(into, 'attendances', data.area, month, data.attendances);
    return into;
  }),
  factFold(SERVICE, 'LearningModelsCounted', LearningModelsCounted, (data, entry) => {
    const indicator = MODELS[data.model];
    if (!indicator) return [];
    const last = yearEnd(data.year, entry);
    const counted = firstDay(data.countedOn);
    const day = counted && counted < last ? counted : last;
    return (['eligible', 'registered', 'recognised'] as const).map((status) =>
      levelOf(day, { indicator, category: status, value: data[status] }),
    );
  }),
  factFold(SERVICE, 'CommuneRated', CommuneRated, (data, entry) =>
    oneOf(yearEnd(data.year, entry), {
      indicator: 'learning-communes',
      category: data.rating,
      categories: RATINGS_OF_COMMUNES,
      at: elsewhere(data.commune, entry.unit),
    }),
  ),
  factFold(SERVICE, 'CommunityCentreRated', CommunityCentreRated, (data, entry) =>
    oneOf(yearEnd(data.year, entry), {
      indicator: 'community-ratings',
      category: data.rating,
      categories: CENTRE_RATINGS,
      at: elsewhere(data.centre, entry.unit),
    }),
  ),
  factFold(SERVICE, 'LiteracyCounted', LiteracyCounted, (data, entry) => {
    const day = yearEnd(data.year, entry);
    return [
      levelOf(day, { indicator: 'literacy-population', value: data.people }),
      levelOf(day, { indicator: 'literacy-recognised', category: 'level-1', value: data.level1 }),
      levelOf(day, { indicator: 'literacy-recognised', category: 'level-2', value: data.level2 }),
    ];
  }),
  // What a report doesn't say stays as it was. A list can't tell "with nobody" from "not said": empty is "with nobody" only
  // where it is all that the report says.
  factFold(SERVICE, 'FacilitiesReported', FacilitiesReported, (data, entry) => {
    const { computers, internet, materials, bookcase, ownHouse, sharedWith } = data;
    const day = firstDay(data.reportedOn) || recordedDay(entry);
    const into: Contribution[] = [];
    const also = (indicator: string, value: number | undefined) => {
      if (value !== undefined) into.push(levelOf(day, { indicator, value }));
    };
    also('community-computers', computers);
    also('community-internet', internet === undefined ? undefined : Number(internet));
    also('learning-materials', materials);
    const saysMore = [computers, internet, materials, bookcase, ownHouse].some((each) => each !== undefined);
    if (sharedWith.length > 0 || !saysMore) also('community-centres-shared', sharedWith.length > 0 ? 1 : 0);
    return into;
  }),
  factFold(SERVICE, 'BudgetReceived', BudgetReceived, (data) => [
    flowOf(monthOf(data.receivedOn), { indicator: 'community-budget', category: data.level, value: data.amount }),
  ]),
  // Things without an estimate are worth something: their 0 makes the sum "at least".
  factFold(SERVICE, 'ContributionReceived', ContributionReceived, (data) => {
    const month = monthOf(data.receivedOn);
    const into: Contribution[] = [];
    if (data.amount !== undefined) {
      into.push(flowOf(month, { indicator: 'contributions', category: 'money', value: data.amount }));
    }
    if (data.inKindWorth !== undefined) {
      into.push(flowOf(month, { indicator: 'contributions', category: 'in-kind', value: data.inKindWorth }));
    } else if (data.inKind) {
      into.push(flowOf(month, { indicator: 'contributions', category: 'in-kind', value: 0, precision: 1 }));
    }
    return into;
  }),
];
