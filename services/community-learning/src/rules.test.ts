import { expect, test } from '@jest/globals';
import { testEveryFact } from '@gdtx/testing/every-fact';
import { rules } from './rules.js';

test('every fact of the contract has its rule, once', () => {
  expect(rules.map(({ name }) => name).sort()).toEqual([
    'BudgetReceived',
    'CommuneRated',
    'CommunityCentreDissolved',
    'CommunityCentreEstablished',
    'CommunityCentreMoved',
    'CommunityCentreRated',
    'CommunityCentreRenamed',
    'CommunityCentreResumed',
    'CommunityCentreSuspended',
    'CommunityCentresReorganised',
    'ContributionReceived',
    'FacilitiesReported',
    'LearningModelsCounted',
    'LiteracyCounted',
    'ManagementReported',
    'ManagerChanged',
    'NeedsSurveyed',
    'PlanAdopted',
    'TopicHeld',
  ]);
});

testEveryFact('community-learning', rules);
