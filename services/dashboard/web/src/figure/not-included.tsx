import type { Figure } from '../api/types.js';
import { formatDate } from '../formats/dates.js';
import { formatValue } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import ui from '../ui/ui.module.css';

/** Opening balances that the figure leaves out, each with the reason. */
export function NotIncludedList({ figure }: { figure: Figure }) {
  const { t, text, language } = useWords();
  const given = (date: unknown) =>
    typeof date === 'string' ? formatDate(date, language) : date ? JSON.stringify(date) : '…';
  return (
    <Panel title={t('figure.notIncluded')} lead={t('figure.notIncludedLead')} said={<Said of={figure} />}>
      <table className={ui.table}>
        <tbody>
          {figure.notIncluded.map(({ entry, from, to, value, precision, asGiven, why }) => (
            <tr key={`${entry.unit}/${entry.seq}`}>
              <td>
                {entry.unit}, {t('today.entry', { seq: entry.seq })}
                <br />
                <small>
                  {given(from)} – {given(to)}
                  {asGiven ? ` · “${asGiven}”` : ''} · {t(`why.${why}`)}
                </small>
              </td>
              <td className={ui.num}>
                {formatValue(value, language, { precision })} {text(figure.measure)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
