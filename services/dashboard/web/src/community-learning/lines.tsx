import { Link } from 'react-router';
import { isComing, useFigure, useIndicators } from '../api/queries.js';
import type { Figure, Indicator, Told } from '../api/types.js';
import { formatPeriod } from '../formats/dates.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Change, TargetLine } from '../ui/against.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { ofCategory, shareOf } from '../ui/share.js';
import { Answered, Loading } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { isShare, Marks, Value } from '../ui/value.js';
import { useView } from '../view/use-view.js';
import styles from './community-learning.module.css';
import type { LineOf } from './lines-of.js';
import { lineQuestions } from './questions.js';

/** Figures under each other: what is, its share of all there are, what it was last year, and its target. */
export function Lines({
  title,
  lead,
  lines,
  unit,
  at,
}: {
  title: string;
  lead?: string;
  lines: readonly LineOf[];
  unit: string;
  at: string;
}) {
  const { t } = useWords();
  const { view } = useView();
  const indicators = useIndicators();
  const first = lines[0]!;
  const said = useFigure(lineQuestions(first, undefined, { unit, at, view }).now);
  return (
    <Panel title={title} lead={lead} said={<Said of={said.data} />}>
      {indicators.data ? (
        <table className={`${ui.table} ${styles.lines}`}>
          <thead>
            <tr>
              <th scope="col">{t('choice.indicator')}</th>
              <th scope="col" className={ui.num}>
                {t('inspections.now')}
              </th>
              <th scope="col" className={ui.num}>
                {t('today.before')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => {
              const indicator = indicators.data.get(line.indicator);
              const key = `${line.indicator}/${line.category ?? ''}`;
              const isOfOther = line.kind !== first.kind;
              return indicator && <Line key={key} {...{ line, indicator, unit, at, isOfOther }} />;
            })}
          </tbody>
        </table>
      ) : (
        <Loading lines={lines.length * 2} />
      )}
    </Panel>
  );
}

function Line({
  line,
  indicator,
  unit,
  at,
  isOfOther,
}: {
  line: LineOf;
  indicator: Indicator;
  unit: string;
  at: string;
  /** It is of another period than what is said of the panel. */
  isOfOther: boolean;
}) {
  const { text, language } = useWords();
  const { view, to } = useView();
  const { category } = line;
  const asked = lineQuestions(line, indicator.share, { unit, at, view });
  const { now } = asked;
  const figure = useFigure(now);
  const wholeFigure = useFigure(asked.whole);
  const beforeFigure = useFigure(asked.before);
  const isRatio = isShare(indicator);
  const above = useFigure(asked.share?.above);
  const below = useFigure(asked.share?.below);
  const share = above.data && below.data && divide(above.data, below.data, indicator.share);
  const was = beforeFigure.data && ofCategory(beforeFigure.data, category);
  const is = wholeFigure.data && ofCategory(wholeFigure.data, category);
  const opened = to('/figure', { indicator: indicator.id, from: now.from, to: now.to, by: now.by });
  const categoryName = category === undefined ? undefined : indicator.categories?.values?.[category];
  return (
    <tr data-indicator={indicator.id}>
      <th scope="row">
        <Link to={opened}>{text(indicator.label)}</Link>
        {categoryName && ` · ${text(categoryName)}`}
        {isOfOther && now.from && now.to && <small> {formatPeriod(now.from, now.to, language)}</small>}
      </th>
      <td className={ui.num}>
        <Answered query={figure} lines={1} inLine>
          {(answer) => {
            const told = ofCategory(answer, category);
            return (
              <>
                <Value told={told} measure={indicator.measure} share={isRatio} /> <Marks told={told} />
                {share && share.value !== null && (
                  <div>
                    <Value told={share} share /> <small>{divided(share, language)}</small>
                  </div>
                )}
                {isRatio && told.value !== null && <div>{<small>{divided(told, language)}</small>}</div>}
                <TargetLine figure={told} share={isRatio} />
              </>
            );
          }}
        </Answered>
      </td>
      <td className={ui.num} data-coming={isComing(beforeFigure) || undefined}>
        {was && (
          <>
            <Value told={was} share={isRatio} />
            {is && (
              <div>
                <Change now={is} before={was} share={isRatio} better={line.better} />
              </div>
            )}
          </>
        )}
      </td>
    </tr>
  );
}

/** «(30 / 40)» */
function divided({ numerator, denominator }: Told, language: 'vi' | 'en'): string {
  const number = (value: number | null | undefined) => (value == null ? '…' : formatNumber(value, language));
  return `(${number(numerator)} / ${number(denominator)})`;
}

/** The share that the catalogue defines for an indicator beside its number. */
const divide = (above: Figure, below: Figure, share: Indicator['share']): Told =>
  shareOf(ofCategory(above, share?.numerator[0]?.category), ofCategory(below, share?.denominator[0]?.category));
