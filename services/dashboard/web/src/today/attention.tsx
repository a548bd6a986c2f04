import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { address } from '../api/client.js';
import type { Recommendations } from '../api/follow-up.js';
import { useAnswer, useReporting } from '../api/queries.js';
import { formatDate } from '../formats/dates.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered } from '../ui/states.js';
import { lastMonth } from '../view/compared.js';
import { useView } from '../view/use-view.js';
import styles from './today.module.css';

/** What somebody should look at, each with its number. */
export function Attention({ unit, at }: { unit: string; at: string }) {
  const { t, text, language } = useWords();
  const { view, to } = useView();
  const month = lastMonth(at);
  const by = unit === 'vn' ? 'province' : 'centre';
  const reporting = useReporting({ month, by, map: view.map, known: view.known, ...(unit !== 'vn' && { unit }) });
  const known = view.known === 'latest' ? {} : { known: view.known };
  const whose = unit === 'vn' ? {} : { unit };
  const overdue = useAnswer<Recommendations>(
    'follow-up',
    address('/v1/recommendations', { status: 'overdue', limit: 1, ...known, ...whose }),
  );
  const number = (count: number) => formatNumber(count, language);
  return (
    <Panel title={t('today.attention')} said={<Said of={reporting.data} />}>
      <ul className={styles.attention}>
        <li>
          <Answered query={overdue} lines={1}>
            {({ total }) => (
              <Line
                label={<Link to={to('/inspections', { status: 'overdue' })}>{t('today.overdue')}</Link>}
                count={number(total)}
                calm={total === 0}
              />
            )}
          </Answered>
        </li>
        <li>
          <Answered query={reporting} lines={2}>
            {({ silent, changedSince, rows }) => (
              <>
                <Line
                  label={`${t('today.silent')}, ${formatDate(month, language)}`}
                  count={number(silent)}
                  calm={silent === 0}
                />
                {silent > 0 && rows.length > 1 && (
                  <p className={styles.worst}>
                    {[...rows]
                      .sort((a, b) => b.silent - a.silent)
                      .slice(0, 4)
                      .filter((row) => row.silent > 0)
                      .map((row) => `${text(row.label)} ${number(row.silent)}`)
                      .join(' · ')}
                  </p>
                )}
                <Line label={t('today.changedSince')} count={number(changedSince)} calm={changedSince === 0} />
              </>
            )}
          </Answered>
        </li>
      </ul>
    </Panel>
  );
}

function Line({ label, count, calm }: { label: ReactNode; count: string; calm: boolean }) {
  return (
    <p className={styles.line} data-calm={calm}>
      <span>{label}</span>
      <strong>{count}</strong>
    </p>
  );
}
