import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Recommendations } from '../api/follow-up.js';
import { isAsked, useAnswer } from '../api/queries.js';
import type { Outliers, Reconciliation } from '../api/reporting-answers.js';
import type { ReportingRow } from '../api/types.js';
import { formatDate } from '../formats/dates.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered } from '../ui/states.js';
import { useView } from '../view/use-view.js';
import { comparedPath, overduePath } from './questions.js';
import styles from './today.module.css';
import { useLastMonth, useLastMonthDue } from './use-last-month.js';

const WORST = 4;

/** What somebody should look at, each with its number, and the way to it. */
export function Attention({ unit, at }: { unit: string; at: string }) {
  const { t, language } = useWords();
  const { view, to } = useView();
  const last = useLastMonth(unit, at);
  const { month, reporting } = last;
  const due = useLastMonthDue(unit, at, last);
  const whose = unit === 'vn' ? {} : { unit };
  const of = { unit, at, view };
  const overdue = useAnswer<Recommendations>('follow-up', overduePath(of));
  // What is compared for every unit comes last, unless it was asked for with the click.
  const compared = (name: Parameters<typeof comparedPath>[0]) => {
    const path = comparedPath(name, of);
    return reporting.isPending && !isAsked('compared', path) ? undefined : path;
  };
  const totals = useAnswer<Reconciliation>('compared', compared('/v1/reconciliation'));
  const outliers = useAnswer<Outliers>('compared', compared('/v1/outliers'));
  const ofMonth = (of: string, status?: string, place = '') =>
    `${to('/reporting', { ...whose, month: of, status })}${place && `#${place}`}`;
  return (
    <Panel title={t('today.attention')} said={<Said of={due.reporting.data} />}>
      <ul className={styles.attention}>
        <li>
          <Asked query={overdue} label={t('today.overdue')}>
            {({ total }, label) => (
              <Line label={label} count={total} to={to('/inspections', { ...whose, status: 'overdue' })} />
            )}
          </Asked>
        </li>
        <li>
          <Asked query={due.reporting} label={`${t('today.silent')}, ${formatDate(due.month, language)}`} lines={2}>
            {({ silent, changedSince, rows }, label) => (
              <>
                <Line label={label} count={silent} to={ofMonth(due.month, 'silent', 'units')} />
                <Worst rows={rows} month={due.month} counted={due.by === 'province'} />
                <Line
                  label={t('today.changedSince')}
                  count={changedSince}
                  to={ofMonth(due.month, 'changed-since', 'units')}
                />
              </>
            )}
          </Asked>
        </li>
        <li>
          <Asked query={totals} label={t('today.differentTotals')}>
            {({ different }, label) => (
              <Line label={label} count={different} to={ofMonth(month, undefined, 'totals')} />
            )}
          </Asked>
        </li>
        <li>
          <Asked query={outliers} label={t('today.outliers')}>
            {({ total }, label) => <Line label={label} count={total} to={ofMonth(month, undefined, 'outliers')} />}
          </Asked>
        </li>
      </ul>
    </Panel>
  );
}

/** A line that is called by its name also where its number can't be had. */
function Asked<T>({
  query,
  label,
  lines = 1,
  children,
}: {
  query: UseQueryResult<T>;
  label: string;
  lines?: number;
  children: (answer: T, label: string) => ReactNode;
}) {
  return (
    <>
      {query.isError && query.data === undefined && <p className={styles.line}>{label}</p>}
      <Answered query={query} lines={lines} inLine>
        {(answer) => children(answer, label)}
      </Answered>
    </>
  );
}

/** Where most are silent. */
function Worst({
  rows,
  month,
  counted,
}: {
  rows: readonly ReportingRow[];
  month: string;
  /** Each is a place with several units, and not one. */
  counted: boolean;
}) {
  const { text, language } = useWords();
  const { to } = useView();
  if (rows.length < 2) return null;
  const worst = [...rows]
    .filter(({ silent, key, undivided, unplaced }) => silent > 0 && key !== 'none' && !undivided && !unplaced)
    .sort((a, b) => b.silent - a.silent)
    .slice(0, WORST);
  if (worst.length === 0) return null;
  return (
    <ul className={styles.worst}>
      {worst.map(({ key, label, silent }) => (
        <li key={key}>
          <Link to={`${to('/reporting', { unit: key, month, status: 'silent' })}#units`}>{text(label)}</Link>{' '}
          {counted && formatNumber(silent, language)}
        </li>
      ))}
    </ul>
  );
}

function Line({ label, count, to }: { label: string; count: number; to: string }) {
  const { language } = useWords();
  return (
    <p className={styles.line} data-calm={count === 0}>
      <Link to={to}>{label}</Link>
      <strong>{formatNumber(count, language)}</strong>
    </p>
  );
}
