import { expect, test } from '@jest/globals';
import { monthNumber } from '../model.js';
import { MonthSeqs } from './month-seqs.js';

const year = (seq: number) => Array.from({ length: 12 }, (_, month) => seq + month);

test('the last entry of each month, by ledger and year', () => {
  const seqs = new MonthSeqs();
  for (let ledger = 0; ledger < 200; ledger++) seqs.put(ledger, 2024, year(100 * ledger));
  seqs.put(3, 2025, year(7000));
  for (const ledger of [0, 3, 63, 64, 199]) {
    expect(seqs.of(ledger, monthNumber('2024-01'))).toBe(100 * ledger);
    expect(seqs.of(ledger, monthNumber('2024-12'))).toBe(100 * ledger + 11);
  }
  expect(seqs.of(3, monthNumber('2025-03'))).toBe(7002);
  expect(seqs.of(4, monthNumber('2025-03'))).toBe(0);
  expect(seqs.of(undefined, monthNumber('2025-03'))).toBe(0);
});

test('a newer document takes the place of an older one; one that says nothing leaves nothing', () => {
  const seqs = new MonthSeqs();
  seqs.put(1, 2024, year(1));
  seqs.put(1, 2024, year(40));
  expect(seqs.of(1, monthNumber('2024-02'))).toBe(41);
  seqs.put(1, 2024, undefined);
  expect(seqs.of(1, monthNumber('2024-02'))).toBe(0);
  seqs.put(1, 2023, undefined);
  expect(seqs.of(1, monthNumber('2023-02'))).toBe(0);
});
