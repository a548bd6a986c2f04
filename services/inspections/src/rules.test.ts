import { expect, test } from '@jest/globals';
import { testEveryFact } from '@gdtx/testing/every-fact';
import { rules } from './rules.js';

test('every fact of the contract has its rule, once', () => {
  expect(rules.map(({ name }) => name).sort()).toEqual([
    'FindingRecorded',
    'InspectionOrdered',
    'ProgressReported',
    'RecommendationClosed',
    'RecommendationIssued',
    'VisitMade',
  ]);
});

testEveryFact('inspections', rules);
