import { describe, expect, test } from '@jest/globals';
import type { Figure, Told } from '../api/types.js';
import { ofCategory, shareOf } from './share.js';

const told = (value: number | null, more: Partial<Told> = {}): Told => ({ value, precision: 'exact', ...more });

describe('a share', () => {
  test('is the part of the whole, with what was divided', () => {
    expect(shareOf(told(30), told(40))).toEqual({ value: 0.75, precision: 'exact', numerator: 30, denominator: 40 });
  });

  test.each([
    [null, 40],
    [30, null],
    [30, 0],
  ])('of %j in %j isn’t known', (part, whole) => {
    expect(shareOf(told(part), told(whole)).value).toBeNull();
  });

  test('is as precise, as simulated and as estimated as its parts', () => {
    const share = shareOf(
      told(1, { precision: 'at-least' }),
      told(2, { precision: 'about', simulated: true, estimated: 1 }),
    );
    expect(share).toMatchObject({ value: 0.5, precision: 'about', simulated: true, estimated: 1 });
    expect(shareOf(told(1, { precision: 'at-least' }), told(2)).precision).toBe('at-least');
  });
});

describe('a category of a figure', () => {
  const target = (category: string, value: number, met: boolean | null = false) => ({
    value,
    year: 2025,
    category,
    met,
  });
  const figure = {
    ...told(null),
    rows: [
      { key: 'level-1', label: { vi: '', en: '' }, ...told(0.98) },
      { key: 'level-2', label: { vi: '', en: '' }, ...told(0.9) },
    ],
    targets: [target('level-2', 0.89), target('level-1', 0.99, null)],
  } as unknown as Figure;

  test('has its own target, and not another’s nor one that can’t be compared', () => {
    expect(ofCategory(figure, 'level-2')).toMatchObject({ value: 0.9, target: 0.89, met: true });
    expect(ofCategory(figure, 'level-1')).not.toHaveProperty('target');
  });

  test('that nobody reported is unknown; without one, the figure itself is meant', () => {
    expect(ofCategory(figure, 'level-3').value).toBeNull();
    expect(ofCategory(figure, undefined)).toBe(figure);
  });
});
