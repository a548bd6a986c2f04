import { expect, test } from '@jest/globals';
import { createRandom } from '../random.js';
import { isWithdrawable, makeFact, makeWithdrawal, MIX, mixFor } from './make-facts.js';

const made = (seed: string, mix = MIX) => {
  const random = createRandom(seed);
  return Array.from({ length: 2000 }, (_, n) => makeFact(`f-${n}`, mix, random));
};

test('the same seed makes the same facts, for all owners', () => {
  expect(made('7')).toEqual(made('7'));
  expect(made('8')).not.toEqual(made('7'));
  expect(new Set(made('7').map(({ service }) => service)).size).toBe(5);
});

test('the owner that a fault is about gets more', () => {
  const share = (facts: ReturnType<typeof made>) => facts.filter(({ service }) => service === 'inspections').length;
  expect(share(made('7', mixFor('inspections')))).toBeGreaterThan(3 * share(made('7')));
});

test('a withdrawal names the entry, and the fact in its place goes to the same ledger', () => {
  const random = createRandom('7');
  const of = made('7').find(isWithdrawable)!;
  const withdrawals = Array.from({ length: 20 }, (_, n) => makeWithdrawal(`w-${n}`, of, 3, random));
  for (const { event, unit, withdraws } of withdrawals) {
    expect([event.data['seq'], event.data['unit'], unit, withdraws]).toEqual([3, of.unit, of.unit, of.id]);
  }
  const corrections = withdrawals.flatMap(({ correction }) => correction ?? []);
  expect(corrections.length).toBeGreaterThan(3);
  expect(corrections.length).toBeLessThan(17);
  for (const { unit, service, event } of corrections)
    expect([unit, service, event.type]).toEqual([of.unit, of.service, of.event.type]);
  expect(withdrawals.some(isWithdrawable)).toBe(false);
});
