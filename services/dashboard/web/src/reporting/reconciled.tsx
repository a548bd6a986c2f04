import { Link } from 'react-router';
import type { Measure, Reconciliation } from '../api/reporting-answers.js';
import { address } from '../api/client.js';
import { usePages } from '../api/queries.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Mark, Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { TakeAway } from '../ui/take-away.js';
import ui from '../ui/ui.module.css';
import { useView } from '../view/use-view.js';
import styles from './reporting.module.css';
import { useCategoryName } from './use-category-name.js';

const SHOWN = 10;

/** The publishers' own totals beside what was counted from their entries: those that differ, and how many agree. */
export function Reconciled({ unit, month }: { unit: string; month: string }) {
  const { t, text, language } = useWords();
  const { view, to } = useView();
  const question = { month, map: view.map, ...(unit !== 'vn' && { unit }) };
  const pages = usePages<Reconciliation>('compared', address('/v1/reconciliation', { ...question, limit: SHOWN }));
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const first = pages.data?.pages[0];
  const number = (count: number) => formatNumber(count, language);
  return (
    <Panel
      title={<span id="totals">{t('reporting.totals')}</span>}
      lead={t('reporting.totalsLead')}
      actions={<TakeAway path={address('/v1/reconciliation', { ...question, state: 'all' })} />}
      said={<Said of={first && { ...first, from: month, to: month }} />}
    >
      <Answered query={pages} lines={3}>
        {() =>
          first!.closings === 0 ? (
            <Empty>{t('reporting.noClosings')}</Empty>
          ) : (
            <>
              <p className={styles.summary} data-bad={first!.different > 0 || undefined}>
                {t('reporting.totalsSummary', {
                  closings: number(first!.closings),
                  equal: number(first!.equal),
                  different: number(first!.different),
                  rest: number(first!.notComparable + first!.withoutTotals),
                })}
              </p>
              <ul className={styles.list}>
                {rows.map((row) => (
                  <li key={`${row.entry.service}/${row.unit}`}>
                    <Link to={to('/reporting', { unit: row.unit, month })}>{text(row.label)}</Link>{' '}
                    {row.simulated && <Mark>{t('mark.simulated')}</Mark>}{' '}
                    <small>
                      {t(`reporting.service.${row.entry.service}`)} · {t('today.entry', { seq: number(row.entry.seq) })}
                    </small>
                    <Measures of={row.measures.filter(({ difference }) => difference !== 0)} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Answered>
      {pages.hasNextPage && (
        <button type="button" className={ui.button} onClick={() => void pages.fetchNextPage()}>
          {t('figure.more', { shown: number(rows.length), count: number(first?.different ?? 0) })}
        </button>
      )}
    </Panel>
  );
}

function Measures({ of }: { of: readonly Measure[] }) {
  const { t, language } = useWords();
  const nameOf = useCategoryName();
  const number = (value: number) => formatNumber(value, language);
  return (
    <div className={ui.wide}>
      <table className={ui.table}>
        <thead>
          <tr>
            <th scope="col">{t('choice.indicator')}</th>
            {(['total', 'counted', 'difference'] as const).map((name) => (
              <th key={name} scope="col" className={ui.num}>
                {t(`reporting.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.map((measure) => (
            <tr key={`${measure.indicator}/${measure.category}`}>
              <td>{nameOf(measure)}</td>
              <td className={ui.num}>{number(measure.total)}</td>
              <td className={ui.num}>{measure.counted === null ? t('state.none') : number(measure.counted)}</td>
              <td className={ui.num}>
                {measure.difference === null ? (
                  t('reporting.notComparable')
                ) : (
                  <strong>{`${measure.difference > 0 ? '+' : '−'}${number(Math.abs(measure.difference))}`}</strong>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
