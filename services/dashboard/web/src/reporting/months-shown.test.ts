import { describe, expect, test } from '@jest/globals';
import { monthsShown, moved } from './months-shown.js';

const none = { from: undefined, to: undefined, at: undefined };
const today = '2026-11-29';
const ends = (view: Partial<typeof none> | object) => {
  const months = monthsShown({ ...none, ...view }, today);
  return [months[0], months.at(-1), months.length];
};

describe('the months of the calendar', () => {
  test.each([
    [{}, ['2025-11', '2026-10', 12]],
    [{ at: '2025-07-15' }, ['2024-07', '2025-06', 12]],
    [{ to: '2024-12' }, ['2024-01', '2024-12', 12]],
    [{ from: '2024-11', to: '2025-02' }, ['2024-11', '2025-02', 4]],
    [{ from: '2026-09' }, ['2026-09', '2026-10', 2]],
    [{ from: '1900-01', to: '2024-12' }, ['2022-01', '2024-12', 36]],
    [{ from: '2025-03', to: '2025-01' }, ['2024-02', '2025-01', 12]],
    [{ to: '2030-01' }, ['2025-12', '2026-11', 12]],
  ])('%j', (view, expected) => {
    expect(ends(view)).toEqual(expected);
  });

  test('are moved by as many as there are, and never beyond this month', () => {
    const months = monthsShown({ ...none, to: '2026-03' }, today);
    expect(moved(months, -1, today)).toEqual({ from: '2024-04', to: '2025-03' });
    expect(moved(months, 1, today)).toEqual({ from: '2025-12', to: '2026-11' });
  });
});
