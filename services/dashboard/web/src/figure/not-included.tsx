import { Link } from 'react-router';
import { useIndicators, useUnit } from '../api/queries.js';
import type { Figure, NotIncluded } from '../api/types.js';
import { formatGiven } from '../formats/dates.js';
import { measureOf } from '../formats/measures.js';
import { formatValue } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import ui from '../ui/ui.module.css';
import styles from './figure.module.css';
import { useView } from '../view/use-view.js';

/** Opening balances that the figure leaves out, each with the reason. */
export function NotIncludedList({ figure }: { figure: Figure }) {
  const { t } = useWords();
  return (
    <Panel title={t('figure.notIncluded')} lead={t('figure.notIncludedLead')} said={<Said of={figure} />}>
      <Balances figure={figure} />
    </Panel>
  );
}

/** Opening balances that none of a figure's rows can hold, as what they belong to is no one row. */
export function NotParted({ figure, by }: { figure: Figure; by: string }) {
  const { t } = useWords();
  if (figure.notIncluded.length === 0) return null;
  return (
    <div data-not-parted>
      <p>{t('figure.notParted', { by: by.toLowerCase() })}</p>
      <Balances figure={figure} />
    </div>
  );
}

function Balances({ figure }: { figure: Figure }) {
  const { t } = useWords();
  return (
    <>
      <table className={ui.table}>
        <tbody>
          {figure.notIncluded.map((each) => (
            <Balance key={`${each.entry.unit}/${each.entry.seq}`} of={each} figure={figure} />
          ))}
        </tbody>
      </table>
      {figure.notIncludedMore && <p>{t('figure.notIncludedMore', { count: figure.notIncludedMore })}</p>}
    </>
  );
}

function Balance({ of, figure }: { of: NotIncluded; figure: Figure }) {
  const { t, text, language } = useWords();
  const { to: addressOf } = useView();
  const { entry, from, to, value, precision, asGiven, why, indicator } = of;
  const counted = useIndicators().data?.get(indicator);
  const unit = useUnit(entry.unit);
  const given = (date: unknown) => formatGiven(date, language) || '…';
  return (
    <tr>
      <td className={styles.balance}>
        <Link to={addressOf(`/units/${entry.unit}`)}>{unit.data ? text(unit.data.label) : entry.unit}</Link>,{' '}
        {t('today.entry', { seq: entry.seq })}
        {counted && indicator !== figure.indicator && ` · ${text(counted.label)}`}
        <br />
        <small>
          {given(from)} – {given(to)}
          {asGiven ? ` · “${asGiven}”` : ''} · {t(`why.${why}`)}
        </small>
      </td>
      <td className={ui.num}>
        {formatValue(value, language, { precision })} {counted && measureOf(counted.measure, value, language)}
      </td>
    </tr>
  );
}
