import type { ReactNode } from 'react';
import type { SourceLine } from '../api/types.js';
import { dayInVietNam, formatMoment } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { Mark } from '../ui/panel.js';
import { factName } from '../i18n/fact-name.js';
import styles from './figure.module.css';

/** An entry of a ledger: what it says, its part of the figure, and its receipt. */
export function EntryLine({ line, part, children }: { line: SourceLine; part: ReactNode; children?: ReactNode }) {
  const { t, text, language } = useWords();
  const { entry, type, simulated, hash, recordedAt, source } = line;
  return (
    <li>
      <div className={styles.entryHead}>
        <strong>{factName(type, text)}</strong>
        <span>
          {simulated && <Mark>{t('mark.simulated')}</Mark>} {part}
        </span>
      </div>
      {children}
      <div className={styles.receipt}>
        {t('figure.receipt', { ledger: `${entry.service}/${entry.unit}`, seq: entry.seq })} <code>{hash}</code>
        <br />
        {t('figure.recordedAt', { moment: formatMoment(recordedAt, language, dayInVietNam(new Date())) })} · {source}
      </div>
    </li>
  );
}

export const entryKey = ({ entry: { service, unit, seq }, term }: SourceLine): string =>
  `${service}/${unit}/${seq}/${term ?? ''}`;
