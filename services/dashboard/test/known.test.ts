import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addMonths, endOfMonth, monthAt, monthIndexOf, monthOf } from '@gdtx/territory/days';
import { evaluate, type Evaluation } from '../src/queries/evaluate.js';
import { figureParameters, figureQuery, type FigureQuery } from '../src/queries/figure-query.js';
import { chapters, Chronicle, folded, type Folded } from './chronicle.js';

const FLOWS = ['learners-enrolled', 'learners-left', 'exam-candidates', 'certificates-issued', 'trainees', 'findings'];
const LEVELS = ['learners-present', 'classes', 'staff', 'recommendations-open', 'recommendations-overdue'];
const COUNTS = ['centres', 'community-centres'];
const RATIOS = ['dropout-rate', 'retention-rate', 'certification-rate', 'community-coverage'];
const BYS = ['', 'province', 'district', 'commune', 'centre', 'month', 'category', 'province,year', 'centre,category'];

export const asking = fc.record({
  indicator: fc.constantFrom(...FLOWS, ...FLOWS, ...LEVELS, ...LEVELS, ...COUNTS, ...RATIOS, 'recommendations-closed'),
  by: fc.constantFrom(...BYS),
  map: fc.constantFrom('then', 'then', 'today', 'today', '2003-05-05', '2001-01-01'),
  part: fc.constantFrom('', '', '', 'female'),
  unit: fc.constantFrom('vn', 'vn', 'p1', 'p2', 'd12', 'z1'),
  from: fc.nat({ max: 60 }),
  to: fc.nat({ max: 160 }),
  open: fc.boolean(),
  known: fc.nat({ max: 150 }),
});
type Asking = typeof asking extends fc.Arbitrary<infer T> ? T : never;

function queryOf({ by, part, from, to, open, known, ...asked }: Asking, { registry }: Folded, today: string) {
  const period = open ? {} : { from: addMonths('1999-11', from), to: addMonths('1999-11', from + to) };
  const more = { ...(by ? { by } : {}), ...(part ? { part } : {}) };
  const query = figureQuery(figureParameters.parse({ ...asked, ...period, ...more }), registry, today);
  return { query, known: Math.min(monthIndexOf('1999-12') + known, monthIndexOf(monthOf(today))) };
}

type Row = { keys: { key: string; undivided?: unknown; unplaced?: boolean; state?: string }[] };
const named = ({ keys }: Row) =>
  keys.map((k) => `${k.key}${k.undivided ? ' undivided' : ''}${k.unplaced ? ' unplaced' : ''} ${k.state ?? ''}`).join();

export function shown({ all, rows, notIncluded }: Evaluation) {
  const balances = notIncluded.map(({ balance, why }) => `${balance.unit}/${balance.seq} ${why}`).sort();
  return { all, rows: Object.fromEntries(rows.map((row) => [named(row), { ...row, keys: undefined }])), balances };
}

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
