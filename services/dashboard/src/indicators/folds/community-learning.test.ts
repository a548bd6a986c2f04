import { describe, expect, test } from '@jest/globals';
import { fold, lines } from '../../../test/folding.js';

const shown = (name: string, data: object, entry = {}) =>
  lines(fold({ type: `community-learning.${name}`, data, entry: { unit: 'tthtcd-1', ...entry } }));
const reportedOn = { on: '2024-12-31' };

describe('management', () => {
  test('is reported with what was said of it', () => {
    expect(shown('ManagementReported', { reportedOn, managers: 3 })).toEqual([
      'level community-managers[] @2024-12-31 set = 3',
    ]);
    expect(shown('ManagementReported', { reportedOn, managers: 3, concurrent: 2, female: 1 })).toEqual([
      'level community-managers[] @2024-12-31 set = 3',
      'level community-managers[].female @2024-12-31 set = 1',
      'level concurrent-managers[] @2024-12-31 set = 2',
    ]);
    expect(shown('ManagementReported', { managers: 3 })).toEqual(['level community-managers[] @2026-06-15 set = 3']);
  });

  test('changes, by post', () => {
    expect(shown('ManagerChanged', { changedOn: '2023-08-15', post: 'director' })).toEqual([
      'flow manager-changes[director] 2023-08 = 1',
    ]);
  });
});

test('people are asked what they want to learn', () => {
  expect(shown('NeedsSurveyed', { surveyedOn: '2024-01-20', people: { total: 310, female: 170 } })).toEqual([
    'flow needs-surveyed[] 2024-01 = 310',
    'flow needs-surveyed[].female 2024-01 = 170',
  ]);
});

test('a plan is of its year', () => {
  expect(shown('PlanAdopted', { year: 2024, adoptedOn: '2023-12-20', topics: 24 })).toEqual([
    'flow topics-planned[] 2024-01 = 24',
  ]);
});

test('a topic counts once, with its attendances, where it was held', () => {
  const data = {
    heldOn: '2024-03-12',
    meetings: 3,
    attendances: { total: 126, female: 70 },
    area: 'Nông nghiệp',
    organiser: { unit: 'gdnn-gdtx-chi-linh' },
  };
  expect(shown('TopicHeld', data)).toEqual([
    'flow topics-held[Nông nghiệp] 2024-03 = 1',
    'flow attendances[Nông nghiệp] 2024-03 = 126',
    'flow attendances[Nông nghiệp].female 2024-03 = 70',
  ]);
});

describe('learning models', () => {
  const counted = (data: object) => ({ year: 2024, eligible: 42, registered: 36, recognised: 31, ...data });

  test.each([
    ['family', 'learning-families'],
    ['clan', 'learning-clans'],
    ['organisation', 'learning-organisations'],
    ['community', 'learning-communities'],
    ['citizen', 'learning-citizens'],
  ])('%s is %s, by status', (model, indicator) => {
    expect(shown('LearningModelsCounted', counted({ model, countedOn: { on: '2024-11-30' } }))).toEqual([
      `level ${indicator}[eligible] @2024-11-30 set = 42`,
      `level ${indicator}[registered] @2024-11-30 set = 36`,
      `level ${indicator}[recognised] @2024-11-30 set = 31`,
    ]);
  });

  test('counted after the year are of its last day; so are those without a day', () => {
    const last = 'level learning-families[eligible] @2024-12-31 set = 42';
    expect(shown('LearningModelsCounted', counted({ model: 'family', countedOn: { on: '2025-01' } }))[0]).toBe(last);
    expect(shown('LearningModelsCounted', counted({ model: 'family' }))[0]).toBe(last);
  });

  test('of a later version enter nothing', () => {
    expect(shown('LearningModelsCounted', counted({ model: 'school' }))).toEqual([]);
  });
});

describe('ratings', () => {
  test('of a commune take the place of its former one', () => {
    const data = { commune: 'commune-10546', year: 2024, rating: 'fair' };
    expect(shown('CommuneRated', data, { unit: 'commune-10546' })).toEqual([
      'level learning-communes[good] @2024-12-31 set = 0',
      'level learning-communes[fair] @2024-12-31 set = 1',
      'level learning-communes[average] @2024-12-31 set = 0',
    ]);
    expect(shown('CommuneRated', data, { unit: 'province-31' })[1]).toBe(
      'level learning-communes[fair] @2024-12-31 set = 1 at commune-10546',
    );
  });

  test('of a community centre likewise', () => {
    expect(shown('CommunityCentreRated', { centre: 'tthtcd-1', year: 2024, rating: 'weak' })).toEqual([
      'level community-ratings[good] @2024-12-31 set = 0',
      'level community-ratings[fair] @2024-12-31 set = 0',
      'level community-ratings[average] @2024-12-31 set = 0',
      'level community-ratings[weak] @2024-12-31 set = 1',
    ]);
  });
});

test('literacy is counted at the end of its year, or as far as the year has come', () => {
  const data = { people: 11800, level1: 11750, level2: 11560 };
  expect(shown('LiteracyCounted', { ...data, year: 2024 })).toEqual([
    'level literacy-population[] @2024-12-31 set = 11800',
    'level literacy-recognised[level-1] @2024-12-31 set = 11750',
    'level literacy-recognised[level-2] @2024-12-31 set = 11560',
  ]);
  expect(shown('LiteracyCounted', { ...data, year: 2026 })[0]).toBe(
    'level literacy-population[] @2026-06-15 set = 11800',
  );
});

describe('facilities', () => {
  test('are what was said of them', () => {
    const data = { reportedOn, computers: 6, internet: true, materials: 200, sharedWith: ['house-of-culture'] };
    expect(shown('FacilitiesReported', data)).toEqual([
      'level community-computers[] @2024-12-31 set = 6',
      'level community-internet[] @2024-12-31 set = 1',
      'level learning-materials[] @2024-12-31 set = 200',
      'level community-centres-shared[] @2024-12-31 set = 1',
    ]);
    expect(shown('FacilitiesReported', { reportedOn, internet: false })).toEqual([
      'level community-internet[] @2024-12-31 set = 0',
    ]);
    expect(shown('FacilitiesReported', { computers: 0 })).toEqual(['level community-computers[] @2026-06-15 set = 0']);
  });

  test('are shared with nobody where that is all that is said', () => {
    expect(shown('FacilitiesReported', { reportedOn, sharedWith: [] })).toEqual([
      'level community-centres-shared[] @2024-12-31 set = 0',
    ]);
    expect(shown('FacilitiesReported', { reportedOn, ownHouse: true })).toEqual([]);
  });
});

describe('money', () => {
  test('from state budgets, by level', () => {
    expect(shown('BudgetReceived', { receivedOn: '2024-03-01', amount: 25_000_000, level: 'commune' })).toEqual([
      'flow community-budget[commune] 2024-03 = 25000000',
    ]);
  });

  test('from society, and things at their estimated worth', () => {
    const receivedOn = '2024-05-19';
    expect(shown('ContributionReceived', { receivedOn, amount: 3, inKind: 'sách', inKindWorth: 9 })).toEqual([
      'flow contributions[money] 2024-05 = 3',
      'flow contributions[in-kind] 2024-05 = 9',
    ]);
    expect(shown('ContributionReceived', { receivedOn, inKind: '200 đầu sách' })).toEqual([
      'flow contributions[in-kind] 2024-05 = 0 at-least',
    ]);
    expect(shown('ContributionReceived', { receivedOn, amount: 3 })).toEqual(['flow contributions[money] 2024-05 = 3']);
  });
});
