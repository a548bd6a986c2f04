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
export type CellWords = (name: string, month: string, counts: ReportingCounts | undefined) => string;

/** For all cells of a calendar: there are hundreds, and what they have in common, and `t` doesn't remember, is worked out once. */
export function cellWordsOf(share: Share, { t, language }: Words): CellWords {
  const months = new Map<string, string>();
  const measures = new Map<number, string>();
  return (name, month, counts) => {
    const of = `${name}, ${kept(months, month, () => formatPeriod(month, month, language))}`;
    const value = shareOf(counts, share);
    if (!counts || value === null) return `${of}: ${t('reporting.notExpected')}`;
    const said = SAID.filter((each) => each === 'expected' || counts[each] > 0);
    const made = said.map((each) => `${t(`reporting.${each}`)} ${formatNumber(counts[each], language)}`).join(', ');
    const last = counts[said.at(-1)!];
    const measure = kept(measures, last, () => t('reporting.unitsMeasure', { count: last }));
    return `${of}: ${t(`reporting.share.${share}`)} ${formatShare(value, language)}; ${made} ${measure}`;
  };
}

function kept<Key>(known: Map<Key, string>, key: Key, make: () => string): string {
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = make()));
  return found;
}
