import type { Body, LegalBasis } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { CommuneRated, CommunityCentreRated } from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Context, Fact } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, notInFuture, unitKnown, unitOfKind } from '@gdtx/ledger/unit-rules';
import { firstDay, lastDay, type GivenDate } from '@gdtx/territory/days';
import { isWithin } from '@gdtx/territory/maps';
import type { Registry, UnitKind } from '@gdtx/territory/registry';
import { pageKey, pageOf, unitKey, type Rating } from '../page.js';
import { plain } from '@gdtx/contracts/plain';
import { livedIn, yearBegun } from '../unit-years.js';
import * as forms from './ratings-facts.js';

/** A commune's ratings by year: the state document `commune:<id>`. */
export interface CommuneRatings {
  ratings: Record<string, Rating>;
}

export const communeKey = (commune: string) => `commune:${commune}`;

/** By the province's department: a commune's own officers don't rate it. */
export const communeRated = defineFact<CommuneRated, typeof forms.communeRated>({
  name: 'CommuneRated',
  title: { vi: 'Xếp loại "Cộng đồng học tập cấp xã"', en: 'Commune rated as a learning community' },
  description:
    'The level at which a commune was recognised as a learning community (Cộng đồng học tập cấp xã) for a year: given by the authority above it, once a year.',
  ledger: 'data.commune',
  roles: ['province-officer'],
  message: CommuneRated,
  schema: forms.communeRated,
  example: {
    source: 'province-31-2025',
    data: {
      commune: 'commune-10546',
      year: 2024,
      rating: 'good',
      ratedBy: { body: 'UBND thành phố Chí Linh', of: 'district-290' },
      ratedOn: '2025-01-20',
      legalBasis: [{ number: '112/QĐ-UBND', issuedOn: '2025-01-20', issuer: 'UBND thành phố Chí Linh' }],
    },
  },
  keys: ({ data }) => [communeKey(data.commune)],
  decide: (fact, states, context) => {
    const known = states.get<CommuneRatings>(communeKey(fact.data.commune))?.ratings ?? {};
    return mayRate(fact, { unit: fact.data.commune, kind: 'commune', path: 'data.commune' }, known, context);
  },
  evolve: ({ data }, states) => {
    const key = communeKey(data.commune);
    const known = states.get<CommuneRatings>(key);
    return { [key]: { ratings: { ...known?.ratings, [data.year]: rating(data) } } };
  },
});

export const communityCentreRated = defineFact<CommunityCentreRated, typeof forms.communityCentreRated>({
  name: 'CommunityCentreRated',
  title: { vi: 'Xếp loại TTHTCĐ', en: 'Community centre rated' },
  description:
    'How well a community learning centre did in a year: given by its authority (the commune’s or a higher People’s Committee, a department), never by the centre itself, once a year.',
  ledger: 'data.centre',
  roles: ['province-officer', 'commune-officer'],
  message: CommunityCentreRated,
  schema: forms.communityCentreRated,
  example: {
    source: 'commune-10546-2025',
    data: {
      centre: 'tthtcd-pha-lai',
      year: 2024,
      rating: 'fair',
      ratedBy: { body: 'UBND thành phố Chí Linh', of: 'district-290' },
      ratedOn: '2025-01-15',
    },
  },
  keys: ({ data }) => [unitKey(data.centre), pageKey(data.centre)],
  decide: (fact, states, context) => {
    const known = pageOf(states, fact.data.centre).ratings;
    return mayRate(fact, { unit: fact.data.centre, kind: 'community-centre', path: 'data.centre' }, known, context);
  },
  evolve: ({ data }, states) => {
    const page = pageOf(states, data.centre);
    return { [pageKey(data.centre)]: { ...page, ratings: { ...page.ratings, [data.year]: rating(data) } } };
  },
});

interface RatingFact {
  year: number;
  ratedBy: Body | undefined;
  ratedOn: GivenDate | undefined;
}

interface Rated {
  unit: string;
  kind: UnitKind;
  path: string;
}

function mayRate(
  { source, data }: Fact<RatingFact>,
  { unit, kind, path }: Rated,
  known: Record<string, unknown>,
  { registry, today }: Context,
): Refusal | undefined {
  const { year, ratedOn } = data;
  const authority = data.ratedBy!.of;
  return firstRefusal(
    () => unitOfKind(registry, unit, [kind], path),
    () => yearBegun(year, today, 'data.year'),
    () => livedIn(registry, unit, year, path),
    () => (ratedOn ? ratedInTime(year, ratedOn, today) : undefined),
    () => unitKnown(registry, authority, 'data.ratedBy.of'),
    () => notItself(unit, source, authority),
    () => isItsAuthority(registry, unit, authority, data),
    () => {
      if (!known[year]) return undefined;
      const message = `\`${unit}\` has a rating for ${year} already; another one is sent as its correction.`;
      return refuse('exists-already', message, 'data.year');
    },
  );
}

function ratedInTime(year: number, ratedOn: GivenDate, today: string): Refusal | undefined {
  const early = notInFuture(firstDay(ratedOn), today, 'data.ratedOn');
  if (early || lastDay(ratedOn) >= `${year}-01-01`) return early;
  return refuse('year-mismatch', `${year} can't have been rated before it began.`, 'data.ratedOn');
}

function notItself(unit: string, source: string, authority: string): Refusal | undefined {
  if (source !== unit && authority !== unit) return undefined;
  const message = `\`${unit}\` is rated by its authority, never by itself.`;
  return refuse('not-the-authority', message, source === unit ? 'source' : 'data.ratedBy.of');
}

/** The rated unit lay in the territory of the authority when it was rated, or in the rated year. */
function isItsAuthority(
  registry: Registry,
  unit: string,
  authority: string,
  { year, ratedOn }: RatingFact,
): Refusal | undefined {
  const days = [...(ratedOn ? [firstDay(ratedOn)] : []), `${year}-12-31`, `${year}-01-01`];
  if (days.some((day) => isWithin(registry, unit, [authority], day))) return undefined;
  const message = `\`${unit}\` didn't lie in \`${authority}\` then: it is rated by an authority of its own territory.`;
  return refuse('not-the-authority', message, 'data.ratedBy.of');
}

function rating(data: RatingFact & { rating: string; legalBasis: LegalBasis[] }): Rating {
  const { rating, ratedBy, ratedOn, legalBasis } = data;
  return plain({ rating, ratedBy, ratedOn, legalBasis }) as Rating;
}
