import type { Told } from '../api/types.js';
import { formatChange, formatPoints, formatShare, formatValue } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import styles from './against.module.css';
import { Bar } from './panel.js';

/** What a value is held against: what it was before, and what it should be. */

/** Which way is the better one; `neither`: a change says nothing of good or bad. */
export type Better = 'up' | 'down' | 'neither';

/** By how much a value has changed, of a share in points; nothing where one of the two isn't known. */
export function Change({
  now,
  before,
  share,
  better = 'up',
}: {
  now: Told;
  before: Told | undefined;
  share: boolean;
  better?: Better | undefined;
}) {
  const { language } = useWords();
  if (now.value === null || !before || before.value === null || (!share && before.value === 0)) return null;
  const change = share ? now.value - before.value : (now.value - before.value) / before.value;
  return (
    <strong data-change={toneOf(change, better)}>
      {share ? formatPoints(change, language) : formatChange(change, language)}
    </strong>
  );
}

/** Whether a change is for the better, by a share of what was before. */
export function toneOf(change: number, better: Better): 'up' | 'down' | 'same' {
  if (Math.abs(change) <= 0.0005 || better === 'neither') return 'same';
  return change > 0 === (better === 'up') ? 'up' : 'down';
}

/** How much of its target a value is, where one is set that it can be held against. */
export function TargetLine({ figure, share }: { figure: Told; share: boolean }) {
  const { t, language } = useWords();
  const target = figure.target;
  if (target === undefined || target === 0) return null;
  const year = figure.targets?.[0]?.year ?? '';
  const reached = (figure.value ?? 0) / target;
  return (
    <div className={styles.target}>
      <Bar share={reached} tone={figure.met ? 'good' : undefined} />
      <small>
        {t('today.target', { year })}: {formatValue(target, language, { share })} ·{' '}
        {t('today.ofTarget', { share: formatShare(reached, language) })}
      </small>
    </div>
  );
}
