import { LearningModelsCounted } from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, mayReport } from '@gdtx/ledger/unit-rules';
import { firstDay, lastDay, type GivenDate } from '@gdtx/territory/days';
import { dateAsGiven, type DateAsGiven } from '@gdtx/contracts/plain';
import { COMMUNE_REPORTERS } from '../reporting.js';
import * as forms from './models-facts.js';

/** The learning models of a commune and year, by model: the state document `models:<unit>/<year>`. */
export type Models = Record<
  string,
  { eligible: number; registered: number; recognised: number; countedOn: DateAsGiven }
>;

export const modelsKey = (unit: string, year: number) => `models:${unit}/${year}`;

/**
 * Only communes count models: they recognise families, clans and citizens, and every household lies in one of them. A count
 * of a district or a province is the sum of its communes', one of a community centre is a part of its commune's; added to
 * theirs, either would count the same families twice.
 */
export const learningModelsCounted = defineFact<LearningModelsCounted, typeof forms.learningModelsCounted>({
  name: 'LearningModelsCounted',
  title: { vi: 'Kết quả công nhận mô hình học tập', en: 'Learning models counted' },
  description:
    'How many families, clans, organisations, communities or citizens of a commune could be learning ones in a year, how many registered, how many were recognised. By communes only: districts’, provinces’ and community centres’ numbers are the same ones again.',
  ledger: 'source',
  roles: COMMUNE_REPORTERS,
  message: LearningModelsCounted,
  schema: forms.learningModelsCounted,
  example: {
    source: 'commune-10546',
    data: {
      year: 2024,
      model: 'family',
      eligible: 4200,
      registered: 3600,
      recognised: 3100,
      countedOn: '2024-11-30',
    },
  },
  keys: (fact) => [modelsKey(fact.source, fact.data.year)],
  decide: (fact, states, { registry, today }) => {
    const { year, model, countedOn } = fact.data;
    const paths = { unit: 'source', date: 'data.countedOn' };
    return firstRefusal(
      () => mayReport(registry, fact.source, ['commune'], countedOn, today, paths),
      () => countedForItsYear(year, countedOn!),
      () => {
        if (!states.get<Models>(modelsKey(fact.source, year))?.[model]) return undefined;
        const message = `\`${fact.source}\` has counted the model \`${model}\` for ${year} already.`;
        return refuse('counted-twice', message, 'data.model');
      },
      () => nested(fact.data),
    );
  },
  evolve: (fact, states) => {
    const { year, model, eligible, registered, recognised, countedOn } = fact.data;
    const key = modelsKey(fact.source, year);
    const counted = { eligible, registered, recognised, countedOn: dateAsGiven(countedOn!) };
    return { [key]: { ...states.get<Models>(key), [model]: counted } };
  },
});

/** In the year itself or in the next one, when the year's recognitions are summed up. */
function countedForItsYear(year: number, countedOn: GivenDate): Refusal | undefined {
  const from = Number(firstDay(countedOn).slice(0, 4));
  const to = Number(lastDay(countedOn).slice(0, 4));
  if (to >= year && from <= year + 1) return undefined;
  const message = `The models of ${year} are counted in ${year} or ${year + 1}, not on ${firstDay(countedOn)}.`;
  return refuse('year-mismatch', message, 'data.countedOn');
}

function nested({ eligible, registered, recognised }: LearningModelsCounted): Refusal | undefined {
  if (recognised > registered) {
    const message = `${recognised} were recognised, but only ${registered} had registered.`;
    return refuse('more-than-registered', message, 'data.recognised');
  }
  if (registered > eligible) {
    return refuse('more-than-eligible', `${registered} registered, but there are only ${eligible}.`, 'data.registered');
  }
  return undefined;
}
