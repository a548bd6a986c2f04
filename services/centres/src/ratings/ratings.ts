import { AccreditationAwarded, AccreditationTargetSet, RatingGiven } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { FactRule } from '@gdtx/ledger/fact';
import { body, day, givenDate, legalBasis, noteAndSource, text, unitId, year } from '@gdtx/ledger/forms';
import { refuse } from '@gdtx/ledger/refusal';
import { firstRefusal, notInFuture, unitOfKind } from '@gdtx/ledger/unit-rules';
import { firstDay, lastDay } from '@gdtx/territory/days';
import { z } from 'zod';
import {
  centreKeys,
  changed,
  inOrder,
  pageOf,
  withoutEmptyLists,
  type Accreditation,
  type AccreditationTarget,
  type Rating,
} from '../centre-page.js';
import { happened } from '@gdtx/ledger/registry-rules';
import { livesDuring, livesInYear } from '../checks.js';
import { plainWithLists } from '@gdtx/contracts/plain';
import { isItsAuthority, saidByItsBody } from './authority.js';

/** What a centre's authority says of it, in the centre's ledger. The centre itself never does. */

const judgement = { ledger: 'data.centre', roles: ['province-officer'] } as const;
const level = z.int('must be a level: 1 to 4').min(1, 'must be a level: 1 to 4').max(4, 'must be a level: 1 to 4');
const RATINGS = ['excellent', 'good', 'completed', 'not-completed'] as const;

const rating = defineFact({
  ...judgement,
  name: 'RatingGiven',
  title: { vi: 'Xếp loại hằng năm', en: 'Rating given' },
  description: 'How a centre fulfilled its tasks in a year, as its authority rates it.',
  message: RatingGiven,
  schema: z.strictObject({
    centre: unitId,
    year,
    rating: z.enum(RATINGS, `must be one of ${RATINGS.join(', ')}`),
    ratedBy: body,
    ratedOn: givenDate.optional(),
    legalBasis: legalBasis.optional(),
    ...noteAndSource,
  }),
  example: {
    source: 'district-461',
    data: {
      centre: 'gdnn-gdtx-dong-ha',
      year: 2023,
      rating: 'excellent',
      ratedBy: { body: 'UBND thành phố Đông Hà', of: 'district-461' },
      ratedOn: { notAfter: '2024-03-12' },
    },
  },
  keys: ({ data }) => centreKeys(data.centre),
  decide({ source, data }, states, { registry, today }) {
    const { centre, ratedOn } = data;
    return firstRefusal(
      () => unitOfKind(registry, centre, ['centre'], 'data.centre'),
      () => notInFuture(`${data.year}-01-01`, today, 'data.year'),
      () => happened(ratedOn, today, 'data.ratedOn'),
      () =>
        ratedOn && lastDay(ratedOn) < `${data.year}-01-01`
          ? refuse('contradicts', `The year ${data.year} can't be rated before it began.`, 'data.ratedOn')
          : undefined,
      () => livesInYear(registry.unit(centre)!, data.year, 'data.year'),
      () => saidByItsBody(registry, source, data.ratedBy, 'data.ratedBy'),
      () => isItsAuthority(registry, source, centre, ratedOn ?? wholeYear(data.year), today),
      () =>
        pageOf(states, centre).ratings.some((other) => other.year === data.year)
          ? refuse(
              'exists-already',
              `\`${centre}\` has a rating of ${data.year}; correct that entry instead.`,
              'data.year',
            )
          : undefined,
    );
  },
  evolve({ data }, states) {
    const { centre, ...said } = data;
    const given = plainWithLists(withoutEmptyLists(said)) as Rating;
    return changed(states, centre, (page) => ({
      ratings: inOrder([...page.ratings, given], (each) => [each.year]),
    }));
  },
});

const target = defineFact({
  ...judgement,
  name: 'AccreditationTargetSet',
  title: { vi: 'Đặt mục tiêu kiểm định', en: 'Accreditation target set' },
  description: 'A centre is to be accredited at a level in a year.',
  message: AccreditationTargetSet,
  schema: z.strictObject({
    centre: unitId,
    year,
    level,
    asGiven: text(100).optional(),
    setBy: body,
    setOn: givenDate.optional(),
    ...noteAndSource,
  }),
  example: {
    source: 'district-461',
    data: {
      centre: 'gdnn-gdtx-dong-ha',
      year: 2024,
      level: 2,
      asGiven: 'mức độ 2',
      setBy: { body: 'UBND thành phố Đông Hà', of: 'district-461' },
      setOn: '2024-03-12',
    },
  },
  keys: ({ data }) => centreKeys(data.centre),
  decide({ source, data }, states, { registry, today }) {
    const { centre, setOn } = data;
    return firstRefusal(
      () => unitOfKind(registry, centre, ['centre'], 'data.centre'),
      () => happened(setOn, today, 'data.setOn'),
      () => livesInYear(registry.unit(centre)!, data.year, 'data.year'),
      () => saidByItsBody(registry, source, data.setBy, 'data.setBy'),
      () => isItsAuthority(registry, source, centre, setOn ?? wholeYear(data.year), today),
      () =>
        pageOf(states, centre).accreditation.targets.some((other) => other.year === data.year)
          ? refuse(
              'exists-already',
              `\`${centre}\` has a target for ${data.year}; correct that entry instead.`,
              'data.year',
            )
          : undefined,
    );
  },
  evolve({ data }, states) {
    const { centre, ...said } = data;
    const given = plainWithLists(said) as AccreditationTarget;
    return changed(states, centre, ({ accreditation }) => ({
      accreditation: { ...accreditation, targets: inOrder([...accreditation.targets, given], (each) => [each.year]) },
    }));
  },
});

const awarded = defineFact({
  ...judgement,
  name: 'AccreditationAwarded',
  title: { vi: 'Được công nhận kiểm định', en: 'Accreditation awarded' },
  description: 'A centre was accredited at a level, until a day where it says so.',
  message: AccreditationAwarded,
  schema: z.strictObject({
    centre: unitId,
    level,
    asGiven: text(100).optional(),
    awardedBy: body,
    awardedOn: givenDate,
    validUntil: day.optional(),
    legalBasis: legalBasis.optional(),
    ...noteAndSource,
  }),
  example: {
    source: 'province-45',
    data: {
      centre: 'gdnn-gdtx-dong-ha',
      level: 2,
      asGiven: 'cấp độ 2',
      awardedBy: { body: 'Sở GDĐT Quảng Trị', of: 'province-45' },
      awardedOn: '2024-12-20',
      validUntil: '2029-12-20',
    },
  },
  keys: ({ data }) => centreKeys(data.centre),
  decide({ source, data }, states, { registry, today }) {
    const { centre, awardedOn, validUntil } = data;
    const from = firstDay(awardedOn);
    return firstRefusal(
      () => unitOfKind(registry, centre, ['centre'], 'data.centre'),
      () => happened(awardedOn, today, 'data.awardedOn'),
      () =>
        validUntil && validUntil <= from
          ? refuse('contradicts', `What was awarded on ${from} can't be valid until ${validUntil}.`, 'data.validUntil')
          : undefined,
      () => livesDuring(registry.unit(centre)!, awardedOn!, 'data.awardedOn'),
      () => saidByItsBody(registry, source, data.awardedBy, 'data.awardedBy'),
      () => isItsAuthority(registry, source, centre, awardedOn!, today),
      () =>
        pageOf(states, centre).accreditation.awarded.some((other) => other.day === from)
          ? refuse(
              'exists-already',
              `\`${centre}\` has an accreditation of ${from}; correct that entry instead.`,
              'data.awardedOn',
            )
          : undefined,
    );
  },
  evolve({ data }, states) {
    const { centre, ...said } = data;
    const given = {
      day: firstDay(data.awardedOn),
      ...(plainWithLists(withoutEmptyLists(said)) as object),
    } as Accreditation;
    return changed(states, centre, ({ accreditation }) => ({
      accreditation: { ...accreditation, awarded: inOrder([...accreditation.awarded, given], (each) => [each.day]) },
    }));
  },
});

const wholeYear = (inYear: number) => ({ on: String(inYear), notBefore: '', notAfter: '' });

export const ratingRules: FactRule<never>[] = [rating, target, awarded];
