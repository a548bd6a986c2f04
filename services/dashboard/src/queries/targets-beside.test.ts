import { describe, expect, test } from '@jest/globals';
import { Told } from '../../../../libs/territory/test/facts.js';
import { indicatorOf } from '../indicators/catalogue.js';
import { targetsBeside } from './targets-beside.js';

/** Provinces a and b became c on 2025-07-01, when district d of a ended. */
const registry = (() => {
  const told = new Told();
  for (const [unit, kind, parent] of [
    ['vn', 'country', ''],
    ['a', 'province', 'vn'],
    ['b', 'province', 'vn'],
    ['d', 'district', 'a'],
  ] as const)
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '1990-01-01' });
  told.provinces('UnitsReorganised', {
    effectiveOn: '2025-07-01',
    parts: [
      { from: 'a', to: 'c', extent: 'whole' },
      { from: 'b', to: 'c', extent: 'whole' },
    ],
    established: [{ unit: 'c', kind: 'province', parent: 'vn', name: 'c' }],
  });
  told.provinces('UnitAbolished', { unit: 'd', effectiveOn: '2025-07-01' });
  return told.registry();
})();

const set: Record<string, { value: number; category?: string; level?: number }[]> = {
  'a/classes': [{ value: 10 }],
  'b/classes': [{ value: 20 }],
  'a/dropout-rate': [{ value: 0.1 }],
  'b/dropout-rate': [{ value: 0.2 }],
  'a/staff': [{ value: 5 }],
  'd/classes': [{ value: 3 }],
  'a/awards': [{ value: 12 }, { value: 3, category: 'labour-medal' }],
  'b/awards': [{ value: 3, category: 'labour-medal' }],
  'a/accredited-centres': [{ value: 1, category: 'level-2', level: 2 }],
  'vn/community-centres': [{ value: 348, category: 'district' }],
};
const beside = (
  unit: string,
  id: string,
  day: string,
  value: number | null = 25,
  byCategory: Record<string, number | null | undefined> = {},
) =>
  targetsBeside(
    { unit, indicator: indicatorOf(id)!, year: 2025, day },
    (category) => (category === '' ? value : byCategory[category]),
    registry,
    (of, indicator, year) => (set[`${of}/${indicator}`] ?? []).map((target) => ({ category: '', year, ...target })),
  );

describe('a target beside a value', () => {
  test('is met or not while its unit lives', () => {
    expect(beside('a', 'classes', '2025-06-30', 10)).toMatchObject({ target: 10, met: true });
    expect(beside('a', 'classes', '2025-06-30', null)).toMatchObject({ target: 10, met: false });
    expect(beside('vn', 'classes', '2025-06-30')).toEqual({});
  });

  test('for a category is held against the value of that category, and doesn’t stand for the whole', () => {
    const all = beside('a', 'awards', '2025-06-30', 20, { 'labour-medal': 2 });
    expect(all).toMatchObject({ target: 12, met: true });
    expect(all.targets).toEqual([
      { value: 12, category: '', year: 2025, met: true },
      { value: 3, category: 'labour-medal', year: 2025, counted: 2, met: false },
    ]);
    const alone = beside('b', 'awards', '2025-06-30', 20, { 'labour-medal': 4 });
    expect(alone).toEqual({ targets: [{ value: 3, category: 'labour-medal', year: 2025, counted: 4, met: true }] });
    expect(beside('b', 'awards', '2025-06-30', 20, { 'labour-medal': null }).targets).toMatchObject([
      { counted: null, met: false },
    ]);
    expect(beside('b', 'awards', '2025-06-30', 20).targets).toMatchObject([{ met: null, comparable: false }]);
  });

  test('for a level is reached by a higher one, and not by a lower', () => {
    const at = (levels: Record<string, number>) => beside('a', 'accredited-centres', '2025-06-30', 1, levels);
    expect(at({ 'level-1': 1, 'level-2': 0 })).toMatchObject({ target: 1, met: false, targets: [{ counted: 0 }] });
    expect(at({ 'level-2': 0, 'level-3': 1 })).toMatchObject({ target: 1, met: true, targets: [{ counted: 1 }] });
  });

  test('of a unit that has ended is shown and not compared', () => {
    const found = beside('d', 'classes', '2025-12-31');
    expect(found).not.toHaveProperty('target');
    expect(found.targets).toEqual([
      {
        ...{ value: 3, category: '', year: 2025, met: null, comparable: false },
        why: { vi: 'Đơn vị kết thúc ngày 2025-07-01.', en: 'The unit ended on 2025-07-01.' },
      },
    ]);
    expect(beside('d', 'classes', '2025-06-30')).toMatchObject({ target: 3, met: true });
  });

  test('about districts isn’t compared once there are none: half of all districts', () => {
    expect(beside('vn', 'community-centres', '2025-06-30', 400)).toMatchObject({ target: 348, met: true });
    const after = beside('vn', 'community-centres', '2025-07-01', 400);
    expect(after).not.toHaveProperty('met');
    expect(after.targets).toMatchObject([
      { value: 348, met: null, comparable: false, why: { vi: 'Không còn cấp huyện.' } },
    ]);
  });

  test('passes to the unit that two became as their sum, where both had one and values add up', () => {
    expect(beside('c', 'classes', '2025-12-31')).toEqual({
      ...{ target: 30, met: false },
      targets: [
        {
          ...{ value: 30, year: 2025, category: '', met: false },
          rebased: { how: 'sum', from: [expect.objectContaining({ unit: 'a', value: 10 }), { unit: 'b', value: 20 }] },
        },
      ],
    });
    expect(beside('c', 'staff', '2025-12-31')).toEqual({});
    expect(beside('c', 'dropout-rate', '2025-12-31')).toEqual({});
  });
});
