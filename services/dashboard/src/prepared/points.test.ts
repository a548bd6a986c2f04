import { describe, expect, test } from '@jest/globals';
import { addDays } from '@gdtx/territory/days';
import { dayNumber } from '../columns/level-events.js';
import { Points } from './points.js';

describe.each(['2024-12-15', '2024-11-30', '2024-02-29', '2025-01-01', '2024-12-31'])('on %s', (today) => {
  const points = new Points(today);
  const days = Array.from({ length: 900 }, (_, i) => addDays(today, i - 850));

  test('levels are kept of the ends of months, of today and of the same day last year', () => {
    const kept = days.filter((day) => points.at(day) !== undefined);
    const ends = days.filter((day) => addDays(day, 1).endsWith('-01'));
    const lastYear = today === '2024-02-29' ? '2023-02-28' : `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
    expect(kept).toEqual([...new Set([...ends, lastYear, today])].sort());
  });

  test('a day is part of the first point that isn’t before it, which lies in its month', () => {
    for (const day of days) {
      const point = points.from(day);
      expect(points.fromNumber(dayNumber(day))).toBe(point);
      const next = days.find((each) => each >= day && points.at(each) !== undefined);
      if (next === undefined) continue;
      expect([point, points.day(point), points.month(point)]).toEqual([
        points.at(next),
        next,
        points.month(points.at(next)!),
      ]);
      expect(points.day(point).slice(0, 7)).toBe(day.slice(0, 7));
    }
  });
});
