import type { Share } from '../api/reporting-answers.js';
import type { ReportingCounts } from '../api/types.js';
import { formatPeriod } from '../formats/dates.js';
import { formatNumber, formatShare } from '../formats/numbers.js';
import type { Words } from '../i18n/i18n.js';
import { shareOf } from './cell-looks.js';

const SAID = [
  ...(['expected', 'reported', 'nothingToReport', 'silent', 'awaited', 'late', 'approved', 'changedSince'] as const),
];

/** A cell in words, as one who can't see it hears it: the place, the month, the share, and what it is made of. */
export function cellWords(
  name: string,
  month: string,
  counts: ReportingCounts | undefined,
  share: Share,
  { t, language }: Words,
): string {
  const of = `${name}, ${formatPeriod(month, month, language)}`;
  const value = shareOf(counts, share);
  if (!counts || value === null) return `${of}: ${t('reporting.notExpected')}`;
  const said = SAID.filter((each) => each === 'expected' || counts[each] > 0);
  const made = said.map((each) => `${t(`reporting.${each}`)} ${formatNumber(counts[each], language)}`);
  const shown = `${t(`reporting.share.${share}`)} ${formatShare(value, language)}`;
  return `${of}: ${shown}; ${made.join(', ')} ${t('reporting.unitsMeasure', { count: counts[said.at(-1)!] })}`;
}
