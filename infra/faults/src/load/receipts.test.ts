import { expect, test } from '@jest/globals';
import { loadFact } from './fact.js';
import { Receipts } from './receipts.js';

const fact = loadFact({ id: 'f-1', service: 'programmes', unit: 'a', name: 'Said', data: {} });
const answer = (status: 'accepted' | 'duplicate', seq = 1, hash = 'aa') => ({
  id: 'f-1',
  status,
  unit: 'a',
  seq,
  hash,
});

test('a duplicate carries the first receipt', () => {
  const receipts = new Receipts();
  expect(receipts.take(fact, answer('accepted'))).toBe(true);
  expect(receipts.take(fact, answer('duplicate'))).toBe(true);
  expect([receipts.wrong, receipts.duplicates, receipts.acknowledged]).toEqual([[], 1, 1]);
});

test('a duplicate whose first answer was lost is the first receipt', () => {
  const receipts = new Receipts();
  expect(receipts.take(fact, answer('duplicate', 7))).toBe(true);
  expect([receipts.wrong, receipts.byId.get('f-1')!.receipt.seq]).toEqual([[], 7]);
});

test.each([
  ['another place', answer('duplicate', 2)],
  ['another hash', answer('duplicate', 1, 'bb')],
  ['accepted once more', answer('accepted')],
])('a second answer with %s is noted', (_, second) => {
  const receipts = new Receipts();
  receipts.take(fact, answer('accepted'));
  receipts.take(fact, second);
  expect(receipts.wrong).toHaveLength(1);
});

test('what may come again isn’t acknowledged, and what is refused for good ends the load', () => {
  const receipts = new Receipts();
  const refused = (retryable: boolean) => ({
    ...{ id: 'f-1', status: 'refused' as const },
    refusal: { slug: 'try-again', message: 'later', retryable },
  });
  expect(receipts.take(fact, refused(true))).toBe(false);
  expect(() => receipts.take(fact, refused(false))).toThrow('refused for good');
});
