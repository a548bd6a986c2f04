import type { FigureRow, Indicator, Text, Told } from '../api/types.js';
import { measureOf } from '../formats/measures.js';
import { formatValue, type Language } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Mark } from './panel.js';
import styles from './ui.module.css';

/** A value with the sign of its precision and its unit of measure; never reported is said in words. */
export function Value({ told, measure, share = false }: { told: Told; measure?: Text | undefined; share?: boolean }) {
  const { t, language } = useWords();
  if (told.value === null) return <span className={styles.none}>{t('state.none')}</span>;
  return (
    <>
      <span className={styles.number}>{formatValue(told.value, language, { precision: told.precision, share })}</span>
      {measure && !share && <span className={styles.measure}> {measureOf(measure, told.value, language)}</span>}
    </>
  );
}

/** What must be said of a value besides. */
export function Marks({ told }: { told: Told | FigureRow }) {
  const { t, text } = useWords();
  const row = told as Partial<FigureRow>;
  const marks = [
    told.simulated && <Mark key="simulated">{t('mark.simulated')}</Mark>,
    told.estimated !== undefined && told.estimated !== 0 && (
      <Mark key="estimated" tone="soft" title={t('mark.estimatedWhy')}>
        {t('mark.estimated')}
      </Mark>
    ),
    row.undivided && (
      <Mark key="undivided" tone="soft" title={t('mark.undividedWhy')}>
        {t('mark.undivided')}
      </Mark>
    ),
    row.unplaced && (
      <Mark key="unplaced" tone="plain">
        {t('mark.unplaced')}
      </Mark>
    ),
    row.state && (
      <Mark key="state" tone="plain">
        {t(`mark.${row.state}`)}
      </Mark>
    ),
    told.remark && (
      <Mark key="remark" tone="remark">
        {text(told.remark)}
      </Mark>
    ),
  ].filter(Boolean);
  return marks.length === 0 ? null : <span className={styles.marks}>{marks}</span>;
}

/** Whether values of an indicator are shares of one. */
export const isShare = (indicator: Indicator | { measure: Text } | undefined): boolean => indicator?.measure.vi === '%';

/** A value as text alone, for titles and labels. */
export function valueText(told: Told, language: Language, none: string, share = false): string {
  return told.value === null ? none : formatValue(told.value, language, { precision: told.precision, share });
}
