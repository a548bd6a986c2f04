import { describe, expect, test } from '@jest/globals';
import type { ReportingCounts, ReportingRow } from '../api/types.js';
import { calendarRows, togetherOf } from './calendar-rows.js';

const none: ReportingCounts = {
  ...{ expected: 0, suspended: 0, reported: 0, nothingToReport: 0, silent: 0, awaited: 0, late: 0, closed: 0 },
  ...{ approved: 0, changedSince: 0, simulated: 0 },
};
const row = (key: string, month: string, name: string, more: Partial<ReportingRow>): ReportingRow => ({
  ...{ ...none, completeness: null, timeliness: null, approval: null, key: `${key},${month}`, keys: [key, month] },
  ...{ label: { vi: `${name} · 9/2024`, en: `${name} · ${month}` }, ...more },
});
const months = ['2024-08', '2024-09'];
const rows = calendarRows(
  [
    row('province-31', '2024-09', 'Hải Phòng', { expected: 3, reported: 3, simulated: 2 }),
    row('province-14', '2024-08', 'Sơn La', { expected: 4, reported: 1, silent: 3 }),
    row('province-14', '2024-09', 'Sơn La', { expected: 5, reported: 5, late: 2, estimated: true }),
    row('none', '2024-09', 'Chưa rõ', { expected: 1, silent: 1 }),
    row('x|y', '2024-09', 'Đông Hà', { expected: 1, undivided: ['x', 'y'] }),
  ],
  months,
  ({ vi }) => vi,
  'vi',
);

describe('the rows of the calendar', () => {
  test('are places by name, without the month in it, with a cell a month', () => {
    expect(rows.map(({ label }) => label.vi)).toEqual(['Chưa rõ', 'Đông Hà', 'Hải Phòng', 'Sơn La']);
    expect(rows[3]!.cells.map((cell) => cell?.expected)).toEqual([4, 5]);
    expect(rows[2]!.cells.map((cell) => cell?.expected)).toEqual([undefined, 3]);
  });

  test('say what must be said of them besides', () => {
    expect(rows.map(({ placed }) => placed)).toEqual([false, false, true, true]);
    expect(rows[1]).toMatchObject({ undivided: true });
    expect(rows[2]).toMatchObject({ simulated: true, estimated: false });
    expect(rows[3]).toMatchObject({ simulated: false, estimated: true });
  });

  test('together are the sums of each month', () => {
    expect(togetherOf(rows, months)).toEqual([
      { ...none, expected: 4, reported: 1, silent: 3 },
      { ...none, expected: 10, reported: 8, silent: 1, late: 2, simulated: 2 },
    ]);
    expect(togetherOf([], months)).toEqual([undefined, undefined]);
  });
});
