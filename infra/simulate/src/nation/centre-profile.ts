import type { People, Part, Shares } from './people.js';
import { people } from './people.js';
import type { Random } from './random.js';
import type { Reporter } from './reporter.js';
import { isMountainous } from './unit.js';

/** What a centre teaches and how it counts, the same over the years. */
export interface CentreProfile {
  /** Programme types that it reports by classes and exams. */
  byClass: readonly string[];
  /** Programme types of which it has totals only. */
  byTotals: readonly string[];
  shares: Shares;
  /** The parts that it says of its learners. */
  says: readonly Part[];
}

const EVERYWHERE = [
  'upper-secondary',
  'lower-secondary',
  'general-vocational',
  'elementary-vocational',
  'short-term',
  'refresher',
  'it-certificate',
  'language-certificate',
  'linked-degree',
  'intermediate-vocational',
  'knowledge-update',
  'life-skills',
];
const IN_THE_MOUNTAINS = ['literacy', 'ethnic-language'];

export function profileOf({ unit, rng }: Reporter): CentreProfile {
  const isInMountains = isMountainous(unit.province);
  const types = [...EVERYWHERE, ...(isInMountains ? IN_THE_MOUNTAINS : [])].filter(
    (type) => type === 'upper-secondary' || rng.chance(0.55),
  );
  const totals = rng.chance(0.25) ? 0.8 : 0.15;
  const byTotals = types.filter((type) => type === 'knowledge-update' || type === 'life-skills' || rng.chance(totals));
  return {
    byTotals,
    byClass: types.filter((type) => !byTotals.includes(type)),
    shares: {
      female: 0.35 + rng.next() * 0.3,
      ethnicMinority: isInMountains ? 0.4 + rng.next() * 0.5 : rng.next() * 0.08,
    },
    says: [
      ...(rng.chance(0.85) ? (['female'] as const) : []),
      ...(rng.chance(isInMountains ? 0.8 : 0.2) ? (['ethnicMinority'] as const) : []),
      ...(rng.chance(0.15) ? (['disabled'] as const) : []),
    ],
  };
}

export function learners(rng: Random, total: number, { shares, says }: CentreProfile): People {
  return people(rng, Math.max(1, Math.round(total)), shares, says);
}
