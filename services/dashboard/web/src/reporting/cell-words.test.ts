import { describe, expect, it } from '@jest/globals';
import type { ReportingCounts } from '../api/types.js';
import type { Words } from '../i18n/i18n.js';
import { cellWordsOf } from './cell-words.js';

const counts = {
  ...{ expected: 12, suspended: 0, reported: 9, nothingToReport: 0, silent: 3, awaited: 0, late: 1, closed: 9 },
  ...{ approved: 0, changedSince: 0, simulated: 0 },
} satisfies ReportingCounts;

/** Keys for words: `reporting.silent` is `silent`. */
const words = {
  language: 'en',
  t: (key: string, values?: Record<string, unknown>) =>
    key.split('.').slice(1).join(' ') + (values ? `(${String(values['count'])})` : ''),
  text: ({ en }) => en,
} as Words;

describe('a cell in words', () => {
  const spoken = cellWordsOf('completeness', words);

  it('says the place, the month, the share, and what it is made of', () => {
    expect(spoken('Sơn La', '2024-09', counts)).toBe(
      'Sơn La, September 2024: share completeness 75%; expected 12, reported 9, silent 3, late 1 unitsMeasure(1)',
    );
    expect(spoken('Lào Cai', '2024-09', { ...counts, late: 0 })).toBe(
      'Lào Cai, September 2024: share completeness 75%; expected 12, reported 9, silent 3 unitsMeasure(3)',
    );
  });

  it('says where nothing is expected', () => {
    expect(spoken('Sơn La', '2024-09', undefined)).toBe('Sơn La, September 2024: notExpected');
    expect(spoken('Sơn La', '2024-09', { ...counts, expected: 0 })).toContain('notExpected');
  });
});
