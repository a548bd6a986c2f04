import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { monthAt, monthIndexOf, monthOf } from '@gdtx/territory/days';
import { figureChanges } from '../src/queries/changes/figure-changes.js';
import { evaluate } from '../src/queries/evaluate.js';
import { figureParameters, figureQuery, type FigureQuery } from '../src/queries/figure-query.js';
import { figureSources } from '../src/queries/sources.js';
import { asking, FLOWS, LEVELS, queryOf, shown } from './asking.js';
import { chapters, Chronicle, folded, readerOf } from './chronicle.js';
import { storedOf } from './world.js';

/** What holds whatever happened and in whatever order it was heard of. */

const MAPS = ['then', 'today', '2000-06-15', '2003-05-05', '2020-01-01'];
const PLACES = ['province', 'district', 'commune', 'centre', 'authority', 'commune,category'];

test('flows and levels summed over the nation are the same by every map, whenever they were known', async () => {
  await fc.assert(
    fc.asyncProperty(
      chapters,
      fc.constantFrom(...FLOWS, ...LEVELS),
      fc.nat({ max: 120 }),
      async (told, indicator, at) => {
        const chronicle = new Chronicle(told);
        const now = await folded(chronicle.world);
        const known =
          at < 40 ? Infinity : Math.min(monthIndexOf('2000-01') + at, monthIndexOf(monthOf(chronicle.today)));
        const nation = (more: object): FigureQuery => ({
          ...figureQuery(figureParameters.parse({ indicator, ...more }), now.registry, chronicle.today),
          known,
        });
        const { value } = evaluate(nation({ map: 'then' }), now).all;
        for (const map of MAPS) {
          expect([map, evaluate(nation({ map }), now).all.value]).toEqual([map, value]);
          for (const by of PLACES) {
            const { rows } = evaluate(nation({ map, by }), now);
            const sum = rows.length === 0 ? null : rows.reduce((total, row) => total + row.value!, 0);
            expect([map, by, sum]).toEqual([map, by, value]);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

/** The lines of a stream, and the last. */
async function read<Line>(stream: AsyncIterable<unknown>): Promise<{ lines: Line[]; end: any }> {
  const all: unknown[] = [];
  for await (const line of stream) all.push(line);
  return { lines: all.slice(0, -1) as Line[], end: all.at(-1) };
}

interface Part {
  part: number;
  term?: 'numerator' | 'denominator';
}

const sumOf = (lines: readonly Part[], term?: Part['term']): number =>
  lines.filter((line) => line.term === term).reduce((sum, { part }) => sum + part, 0);

test('a figure is the sum of its sources, also as it was known before', async () => {
  await fc.assert(
    fc.asyncProperty(chapters, fc.array(asking, { minLength: 3, maxLength: 6 }), async (told, asked) => {
      const chronicle = new Chronicle(told);
      const now = await folded(chronicle.world);
      for (const each of asked) {
        const { query, known } = queryOf({ ...each, by: '' }, now, chronicle.today);
        for (const figure of [query, { ...query, known }]) {
          const { all } = evaluate(figure, now);
          const { lines, end } = await read<Part>(
            figureSources(figure, { ...all, asOf: null }, now, readerOf(chronicle.world)),
          );
          expect({ ...each, end }).toMatchObject({ ...each, end: { equal: true, recomputed: { value: all.value } } });
          if (all.numerator === undefined && all.value !== null)
            expect([each, sumOf(lines)]).toEqual([each, all.value]);
        }
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('the entries since a month make the difference of what was known then and now', async () => {
  await fc.assert(
    fc.asyncProperty(chapters, fc.array(asking, { minLength: 3, maxLength: 6 }), async (told, asked) => {
      const chronicle = new Chronicle(told);
      const now = await folded(chronicle.world);
      for (const each of asked) {
        const { query, known } = queryOf({ ...each, by: '' }, now, chronicle.today);
        const until = each.from % 2 ? Infinity : known + 1 + (each.to % 50);
        const compared = {
          then: { ...query, known, knownBy: monthAt(known) },
          now: { ...query, known: until, knownBy: until === Infinity ? 'latest' : monthAt(until) },
        };
        const [before, after] = [compared.then, compared.now].map((figure) => evaluate(figure, now).all);
        const { lines, end } = await read<Part>(figureChanges(compared, now, readerOf(chronicle.world), null));
        expect({ ...each, until, ...end }).toMatchObject({ ...each, equal: true });
        expect([end.then.value, end.now.value]).toEqual([before!.value, after!.value]);
        if (after!.numerator === undefined) {
          expect([each, sumOf(lines)]).toEqual([each, (after!.value ?? 0) - (before!.value ?? 0)]);
        }
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('the order in which ledgers are heard changes nothing, and folded again everything is the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      chapters,
      fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 20 }),
      fc.array(asking, { minLength: 3, maxLength: 6 }),
      async (told, turns, asked) => {
        const chronicle = new Chronicle(told);
        const one = await folded(chronicle.world);
        const shuffled = (names: string[]) =>
          names
            .map((name, i) => [turns[i % turns.length]! * 31 + i * turns[0]!, name] as const)
            .sort(([a], [b]) => (a % 97) - (b % 97))
            .map(([, name]) => name);
        const other = await folded(chronicle.world, shuffled);
        expect(storedOf(other.store)).toEqual(storedOf(one.store));
        for (const each of asked) {
          const { query, known } = queryOf(each, one, chronicle.today);
          for (const figure of [query, { ...query, known }]) {
            expect({ ...each, ...shown(evaluate(figure, other)) }).toEqual({
              ...each,
              ...shown(evaluate(figure, one)),
            });
          }
        }
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);
