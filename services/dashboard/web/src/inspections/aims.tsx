import { Link } from 'react-router';
import type { Recommendation } from '../api/follow-up.js';
import { useFigure, useIndicators } from '../api/queries.js';
import type { Figure, Indicator } from '../api/types.js';
import { dayInVietNam, firstDayOf, formatDate, formatPeriod } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { Change } from '../ui/against.js';
import { Answered } from '../ui/states.js';
import { isShare, Marks, Value } from '../ui/value.js';
import { useView } from '../view/use-view.js';
import { beforeAfter, unitsAimedAt, type Asked } from './before-after.js';
import styles from './inspections.module.css';
import { UnitLink, type Labels } from './parties.js';

/** The indicators that a recommendation aims at, for whom it addresses: as they were when it was issued, and as they are now. */
export function Aims({ recommendation, labels }: { recommendation: Recommendation; labels: Labels }) {
  const { t } = useWords();
  const { view } = useView();
  const known = useIndicators();
  const { indicators = [], addressees = [], at: place, issuedOn } = recommendation;
  const issued = firstDayOf(issuedOn);
  const at = view.at ?? dayInVietNam(new Date());
  const units = unitsAimedAt(addressees, place);
  if (indicators.length === 0) return <p className={styles.noAims}>{t('inspections.noAims')}</p>;
  if (!known.data || issued === undefined) return null;
  return (
    <div>
      <h5 className={styles.under}>{t('inspections.aims')}</h5>
      <ul className={styles.aims}>
        {indicators.flatMap((id) => {
          const indicator = known.data.get(id);
          if (!indicator) return [<li key={id}>{`${id}: ${t('inspections.notCounted')}`}</li>];
          return units.map((unit) => (
            <Aim key={`${id}/${unit}`} indicator={indicator} unit={unit} issued={issued} at={at}>
              {units.length > 1 && (
                <>
                  {' · '}
                  <UnitLink unit={unit} labels={labels} />
                </>
              )}
            </Aim>
          ));
        })}
      </ul>
    </div>
  );
}

function Aim({
  indicator,
  unit,
  issued,
  at,
  children,
}: {
  indicator: Indicator;
  unit: string;
  issued: string;
  at: string;
  children: React.ReactNode;
}) {
  const { t, text, language } = useWords();
  const { view } = useView();
  const asked = beforeAfter(indicator.kind, issued, at);
  const common = { indicator: indicator.id, unit, map: view.map, known: view.known };
  const before = useFigure({ ...common, ...asked.before });
  const now = useFigure({ ...common, ...asked.now });
  const when = (period: Asked) =>
    'on' in period ? formatDate(period.on, language) : formatPeriod(period.from, period.to, language);
  const side = (name: 'then' | 'now', query: typeof now, period: Asked) => (
    <div>
      <dt>
        {t(`inspections.${name}`)} <small>({when(period)})</small>
      </dt>
      <dd>
        <Answered query={query} lines={1} inLine>
          {(figure) => <Side figure={figure} period={period} />}
        </Answered>
      </dd>
    </div>
  );
  return (
    <li data-indicator={indicator.id}>
      <div>
        <strong className={styles.aim}>{text(indicator.label)}</strong>
        {children}
      </div>
      <dl>
        {side('then', before, asked.before)}
        {side('now', now, asked.now)}
        {asked.comparable && now.data && before.data && (
          <div>
            <Change now={now.data} before={before.data} share={isShare(indicator)} better="neither" />
          </div>
        )}
      </dl>
    </li>
  );
}

function Side({ figure, period }: { figure: Figure; period: Asked }) {
  const { to } = useView();
  const { indicator, unit } = figure;
  const opened = 'on' in period ? { at: period.on } : { from: period.from, to: period.to };
  return (
    <>
      <Link to={to('/figure', { indicator, unit, ...opened })}>
        <Value told={figure} measure={figure.measure} share={isShare(figure)} />
      </Link>{' '}
      <Marks told={figure} />
    </>
  );
}
