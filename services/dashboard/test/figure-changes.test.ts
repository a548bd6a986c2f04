import { describe, expect, test } from '@jest/globals';
import type { Problem } from '@gdtx/service-kit/problem';
import { changesParameters, comparison } from '../src/queries/changes/changes-query.js';
import { figureChanges } from '../src/queries/changes/figure-changes.js';
import { figureParameters, figureQuery } from '../src/queries/figure-query.js';
import { oneByOne, type LedgersReader } from '../src/queries/ledger-batches.js';
import { folded, readerOf } from './chronicle.js';
import { World } from './world.js';

const TODAY = '2012-06-15';
const on = (day: string) => ({ on: day, notBefore: '', notAfter: '' });
const at = (day: string) => Date.parse(`${day}T03:00:00Z`);

/** Two provinces and their centres a and b; b took a over on 2006-01-01. c began in 2009, and that was recorded in 2011. */
function world(): World {
  const told = new World();
  const say = (service: string, unit: string, name: string, day: string, data: object) =>
    told.ledger(service, unit).tell(name, data, { recordedAt: at(day) });
  const name = (vi: string) => ({ vi, en: '' });
  for (const [unit, kind, parent] of [
    ['vn', 'country', ''],
    ['north', 'province', 'vn'],
    ['south', 'province', 'vn'],
  ] as const) {
    const data = { unit, kind, parent, name: name(unit), effectiveOn: on('1990-01-01') };
    say('provinces', 'vn', 'UnitEstablished', '2004-01-05', data);
  }
  const centre = (id: string, seat: string, from: string) => ({
    centre: id,
    kind: 'gdtx',
    name: name(id),
    seat,
    establishedOn: on(from),
  });
  say('centres', 'vn', 'CentreEstablished', '2004-01-06', centre('a', 'north', '2000-01-01'));
  say('centres', 'vn', 'CentreEstablished', '2004-01-06', centre('b', 'south', '2000-01-01'));
  const absorbed = { form: 'absorption', sources: ['a'], targets: [{ centre: 'b' }], effectiveOn: on('2006-01-01') };
  say('centres', 'vn', 'CentresReorganised', '2006-01-10', absorbed);
  say('centres', 'vn', 'CentreEstablished', '2011-03-03', centre('c', 'north', '2009-09-01'));
  say('centres', 'a', 'StaffingReported', '2005-05-05', { reportedOn: on('2005-05-01'), total: 40 });
  say('centres', 'b', 'StaffingReported', '2011-02-02', { reportedOn: on('2011-02-01'), total: 50 });
  const enrolled = (day: string, total: number) => ({
    class: 'k',
    occurredOn: day,
    learners: { total, precision: '' },
  });
  say('programmes', 'b', 'ClassOpened', '2008-01-01', { class: 'k', type: 'refresher', openedOn: on('2008-01-01') });
  say('programmes', 'b', 'LearnersEnrolled', '2008-02-01', enrolled('2008-01-20', 10));
  say('programmes', 'b', 'LearnersEnrolled', '2008-02-02', enrolled('2008-01-21', 7));
  say('programmes', 'b', 'LearnersEnrolled', '2010-02-02', enrolled('2008-01-25', 3));
  const withdrawn = (seq: number, correction?: object) => {
    const { id, type, source, data, recordedAt } = told.ledger('programmes', 'b').entries[seq - 1]!;
    return { unit: 'b', seq, reason: 'x', withdrawn: { id, type, source, data, recordedAt }, correction };
  };
  say('programmes', 'b', 'EntryWithdrawn', '2010-03-01', withdrawn(2, { id: 'c', type: 'x', seq: 6 }));
  say('programmes', 'b', 'LearnersEnrolled', '2010-03-01', enrolled('2008-01-20', 11));
  say('programmes', 'b', 'EntryWithdrawn', '2010-04-01', withdrawn(3));
  say('programmes', 'b', 'LearnersEnrolled', '2011-01-05', enrolled('2011-01-04', 5));
  // It moved in 2007, and that was recorded in 2011.
  say('centres', 'vn', 'CentreMoved', '2011-05-05', { centre: 'b', seat: 'north', effectiveOn: on('2007-07-01') });
  return told;
}

async function changed(asked: Record<string, string>) {
  const ledgers = world();
  const now = await folded(ledgers);
  const compared = comparison(changesParameters.parse(asked), now.registry, TODAY);
  const all: any[] = [];
  for await (const line of figureChanges(compared, now, readerOf(ledgers), null)) all.push(line);
  const { then, now: latest, difference, equal } = all.pop();
  const lines = all.map(({ entry, upTo, part, why, of, term }) =>
    [`${entry.service}/${entry.unit}/${entry.seq}${upTo ? `-${upTo.seq}` : ''}`, part, why, of, term]
      .filter((x) => x !== undefined)
      .join(' '),
  );
  return { lines, then: then.value, now: latest.value, difference, equal };
}

describe('the entries that made a difference', () => {
  test('of a flow: late facts, corrections, withdrawals, and what is about a later time', async () => {
    expect(await changed({ indicator: 'learners-enrolled', known: '2009-12' })).toEqual({
      lines: [
        'programmes/b/4 3 late',
        'programmes/b/5 -10 withdrawal 2',
        'programmes/b/6 11 correction 2',
        'programmes/b/7 -7 withdrawal 3',
        'programmes/b/8 5 new',
      ],
      ...{ then: 17, now: 19, difference: 2, equal: true },
    });
  });

  test('of what was recorded when it was asked, whatever comes meanwhile', async () => {
    const ledgers = world();
    const now = await folded(ledgers);
    const compared = comparison(
      changesParameters.parse({ indicator: 'learners-enrolled', known: '2009-12' }),
      now.registry,
      TODAY,
    );
    const learners = { total: 1000, precision: '' };
    ledgers
      .ledger('programmes', 'b')
      .tell('LearnersEnrolled', { class: 'k', occurredOn: '2008-01-20', learners }, { recordedAt: at('2012-06-15') });
    const all: any[] = [];
    for await (const line of figureChanges(compared, now, readerOf(ledgers), null)) all.push(line);
    expect(all.pop()).toMatchObject({ difference: 2, explained: 2, equal: true });
    expect(all.map(({ entry }) => entry.seq)).toEqual([4, 5, 6, 7, 8]);
  });

  test('until a month, and not from what came after it', async () => {
    expect(await changed({ indicator: 'learners-enrolled', known: '2010-02', until: '2010-03' })).toEqual({
      lines: ['programmes/b/5 -10 withdrawal 2', 'programmes/b/6 11 correction 2'],
      ...{ then: 20, now: 21, difference: 1, equal: true },
    });
  });

  test('of a level: a first report ends what was carried of a predecessor', async () => {
    expect(await changed({ indicator: 'staff', known: '2010-12' })).toEqual({
      lines: ['centres/b/1 50 new', 'centres/b/1 -40 first-report a'],
      ...{ then: 40, now: 50, difference: 10, equal: true },
    });
  });

  test('of a province by the map of then: a move that was recorded late', async () => {
    expect(await changed({ indicator: 'learners-enrolled', unit: 'north', map: 'then', known: '2011-04' })).toEqual({
      lines: ['centres/vn/5 19 lineage'],
      ...{ then: null, now: 19, difference: 19, equal: true },
    });
    const today = await changed({ indicator: 'learners-enrolled', unit: 'north', map: 'today', known: '2011-04' });
    expect(today).toEqual({ lines: [], then: 19, now: 19, difference: 0, equal: true });
  });

  test('of how many centres there are: one that was established late, one that was taken over', async () => {
    expect(await changed({ indicator: 'centres', known: '2005-12' })).toEqual({
      lines: ['centres/vn/4 1 new', 'centres/vn/3 -1 lineage'],
      ...{ then: 2, now: 2, difference: 0, equal: true },
    });
    expect((await changed({ indicator: 'centres', known: '2010-12' })).lines).toEqual(['centres/vn/4 1 late']);
    expect(await changed({ indicator: 'centres', known: '2003-12' })).toMatchObject({
      then: null,
      now: 2,
      equal: true,
    });
  });

  test('of a ratio, by its sides', async () => {
    const { lines, difference, equal } = await changed({ indicator: 'dropout-rate', known: '2010-12' });
    expect({ lines, difference, equal }).toEqual({
      lines: ['programmes/b/8 5 new denominator'],
      difference: { numerator: 0, denominator: 5 },
      equal: true,
    });
  });
});

test('the ledgers of many units are read many a call, the first of one by itself', async () => {
  const ledgers = world();
  const registry = ledgers.ledger('centres', 'vn');
  const centres = Array.from({ length: 12 }, (_, i) => `m${String(i).padStart(2, '0')}`);
  for (const centre of centres) {
    const established = {
      centre,
      kind: 'gdtx',
      name: { vi: centre, en: '' },
      seat: 'north',
      establishedOn: on('2000-01-01'),
    };
    registry.tell('CentreEstablished', established, { recordedAt: at('2011-06-06') });
    const say = (name: string, data: object) =>
      ledgers.ledger('programmes', centre).tell(name, data, { recordedAt: at('2011-07-07') });
    say('ClassOpened', { class: 'k', type: 'refresher', openedOn: on('2011-01-01') });
    say('LearnersEnrolled', { class: 'k', occurredOn: '2011-01-02', learners: { total: 2, precision: '' } });
  }
  const now = await folded(ledgers);
  const asked = { indicator: 'learners-enrolled', known: '2011-06', unit: 'north' };
  const compared = comparison(changesParameters.parse(asked), now.registry, TODAY);
  const calls: number[] = [];
  const read = readerOf(ledgers);
  const readMany: LedgersReader = (service, units) => {
    calls.push(units.length);
    return oneByOne(read)(service, units);
  };
  const lines: any[] = [];
  for await (const line of figureChanges(compared, now, read, null, readMany)) lines.push(line);
  expect(lines.pop()).toMatchObject({ difference: 24, explained: 24, equal: true });
  expect(lines.map(({ entry }) => entry.unit)).toEqual(centres);
  expect(calls).toEqual([1, 4, 7]);
});

describe('a month that figures are asked as known by', () => {
  const slugOf = (ask: () => unknown) => {
    try {
      ask();
      return undefined;
    } catch (error) {
      const { status, slug, extra } = error as Problem;
      return [status, slug, extra['path']];
    }
  };

  test('is past, or is now', async () => {
    const { registry } = await folded(world());
    const asked = (known: string) =>
      figureQuery(figureParameters.parse({ indicator: 'staff', known }), registry, TODAY);
    expect([asked('2012-05').known, asked('2012-06').known, asked('latest').known]).toEqual([
      2012 * 12 + 4,
      Infinity,
      Infinity,
    ]);
    expect(slugOf(() => asked('2012-07'))).toEqual([400, 'malformed', 'known']);
  });

  test('is before the one that it is compared with', async () => {
    const { registry } = await folded(world());
    const asked = (known: string, until?: string) =>
      comparison(changesParameters.parse({ indicator: 'staff', known, ...(until ? { until } : {}) }), registry, TODAY);
    expect(asked('2010-01', '2010-02')).toMatchObject({ then: { knownBy: '2010-01' }, now: { knownBy: '2010-02' } });
    expect(slugOf(() => asked('2010-02', '2010-02'))).toEqual([400, 'malformed', 'known']);
    expect(slugOf(() => asked('2012-06'))).toEqual([400, 'malformed', 'known']);
    expect(slugOf(() => asked('2012-05', '2012-07'))).toEqual([400, 'malformed', 'until']);
  });
});
