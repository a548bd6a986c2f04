import { expect, test } from '@jest/globals';
import { LedgerChanges } from '../columns/ledger-changes.js';
import { ByLedger, refreshed } from './by-ledger.js';

function counting(changes: LedgerChanges, meanwhile: (ledger: number) => void = () => {}) {
  const worked: number[] = [];
  const byLedger = new ByLedger(changes, (ledger) => {
    worked.push(ledger);
    meanwhile(ledger);
  });
  return { byLedger, worked: () => worked.splice(0) };
}

test('works through every ledger at first, then through those that changed', async () => {
  const changes = new LedgerChanges();
  for (let ledger = 0; ledger < 300; ledger++) changes.note(ledger);
  const { byLedger, worked } = counting(changes);
  await byLedger.refresh();
  expect(worked()).toHaveLength(300);
  await byLedger.refresh();
  expect(worked()).toEqual([]);
  for (const ledger of [7, 299, 7]) changes.note(ledger);
  expect(byLedger.isFresh).toBe(false);
  await byLedger.refresh();
  expect(worked()).toEqual([7, 299]);
});

test('what changes meanwhile is part of it, and who asks at the same time waits for the same work', async () => {
  const changes = new LedgerChanges();
  for (let ledger = 0; ledger < 300; ledger++) changes.note(ledger);
  let left = 1;
  const first = counting(changes, (ledger) => ledger === 200 && left-- > 0 && changes.note(3));
  const second = counting(changes);
  await Promise.all([first.byLedger.refresh(), refreshed([second.byLedger, first.byLedger])]);
  expect(first.worked().filter((ledger) => ledger === 3)).toHaveLength(2);
  expect(second.worked().length).toBeGreaterThanOrEqual(300);
  expect([first.byLedger.isFresh, second.byLedger.isFresh]).toEqual([true, true]);
});

test('work that failed is done again by who asks next', async () => {
  const changes = new LedgerChanges();
  for (let ledger = 0; ledger < 300; ledger++) changes.note(ledger);
  let fails = true;
  const { byLedger } = counting(changes, () => {
    if (fails) throw new Error('not now');
  });
  await expect(byLedger.refresh()).rejects.toThrow('not now');
  fails = false;
  await byLedger.refresh();
  expect(byLedger.isFresh).toBe(true);
});
