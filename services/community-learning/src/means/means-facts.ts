import { amount, count, day, givenDate, noteAndSource, requiredText } from '@gdtx/ledger/forms';
import { z } from 'zod';

const SHARED_WITH = ['house-of-culture', 'sports', 'school', 'other'] as const;

const saysSomething = (fact: Record<string, unknown>) =>
  ['computers', 'internet', 'materials', 'bookcase', 'ownHouse', 'sharedWith'].some(
    (field) => fact[field] !== undefined,
  );

export const facilitiesReported = z
  .strictObject({
    reportedOn: givenDate,
    computers: count.optional(),
    internet: z.boolean('must be true or false').optional(),
    materials: count.optional(),
    bookcase: z.boolean('must be true or false').optional(),
    ownHouse: z.boolean('must be true or false').optional(),
    sharedWith: z
      .array(z.enum(SHARED_WITH, `must be one of ${SHARED_WITH.join(', ')}`))
      .max(SHARED_WITH.length)
      .refine((list) => new Set(list).size === list.length, 'names one twice')
      .optional(),
    ...noteAndSource,
  })
  .refine(saysSomething, 'says nothing about facilities');

export const budgetReceived = z.strictObject({
  receivedOn: day,
  amount: amount.min(1, 'must be above zero'),
  level: z.enum(['state', 'province', 'district', 'commune'], 'must be state, province, district or commune'),
  ...noteAndSource,
});

export const contributionReceived = z
  .strictObject({
    receivedOn: day,
    amount: amount.min(1, 'must be above zero').optional(),
    inKind: requiredText(300).optional(),
    inKindWorth: amount.optional(),
    giver: z.enum(['person', 'association', 'enterprise', 'other'], 'must be person, association, enterprise or other'),
    ...noteAndSource,
  })
  .refine(
    (fact) => fact.amount !== undefined || fact.inKind !== undefined,
    'must name an amount, what came in kind, or both',
  )
  .refine((fact) => fact.inKindWorth === undefined || fact.inKind !== undefined, {
    path: ['inKindWorth'],
    message: 'is the worth of `inKind`, which is missing',
  });
