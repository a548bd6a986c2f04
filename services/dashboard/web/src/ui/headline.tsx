import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { isComing, useFigure, useIndicators } from '../api/queries.js';
import type { Figure } from '../api/types.js';
import { formatPeriod } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { useView } from '../view/use-view.js';
import { Change, TargetLine } from './against.js';
import { headlineQuestions, type HeadlineOf } from './headline-questions.js';
import styles from './headline.module.css';
import { Said } from './said.js';
import { Spark } from './spark.js';
import { Answered } from './states.js';
import { isShare, Marks, Value, valueText } from './value.js';

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
  const { indicator } = headline;
  const { now, whole, before, trend } = headlineQuestions(headline, { unit, at, view });
  // What could not be loaded has its name all the same.
  const name = useIndicators().data?.get(indicator);
  const figure = useFigure(now);
  const wholeFigure = useFigure(whole);
  const beforeFigure = useFigure(before);
  const trendFigure = useFigure(trend);
  return (
    <article className={styles.headline}>
      {figure.isError && !figure.data && name && <h2>{text(name.label)}</h2>}
      <Answered query={figure} lines={3} inLine>
        {(answer) => (
          <>
            <h2>
              <Link to={to('/figure', { indicator, from: now.from, to: now.to })}>{text(answer.label)}</Link>
            </h2>
            <p className={styles.value}>
              <Value told={answer} measure={answer.measure} share={isShare(answer)} /> <Marks told={answer} />
            </p>
            <Against whole={wholeFigure} before={beforeFigure} headline={headline} />
            <TargetLine figure={answer} share={isShare(answer)} />
            <Spark rows={trendFigure.data?.rows ?? []} isComing={isComing(trendFigure)} />
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
}: {
  whole: UseQueryResult<Figure>;
  before: UseQueryResult<Figure>;
  headline: HeadlineOf;
}) {
  const { t, language } = useWords();
  if (!whole.data || !before.data) return <p className={styles.against} data-coming={isComing(before) || undefined} />;
  const value = (of: Figure) => valueText(of, language, t('state.none'), isShare(of));
  const months = ({ from = null, to = null }: Figure) => formatPeriod(from, to, language);
  return (
    <p className={styles.against}>
      <Change now={whole.data} before={before.data} share={isShare(whole.data)} better={better} />{' '}
      <span>
        {kind === 'level'
          ? `${t('today.lastYear')}: ${value(before.data)}`
          : whole.data.value === null
            ? `${t('today.lastYearPeriod', { months: months(before.data) })}: ${value(before.data)}`
            : // What is held against each other is said on both sides: the month that has only begun is in neither.
              t('today.wholeMonths', {
                months: months(whole.data),
                now: value(whole.data),
                before: value(before.data),
              })}
      </span>
    </p>
  );
}
