import { describe, expect, test } from '@jest/globals';
import {
  addDays,
  compareGiven,
  dayInVietNam,
  endOfDay,
  firstDay,
  givenLabel,
  isOpenStart,
  isRealDate,
  isRealDay,
  lastDay,
  lastDayOfMonth,
  monthAt,
  monthIndexOf,
  monthsOfSchoolYear,
  sameDayLastYear,
  schoolYearOf,
} from './days.js';

const on = (date: string) => ({ on: date, notBefore: '', notAfter: '' });
const between = (notBefore: string, notAfter: string) => ({ on: '', notBefore, notAfter });

describe('a given date', () => {
  test.each([
    ['2018-09-25', '2018-09-25', '2018-09-25'],
    ['2003-06', '2003-06-01', '2003-06-30'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['1997', '1997-01-01', '1997-12-31'],
  ])('%s counts from %s and allows %s', (date, first, last) => {
    expect(firstDay(on(date))).toBe(first);
    expect(lastDay(on(date))).toBe(last);
  });

  test('with bounds counts from the lower one, else from the upper one', () => {
    expect(firstDay(between('2018-07-18', '2022-11-25'))).toBe('2018-07-18');
    expect(lastDay(between('2018-07-18', '2022-11-25'))).toBe('2022-11-25');
    expect(lastDay(between('2018-07-18', ''))).toBe('2018-07-18');
    expect(firstDay(between('', '2024-01-01'))).toBe('2024-01-01');
    expect(isOpenStart(between('', '2024-01-01'))).toBe(true);
    expect(isOpenStart(between('2018-07-18', '2024-01-01'))).toBe(false);
  });

  test('that says nothing counts from no day', () => {
    expect(firstDay(undefined)).toBe('');
    expect(lastDay(between('', ''))).toBe('');
  });

  test.each([
    ['2003-06', '2003-06-15', 0],
    ['2003-06', '2004', -1],
    ['2004', '2003-12-31', 1],
    ['2018-09-24', '2018-09-25', -1],
    ['1997', '1997-01-01', 0],
  ])('%s against %s at the coarser precision: %d', (one, other, order) => {
    expect(compareGiven(on(one), on(other))).toBe(order);
    expect(compareGiven(one, other)).toBe(order);
  });

  test('is shown as precisely as it was given', () => {
    expect(givenLabel(on('2018-09-25'))).toBe('25/9/2018');
    expect(givenLabel(on('2003-06'))).toBe('6/2003');
    expect(givenLabel(on('1997'))).toBe('1997');
    expect(givenLabel(between('2018-11-27', ''))).toBe('không sớm hơn 27/11/2018');
    expect(givenLabel(between('', '2024-01-01'))).toBe('không muộn hơn 1/1/2024');
    expect(givenLabel(between('2018-07-18', '2022-11-25'))).toBe('trong khoảng 18/7/2018 – 25/11/2022');
    expect(givenLabel(on('2003-06'), 'en')).toBe('2003-06');
    expect(givenLabel(between('2018-07-18', '2022-11-25'), 'en')).toBe('between 2018-07-18 and 2022-11-25');
    expect(givenLabel(undefined)).toBe('');
  });
});

describe('the calendar', () => {
  test('knows real days', () => {
    for (const day of ['2024-02-29', '2000-02-29', '1992-11-25']) expect(isRealDay(day)).toBe(true);
    for (const day of [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-04-31',
      '2024-1-1',
      '',
      '0000-01-01',
    ]) {
      expect(isRealDay(day)).toBe(false);
    }
    expect(['2018', '2018-09', '2018-09-25'].every(isRealDate)).toBe(true);
    expect(['2018-13', '18', '2018-09-31', 'soon'].some(isRealDate)).toBe(false);
  });

  test('goes over months and years', () => {
    expect(addDays('2024-12-31', 1)).toBe('2025-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(lastDayOfMonth('2100-02')).toBe('2100-02-28');
    expect(monthAt(monthIndexOf('2024-12') + 1)).toBe('2025-01');
    expect(sameDayLastYear('2024-12-31')).toBe('2023-12-31');
    expect(sameDayLastYear('2024-02-29')).toBe('2023-02-28');
  });

  test('knows when a day in Viet Nam ends', () => {
    for (const day of ['2024-12-31', '2024-02-29']) {
      expect(dayInVietNam(endOfDay(day))).toBe(day);
      expect(dayInVietNam(endOfDay(day) + 1)).toBe(addDays(day, 1));
    }
  });

  test('has its days in Viet Nam, seven hours before the same day in Greenwich', () => {
    expect(dayInVietNam(Date.UTC(2025, 5, 30, 16, 59, 59))).toBe('2025-06-30');
    expect(dayInVietNam(Date.UTC(2025, 5, 30, 17, 0, 0))).toBe('2025-07-01');
  });

  test('has school years from September', () => {
    expect(['2024-08', '2024-09', '2025-08', '2025-09'].map(schoolYearOf)).toEqual([
      '2023-2024',
      '2024-2025',
      '2024-2025',
      '2025-2026',
    ]);
    expect(monthsOfSchoolYear('2024-2025')).toEqual({ from: '2024-09', to: '2025-08' });
  });
});
