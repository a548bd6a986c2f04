import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useIndicators } from '../api/queries.js';
import { dayInVietNam, formatDate, formatMoment, withDates } from '../formats/dates.js';
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

/** On paper, what each of the indicators means that figures are shown of, and the words of reporting where it is shown who reported. */
export function PaperFoot() {
  const { t, text, language } = useWords();
  const client = useQueryClient();
  const indicators = useIndicators();
  const printed = usePrinted();
  if (printed === undefined || !indicators.data) return null;
  const shown = (about: string) => client.getQueryCache().findAll({ queryKey: [about], type: 'active' });
  const ids = new Set(shown('figures').map(({ queryKey }) => queryKey[2] as string));
  const defined = [...ids].flatMap((id) => indicators.data.get(id) ?? []);
  const words = [
    ...(shown('reporting').length > 0 ? REPORTING : []),
    ...(shown('compared').length > 0 ? COMPARED : []),
  ];
  if (defined.length + words.length === 0) return null;
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
              {text(definition)} {definedBy && `${t('figure.definedBy')}: ${withDates(definedBy, language)}.`}
            </dd>
          </div>
        ))}
        {words.map(([name, means, measure]) => (
          <div key={name}>
            <dt>
              {t(name)} ({measure ?? t('reporting.unitsMeasure', { count: 2 })})
            </dt>
            <dd>{t(means)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('mark.approximate')}.</p>
    </section>
  );
}

/** A word of reporting, what it means, and in what it is counted where that isn’t in units. */
type Defined = readonly [name: string, means: string, measure?: string];

const reporting = (name: string): Defined => [`reporting.${name}`, `reporting.means.${name}`];

const REPORTING: readonly Defined[] = [
  ...['expected', 'reported', 'nothingToReport', 'silent', 'awaited', 'late', 'closed', 'approved'].map(reporting),
  ...['changedSince', 'suspended'].map(reporting),
  ...['completeness', 'timeliness', 'approval'].map((share): Defined => [
    `reporting.share.${share}`,
    `reporting.means.${share}`,
    '%',
  ]),
];
/** What closed months are held against, and what is far off. */
const COMPARED: readonly Defined[] = [
  ['reporting.totals', 'reporting.totalsLead'],
  ['reporting.outliers', 'reporting.outliersLead'],
];

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
