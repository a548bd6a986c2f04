import { describe, expect, test } from '@jest/globals';
import { given, type TestFact, type World } from '@gdtx/testing/given';
import { established, fact, world } from '../../test/facts.js';
import type { CentrePage } from '../centre-page.js';

/** Đông Hà’s centre, under its city until 2025-07-01 and under the Sở since; another one under a university far away. */
const history = [
  established('dong-ha', {
    seat: 'district-461',
    knownSince: '2023-01-01',
    establishedOn: undefined,
    authority: { body: 'UBND', of: 'district-461' },
  }),
  fact('AuthorityChanged', {
    centre: 'dong-ha',
    authority: { body: 'Sở GDĐT', of: 'province-44-2025' },
    effectiveOn: '2025-07-01',
  }),
  established('hong-duc', {
    seat: 'district-461',
    establishedOn: '2000-01-01',
    authority: { body: 'Đại học', of: 'province-14' },
  }),
];
const city = { body: 'UBND thành phố Đông Hà', of: 'district-461' };

const rating = (data: object = {}, source = 'district-461'): TestFact =>
  fact(
    'RatingGiven',
    {
      centre: 'dong-ha',
      year: 2023,
      rating: 'excellent',
      ratedBy: { ...city, of: source },
      ratedOn: { notAfter: '2024-03-12' },
      ...data,
    },
    source,
  );
const target = (data: object = {}, source = 'district-461'): TestFact =>
  fact(
    'AccreditationTargetSet',
    { centre: 'dong-ha', year: 2024, level: 2, setBy: { ...city, of: source }, setOn: '2024-03-12', ...data },
    source,
  );
const awarded = (data: object = {}, source = 'province-45'): TestFact =>
  fact(
    'AccreditationAwarded',
    { centre: 'dong-ha', level: 2, awardedBy: { body: 'Sở GDĐT', of: source }, awardedOn: '2024-12-20', ...data },
    source,
  );

const when = (said: TestFact, told = history, overrides: Partial<World> = {}) =>
  given({ ...world, ...overrides }, told).when(said);
const refusal = (said: TestFact, told?: TestFact[], overrides?: Partial<World>) =>
  when(said, told, overrides).refused();
const pageAfter = (...facts: TestFact[]) => {
  const then = when(facts.at(-1)!, [...history, ...facts.slice(0, -1)]);
  expect(then.accepted()).toBe('dong-ha');
  return then.state<CentrePage>('centre:dong-ha')!;
};

describe.each([
  ['RatingGiven', rating, 'ratedBy', 'ratedOn'],
  ['AccreditationTargetSet', target, 'setBy', 'setOn'],
  ['AccreditationAwarded', awarded, 'awardedBy', 'awardedOn'],
] as const)('%s', (_name, said, by, on) => {
  test('is said by the body of its source', () => {
    expect(refusal(said({ [by]: { body: 'Sở GDĐT', of: 'province-14' } }))).toMatchObject({
      slug: 'not-allowed',
      path: `data.${by}.of`,
    });
  });

  test('is said by territory, never by the centre itself or another one', () => {
    expect(refusal(said({}, 'dong-ha'))).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(refusal(said({}, 'tthtcd-1'))).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(refusal(said({}, 'nowhere'))).toMatchObject({ slug: 'unit-unknown', path: 'source' });
  });

  test('is said by who answers for the centre on that day', () => {
    when(said({}, 'province-45')).accepted();
    when(said({}, 'vn')).accepted();
    expect(refusal(said({}, 'district-462'))).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(refusal(said({}, 'province-14'))).toMatchObject({ slug: 'not-allowed', path: 'source' });
    // It lies elsewhere, but is managed from there.
    when(said({ centre: 'hong-duc' }, 'province-14')).accepted();
    // The city no longer was, the new province not yet.
    expect(refusal(said({ [on]: '2025-07-01' }, 'district-461'))).toMatchObject({
      slug: 'not-allowed',
      path: 'source',
    });
    expect(refusal(said({}, 'province-44-2025'))).toMatchObject({ slug: 'not-allowed', path: 'source' });
  });

  test('is said by a province officer whose token names the unit, or has its past', () => {
    const as = (role: 'province-officer' | 'centre-publisher' | 'registrar' | 'inspector', unit: string) =>
      when(said(), history, { caller: { roles: [role], units: [unit] } });
    as('province-officer', 'province-44-2025').accepted();
    expect(as('province-officer', 'province-14').refused().slug).toBe('not-allowed');
    for (const role of ['centre-publisher', 'registrar', 'inspector'] as const) {
      expect(as(role, 'vn').refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
    }
    // Before the reform the city had an officer of its own.
    const caller = { roles: ['province-officer' as const], units: ['district-461'] };
    const before = [history[0]!];
    when(said({}, 'district-461'), before, { caller, today: '2024-12-31' }).accepted();
    expect(refusal(said({}, 'district-461'), before, { caller }).slug).toBe('not-allowed');
  });

  test('is of a centre that is known', () => {
    expect(refusal(said({ centre: 'nowhere' }))).toMatchObject({ slug: 'unit-unknown', path: 'data.centre' });
    expect(refusal(said({ centre: 'district-461' }))).toMatchObject({ slug: 'wrong-kind', path: 'data.centre' });
  });

  test('is of a day that has come', () => {
    expect(refusal(said({ [on]: '2026-01-16' }))).toMatchObject({ slug: 'in-future', path: `data.${on}` });
  });
});

describe('a rating', () => {
  test('is on the page, by year, in any order', () => {
    const [first, second] = [
      rating({ rating: 'good', note: 'x', legalBasis: [{ number: '1/QĐ' }] }),
      rating({ year: 2024, ratedOn: '2025-01' }),
    ];
    expect(pageAfter(second, first).ratings).toEqual([
      {
        year: 2023,
        rating: 'good',
        ratedBy: city,
        ratedOn: { notAfter: '2024-03-12' },
        note: 'x',
        legalBasis: [{ number: '1/QĐ' }],
      },
      { year: 2024, rating: 'excellent', ratedBy: city, ratedOn: '2025-01' },
    ]);
    expect(pageAfter(second, first)).toEqual(pageAfter(first, second));
  });

  test('is one a year', () => {
    expect(refusal(rating({ rating: 'good' }), [...history, rating()])).toMatchObject({
      slug: 'exists-already',
      path: 'data.year',
    });
  });

  test('is of a year that has begun, in which the centre lived', () => {
    expect(refusal(rating({ year: 2027 }))).toMatchObject({ slug: 'in-future', path: 'data.year' });
    expect(refusal(rating({ year: 2022 }))).toMatchObject({ slug: 'unit-not-yet', path: 'data.year' });
    const ended = [...history, fact('CentreDissolved', { centre: 'hong-duc', effectiveOn: '2022-01-01' })];
    expect(refusal(rating({ centre: 'hong-duc', year: 2022, ratedOn: '2022-06' }), ended)).toMatchObject({
      slug: 'unit-ended',
      path: 'data.year',
    });
    when(rating({ centre: 'hong-duc', year: 2021, ratedOn: '2022-06' }), ended).accepted();
  });

  test('isn’t given before the year began', () => {
    expect(refusal(rating({ year: 2024, ratedOn: '2023-12' }))).toMatchObject({
      slug: 'contradicts',
      path: 'data.ratedOn',
    });
    when(rating({ year: 2024, ratedOn: '2024' })).accepted();
  });

  test('without a day is by who answered for the centre in that year', () => {
    when(rating({ ratedOn: undefined })).accepted();
    when(rating({ ratedOn: undefined, year: 2025 }, 'province-44-2025')).accepted();
    when(rating({ ratedOn: undefined, year: 2025 }, 'district-461')).accepted();
    expect(refusal(rating({ ratedOn: undefined, year: 2026 }, 'district-461'))).toMatchObject({ slug: 'not-allowed' });
  });
});

describe('an accreditation target', () => {
  test('is on the page, by year, also of years to come', () => {
    const [late, early] = [target({ year: 2030, level: 3 }), target({ asGiven: 'mức độ 2' })];
    expect(pageAfter(late, early).accreditation.targets).toEqual([
      { year: 2024, level: 2, asGiven: 'mức độ 2', setBy: city, setOn: '2024-03-12' },
      { year: 2030, level: 3, setBy: city, setOn: '2024-03-12' },
    ]);
  });

  test('is one a year, in which the centre lives', () => {
    expect(refusal(target({ level: 3 }), [...history, target()])).toMatchObject({
      slug: 'exists-already',
      path: 'data.year',
    });
    expect(refusal(target({ year: 2022 }))).toMatchObject({ slug: 'unit-not-yet', path: 'data.year' });
    expect(refusal(target({ level: 5 }))).toMatchObject({ slug: 'malformed', path: 'data.level' });
  });

  test('without a day is by who answers for the centre in that year', () => {
    when(target({ setOn: undefined })).accepted();
    // Nobody knows yet who will: it is who does today.
    when(target({ setOn: undefined, year: 2030 }, 'province-44-2025')).accepted();
    expect(refusal(target({ setOn: undefined, year: 2030 }))).toMatchObject({ slug: 'not-allowed' });
  });
});

describe('an accreditation', () => {
  test('is on the page, by day', () => {
    const [late, early] = [
      awarded({ awardedOn: '2025', level: 3, legalBasis: [{ number: '2/QĐ' }] }),
      awarded({ validUntil: '2029-12-20', asGiven: 'cấp độ 2' }),
    ];
    const awardedBy = { body: 'Sở GDĐT', of: 'province-45' };
    expect(pageAfter(late, early).accreditation.awarded).toEqual([
      {
        day: '2024-12-20',
        level: 2,
        asGiven: 'cấp độ 2',
        awardedBy,
        awardedOn: '2024-12-20',
        validUntil: '2029-12-20',
      },
      { day: '2025-01-01', level: 3, awardedBy, awardedOn: '2025', legalBasis: [{ number: '2/QĐ' }] },
    ]);
  });

  test('is one a day, on a day on which the centre lives', () => {
    expect(refusal(awarded({ level: 3 }), [...history, awarded()])).toMatchObject({
      slug: 'exists-already',
      path: 'data.awardedOn',
    });
    expect(refusal(awarded({ awardedOn: '2022-12-31' }))).toMatchObject({
      slug: 'unit-not-yet',
      path: 'data.awardedOn',
    });
  });

  test('isn’t over before it began', () => {
    expect(refusal(awarded({ validUntil: '2024-12-20' }))).toMatchObject({
      slug: 'contradicts',
      path: 'data.validUntil',
    });
  });
});
