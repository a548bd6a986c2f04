import { describe, expect, test } from '@jest/globals';
import { shareOutlying, valueOutlying, type SaidOfMonth } from './outlier-rule.js';

const PAST = [40, 45, 50, 44, 52, 41];

const said = (value: number, entries = 1, women: number | null = null): SaidOfMonth => ({ value, entries, women });
const outlying = (value: number, past: readonly number[]) =>
  valueOutlying(
    said(value),
    past.map((each) => said(each)),
  );

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

  test('is so on average of its entries too: nine courses in a month aren’t one that is too large', () => {
    const past = PAST.map((each) => said(each));
    expect(valueOutlying(said(480, 9), past)).toBeUndefined();
    expect(valueOutlying(said(480, 3), past)).toMatchObject({ direction: 'high' });
    const courses = [400, 450, 500, 440, 520, 410].map((each) => said(each, 10));
    expect(valueOutlying(said(40, 1), courses)).toBeUndefined();
    expect(valueOutlying(said(40, 10), courses)).toMatchObject({ direction: 'low' });
  });
});

describe('a share of women that is far off the unit’s own past', () => {
  const of = (...shares: number[]) => shares.map((share) => said(100, 1, Math.round(100 * share)));
  const SHARES = of(0.48, 0.5, 0.47, 0.52, 0.49, 0.51);

  test('is flagged with what it was compared with: the worked example', () => {
    const found = shareOutlying(said(480, 1, 24), SHARES)!;
    expect(found).toMatchObject({ compared: 'women-share', said: 0.05, direction: 'low', median: 0.495, months: 6 });
    expect(found.allowed).toBeCloseTo(0.159, 3);
    expect(found.spreads).toBeCloseTo(13.98, 1);
    expect(shareOutlying(said(60, 1, 24), SHARES)).toBeUndefined();
  });

  test('may be too high', () => {
    expect(shareOutlying(said(100, 1, 96), of(0.05, 0.06, 0.04, 0.05, 0.07, 0.05))).toMatchObject({
      direction: 'high',
    });
    expect(shareOutlying(said(100, 1, 60), SHARES)).toBeUndefined();
  });

  test('has six months of past in which all entries said how many are women', () => {
    expect(shareOutlying(said(480, 1, 24), SHARES.slice(1))).toBeUndefined();
    expect(shareOutlying(said(480, 1, 24), [...SHARES.slice(1), said(100, 2, null)])).toBeUndefined();
    expect(shareOutlying(said(480, 2, null), SHARES)).toBeUndefined();
    expect(shareOutlying(said(480, 1, 24), [...SHARES.slice(1), said(0, 1, 0)])).toBeUndefined();
  });

  test('is of at least twenty people', () => {
    expect(shareOutlying(said(19, 1, 0), SHARES)).toBeUndefined();
    expect(shareOutlying(said(40, 1, 2), SHARES)).toBeDefined();
  });

  test('where the past is spread widely, must be farther off', () => {
    const wide = of(0.1, 0.9, 0.3, 0.7, 0.5, 0.2);
    expect(shareOutlying(said(480, 1, 24), wide)).toBeUndefined();
  });

  test('is beyond the second lowest, so that one earlier mistake doesn’t hide it', () => {
    expect(shareOutlying(said(480, 1, 24), [...SHARES, ...of(0.05)])).toBeDefined();
    expect(shareOutlying(said(480, 1, 24), [...SHARES, ...of(0.05, 0.06)])).toBeUndefined();
  });
});
