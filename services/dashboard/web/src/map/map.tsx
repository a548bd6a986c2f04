import { Link } from 'react-router';
import { readsAll, useMe, useWhose } from '../app/me.js';
import type { Looked } from '../app/screens.js';
import { askAnswer, askFigures, knownIndicators, useFigure, useIndicators, useUnit } from '../api/queries.js';
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
import { useView } from '../view/use-view.js';
import { Country, useCountryDrawn } from './country.js';
import styles from './map.module.css';
import { FIRST_INDICATOR, drawnPaths, levelsOf, mapQuestion } from './questions.js';
import { Ranking } from './ranking.js';
import { askOutlines } from './use-outlines.js';

/** The figure by its parts and, of the nation, what it is drawn of. */
export function askAhead({ unit, at, view: { map, known } }: Looked): Promise<unknown> {
  const indicator = knownIndicators()?.get(FIRST_INDICATOR);
  const by = levelsOf(indicator, unit)[0];
  if (!indicator || !by) return Promise.resolve();
  const today = dayInVietNam(new Date());
  const question = mapQuestion(
    indicator,
    { unit, by, view: { map, known, at, from: undefined, to: undefined } },
    today,
  );
  const figures = askFigures([question]);
  if (unit !== 'vn') return figures;
  const { of2024, alive } = drawnPaths(question, today);
  return Promise.all([figures, askOutlines(), askAnswer('units', of2024), askAnswer('units', alive)]);
}

/** One figure over the country, or over the parts of a province: as a map, and as a ranking. */
export default function MapScreen() {
  const { t, text } = useWords();
  const { view, change, to } = useView();
  const me = useMe();
  const unit = useWhose();
  const whose = useUnit(unit);
  const indicators = useIndicators();
  const indicator = indicators.data?.get(view.indicator ?? FIRST_INDICATOR);
  const national = unit === 'vn';
  const levels = levelsOf(indicator, unit);
  const by = levels.find((each) => each === view.by) ?? levels[0] ?? 'commune';
  const question = indicator && mapQuestion(indicator, { unit, by, view }, dayInVietNam(new Date()));
  const figure = useFigure(question);
  useCountryDrawn(national ? question : undefined);
  if (!indicator) return <Loading lines={10} />;
  const share = isShare(indicator);
  const ranking = t('map.ranking', { by: t(`by.${by}`) });
  return (
    <>
      <div className={styles.title}>
        <h1>
          {whose.data && text(whose.data.label)}
          <span>
            {whose.data && ' · '}
            {t('nav.map')}
          </span>
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
        {levels.length > 1 && (
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
        )}
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
          title={national ? ranking : text(indicator.label)}
          lead={
            figure.data && (
              <>
                {!national && `${ranking} · `}
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
