import { Link } from 'react-router';
import { useFigure, type FigureQuestion } from '../api/queries.js';
import type { Figure } from '../api/types.js';
import { addMonths, formatDate } from '../formats/dates.js';
import { formatChange, formatShare, formatValue } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Bar } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Spark } from '../ui/spark.js';
import { Answered } from '../ui/states.js';
import { Marks, Value } from '../ui/value.js';
import { useView } from '../view/use-view.js';
import { compared, lastMonth, type HeadlineOf } from './headlines.js';
import styles from './today.module.css';

const TREND_MONTHS = 24;

/** One of the figures that stand first: its value, against last year and target, how it went, and how fresh it is. */
export function Headline({ headline, unit, at }: { headline: HeadlineOf; unit: string; at: string }) {
  const { text } = useWords();
  const { view, to } = useView();
  const { indicator, kind } = headline;
  const { now, whole, before } = compared(kind, at);
  const common = { indicator, unit, map: view.map, known: view.known };
  const month = at.slice(0, 7);
  const figure = useFigure({ ...common, ...now });
  const wholeFigure = useFigure(whole && { ...common, ...whole });
  const beforeFigure = useFigure(before && { ...common, ...before });
  // What is only decoration waits for the figures.
  const trend: FigureQuestion = { ...common, from: addMonths(month, 1 - TREND_MONTHS), to: month, by: 'month' };
  const trendFigure = useFigure(figure.data && beforeFigure.data ? trend : undefined);
  return (
    <article className={styles.headline}>
      <Answered query={figure} lines={3}>
        {(answer) => (
          <>
            <h2>
              <Link to={to('/figure', { indicator, ...('from' in now ? { from: now.from, to: now.to } : {}) })}>
                {text(answer.label)}
              </Link>
            </h2>
            <p className={styles.value}>
              <Value told={answer} measure={answer.measure} /> <Marks told={answer} />
            </p>
            <Against whole={wholeFigure.data} before={beforeFigure.data} kind={kind} at={at} />
            <TargetLine figure={answer} />
            <Spark rows={trendFigure.data?.rows ?? []} />
            <p className={styles.said}>
              <Said of={answer} />
            </p>
          </>
        )}
      </Answered>
    </article>
  );
}

function Against({
  whole,
  before,
  kind,
  at,
}: {
  whole: Figure | undefined;
  before: Figure | undefined;
  kind: HeadlineOf['kind'];
  at: string;
}) {
  const { t, language } = useWords();
  if (!whole || !before) return <p className={styles.against}> </p>;
  const label =
    kind === 'level' ? t('today.lastYear') : t('today.lastYearPeriod', { month: formatDate(lastMonth(at), language) });
  const told = before.value === null ? t('state.none') : formatValue(before.value, language, before);
  const change = whole.value !== null && before.value ? (whole.value - before.value) / before.value : undefined;
  return (
    <p className={styles.against}>
      {change !== undefined && (
        <strong data-change={change < -0.0005 ? 'down' : change > 0.0005 ? 'up' : 'same'}>
          {formatChange(change, language)}
        </strong>
      )}{' '}
      <span>
        {label}: {told}
      </span>
    </p>
  );
}

function TargetLine({ figure }: { figure: Figure }) {
  const { t, language } = useWords();
  const target = figure.target;
  if (target === undefined || target === 0) return null;
  const year = figure.targets?.[0]?.year ?? '';
  const share = (figure.value ?? 0) / target;
  return (
    <div className={styles.target}>
      <Bar share={share} tone={figure.met ? 'good' : undefined} />
      <small>
        {t('today.target', { year })}: {formatValue(target, language)} ·{' '}
        {t('today.ofTarget', { share: formatShare(share, language) })}
      </small>
    </div>
  );
}
