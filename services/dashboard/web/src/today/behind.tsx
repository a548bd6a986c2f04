import { Link } from 'react-router';
import { useFigure } from '../api/queries.js';
import type { FigureRow, Reporting } from '../api/types.js';
import { formatDate } from '../formats/dates.js';
import { formatChange, formatShare } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { toneOf } from '../ui/against.js';
import { Bar, Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered, Empty, Loading } from '../ui/states.js';
import { TakeAway } from '../ui/take-away.js';
import { Marks, Value } from '../ui/value.js';
import ui from '../ui/ui.module.css';
import { useView } from '../view/use-view.js';
import { furthestBehind } from './furthest-behind.js';
import { behindQuestions } from './questions.js';
import styles from './today.module.css';
import { useLastMonth } from './use-last-month.js';

const SHOWN = 10;

/** The ten furthest behind, without a click: against target where targets are set, else against the same day last year. */
export function Behind({ unit, at }: { unit: string; at: string }) {
  const { t, text, language } = useWords();
  const { view, to } = useView();
  const { month, reporting } = useLastMonth(unit, at);
  const asked = behindQuestions({ unit, at, view });
  const now = useFigure(asked.now);
  const before = useFigure(asked.before);
  const shares = sharesOf(reporting.data);
  const { rows, compared, against } = furthestBehind(now.data?.rows ?? [], before.data?.rows ?? [], SHOWN);
  const lead = t(against === 'target' ? 'today.behindTarget' : 'today.behindWhat', {
    month: formatDate(month, language),
  });
  return (
    <Panel
      title={t(unit === 'vn' ? 'today.behindProvinces' : 'today.behind')}
      lead={lead}
      actions={<TakeAway question={asked.now} />}
      said={<Said of={now.data} />}
    >
      <Answered query={now} lines={10}>
        {({ measure }) =>
          against === 'before' && before.isPending ? (
            <Loading lines={10} />
          ) : rows.length === 0 ? (
            <Empty>{t(compared > 0 ? 'today.noneBehind' : 'state.none')}</Empty>
          ) : (
            <table className={`${ui.table} ${styles.behind}`}>
              <thead>
                <tr>
                  <th scope="col">{t('today.place')}</th>
                  <th scope="col" className={ui.num}>
                    {t('today.now')} ({text(measure)})
                  </th>
                  <th scope="col" className={`${ui.num} ${styles.wideOnly}`}>
                    {against === 'target' ? t('today.target', { year: at.slice(0, 4) }) : t('today.before')}
                  </th>
                  <th scope="col" className={ui.num}>
                    {against === 'target' ? t('today.ofTarget', { share: '%' }) : t('today.change')}
                  </th>
                  <th scope="col" className={styles.wideOnly}>
                    {t('today.reported')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ row, base, share }) => (
                  <tr key={row.key}>
                    <td>
                      <Link to={to(`/`, { unit: row.key })}>{text(row.label)}</Link> <Marks told={row} />
                    </td>
                    <td className={ui.num}>
                      <Value told={row} />
                    </td>
                    <td className={`${ui.num} ${styles.wideOnly}`}>
                      <Value told={base} />
                    </td>
                    <td className={ui.num}>
                      <strong data-change={toneOf(share, 'up')}>
                        {against === 'target' ? formatShare(share + 1, language) : formatChange(share, language)}
                      </strong>
                    </td>
                    <td className={styles.wideOnly}>
                      <ReportedShare share={shares.get(row.key)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answered>
    </Panel>
  );
}

function ReportedShare({ share }: { share: number | undefined }) {
  const { t, language } = useWords();
  if (share === undefined) return <span className={ui.none}>{t('state.none')}</span>;
  return (
    <div className={styles.reported}>
      <Bar share={share} tone={share < 0.5 ? 'bad' : undefined} />
      <span>{formatShare(share, language, 0)}</span>
    </div>
  );
}

function sharesOf(reporting: Reporting | undefined): Map<FigureRow['key'], number> {
  const due = (reporting?.rows ?? []).filter(({ expected }) => expected > 0);
  return new Map(
    due.map(({ key, expected, reported, nothingToReport }) => [key, (reported + nothingToReport) / expected]),
  );
}
