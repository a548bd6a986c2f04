import { useReporting } from '../api/queries.js';
import { formatDate } from '../formats/dates.js';
import { formatNumber, formatShare } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { lastMonth } from '../view/compared.js';
import { useView } from '../view/use-view.js';
import styles from './today.module.css';

const STATES = ['reported', 'nothingToReport', 'awaited', 'silent'] as const;

/** How complete the last month is: who has reported of those expected to. */
export function Completeness({ unit, at }: { unit: string; at: string }) {
  const { t, language } = useWords();
  const { view } = useView();
  const month = lastMonth(at);
  const reporting = useReporting({ month, map: view.map, known: view.known, ...(unit !== 'vn' && { unit }) });
  const number = (count: number) => formatNumber(count, language);
  return (
    <Panel
      title={t('today.completeness', { month: formatDate(month, language) })}
      lead={reporting.data && t('today.due', { day: formatDate(reporting.data.dueOn, language) })}
      said={<Said of={reporting.data} />}
    >
      <Answered query={reporting}>
        {(answer) =>
          answer.expected === 0 ? (
            <Empty>{t('state.none')}</Empty>
          ) : (
            <>
              <p className={styles.complete}>
                <strong>{formatShare((answer.reported + answer.nothingToReport) / answer.expected, language)}</strong>{' '}
                {t('today.reported').toLowerCase()}
              </p>
              <div className={styles.stack} aria-hidden="true">
                {STATES.map((state) => (
                  <span key={state} data-state={state} style={{ flexGrow: answer[state] }} />
                ))}
              </div>
              <dl className={styles.counts}>
                {(['expected', ...STATES, 'late', 'approved'] as const).map((state) => (
                  <div key={state} data-state={state}>
                    <dt>{t(`reporting.${state}`)}</dt>
                    <dd>
                      {number(answer[state])} <small>{t('reporting.unitsMeasure')}</small>
                    </dd>
                  </div>
                ))}
              </dl>
            </>
          )
        }
      </Answered>
    </Panel>
  );
}
