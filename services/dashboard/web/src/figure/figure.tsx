import { Link } from 'react-router';
import { useWhose } from '../app/me.js';
import { useFigure, useIndicators } from '../api/queries.js';
import type { Indicator } from '../api/types.js';
import { dayInVietNam, withDates } from '../formats/dates.js';
import { factName } from '../i18n/fact-name.js';
import { useWords } from '../i18n/i18n.js';
import { Column, Columns } from '../ui/columns.js';
import { Facts } from '../ui/facts.js';
import { Field, Fields } from '../ui/field.js';
import { IndicatorChoice } from '../ui/indicator-choice.js';
import { Panel } from '../ui/panel.js';
import { PeriodChoice } from '../ui/period-choice.js';
import { Said } from '../ui/said.js';
import { Answered, Loading } from '../ui/states.js';
import { TakeAway } from '../ui/take-away.js';
import { isShare, Marks, Value } from '../ui/value.js';
import { periodOf } from '../view/period.js';
import { useView } from '../view/use-view.js';
import { dimensionName } from './dimension-name.js';
import styles from './figure.module.css';
import { NotIncludedList } from './not-included.js';
import { Parts } from './parts.js';
import { Sources } from './sources.js';
import { Trend } from './trend.js';
import { WhyChanged } from './why-changed.js';

const FIRST = 'learners-present';

/** One figure opened: what it means, what it is made of, how it went, and the entries that prove it. */
export default function FigureScreen() {
  const words = useWords();
  const { t, text } = words;
  const { view, change, to } = useView();
  const unit = useWhose();
  const indicators = useIndicators();
  const indicator = indicators.data?.get(view.indicator ?? FIRST);
  const period = indicator && periodOf(view, indicator.kind, dayInVietNam(new Date()));
  const question = indicator &&
    period && { indicator: indicator.id, unit, map: view.map, known: view.known, ...period };
  const figure = useFigure(question);
  const by = view.by ?? (indicator?.categories ? 'category' : unit === 'vn' ? 'province' : 'year');
  const parts = question && { ...question, by, sort: isTime(by) ? 'key' : '-value' };
  if (!indicator || !question || !parts) return <Loading lines={10} />;
  const share = isShare(indicator);
  return (
    <>
      <p className={styles.whose}>
        {figure.data && <Link to={to(`/units/${unit}`)}>{text(figure.data.unitLabel)}</Link>}
      </p>
      <h1>{text(indicator.label)}</h1>
      <div className={styles.large}>
        <Answered query={figure} lines={2}>
          {(answer) => (
            <>
              <p className={styles.value}>
                <Value told={answer} measure={indicator.measure} share={share} /> <Marks told={answer} />
              </p>
              <p className={styles.said}>
                <Said of={answer} />
              </p>
              <TakeAway question={question} />
            </>
          )}
        </Answered>
      </div>
      <Fields>
        <IndicatorChoice value={indicator.id} onChoose={(id) => change({ indicator: id, by: undefined })} />
        {indicator.kind !== 'level' && <PeriodChoice />}
        <Field label={t('figure.by')}>
          {(id) => (
            <select id={id} value={by} onChange={({ target }) => change({ by: target.value })}>
              {dimensionsOf(indicator, unit).map((each) => (
                <option key={each} value={each}>
                  {dimensionName(each, indicator, words)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </Fields>
      <Columns wider="first">
        <Column>
          <Trend indicator={indicator} unit={unit} share={share} />
          <Parts question={parts} by={by} share={share} indicator={indicator} actions={<TakeAway question={parts} />} />
        </Column>
        <Column>
          <Definition indicator={indicator} />
          {figure.data && figure.data.notIncluded.length > 0 && <NotIncludedList figure={figure.data} />}
          <WhyChanged question={question} indicator={indicator} share={share} />
          <Sources question={question} indicator={indicator} share={share} />
        </Column>
      </Columns>
    </>
  );
}

const isTime = (by: string): boolean => ['month', 'year', 'school-year'].includes(by);

/** Into what the figure can be parted; a level of one day has no months. */
function dimensionsOf({ kind, categories, by }: Indicator, unit: string): string[] {
  const places = unit === 'vn' ? ['province', 'centre'] : ['commune', 'centre'];
  const dimensions = [
    ...(categories ? ['category'] : []),
    ...places,
    ...(kind === 'level' ? [] : ['month', 'year', 'school-year']),
  ];
  return dimensions.filter((dimension) => by.includes(dimension));
}

function Definition({ indicator }: { indicator: Indicator }) {
  const { t, text, language } = useWords();
  const { definition, measure, aggregation, fedBy, definedBy, addsOverUnits } = indicator;
  return (
    <Panel title={t('figure.definition')}>
      <p className={styles.definition}>{text(definition)}</p>
      <Facts
        facts={[
          [t('figure.measure'), text(measure)],
          [
            t('figure.adds'),
            `${t(`aggregation.${aggregation}`)}${addsOverUnits ? '' : ` ${t('figure.addsNotOverUnits')}`}`,
          ],
          [t('figure.definedBy'), definedBy && withDates(definedBy, language)],
          [t('figure.fedBy'), fedBy.map((type) => factName(type, text)).join('; ')],
        ]}
      />
    </Panel>
  );
}
