import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOfMonth, monthAt, monthIndexOf, monthOf } from '@gdtx/territory/days';
import { evaluate, type Evaluation } from '../src/queries/evaluate.js';
import type { FigureQuery } from '../src/queries/figure-query.js';
import { asking, queryOf, shown } from './asking.js';
import { chapters, Chronicle, folded, type Folded } from './chronicle.js';

/** Asked with only those entries there that were recorded by then. */
function oracle(query: FigureQuery, then: Folded, now: Folded): Evaluation {
  if (query.map === 'today') return evaluate(query, { model: then.model, registry: now.registry, told: then.registry });
  return evaluate(query, { model: then.model, registry: then.registry });
}

test('what was known by a month is what its entries say, with none of those that came later', async () => {
  await fc.assert(
    fc.asyncProperty(chapters, fc.array(asking, { minLength: 6, maxLength: 12 }), async (told, asked) => {
      const chronicle = new Chronicle(told);
      const now = await folded(chronicle.world);
      const thens = new Map<number, Folded>();
      for (const each of asked) {
        const { query, known } = queryOf(each, now, chronicle.today);
        const month = known - (known % 7);
        if (!thens.has(month)) thens.set(month, await folded(chronicle.worldAt(endOfMonth(monthAt(month)))));
        const said = shown(evaluate({ ...query, known: month }, now));
        expect({ ...each, ...said }).toEqual({ ...each, ...shown(oracle(query, thens.get(month)!, now)) });
        const last = shown(evaluate({ ...query, known: monthIndexOf(monthOf(chronicle.today)) }, now));
        expect({ ...each, ...last }).toEqual({ ...each, ...shown(evaluate(query, now)) });
        const before = evaluate({ ...query, known: monthIndexOf('1999-12') }, now);
        expect([each, before.all.value, before.rows]).toEqual([each, null, []]);
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
