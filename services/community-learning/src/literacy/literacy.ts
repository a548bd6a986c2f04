import { LiteracyCounted } from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, unitOfKind } from '@gdtx/ledger/unit-rules';
import { COMMUNE_REPORTERS } from '../reporting.js';
import { livedIn, yearBegun } from '../unit-years.js';
import * as forms from './literacy-facts.js';

/** The state document `literacy:<unit>/<year>`. */
export interface Literacy {
  people: number;
  level1: number;
  level2: number;
}

export const literacyKey = (unit: string, year: number) => `literacy:${unit}/${year}`;

/** Only communes count: districts and provinces sum up the same people (as with learning models). */
export const literacyCounted = defineFact<LiteracyCounted, typeof forms.literacyCounted>({
  name: 'LiteracyCounted',
  title: { vi: 'Thống kê người biết chữ (15–60 tuổi)', en: 'Literacy counted' },
  description:
    'Of the people from 15 to 60 of a commune, how many are literate at level 1 and, among these, at level 2. Once a year, by communes only: what a district or a province sums up are the same people.',
  ledger: 'source',
  roles: COMMUNE_REPORTERS,
  message: LiteracyCounted,
  schema: forms.literacyCounted,
  example: { source: 'commune-10546', data: { year: 2024, people: 11800, level1: 11750, level2: 11560 } },
  keys: (fact) => [literacyKey(fact.source, fact.data.year)],
  decide: (fact, states, { registry, today }) => {
    const { year } = fact.data;
    return firstRefusal(
      () => unitOfKind(registry, fact.source, ['commune'], 'source'),
      () => yearBegun(year, today, 'data.year'),
      () => livedIn(registry, fact.source, year, 'source'),
      () => {
        if (!states.get(literacyKey(fact.source, year))) return undefined;
        return refuse('counted-twice', `\`${fact.source}\` has counted literacy for ${year} already.`, 'data.year');
      },
      () => nested(fact.data),
    );
  },
  evolve: (fact) => {
    const { year, people, level1, level2 } = fact.data;
    return { [literacyKey(fact.source, year)]: { people, level1, level2 } };
  },
});

function nested({ people, level1, level2 }: LiteracyCounted): Refusal | undefined {
  if (level2 > level1) {
    const message = `${level2} are literate at level 2, but only ${level1} at level 1, which comes before it.`;
    return refuse('more-than-level1', message, 'data.level2');
  }
  if (level1 > people) {
    return refuse('more-than-people', `${level1} are literate, but there are only ${people} people.`, 'data.level1');
  }
  return undefined;
}
