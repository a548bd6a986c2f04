import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addMonths, endOfMonth, monthIndexOf } from '@gdtx/territory/days';
import { LedgerOf } from '../../test/ledger-of.js';
import { ToldModel } from '../../test/told-model.js';
import { LATEST } from './known.js';
import { eachStepAsKnown, levelsAsKnown } from './known-levels.js';
import type { ReadModel } from './read-model.js';

const FIRST = '2024-01';
const MONTHS = 14;

/** What a month's report says, or which of the entries before it is withdrawn; each is recorded in the same month as the one before it or later. */
const telling = fc.record({
  about: fc.nat({ max: 8 }),
  total: fc.integer({ min: 1, max: 9 }),
  later: fc.constantFrom(0, 0, 1, 2),
  category: fc.constantFrom('literacy', 'vocational'),
  withdraws: fc.option(fc.nat({ max: 12 }), { freq: 3 }),
});

/** Everything that was recorded by each step: by unit, category and day, what the level changes by. */
function stepsOf(model: ReadModel, known: number): { sums: object; columns: object } {
  const [sums, columns] = [new Map<string, number[]>(), new Map<string, number[]>()];
  const levels = model.levels('learners-present');
  if (!levels) return { sums: {}, columns: {} };
  const into = (map: Map<string, number[]>, series: number, day: number, amounts: number[]) => {
    const key = `${model.categories.text(levels.series.category[series]!)} ${day}`;
    map.set(
      key,
      (map.get(key) ?? amounts.map(() => 0)).map((sum, i) => sum + amounts[i]!),
    );
  };
  eachStepAsKnown(levels, known, (series, day, ...amounts) => into(sums, series, day, amounts));
  for (const chunk of levelsAsKnown(levels, known).chunks) {
    for (let i = 0; i < chunk.length; i++) {
      const amounts = [chunk.step[i]!, chunk.exact[i]!, chunk.atLeast?.[i] ?? 0, chunk.about?.[i] ?? 0];
      if (chunk.withdrawn[i] === 0) into(columns, chunk.series[i]!, chunk.day[i]!, amounts);
      else expect(amounts).toEqual([0, 0, 0, 0]);
    }
  }
  return { sums: Object.fromEntries(sums), columns: Object.fromEntries(columns) };
}

test('a level as known by the end of a month is that of a model which never heard of anything later', () => {
  fc.assert(
    fc.property(fc.array(telling, { maxLength: 14 }), (tellings) => {
      const ledger = new LedgerOf('programmes', 'a');
      const told = new ToldModel();
      let recorded = FIRST;
      for (const { about, total, later, category, withdraws } of tellings) {
        recorded = addMonths(recorded, later);
        const recordedAt = endOfMonth(recorded) - 1_000;
        if (withdraws !== null && withdraws < ledger.entries.length) ledger.withdraw(withdraws + 1, { recordedAt });
        else {
          const measures = [{ measure: 'learners-present', people: { total } }];
          ledger.tell('TotalsReported', { month: addMonths(FIRST, about), type: category, measures }, { recordedAt });
        }
        // One by one: what is said of a slot becomes known otherwise while it is held.
        told.take(ledger);
      }
      for (let i = 0; i < MONTHS; i++) {
        const month = addMonths(FIRST, i);
        const until = new LedgerOf('programmes', 'a');
        until.entries.push(...ledger.entries.filter(({ recordedAt }) => recordedAt <= endOfMonth(month)));
        const expected = stepsOf(new ToldModel(until).model, LATEST);
        expect(expected.sums).toEqual(expected.columns);
        const found = stepsOf(told.model, monthIndexOf(month));
        expect(found).toEqual(expected);
      }
    }),
    { numRuns: 40 },
  );
});
