import { figureAddress, type FigureQuestion } from '../api/queries.js';
import { useWords } from '../i18n/i18n.js';
import styles from './ui.module.css';

/** The figure as a file, as the platform makes it. */
export function TakeAway({ question }: { question: FigureQuestion }) {
  const { t } = useWords();
  return (
    <a className={styles.button} href={figureAddress(question, '/v1/figures', { format: 'csv' })} download>
      {t('takeAway.csv')}
    </a>
  );
}
