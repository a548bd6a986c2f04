import { useLive } from '../api/live.js';
import { addMonths, dayInVietNam } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { DayInput } from '../ui/day-input.js';
import { MonthChoice } from '../ui/month-choice.js';
import { useView } from '../view/use-view.js';
import styles from './frame.module.css';

/** The two switches that every figure follows, the day that is looked at, and how the line is. */
export function Lenses() {
  const { t } = useWords();
  return (
    <section className={styles.lenses} aria-label={t('lens.label')}>
      <div className={styles.lensBar}>
        <MapLens />
        <KnownLens />
        <DayLens />
        <LineState />
      </div>
    </section>
  );
}

const REFORM_EVE = '2025-06-30';

function MapLens() {
  const { t } = useWords();
  const { view, change } = useView();
  const isDay = view.map !== 'then' && view.map !== 'today';
  return (
    <div className={styles.lens}>
      <label htmlFor="lens-map">{t('lens.map')}</label>
      <select
        id="lens-map"
        value={isDay ? 'day' : view.map}
        onChange={({ target }) => change({ map: target.value === 'day' ? REFORM_EVE : target.value })}
      >
        <option value="today">{t('lens.today')}</option>
        <option value="then">{t('lens.then')}</option>
        <option value="day">{t('lens.day')}</option>
      </select>
      {isDay && <DayInput label={t('lens.dayLabel')} value={view.map} onDay={(map) => change({ map })} />}
    </div>
  );
}

function KnownLens() {
  const { t } = useWords();
  const { view, change } = useView();
  const isMonth = view.known !== 'latest';
  const lastMonth = addMonths(dayInVietNam(new Date()).slice(0, 7), -1);
  return (
    <div className={styles.lens}>
      <label htmlFor="lens-known">{t('lens.known')}</label>
      <select
        id="lens-known"
        value={isMonth ? 'month' : 'latest'}
        onChange={({ target }) => change({ known: target.value === 'month' ? lastMonth : 'latest' })}
      >
        <option value="latest">{t('lens.latest')}</option>
        <option value="month">{t('lens.month')}</option>
      </select>
      {isMonth && (
        <MonthChoice
          label={t('lens.monthLabel')}
          value={view.known}
          last={lastMonth}
          onChoose={(known) => change({ known })}
        />
      )}
    </div>
  );
}

function DayLens() {
  const { t } = useWords();
  const { view, change } = useView();
  const today = dayInVietNam(new Date());
  return (
    <div className={styles.lens}>
      <span aria-hidden="true">{t('lens.at')}</span>
      <DayInput
        label={t('lens.at')}
        value={view.at ?? today}
        max={today}
        onDay={(day) => change({ at: day === today ? undefined : day })}
      />
      {view.at && (
        <button type="button" className={styles.back} onClick={() => change({ at: undefined })}>
          {t('lens.now')}
        </button>
      )}
    </div>
  );
}

function LineState() {
  const { t } = useWords();
  const { line } = useLive();
  return (
    <div
      className={`${styles.line} ${line === 'open' ? styles.open : line === 'lost' ? styles.lost : ''}`}
      role="status"
      data-line={line}
    >
      <span className={styles.dot} aria-hidden="true" />
      {t(`line.${line}`)}
    </div>
  );
}
