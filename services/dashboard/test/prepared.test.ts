import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addMonths, monthOf, sameDayLastYear } from '@gdtx/territory/days';
import type { CentreEstablished, CentresReorganised } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { Registry, type RegistryFact } from '@gdtx/territory/registry';
import { History } from '../../../libs/territory/test/histories.js';
import { LATEST } from '../src/columns/known.js';
import { ReadModel } from '../src/columns/read-model.js';
import { Records } from '../src/columns/records.js';
import type { StoredRecord } from '../src/model.js';
import { KeptReady } from '../src/prepared/kept-ready.js';
import { indicatorOf } from '../src/indicators/catalogue.js';
import { possibleBy } from '../src/queries/answerable.js';
import type { Dimension } from '../src/queries/dimensions.js';
import { evaluate, type Evaluation } from '../src/queries/evaluate.js';
import { figure, figureJson } from '../src/queries/figure.js';
import { figureParameters, figureQuery, type FigureQuery } from '../src/queries/figure-query.js';
import { targetsOf } from '../src/queries/inspections.js';
import { RowTexts } from '../src/queries/row-texts.js';
import type { Tally } from '../src/queries/tally.js';
import { precisionOf, valueOf } from '../src/queries/tally.js';
import { isAnswerable } from './asking.js';
import { naiveFlow, naiveLevel, saying, ToldFigures } from './told-figures.js';

const BYS = [
  '',
  'province',
  'month',
  'category',
  'province,year',
  'province,category',
  'month,category',
  'centre',
  'commune',
  'district',
  'authority',
  'school-year',
  'district,school-year',
  'authority,category',
];

/** Centres are founded and reorganised again and again, with some changes of territory in between. */
const step = fc.record({
  what: fc.constantFrom(7, 7, 7, 9, 10, 10, 10, 10, 0, 2, 3, 4),
  who: fc.nat({ max: 50 }),
  how: fc.nat({ max: 7 }),
  days: fc.nat({ max: 200 }),
});
const found = fc.constant([0, 1, 2, 3].map((who) => ({ what: 7, who: 3 + who * 5, how: who, days: 5 })));
const steps = fc.tuple(found, fc.array(step, { maxLength: 16 })).map((parts) => parts.flat());

const anything = fc.record({
  indicator: fc.constantFrom(
    'learners-enrolled',
    'learners-left',
    'learners-present',
    'centres',
    'dropout-rate',
    'retention-rate',
  ),
  by: fc.constantFrom(...BYS),
  map: fc.constantFrom('then', 'then', 'today', 'today', '2003-05-05', '2003-05-05'),
  part: fc.constantFrom('', '', 'female'),
  unit: fc.constantFrom('vn', 'vn', 'p1', 'p2'),
  from: fc.nat({ max: 60 }),
  to: fc.nat({ max: 160 }),
  open: fc.boolean(),
  lastYear: fc.boolean(),
  /** So many months before the last one that is over it was known; none: latest. */
  known: fc.option(fc.nat({ max: 12 }), { freq: 2 }),
});
const asking = anything.filter(({ indicator, by, part }) => isAnswerable(indicator, by, part));
type Asking = typeof asking extends fc.Arbitrary<infer T> ? T : never;

function queryOf(
  { by, part, from, to, open, lastYear, known, ...asked }: Asking,
  registry: Registry,
  today: string,
): FigureQuery {
  const isOfDay = indicatorOf(asked.indicator)!.kind === 'level' && !/month|year/.test(by);
  const months = open ? {} : { from: addMonths('1999-11', from), to: addMonths('1999-11', from + to) };
  const period = lastYear && isOfDay ? { on: sameDayLastYear(today) } : months;
  const asOf = known === null ? {} : { known: addMonths(monthOf(today), -1 - known) };
  const more = { ...(by ? { by } : {}), ...(part ? { part } : {}), ...asOf };
  return figureQuery(figureParameters.parse({ ...asked, ...period, ...more }), registry, today);
}

/** Some indicators have no rows by category, and those that count units no parts. */
const isAnswered = ({ indicator, by, part }: Asking): boolean =>
  !(indicator === 'centres' && part !== '') &&
  by.split(',').every((each) => each === '' || possibleBy(indicatorOf(indicator)!).includes(each as Dimension));

type Row = { keys: { key: string; undivided?: unknown; unplaced?: boolean; state?: string }[] };

const named = ({ keys }: Row) =>
  keys.map((k) => `${k.key}${k.undivided ? ' undivided' : ''}${k.unplaced ? ' unplaced' : ''} ${k.state ?? ''}`).join();

function shown({ all, rows }: Evaluation) {
  return { all, rows: Object.fromEntries(rows.map((row) => [named(row), { ...row, keys: undefined }])) };
}

/** What the parts of an answer must be, from a tally by definition. */
function expected(tally: Tally) {
  const said = (sum: Parameters<typeof valueOf>[0] & { estimated: number; simulated: boolean }) => ({
    value: valueOf(sum),
    precision: precisionOf(sum),
    ...(sum.estimated !== 0 ? { estimated: sum.estimated } : {}),
    ...(sum.simulated ? { simulated: true } : {}),
  });
  const rows = tally.rows().filter((row) => row.exact + row.atLeast + row.about > 0);
  return {
    all: said(tally.all),
    rows: Object.fromEntries(rows.map((row) => [named(row), { ...said(row), keys: undefined }])),
  };
}

/** Mostly centres, which are the ones that report. */
function unitsOf({ units }: History): string[] {
  const centres = units.filter((unit) => unit.startsWith('z'));
  return [...centres, ...centres, ...centres, 'p1', 'd12', 'c111', units.at(-1)!, 'never-heard-of'];
}

/** Some of the centres are simulated: by their ids, so that it is known of each whatever becomes of it. */
function withSimulated(fact: RegistryFact): RegistryFact {
  const isSimulated = (centre: string) => centre.length > 0 && centre.charCodeAt(centre.length - 1) % 3 === 0;
  const data = fact.data as CentreEstablished & CentresReorganised;
  if (fact.type.endsWith('.CentreEstablished.v1')) {
    return { ...fact, data: { ...data, simulated: isSimulated(data.centre) } };
  }
  if (!fact.type.endsWith('.CentresReorganised.v1')) return fact;
  const targets = data.targets.map((target) => ({
    ...target,
    established: target.established && { ...target.established, simulated: isSimulated(target.centre) },
  }));
  return { ...fact, data: { ...data, targets } };
}

async function check(
  happened: Parameters<typeof History.of>[0],
  said: Parameters<ToldFigures['say']>[0][],
  asked: Asking[],
) {
  const history = History.of(happened);
  const told = new ToldFigures(unitsOf(history), addDays(history.today, 20));
  const [today, model] = [addDays(history.today, 20), new ReadModel()];
  const registry = Registry.empty();
  const news = history.told.facts.map(withSimulated);
  // Half of what happened to units is heard when half of their figures are there; each of the rest between two figures.
  for (const fact of news.splice(0, Math.max(15, news.length >> 1))) registry.apply(fact);
  const onCrash = (error: unknown) => {
    throw error;
  };
  const shownBefore = { records: new Records(), texts: new RowTexts() };
  const kept = new KeptReady({ model, registry: () => registry, seqs: () => new Map(), today: () => today, onCrash });
  try {
    for (const [i, each] of said.entries()) {
      if (i === said.length >> 1) {
        for (const fact of news) registry.apply(fact);
        await kept.start();
      }
      for (const document of told.say(each)) model.apply(document);
      // The sums follow from the beginning: what is asked now is kept ready for what comes.
      if (i % 7 !== 0) continue;
      compare(kept, model, told, asked, today);
      if (i % 3 === 0) shownBefore.records.apply(targetOf(i));
      compareTexts(kept, model, shownBefore, asked, today);
    }
    compare(kept, model, told, asked, today);
    compareTexts(kept, model, shownBefore, asked, today);
  } finally {
    kept.stop();
  }
}

function compare(kept: KeptReady, model: ReadModel, told: ToldFigures, asked: Asking[], today: string): void {
  const { prepared } = kept.current();
  const { registry } = prepared;
  for (const each of asked) {
    if (!isAnswered(each)) continue;
    const query = queryOf(each, registry, today);
    const ready = shown(evaluate(query, { model, registry, ready: prepared }));
    const scanned = shown(evaluate(query, { model, registry }));
    expect({ ...each, ...ready }).toEqual({ ...each, ...scanned });
    if (query.indicator.ratio || query.indicator.from === 'registry' || query.known !== LATEST) continue;
    const naive = query.indicator.kind === 'flow' ? naiveFlow : naiveLevel;
    expect({ ...each, ...scanned }).toEqual({ ...each, ...expected(naive(told, query, registry)) });
  }
}

/** A target that grows and is set for a province whose figure may be asked, of the year that is asked. */
function targetOf(seq: number): StoredRecord {
  const value = { unit: 'p1', indicator: 'learners-enrolled', year: 2001, value: seq, category: '' };
  const place = {
    _id: 'targets/provinces/vn/t',
    collection: 'targets' as const,
    service: 'provinces',
    unit: 'vn',
    id: 't',
  };
  return { ...place, epoch: 0, seq: seq + 1, stands: true, value, pieces: [] };
}

/** Rows as JSON, of which those are kept that are what they were, beside the same answer written as a whole. */
function compareTexts(
  kept: KeptReady,
  model: ReadModel,
  { records, texts }: { records: Records; texts: RowTexts },
  asked: Asking[],
  today: string,
): void {
  const { prepared } = kept.current();
  const { registry } = prepared;
  const fresh = { asOf: 0, lacks: [] };
  const sources = { model, registry, ready: prepared };
  for (const each of asked) {
    if (!isAnswered(each)) continue;
    const more = each.from % 2 === 0 ? {} : { reporting: { months: each.to } };
    // Of a year for which there is a target, too.
    for (const query of [
      queryOf(each, registry, today),
      queryOf({ ...each, open: false, from: 1, to: 24 }, registry, today),
    ]) {
      const targets = targetsOf(records, query.known);
      const json = figureJson(query, sources, fresh, targets, texts.for(query, registry, records), more);
      expect(json).toBe(JSON.stringify({ ...figure(query, sources, fresh, targets), ...more }));
    }
  }
}

test('what is kept ready is what a scan finds, and what the facts say one by one', async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.array(saying, { minLength: 4, maxLength: 60 }),
      fc.array(asking, { minLength: 4, maxLength: 8 }),
      check,
    ),
    { numRuns: 60 },
  );
}, 240_000);

/** What many things were said of, by the maps and months that are worked out when they are asked for. */
const askingKnown: fc.Arbitrary<Asking> = fc.record({
  indicator: fc.constantFrom(
    'learners-present',
    'learners-present',
    'learners-present',
    'learners-enrolled',
    'centres',
  ),
  by: fc.constantFrom('', '', 'province', 'month', 'category', 'province,year'),
  map: fc.constantFrom('then', 'today', '2003-05-05'),
  part: fc.constant(''),
  unit: fc.constantFrom('vn', 'vn', 'vn', 'p1'),
  from: fc.constant(0),
  to: fc.nat({ max: 110 }),
  open: fc.boolean(),
  lastYear: fc.constant(false),
  known: fc.nat({ max: 3 }),
});

test('as known at a month, and by the map of a day, it is the same', async () => {
  const manySaid = fc.array(saying, { minLength: 25, maxLength: 60, size: 'max' });
  await fc.assert(fc.asyncProperty(steps, manySaid, fc.array(askingKnown, { minLength: 4, maxLength: 8 }), check), {
    numRuns: 40,
  });
}, 240_000);
