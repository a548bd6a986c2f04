import { describe, expect, test } from '@jest/globals';
import { indicatorOf } from '../indicators/catalogue.js';
import { Registry } from '@gdtx/territory/registry';
import type { FigureQuery } from './figure-query.js';
import { daysAsked, levelFigure, type LevelOn } from './levels.js';

const registry = Registry.empty();
registry.apply({
  service: 'provinces',
  type: 'vn.gdtx.provinces.UnitEstablished.v1',
  data: { unit: 'vn', kind: 'country', parent: '', name: { vi: 'Việt Nam', en: '' } },
  seq: 1,
  recordedAt: 1,
} as never);

const asked = (more: Partial<FigureQuery>): FigureQuery => ({
  ...{
    indicator: indicatorOf('staff')!,
    unit: 'vn',
    from: null,
    to: null,
    on: null,
    by: ['category', 'month'],
    part: '',
  },
  ...{ map: 'today', mapDay: '2026-01-15', today: '2026-01-15', known: Infinity, knownBy: 'latest', sort: 'key' },
  ...more,
});

/** So many categories, on every day. */
const categories = (count: number): LevelOn =>
  function* () {
    for (let i = 0; i < count; i++) {
      yield { unit: 'vn', category: String(i), amount: { sum: 1, exact: 1, atLeast: 0, about: 0 }, carried: false };
    }
  };

describe('a level by periods', () => {
  const january2000 = 2000 * 12;

  test('has a row in each, up to the last that was asked', () => {
    const days = daysAsked(asked({ from: '2025-11', to: '2026-01' }), january2000);
    expect(days.map(({ day }) => day)).toEqual(['2025-11-30', '2025-12-31', '2026-01-15']);
  });

  test.each([
    ['by month', ['month'], { from: '2025-11', to: '2026-12' }, ['2025-11-30', '2025-12-31', '2026-01-15']],
    ['by year', ['year'], { from: '2024-01', to: '9999-12' }, ['2024-12-31', '2025-12-31', '2026-01-15']],
    ['by school year', ['school-year'], { from: '2024-09', to: '2026-08' }, ['2025-08-31', '2026-01-15']],
    ['nor a future that begins later', ['month'], { from: '2026-02', to: '2026-12' }, []],
  ])('has none in what has not come: %s', (_, by, query, expected) => {
    const days = daysAsked(asked({ by: by as FigureQuery['by'], ...query }), january2000);
    expect(days.map(({ day }) => day)).toEqual(expected);
  });

  test.each([
    ['from year 1 on', { from: '0001-01' }, 12],
    ['without an end on either side, when something was said of the year 1000', {}, 1000 * 12],
  ])('%s there are too many', (_, query, firstMonth) => {
    expect(() => daysAsked(asked(query), firstMonth)).toThrow(/ask for a shorter time/);
  });

  test('has no more rows than anybody can read', () => {
    const rows = (count: number) => levelFigure(asked({}), registry, categories(count), january2000).rows().length;
    expect(rows(600)).toBe(600 * 313);
    expect(() => rows(1000)).toThrow(/more than 200000 rows/);
  });
});
