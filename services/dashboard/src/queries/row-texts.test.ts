import { expect, test } from '@jest/globals';
import { Registry } from '@gdtx/territory/registry';
import { LATEST } from '../columns/known.js';
import { Records } from '../columns/records.js';
import { indicatorOf } from '../indicators/catalogue.js';
import type { EvaluatedRow } from './evaluate.js';
import type { FigureRow, Target } from './figure.js';
import type { FigureQuery } from './figure-query.js';
import { RowTexts } from './row-texts.js';

const query = {
  ...{ unit: 'vn', indicator: indicatorOf('centres')!, by: ['province'], known: LATEST, mapDay: null },
  ...{ on: null, to: null, today: '2026-01-01' },
} as unknown as FigureQuery;
const row = { keys: [{ key: 'p1' }], value: 7, precision: 'exact' } as unknown as EvaluatedRow;
const whole: Target = { value: 5, year: 2026, category: '', met: true };

/** How often a row is made when it is asked for twice. */
function made(targets: Target[] | undefined, again: EvaluatedRow = row): number {
  const texts = new RowTexts();
  let times = 0;
  for (const each of [row, again]) {
    const show = () => {
      times++;
      return { key: 'p1', label: { vi: 'P', en: 'P' }, value: each.value, ...(targets && { targets }) } as FigureRow;
    };
    const { text } = texts.for(query, REGISTRY, RECORDS).of(each, show);
    expect(JSON.parse(text)).toMatchObject({ key: 'p1', value: each.value });
  }
  return times;
}

const REGISTRY = Registry.empty();
const RECORDS = new Records();

test('a row that is what it was is written once', () => {
  expect(made(undefined)).toBe(1);
  expect(made([whole])).toBe(1);
  expect(made([whole], { ...row, value: 8 })).toBe(2);
});

test('a row beside a target that is held against another value than its own is written anew', () => {
  expect(made([whole, { ...whole, category: 'excellent', counted: 3 }])).toBe(2);
  expect(made([{ ...whole, level: 2 }])).toBe(2);
});
