import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { monthNumber } from '../model.js';
import { dayInYear, dayText, isDate, monthInYear, monthOfDay, RecordedMonths, yearOf } from './months.js';

const days = fc
  .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('days and months as numbers', () => {
  test('a day is found again by its year and its place in it', () => {
    fc.assert(fc.property(days, (day) => dayText(yearOf(day), dayInYear(day)) === day));
    fc.assert(fc.property(days, (day) => monthOfDay(yearOf(day), dayInYear(day)) === monthInYear(day)));
    expect([dayInYear('2024-02-29'), dayInYear('2024-03-01'), dayInYear('2023-03-01')]).toEqual([59, 60, 59]);
    expect([dayInYear('1900-12-31'), dayInYear('2000-12-31')]).toEqual([364, 365]);
  });

  test('a month is in its year', () => {
    expect([yearOf('2024-09'), monthInYear('2024-09')]).toEqual([2024, 8]);
  });

  test.each([
    ['2024-09', true],
    ['2024-09-30', true],
    ['0999-01', true],
    ['', false],
    ['2024', false],
    ['2024-13', false],
    ['2024-00-01', false],
    ['2024-09-32', false],
    ['0000-01-01', false],
    ['24-09-01', false],
  ])('%j can be stored: %s', (date, can) => {
    expect(isDate(date)).toBe(can);
  });

  test('an entry is recorded in the month that it is in Viet Nam', () => {
    const months = new RecordedMonths();
    const at = (text: string) => months.of(Date.parse(text));
    expect(at('2024-08-31T16:59:59.999Z')).toBe(monthNumber('2024-08'));
    expect(at('2024-08-31T17:00:00Z')).toBe(monthNumber('2024-09'));
    expect(at('2024-12-31T17:00:00Z')).toBe(monthNumber('2025-01'));
    expect(at('2024-08-15T00:00:00Z')).toBe(monthNumber('2024-08'));
  });
});
