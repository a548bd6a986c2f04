import type { FactResult } from '../api/facts.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Mark } from '../ui/panel.js';
import styles from './reporting.module.css';

const TONES = { accepted: 'good', duplicate: 'soft', refused: 'bad' } as const;

/** What came of facts that were sent, in the order sent: the receipt, or the platform's own sentence why not. */
export function FactResults({
  results,
  of,
  names,
}: {
  results: readonly FactResult[];
  of: readonly { unit: string; service: string }[];
  names: ReadonlyMap<string, string>;
}) {
  const { t, language } = useWords();
  return (
    <ul className={styles.confirmed} role="status">
      {results.map((result, i) => (
        <li key={i} data-result={result.status}>
          <Mark tone={TONES[result.status]}>{t(`reporting.result.${result.status}`)}</Mark>{' '}
          <strong>{names.get(of[i]?.unit ?? '') ?? of[i]?.unit}</strong> · {t(`reporting.service.${of[i]?.service}`)}
          {result.status === 'refused' ? (
            <div>{result.refusal.message}</div>
          ) : (
            ` · ${t('today.entry', { seq: formatNumber(result.seq, language) })}`
          )}
        </li>
      ))}
    </ul>
  );
}
