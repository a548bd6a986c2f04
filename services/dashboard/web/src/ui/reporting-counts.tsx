import { Link } from 'react-router';
import { SHARES, type State } from '../api/reporting-answers.js';
import type { ReportingCounts, ReportingRates } from '../api/types.js';
import { formatNumber, formatShare } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { useView } from '../view/use-view.js';
import styles from './reporting-counts.module.css';

/** Exactly one of these holds of each that was expected. */
const STACKED = ['reported', 'nothingToReport', 'awaited', 'silent'] as const;

/** Each count, and the state that lists the units behind it. */
const COUNTED: readonly [keyof ReportingCounts, State | undefined][] = [
  ['expected', undefined],
  ['reported', 'reported'],
  ['nothingToReport', 'nothing-to-report'],
  ['awaited', 'awaited'],
  ['silent', 'silent'],
  ['late', 'late'],
  ['closed', 'closed'],
  ['approved', 'approved'],
  ['changedSince', 'changed-since'],
  ['suspended', 'suspended'],
];

/** How complete a month is, and who makes it so: each count leads to its units. */
export function Counts({ of, unit, month }: { of: ReportingCounts & ReportingRates; unit: string; month: string }) {
  const { t, language } = useWords();
  const { to } = useView();
  const addressOf = (status: State | undefined) =>
    `${to('/reporting', { month, status, unit: unit === 'vn' ? undefined : unit })}#units`;
  return (
    <div className={styles.counted}>
      <ul className={styles.rates}>
        {SHARES.map((share) => (
          <li key={share}>
            <strong>{formatShare(of[share] ?? 0, language)}</strong> {t(`reporting.share.${share}`)}
          </li>
        ))}
      </ul>
      <div className={styles.stack} aria-hidden="true">
        {STACKED.map((state) => (
          <span key={state} data-state={state} style={{ flexGrow: of[state] }} />
        ))}
      </div>
      <dl className={styles.counts}>
        {COUNTED.filter(([name]) => name !== 'suspended' || of.suspended > 0).map(([name, state]) => (
          <div key={name} data-state={name}>
            <dt>
              <Link to={addressOf(state)}>{t(`reporting.${name}`)}</Link>
            </dt>
            <dd>
              {formatNumber(of[name], language)} <small>{t('reporting.unitsMeasure', { count: of[name] })}</small>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
