import { describe, expect, test } from '@jest/globals';
import type { ChangeLine, Why } from '../api/types.js';
import { byReason } from './by-reason.js';

const line = (seq: number, why: Why, part: number, term?: string): ChangeLine => ({
  ...{ entry: { service: 'programmes', unit: 'gdtx-son-la', seq }, id: `${seq}`, type: 't', source: 's' },
  ...{ recordedAt: '2024-03-02T00:00:00Z', hash: 'h', part, why, ...(term && { term }) },
});

describe('changes by their reason', () => {
  test('what was mended comes first, each with how many entries and by how much', () => {
    const lines = [line(4, 'new', 50), line(5, 'late', 3), line(6, 'late', -1), line(7, 'withdrawal', -7)];
    expect(byReason(lines)).toEqual([
      { why: 'withdrawal', entries: 1, sums: [-7] },
      { why: 'late', entries: 2, sums: [2] },
      { why: 'new', entries: 1, sums: [50] },
    ]);
    expect(byReason([])).toEqual([]);
  });

  test('of a ratio, of each of its terms; an entry in both is one', () => {
    expect(byReason([line(4, 'new', 40, 'numerator'), line(4, 'new', 50, 'denominator')])).toEqual([
      { why: 'new', entries: 1, sums: [40, 50] },
    ]);
  });
});
