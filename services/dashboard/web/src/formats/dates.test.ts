import { describe, expect, test } from '@jest/globals';
import {
  addMonths,
  dayInVietNam,
  firstDayOf,
  formatDate,
  formatGiven,
  formatMoment,
  formatPeriod,
  formatSchoolYear,
  readDay,
  withDates,
  yearBefore,
} from './dates.js';

test.each([
  ['2022-04-02', '2/4/2022', '2022-04-02'],
  ['2022-04', '4/2022', '2022-04-01'],
  [{ notAfter: '2024-03-12' }, 'muộn nhất 12/3/2024', '2024-03-12'],
  [{ notBefore: '2001', notAfter: '2004-05' }, 'từ 2001, muộn nhất 5/2004', '2001-01-01'],
  [undefined, '', undefined],
])('a date given as %j is %s, on %s at the earliest that is known', (given, text, day) => {
  expect([formatGiven(given, 'vi'), firstDayOf(given)]).toEqual([text, day]);
});

describe('dates', () => {
  test.each([
    ['2018-09-25', '25/9/2018', '25 September 2018'],
    ['2018-09', '9/2018', 'September 2018'],
    ['2018', '2018', '2018'],
    ['trước 1997', 'trước 1997', 'trước 1997'],
  ])('%s is %s, and %s', (date, vi, en) => {
    expect([formatDate(date, 'vi'), formatDate(date, 'en')]).toEqual([vi, en]);
  });

  test.each([
    ['Thai Nguyen (from 2025-07-01)', 'en', 'Thai Nguyen (from 1 July 2025)'],
    ['Thai Nguyen (1997-01-01 – 2025-06-30)', 'en', 'Thai Nguyen (1 January 1997 – 30 June 2025)'],
    ['Quyết định 387/QĐ-TTg (2022-03-25)', 'vi', 'Quyết định 387/QĐ-TTg (25/3/2022)'],
    ['GDNN-GDTX 2022-2026', 'vi', 'GDNN-GDTX 2022-2026'],
  ] as const)('days within %s', (text, language, written) => {
    expect(withDates(text, language)).toBe(written);
  });

  test.each([
    [null, null, 'từ trước đến nay', 'all time'],
    [null, '2024-03', 'đến hết tháng 3/2024', 'to the end of March 2024'],
    ['2024-03', null, 'từ tháng 3/2024', 'since March 2024'],
    ['2024-03', '2024-03', 'tháng 3/2024', 'March 2024'],
    ['2024-01', '2024-12', 'năm 2024', '2024'],
    ['2024-01', '2024-10', 'tháng 1 – 10/2024', 'January – October 2024'],
    ['2023-02', '2024-12', 'tháng 2/2023 – 12/2024', 'February 2023 – December 2024'],
  ])('from %s to %s', (from, to, vi, en) => {
    expect([formatPeriod(from, to, 'vi'), formatPeriod(from, to, 'en')]).toEqual([vi, en]);
  });

  test('a school year bears both of its years', () => {
    expect(formatSchoolYear('2024-2025', 'vi')).toBe('năm học 2024-2025');
    expect(formatSchoolYear('2024-2025', 'en')).toBe('school year 2024-2025');
  });

  test('a moment is told by the clock of Viet Nam, with its day unless that is today', () => {
    expect(formatMoment('2026-11-22T18:00:05.120Z', 'vi', '2026-11-23')).toBe('01:00:05');
    expect(formatMoment('2026-11-22T09:00:05Z', 'vi', '2026-11-23')).toBe('16:00:05, 22/11/2026');
    expect(dayInVietNam(new Date('2026-11-22T18:00:00Z'))).toBe('2026-11-23');
  });

  test.each([
    ['2026-11-29', '2025-11-29'],
    ['2024-02-29', '2023-02-28'],
  ])('a year before %s is %s', (day, before) => {
    expect(yearBefore(day)).toBe(before);
  });

  test.each([
    ['2024-11', 2, '2025-01'],
    ['2024-01', -1, '2023-12'],
    ['2024-05', 0, '2024-05'],
  ])('%s and %d months', (month, count, then) => {
    expect(addMonths(month, count)).toBe(then);
  });
});

test.each([
  ['25/9/2018', '2018-09-25'],
  ['05/03/2024', '2024-03-05'],
  [' 25-9-2018 ', '2018-09-25'],
  ['25 September 2018', '2018-09-25'],
  ['1 may 2020', '2020-05-01'],
  ['2018-09-25', '2018-09-25'],
  ['29/2/2024', '2024-02-29'],
  ['29/2/2023', undefined],
  ['9/25/2018', undefined],
  ['25 foo 2018', undefined],
  ['25/9/18', undefined],
  ['1/1/0202', undefined],
  ['', undefined],
])('%s is the day %s', (text, day) => {
  expect(readDay(text)).toBe(day);
});
