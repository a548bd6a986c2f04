import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { Response } from 'express';
import { Told } from '../../../libs/territory/test/facts.js';
import { figure } from '../src/queries/figure.js';
import { figureParameters, figureQuery } from '../src/queries/figure-query.js';
import type { LedgersReader } from '../src/queries/ledger-batches.js';
import type { LedgerReader } from '../src/queries/ledger-entries.js';
import { sendLines } from '../src/queries/ndjson.js';
import { figureSources } from '../src/queries/sources.js';
import { LedgerOf } from './ledger-of.js';
import { ToldModel } from './told-model.js';

/** The entries behind a figure of many units, as they are streamed. */

const UNITS = 130;
const IN_Q = [5, 6];
const LONG = 30_000;
const TODAY = '2026-01-15';
const unitOf = (i: number) => `c${String(i).padStart(3, '0')}`;

const registry = (() => {
  const told = new Told();
  told.provinces('UnitEstablished', { unit: 'vn', kind: 'country', parent: '', name: 'vn', effectiveOn: '1990-01-01' });
  for (const unit of ['p', 'q']) {
    const of = { kind: 'province', parent: 'vn', name: unit, effectiveOn: '1990-01-01' };
    told.provinces('UnitEstablished', { unit, ...of });
  }
  for (let i = 0; i < UNITS; i++) {
    const seat = IN_Q.includes(i) ? 'q' : 'p';
    told.centres('CentreEstablished', { centre: unitOf(i), kind: 'gdtx', name: 'c', seat, establishedOn: '2000' });
  }
  return told.registry();
})();

function ledgersOf(count = UNITS): Map<string, LedgerOf> {
  const ledgers = new Map<string, LedgerOf>();
  for (let i = 0; i < count; i++) {
    const ledger = new LedgerOf('programmes', unitOf(i));
    ledgers.set(ledger.unit, ledger);
    for (const month of ['2024-08', '2024-09', '2024-10']) {
      const people = { total: i + 1, female: i };
      const measures = [
        { measure: 'learners-enrolled', people },
        { measure: 'learners-present', people },
      ];
      ledger.tell('TotalsReported', { month, type: 'literacy', measures });
    }
  }
  return ledgers;
}

async function stream(ledgers: ReadonlyMap<string, LedgerOf>, asked: Record<string, string>, meanwhile = () => {}) {
  const { model } = new ToldModel(...ledgers.values());
  const query = figureQuery(figureParameters.parse(asked), registry, TODAY);
  const sources = { model, registry };
  const calls: number[] = [];
  const readMany: LedgersReader = async function* (_, units) {
    calls.push(units.length);
    meanwhile();
    for (const unit of units) {
      yield ledgers.get(unit)!.entries.map((entry) => {
        const canonical = Buffer.from(`${entry.type}${entry.seq}`);
        const hash = createHash('sha256').update(entry.previousHash).update(canonical).digest();
        return { entry: { ...entry, hash }, canonical };
      });
    }
  };
  const read: LedgerReader = async function* (service, unit) {
    for await (const page of readMany(service, [unit])) yield* page;
  };
  const lines: any[] = [];
  let callsAtFirst = 0;
  const out = new Writable({
    write(chunk: Buffer, _, done) {
      callsAtFirst ||= calls.length;
      lines.push(
        ...String(chunk)
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      );
      done();
    },
  });
  const res = Object.assign(out, { status: () => res, type: () => res }) as unknown as Response;
  const figured = figure(query, sources, { asOf: 0, lacks: [] }, () => []);
  await sendLines(res, figureSources(query, figured, sources, read, readMany));
  return { entries: lines.slice(0, -1), last: lines.at(-1), calls, callsAtFirst };
}

const month = { indicator: 'learners-enrolled', from: '2024-09', to: '2024-09' };

describe('the sources of a national month', () => {
  test(
    'come ledger by ledger, the first of one call, then four times as many a call; and add up',
    async () => {
      const { entries, last, calls, callsAtFirst } = await stream(ledgersOf(), month);
      expect(entries).toHaveLength(UNITS);
      expect(entries.reduce((sum, { part }) => sum + part, 0)).toBe((UNITS * (UNITS + 1)) / 2);
      expect(last).toMatchObject({ figure: { value: (UNITS * (UNITS + 1)) / 2 }, equal: true });
      expect([callsAtFirst, calls]).toEqual([1, [1, 4, 16, 64, 45]]);
    },
    LONG,
  );

  test.each([
    ['a part', { ...month, part: 'female' }],
    ['a level', { indicator: 'learners-present', to: '2024-09' }],
    ['a ratio', { indicator: 'dropout-rate', from: '2024-01', to: '2024-12' }],
    ['all time', { indicator: 'learners-enrolled' }],
    ['a province by the map of then', { ...month, unit: 'p', map: 'then' }],
  ])(
    'of %s are equal too',
    async (_, asked) => {
      const { last } = await stream(ledgersOf(20), asked as Record<string, string>);
      expect(last).toMatchObject({ equal: true });
    },
    LONG,
  );

  test.each(['today', 'then'])(
    'that are of a province are looked for in the ledgers of its own units alone, by the map of %s',
    async (map) => {
      const { entries, last, calls } = await stream(ledgersOf(20), { ...month, unit: 'q', map });
      expect(entries.map(({ entry, part }) => [entry.unit, part])).toEqual(IN_Q.map((i) => [unitOf(i), i + 1]));
      expect(last).toMatchObject({ figure: { value: 13 }, equal: true });
      expect(calls).toEqual([1, 1]);
    },
    LONG,
  );

  test(
    'are those of the figure, whatever is recorded while they are streamed',
    async () => {
      const ledgers = ledgersOf(10);
      const measures = [{ measure: 'learners-enrolled', people: { total: 1000 } }];
      const tell = () =>
        ledgers.get(unitOf(9))!.tell('TotalsReported', { month: '2024-09', type: 'refresher', measures });
      const { entries, last } = await stream(ledgers, month, tell);
      expect(entries).toHaveLength(10);
      expect(last).toMatchObject({ equal: true, figure: { value: 55 } });
    },
    LONG,
  );
});

test('of a count of units are what the registry was told when it was counted', async () => {
  const told = new Told();
  const ledger = new LedgerOf('centres', 'vn');
  told.provinces('UnitEstablished', { unit: 'vn', kind: 'country', parent: '', name: 'vn', effectiveOn: '1990-01-01' });
  const established = { kind: 'gdtx', seat: 'vn', name: { vi: 'c' }, establishedOn: { on: '2000-01-01' } };
  for (const centre of ['a', 'b', 'c']) ledger.tell('CentreEstablished', { centre, ...established });
  // The third is recorded, and the registry hasn't heard of it yet.
  for (const centre of ['a', 'b'])
    told.centres('CentreEstablished', { centre, ...established, establishedOn: '2000-01-01' });
  const sources = { model: new ToldModel().model, registry: told.registry(), registrySeq: () => 2 };
  const query = figureQuery(figureParameters.parse({ indicator: 'centres' }), sources.registry, TODAY);
  const figured = figure(query, sources, { asOf: 0, lacks: [] }, () => []);
  const read = async function* () {
    for (const entry of ledger.entries) {
      const canonical = Buffer.from(entry.id);
      const hash = createHash('sha256').update(entry.previousHash).update(canonical).digest();
      yield { entry: { ...entry, hash }, canonical };
    }
  };
  const lines: any[] = [];
  for await (const line of figureSources(query, figured, sources, read)) lines.push(line);
  expect(lines.at(-1)).toMatchObject({ figure: { value: 2 }, recomputed: { value: 2 }, equal: true });
  expect(lines.slice(0, -1).map(({ entry }) => entry.seq)).toEqual([1, 2]);
});
