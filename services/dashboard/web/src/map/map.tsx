import { Link } from 'react-router';
import { readsAll, useMe, useWhose } from '../app/me.js';
import { useFigure, useIndicators, useUnit } from '../api/queries.js';
import { dayInVietNam } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { Field, Fields } from '../ui/field.js';
import { IndicatorChoice } from '../ui/indicator-choice.js';
import { Panel } from '../ui/panel.js';
import { PeriodChoice } from '../ui/period-choice.js';
import { Said } from '../ui/said.js';
import { Answered, Loading } from '../ui/states.js';
import { TakeAway, TakePicture } from '../ui/take-away.js';
import { isShare, Marks, Value } from '../ui/value.js';
import { periodOf } from '../view/period.js';
import { useView } from '../view/use-view.js';
import { Country, useCountryDrawn } from './country.js';
import styles from './map.module.css';
import { Ranking } from './ranking.js';

const FIRST = 'learners-present';

/** One figure over the country, or over the parts of a province: as a map, and as a ranking. */
export default function MapScreen() {
  const { t, text } = useWords();
  const { view, change, to } = useView();
  const me = useMe();
  const unit = useWhose();
  const whose = useUnit(unit);
  const indicators = useIndicators();
  const indicator = indicators.data?.get(view.indicator ?? FIRST);
  const today = dayInVietNam(new Date());
  const national = unit === 'vn';
  const levels = (national ? ['province'] : ['commune', 'centre']).filter((each) => indicator?.by.includes(each));
  const by = levels.find((each) => each === view.by) ?? levels[0] ?? 'commune';
  const period = indicator && periodOf(view, indicator.kind, today);
  const question = indicator &&
    period && { indicator: indicator.id, unit, map: view.map, known: view.known, by, sort: '-value', ...period };
  const figure = useFigure(question);
  useCountryDrawn(national ? question : undefined);
  if (!indicator) return <Loading lines={10} />;
  const share = isShare(indicator);
  return (
    <>
      <div className={styles.title}>
        <h1>
          {whose.data ? text(whose.data.label) : ' '} <span>· {t('nav.map')}</span>
        </h1>
        {!national && readsAll(me) && (
          <Link to={to('/map', { unit: undefined, indicator: view.indicator, from: view.from, to: view.to })}>
            {t('map.wholeCountry')}
          </Link>
        )}
        {!national && <Link to={to('/')}>{t('map.glance')}</Link>}
        {!national && <Link to={to(`/units/${unit}`)}>{t('map.unitPage')}</Link>}
      </div>
      <Fields>
        <IndicatorChoice value={indicator.id} onChoose={(id) => change({ indicator: id })} />
        {indicator.kind !== 'level' && <PeriodChoice />}
        <Field label={t('map.by')}>
          {(id) => (
            <select id={id} value={by} onChange={({ target }) => change({ by: target.value })}>
              {levels.map((each) => (
                <option key={each} value={each}>
                  {t(`by.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </Fields>
      <div className={national ? styles.columns : undefined}>
        {national && (
          <Panel
            title={text(indicator.label)}
            lead={text(indicator.measure)}
            actions={
              figure.data && (
                <TakePicture
                  name={`${indicator.id}-${unit}-map`}
                  heading={`${text(indicator.label)} · ${text(figure.data.unitLabel)}`}
                />
              )
            }
            said={<Said of={figure.data} />}
          >
            <Answered query={figure} lines={14}>
              {(answer) => <Country figure={answer} share={share} />}
            </Answered>
          </Panel>
        )}
        <Panel
          title={t('map.ranking', { by: t(`by.${by}`) })}
          lead={
            figure.data && (
              <>
                {t('map.whole')}: <Value told={figure.data} measure={indicator.measure} share={share} />{' '}
                <Marks told={figure.data} />
              </>
            )
          }
          actions={question && <TakeAway question={question} />}
          said={<Said of={figure.data} />}
        >
          <Answered query={figure} lines={14}>
            {(answer) => <Ranking figure={answer} share={share} by={by} />}
          </Answered>
        </Panel>
      </div>
    </>
  );
}
