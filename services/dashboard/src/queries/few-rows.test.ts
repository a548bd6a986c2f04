import { expect, test } from '@jest/globals';
import { Grouped } from './grouped.js';
import { Tally } from './tally.js';

test('a figure of more rows than anybody reads is refused, also where facts alone make rows', () => {
  const tallied = (months: number) => {
    const grouped = new Grouped(months);
    for (let centre = 0; centre < 1000; centre++)
      for (let month = 0; month < months; month++) grouped.add(grouped.group(centre, -1), month, 1, 1, 0, 0);
    const tally = new Tally();
    grouped.into(tally, (code, _category, period) => [{ key: String(code) }, { key: String(period) }]);
    return tally.size;
  };
  expect(tallied(200)).toBe(200_000);
  expect(() => tallied(201)).toThrow(/ask for a shorter time/);
});
