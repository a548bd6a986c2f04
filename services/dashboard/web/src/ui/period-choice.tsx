import { dayInVietNam } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { ALL } from '../view/period.js';
import { useView } from '../view/use-view.js';
import { Field } from './field.js';

const YEARS_BACK = 12;

/** Which months: the year so far, a year, all time, or months of one's own (which the address names). */
export function PeriodChoice() {
  const { t } = useWords();
  const { view, change } = useView();
  const thisYear = Number((view.at ?? dayInVietNam(new Date())).slice(0, 4));
  const years = Array.from({ length: YEARS_BACK }, (_, i) => String(thisYear - 1 - i));
  const isYear = view.from?.endsWith('-01') && view.to === `${view.from.slice(0, 4)}-12`;
  const chosen = view.from === ALL ? 'all' : isYear ? view.from!.slice(0, 4) : view.from || view.to ? 'own' : 'now';
  const choose = (choice: string) => {
    if (choice === 'now') change({ from: undefined, to: undefined });
    else if (choice === 'all') change({ from: ALL, to: undefined });
    else change({ from: `${choice}-01`, to: `${choice}-12` });
  };
  return (
    <Field label={t('period.label')}>
      {(id) => (
        <select id={id} value={chosen} onChange={({ target }) => choose(target.value)}>
          <option value="now">{t('period.yearSoFar', { year: thisYear })}</option>
          {years.map((year) => (
            <option key={year} value={year}>
              {t('period.year', { year })}
            </option>
          ))}
          <option value="all">{t('period.all')}</option>
          {chosen === 'own' && <option value="own">{`${view.from ?? ''} – ${view.to ?? ''}`}</option>}
        </select>
      )}
    </Field>
  );
}
