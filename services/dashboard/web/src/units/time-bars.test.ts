import { describe, expect, test } from '@jest/globals';
import type { LineageEdge, LineageUnit } from './lineage.js';
import { timePicture } from './time-bars.js';

const unit = (id: string, from: string | null, to: string | null): LineageUnit => ({
  ...{ id, kind: 'centre', name: { vi: id, en: id }, label: { vi: id, en: id }, from, to },
});
const edge = (from: string, to: string, on: string): LineageEdge => ({
  ...{ from, to, on, asGiven: on, extent: 'whole', legalBasis: [] },
});
const today = '2026-01-01';

describe('the picture of a lineage', () => {
  const units = [
    unit('now', '2016-01-01', null),
    unit('one', null, '2016-01-01'),
    unit('two', '2006-01-01', '2016-01-01'),
  ];
  const edges = [edge('one', 'now', '2016-01-01'), edge('two', 'now', '2016-01-01')];
  const { bars, steps, years } = timePicture(units, edges, today);

  test('who has ended stands above who lives, and lines go down', () => {
    expect(bars.map(({ unit: { id } }) => id)).toEqual(['one', 'two', 'now']);
    for (const { fromRow, toRow } of steps) expect(fromRow).toBeLessThan(toRow);
  });

  test('lives lie where they were, open ends at the edges', () => {
    const of = (id: string) => bars.find((bar) => bar.unit.id === id)!;
    expect([of('one').start, of('one').openStart]).toEqual([0, true]);
    expect([of('now').end, of('now').openEnd]).toEqual([1, true]);
    expect(of('two').end).toBeCloseTo(of('now').start, 9);
    expect(of('two').start).toBeGreaterThan(0);
    expect(steps.map(({ at }) => at)).toEqual([of('now').start, of('now').start]);
  });

  test('who is only known since a day was there before', () => {
    const known = { ...unit('one', '2015-12-31', '2016-01-01'), knownSince: '2015-12-31' };
    expect(timePicture([known, units[0]!], [], today).bars[0]).toMatchObject({ start: 0, openStart: true });
  });

  test('years are few, and within', () => {
    expect(years.length).toBeLessThanOrEqual(8);
    for (const { at } of years) expect(at > 0 && at <= 1).toBe(true);
  });

  test('a step to a unit that isn’t in it is left out; a unit alone is a picture too', () => {
    expect(
      timePicture([unit('alone', '2020-01-01', null)], [edge('alone', 'gone', '2021-01-01')], today),
    ).toMatchObject({
      bars: [{ row: 0 }],
      steps: [],
    });
  });
});
