import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFigure, type FigureQuestion } from '../api/queries.js';
import type { Figure } from '../api/types.js';
import { addMonths, formatDate } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { compared, lastMonth, type ComparedKind } from '../view/compared.js';
import { useView } from '../view/use-view.js';
import { Change, TargetLine, type Better } from './against.js';
import styles from './headline.module.css';
import { Said } from './said.js';
import { Spark } from './spark.js';
import { Answered } from './states.js';
import { isShare, Marks, Value, valueText } from './value.js';

const TREND_MONTHS = 24;

/** One of the figures that stand first, and how it is compared. */
export interface HeadlineOf {
  indicator: string;
  kind: ComparedKind;
  /** Default: more is better. */
  better?: Better;
}

/** Headlines side by side, as many as there is room for. */
export function Headlines({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} className={styles.headlines}>
      {children}
    </section>
  );
}

/** One of the figures that stand first: its value, against last year and target, how it went, and how fresh it is. */
export function Headline({ headline, unit, at }: { headline: HeadlineOf; unit: string; at: string }) {
  const { text } = useWords();
  const { view, to } = useView();
  const { indicator, kind } = headline;
  const { now, whole, before } = compared(kind, at);
  const common = { indicator, unit, map: view.map, known: view.known };
  const month = at.slice(0, 7);
  const figure = useFigure({ ...common, ...now });
  // What it is held against comes after what is, and what is only decoration after both.
  const wholeFigure = useFigure(figure.data && whole && { ...common, ...whole });
  const beforeFigure = useFigure(figure.data && before && { ...common, ...before });
  const trend: FigureQuestion = { ...common, from: addMonths(month, 1 - TREND_MONTHS), to: month, by: 'month' };
  const trendFigure = useFigure(figure.data && (before === undefined || beforeFigure.data) ? trend : undefined);
  return (
    <article className={styles.headline}>
      <Answered query={figure} lines={3} inLine>
        {(answer) => (
          <>
            <h2>
              <Link to={to('/figure', { indicator, ...('from' in now ? { from: now.from, to: now.to } : {}) })}>
                {text(answer.label)}
              </Link>
            </h2>
            <p className={styles.value}>
              <Value told={answer} measure={answer.measure} share={isShare(answer)} /> <Marks told={answer} />
            </p>
            <Against whole={wholeFigure.data} before={beforeFigure.data} headline={headline} at={at} />
            <TargetLine figure={answer} share={isShare(answer)} />
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
  headline: { kind, better },
  at,
}: {
  whole: Figure | undefined;
  before: Figure | undefined;
  headline: HeadlineOf;
  at: string;
}) {
  const { t, language } = useWords();
  if (!whole || !before) return <p className={styles.against}> </p>;
  const label =
    kind === 'level' ? t('today.lastYear') : t('today.lastYearPeriod', { month: formatDate(lastMonth(at), language) });
  return (
    <p className={styles.against}>
      <Change now={whole} before={before} share={isShare(whole)} better={better} />{' '}
      <span>
        {label}: {valueText(before, language, t('state.none'), isShare(before))}
      </span>
    </p>
  );
}
