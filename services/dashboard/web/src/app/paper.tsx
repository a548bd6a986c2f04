import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useIndicators } from '../api/queries.js';
import { dayInVietNam, formatDate, formatMoment } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { useView } from '../view/use-view.js';
import styles from './frame.module.css';

/** What stands on paper alone: by which map and as known when all of it is, when it was printed, and where the same is on a screen. */
export function PaperHead() {
  const { t, language } = useWords();
  const { view } = useView();
  const printed = usePrinted();
  if (printed === undefined) return null;
  const { map, known, at } = view;
  const lens = {
    map: map === 'then' || map === 'today' ? t(`lens.${map}`) : formatDate(map, language),
    known: known === 'latest' ? t('lens.latest') : t('changed.month', { month: formatDate(known, language) }),
    day: formatDate(at ?? dayInVietNam(printed), language),
  };
  return (
    <div className={styles.paper}>
      {t('print.lens', lens)} · {t('print.at', { moment: formatMoment(printed.toISOString(), language, '') })} ·{' '}
      {t('print.address')} {window.location.href}
    </div>
  );
}

/** On paper, what each of the indicators means that figures are shown of. */
export function PaperFoot() {
  const { t, text } = useWords();
  const client = useQueryClient();
  const indicators = useIndicators();
  const printed = usePrinted();
  if (printed === undefined || !indicators.data) return null;
  const shown = client.getQueryCache().findAll({ queryKey: ['figures'], type: 'active' });
  const ids = new Set(shown.map(({ queryKey }) => queryKey[2] as string));
  const defined = [...ids].flatMap((id) => indicators.data.get(id) ?? []);
  if (defined.length === 0) return null;
  return (
    <section className={`${styles.paper} ${styles.definitions}`}>
      <h2>{t('print.definitions')}</h2>
      <dl>
        {defined.map(({ id, label, measure, definition, definedBy }) => (
          <div key={id}>
            <dt>
              {text(label)} ({text(measure)})
            </dt>
            <dd>
              {text(definition)} {definedBy && `${t('figure.definedBy')}: ${definedBy}.`}
            </dd>
          </div>
        ))}
      </dl>
      <p>{t('mark.approximate')}.</p>
    </section>
  );
}

/** When it is being printed: now, and in time for it; else undefined. */
function usePrinted(): Date | undefined {
  const [printed, setPrinted] = useState<Date>();
  useEffect(() => {
    const begin = () => flushSync(() => setPrinted(new Date()));
    const end = () => setPrinted(undefined);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printed;
}
