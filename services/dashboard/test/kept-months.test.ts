import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addMonths, monthAt, monthIndexOf } from '@gdtx/territory/days';
import { LATEST } from '../src/columns/known.js';
import { monthOfDay } from '../src/columns/month-of-day.js';
import { LOOKED_AT } from '../src/outliers/outliers.js';
import { shareOutlying, valueOutlying } from '../src/outliers/outlier-rule.js';
import { createKeptMonths, REPORTED_TO } from '../src/reporting/kept-months.js';
import { lastSeqIn } from '../src/reporting/reporting-reads.js';
import { LedgerOf } from './ledger-of.js';
import { plainCodes } from './plain-codes.js';
import { plainFirstRecorded } from './plain-first-recorded.js';
import { valuesOf } from './plain-values.js';
import { ToldModel } from './told-model.js';

/** What is kept of months, taken in bit by bit, beside what passes over everything find. */

const FIRST = '2021-03';
const MONTHS = 60;
const DUE_DAY = 10;
const LEDGERS = [
  ['programmes', 'a'],
  ['programmes', 'b'],
  ['community-learning', 'b'],
  ['community-learning', 'c'],
] as const;

const telling = fc.record({
  who: fc.nat({ max: LEDGERS.length - 1 }),
  what: fc.constantFrom('totals', 'totals', 'totals', 'more', 'closed', 'approved', 'reopened', 'withdrawn'),
  month: fc.nat({ max: MONTHS - 1 }),
  late: fc.nat({ max: 3 }),
  category: fc.nat({ max: 1 }),
  value: fc.oneof(fc.integer({ min: 30, max: 60 }), fc.integer({ min: 300, max: 600 })),
  women: fc.constantFrom(undefined, 0.1, 0.5, 0.5, 0.5),
});
type Telling = typeof telling extends fc.Arbitrary<infer T> ? T : never;

/** `isReadAgain`: the change stream was lost, and everything is read anew. */
const chapter = fc.record({ tellings: fc.array(telling, { maxLength: 12 }), isReadAgain: fc.boolean() });

/** Every unit has spoken of most months before anything happens. */
const steady = (who: number): Telling[] =>
  Array.from({ length: MONTHS - 10 }, (_, month) => {
    return { who, what: 'totals', month, late: 1, category: 0, value: 40 + ((month * 7) % 11), women: 0.5 };
  });

function tell(ledger: LedgerOf, { what, month: at, late, category, value: total, women }: Telling): void {
  const month = addMonths(FIRST, at);
  const recordedAt = Date.UTC(2021, 3 + at + late, 5);
  const people = { total, ...(women === undefined ? {} : { female: Math.round(total * women) }) };
  switch (what) {
    case 'closed':
      ledger.tell('PeriodClosed', { month, nothingToReport: total % 2 === 0 }, { recordedAt });
      break;
    case 'approved': {
      const upToSeq = Math.max(1, ledger.entries.length - (total % 3));
      ledger.tell('PeriodApproved', { unit: ledger.unit, month, upToSeq }, { recordedAt, source: 'north' });
      break;
    }
    case 'reopened':
      ledger.tell('PeriodReopened', { unit: ledger.unit, month, reason: 'test' }, { recordedAt, source: 'north' });
      break;
    case 'withdrawn': {
      const entry = ledger.entries[total % ledger.entries.length]!;
      const isTaken = ledger.entries.some(({ type, id }) => type.includes('Withdrawn') && id === `of-${entry.seq}`);
      if (!isTaken && !entry.type.includes('Withdrawn'))
        ledger.withdraw(entry.seq, { recordedAt }).id = `of-${entry.seq}`;
      break;
    }
    default:
      if (ledger.service === 'programmes') {
        const measures = [
          { measure: 'learners-enrolled', people },
          { measure: 'learners-present', people },
        ];
        ledger.tell('TotalsReported', { month, type: TYPES[category]!, measures }, { recordedAt });
      } else {
        const topic = { topic: `t${ledger.entries.length}`, title: 'T', heldOn: `${month}-10`, meetings: 1, hours: 2 };
        ledger.tell('TopicHeld', { ...topic, area: AREAS[category], attendances: people }, { recordedAt });
      }
  }
}

const TYPES = ['literacy', 'refresher'];
const AREAS = ['Law', 'Health'];

test('is the same, now and as known at a month, however little of it came at a time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(chapter, { maxLength: 6 }), async (chapters) => {
      const ledgers = LEDGERS.map(([service, unit]) => new LedgerOf(service, unit));
      const told = new ToldModel();
      const { model, periods } = told;
      const kept = createKeptMonths(DUE_DAY)(model);
      const [from, to] = [monthIndexOf(FIRST), monthIndexOf(FIRST) + MONTHS - 1];
      for (const { tellings, isReadAgain } of [
        { tellings: LEDGERS.flatMap((_, who) => steady(who)), isReadAgain: false },
        ...chapters,
      ]) {
        for (const each of tellings) tell(ledgers[each.who]!, each);
        for (const who of new Set(tellings.map((each) => each.who))) {
          if (isReadAgain) told.load(ledgers[who]!);
          else told.take(ledgers[who]!);
        }
        if (isReadAgain) {
          // Somebody asks before everything is there again.
          await kept.outliers.of(to - 10);
          model.settle();
        }
        const said = [...(await kept.said.refresh()).all()].map(({ ledger, first, last }) => [ledger, [first, last]]);
        expect(Object.fromEntries(said)).toEqual(plainSaid(told));
        for (const known of [LATEST, from + 40]) {
          const codes = plainCodes(
            model.units,
            DUE_DAY,
            {
              ...{ periods, services: REPORTED_TO, lastSeq: lastSeqIn(model) },
              firstRecorded: plainFirstRecorded(model, from, to, known),
            },
            known,
          );
          const code = await kept.months.of(from, to, known);
          for (let unit = 0; unit < model.units.size; unit++)
            for (let month = from; month <= to; month++)
              expect([unit, monthAt(month), known, code(unit, month)]).toEqual([
                unit,
                monthAt(month),
                known,
                codes(unit, month),
              ]);
          for (const month of [from + 30, to - 10, to - 9]) {
            expect(byName(await kept.outliers.of(month, known))).toEqual(byName(plainOutliers(told, month, known)));
          }
        }
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

/** Between which months each ledger holds anything. */
function plainSaid({ model, periods }: ToldModel): Record<string, [number, number]> {
  const months = new Map<string, number[]>();
  const hear = (ledger: number, month: number) => {
    const name = model.ledgers.text(ledger);
    months.set(name, [...(months.get(name) ?? periods.monthsOf(name)), month]);
  };
  for (const { series, chunks } of model.flowRows.columns)
    for (const { length, series: of, month } of chunks)
      for (let i = 0; i < length; i++) hear(series.ledger[of[i]!]!, month[i]!);
  for (const { series, chunks } of model.levelRows.columns)
    for (const { length, series: of, day, withdrawn } of chunks)
      for (let i = 0; i < length; i++) if (withdrawn[i] === 0) hear(series.ledger[of[i]!]!, monthOfDay(day[i]!));
  return Object.fromEntries([...months].map(([name, all]) => [name, [Math.min(...all), Math.max(...all)]]));
}

function plainOutliers({ model }: ToldModel, month: number, known: number) {
  return LOOKED_AT.flatMap((indicator) =>
    [...valuesOf(model, indicator, month, known)].flatMap(({ now, past, pastOfShares, ...whose }) => {
      const why = valueOutlying(now, past) ?? shareOutlying(now, pastOfShares);
      return why ? [{ indicator: indicator.id, ...whose, value: now.value, ...why }] : [];
    }),
  );
}

const byName = (found: { indicator: string; service: string; unit: string; category: string }[]) =>
  Object.fromEntries(found.map((each) => [`${each.indicator}/${each.service}/${each.unit}/${each.category}`, each]));
