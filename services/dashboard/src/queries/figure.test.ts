import { describe, expect, test } from '@jest/globals';
import { Told } from '../../../../libs/territory/test/facts.js';
import { LedgerOf } from '../../test/ledger-of.js';
import { ToldModel } from '../../test/told-model.js';
import { figure, figureJson, type FindTargets } from './figure.js';
import { figureParameters, figureQuery } from './figure-query.js';
import type { RowTextsOf } from './row-texts.js';

/** Two centres in two provinces; what their awards and staff come to. */

const TODAY = '2026-01-15';
const registry = (() => {
  const told = new Told();
  const territory = (unit: string, kind: string, parent: string) =>
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '1990-01-01' });
  territory('vn', 'country', '');
  for (const province of ['north', 'south']) {
    territory(province, 'province', 'vn');
    const established = { centre: `${province}-1`, kind: 'gdtx', name: 'x', seat: province, establishedOn: '2000' };
    told.centres('CentreEstablished', established);
  }
  return told.registry();
})();

const on = (day: string) => ({ on: day });
const { model } = (() => {
  const [north, south] = [new LedgerOf('centres', 'north-1'), new LedgerOf('centres', 'south-1')];
  const award = (kind: string, times: number) => ({ award: kind, kind, date: on('2025-05'), times: { value: times } });
  north.tell('AwardReceived', award('labour-medal', 2));
  north.tell('AwardReceived', award('emulation-flag', 7));
  south.tell('AwardReceived', award('emulation-flag', 4));
  north.tell('StaffingReported', { reportedOn: on('2025-03-01'), total: 30, female: 20 });
  return new ToldModel(north, south);
})();

const TARGETS: Record<string, { value: number; category: string }[]> = {
  'vn/awards': [{ value: 3, category: 'labour-medal' }],
  'north/awards': [{ value: 2, category: 'labour-medal' }],
  'south/awards': [{ value: 1, category: 'labour-medal' }],
  'vn/staff': [{ value: 25, category: '' }],
};
const find: FindTargets = (unit, indicator, year) =>
  year === 2025 ? (TARGETS[`${unit}/${indicator}`] ?? []).map((target) => ({ year, ...target })) : [];

function asked(query: Record<string, string>) {
  const parsed = figureQuery(figureParameters.parse(query), registry, TODAY);
  return figure(parsed, { model, registry }, { asOf: null, lacks: [] }, find);
}

describe('targets', () => {
  test('for a category are held against that category, of the whole and of each row', () => {
    const { value, targets, rows, ...whole } = asked({
      indicator: 'awards',
      by: 'province',
      from: '2025-01',
      to: '2025-12',
    });
    expect(value).toBe(13);
    expect(targets).toEqual([{ year: 2025, value: 3, category: 'labour-medal', counted: 2, met: false }]);
    expect(whole).not.toHaveProperty('target');
    expect(rows.map(({ key, targets: own }) => [key, own])).toEqual([
      ['north', [{ year: 2025, value: 2, category: 'labour-medal', counted: 2, met: true }]],
      ['south', [{ year: 2025, value: 1, category: 'labour-medal', counted: null, met: false }]],
    ]);
  });

  test('are about all people: beside a part of them there is none', () => {
    expect(asked({ indicator: 'staff', to: '2025-12' })).toMatchObject({ value: 30, target: 25, met: true });
    expect(asked({ indicator: 'staff', to: '2025-12', part: 'female' })).not.toHaveProperty('targets');
  });
});

describe('of a time that hasn’t begun', () => {
  test.each(['staff', 'centres'])('%s are null, with rows by month and without', (indicator) => {
    for (const by of [{}, { by: 'month' }] as Record<string, string>[]) {
      const { value, rows } = asked({ indicator, from: '2026-02', to: '2026-12', ...by });
      expect([by, value, rows]).toEqual([by, null, []]);
      // What is running ends today.
      expect([by, asked({ indicator, from: '2026-01', to: '2026-12', ...by }).value]).toEqual([
        by,
        indicator === 'staff' ? 30 : 2,
      ]);
    }
  });
});

test('of 23 opening balances that it leaves out, an answer names the 20 largest and says that there are 3 more; a file names all', () => {
  const centre = new LedgerOf('programmes', 'north-1');
  for (let i = 1; i <= 23; i++) {
    const to = on(`2024-${String((i % 12) + 1).padStart(2, '0')}-01`);
    centre.tell('OpeningBalanceDeclared', { measure: 'attendances', programmeTypes: ['refresher'], count: i, to });
  }
  const sources = { model: new ToldModel(centre).model, registry };
  const query = figureQuery(figureParameters.parse({ indicator: 'attendances', from: '2025-01' }), registry, TODAY);
  const freshness = { asOf: null, lacks: [] };
  const texts: RowTextsOf = { of: (_, show) => ({ ...show(), text: JSON.stringify(show()) }) };
  const answer = JSON.parse(figureJson(query, sources, freshness, find, texts, {}));
  expect(answer.notIncluded.map(({ value }: { value: number }) => value)).toEqual(
    Array.from({ length: 20 }, (_, i) => 23 - i),
  );
  expect(answer.notIncludedMore).toBe(3);
  const whole = figure(query, sources, freshness, find);
  expect(whole.notIncluded).toHaveLength(23);
  expect(whole).not.toHaveProperty('notIncludedMore');
});
