import { Link } from 'react-router';
import type { Outliers } from '../api/reporting-answers.js';
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

/** Values far off the unit's own past: flagged, and in every figure all the same. */
export function Outlying({ unit, month }: { unit: string; month: string }) {
  const { t, text, language } = useWords();
  const { view, to } = useView();
  const nameOf = useCategoryName();
  const question = { month, map: view.map, ...(unit !== 'vn' && { unit }) };
  const pages = usePages<Outliers>('compared', address('/v1/outliers', { ...question, limit: SHOWN }));
  const found = pages.data?.pages.flatMap((page) => page.outliers) ?? [];
  const first = pages.data?.pages[0];
  const number = (value: number) => formatNumber(value, language);
  return (
    <Panel
      title={<span id="outliers">{t('reporting.outliers')}</span>}
      lead={t('reporting.outliersLead')}
      actions={<TakeAway path={address('/v1/outliers', question)} />}
      said={<Said of={first && { ...first, from: month, to: month }} />}
    >
      <Answered query={pages} lines={3}>
        {() =>
          found.length === 0 ? (
            <Empty>{t('reporting.noOutliers')}</Empty>
          ) : (
            <ul className={styles.list}>
              {found.map((each) => {
                const { indicator, category, service, value, median, months, direction } = each;
                return (
                  <li key={`${indicator}/${each.unit}/${service}/${category}`}>
                    <Link to={to('/figure', { indicator, unit: each.unit, from: month, to: month })}>
                      {text(each.label)}
                    </Link>{' '}
                    {each.simulated && <Mark>{t('mark.simulated')}</Mark>}{' '}
                    <Mark tone="plain">{t(`reporting.${direction}`)}</Mark>
                    <div>
                      {nameOf({ indicator, category, label: each.indicatorLabel })}: <strong>{number(value)}</strong>
                    </div>
                    <small>{t('reporting.median', { median: number(median), months: number(months) })}</small>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Answered>
      {pages.hasNextPage && (
        <button type="button" className={ui.button} onClick={() => void pages.fetchNextPage()}>
          {t('figure.more', { shown: number(found.length), count: number(first?.total ?? 0) })}
        </button>
      )}
    </Panel>
  );
}
