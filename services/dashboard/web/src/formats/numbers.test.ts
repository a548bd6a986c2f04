import { describe, expect, test } from '@jest/globals';
import {
  formatChange,
  formatDifference,
  formatNumber,
  formatPoints,
  formatShare,
  formatShort,
  formatValue,
} from './numbers.js';

describe('numbers', () => {
  test.each([
    [29813, 'vi', '29.813'],
    [29813, 'en', '29,813'],
    [1234, 'vi', '1.234'],
    [0, 'vi', '0'],
    [12.345, 'vi', '12,3'],
    [-5, 'en', '-5'],
  ] as const)('%d in %s is %s', (value, language, text) => {
    expect(formatNumber(value, language)).toBe(text);
  });

  test('a change of a share is in points, and no share itself', () => {
    expect(formatPoints(0.0123, 'vi')).toBe('+1,2 điểm\u{202f}%');
    expect(formatPoints(-0.2, 'en')).toBe('−20 points');
    expect(formatPoints(0.0001, 'en')).toBe('0 points');
  });

  test('a share is a hundred times itself', () => {
    expect(formatShare(0.995, 'vi')).toBe('99,5\u{202f}%');
    expect(formatShare(0.995, 'en')).toBe('99.5%');
    expect(formatShare(1, 'vi')).toBe('100\u{202f}%');
  });

  test.each([
    ['exact', '11.110'],
    ['at-least', '≥ 11.110'],
    ['about', '≈ 11.110'],
  ] as const)('what is %s is shown so', (precision, text) => {
    expect(formatValue(11110, 'vi', { precision })).toBe(text);
  });

  test('a share keeps the sign of its precision', () => {
    expect(formatValue(0.5, 'en', { precision: 'about', share: true })).toBe('≈ 50%');
  });

  test.each([
    [0.031, '+3,1\u{202f}%'],
    [-0.2, '−20\u{202f}%'],
    [0, '0\u{202f}%'],
    [-0.0001, '0\u{202f}%'],
  ])('a change of %d is %s', (share, text) => {
    expect(formatChange(share, 'vi')).toBe(text);
  });

  test.each([
    [66, '+66'],
    [-1200, '−1.200'],
    [0, '0'],
    [-0.25, '−0,25'],
  ])('a difference of %d is %s', (difference, text) => {
    expect(formatDifference(difference, 'vi')).toBe(text);
  });

  test.each([
    [950, '950'],
    [9500, '9.500'],
    [29813, '29,8 nghìn'],
    [2_500_000, '2,5 triệu'],
    [3e9, '3 tỷ'],
  ])('%d in short is %s', (value, text) => {
    expect(formatShort(value, 'vi')).toBe(text);
  });
});
