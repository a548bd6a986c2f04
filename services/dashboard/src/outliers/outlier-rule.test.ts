import { describe, expect, test } from '@jest/globals';
import { outlying } from './outlier-rule.js';

const PAST = [40, 45, 50, 44, 52, 41];

describe('a value that is far off the unit’s own past', () => {
  test('is flagged with what it was compared with: the worked example', () => {
    const found = outlying(480, PAST)!;
    expect(found).toMatchObject({ direction: 'high', median: 44.5, months: 6 });
    expect(found.allowed).toBeCloseTo(29.652, 3);
    expect(found.spreads).toBeCloseTo(73.44, 2);
    expect(outlying(120, PAST)).toBeUndefined();
    expect(outlying(151, PAST)).toMatchObject({ direction: 'high' });
  });

  test('has at least six months of past, of which the latest 36 count', () => {
    expect(outlying(480, PAST.slice(1))).toBeUndefined();
    const long = [...Array.from({ length: 40 }, () => 480), ...Array.from({ length: 36 }, () => 44)];
    expect(outlying(480, long)).toMatchObject({ median: 44, months: 36 });
  });

  test('is at least twenty away, whatever the past', () => {
    expect(outlying(20, [1, 1, 1, 1, 1, 1])).toBeUndefined();
    expect(outlying(21, [1, 1, 1, 1, 1, 1])).toMatchObject({ allowed: 20 });
  });

  test('is more than five spreads away, where the past is spread', () => {
    expect(outlying(310, [10, 100, 20, 90, 15, 100])).toBeUndefined();
    expect(outlying(100, [30, 30, 30, 30, 30, 30])).toMatchObject({ median: 30 });
    expect(outlying(90, [30, 30, 30, 30, 30, 30])).toBeUndefined();
  });

  test('is beyond the second highest, so that one earlier mistake doesn’t hide it', () => {
    expect(outlying(480, [...PAST, 500])).toMatchObject({ direction: 'high' });
    expect(outlying(480, [...PAST, 500, 470])).toBeUndefined();
  });

  test('may be far below; nobody there is no outlier', () => {
    const past = [400, 450, 500, 440, 520, 410];
    expect(outlying(40, past)).toMatchObject({ direction: 'low' });
    expect(outlying(140, past)).toBeUndefined();
    expect(outlying(0, past)).toBeUndefined();
  });

  test('where all of the past is 0, is counted from the floor on', () => {
    expect(outlying(30, [0, 0, 0, 0, 0, 0])).toMatchObject({ median: 0, spreads: 30 });
  });
});
