import { useState } from 'react';
import { useLive } from '../api/live.js';
import { addMonths, dayInVietNam } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
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
        <input
          type="month"
          aria-label={t('lens.monthLabel')}
          value={view.known}
          max={lastMonth}
          onChange={({ target }) => target.value && change({ known: target.value })}
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

/** Takes a day once it is whole: while its year is being typed it isn't one yet. */
function DayInput({
  label,
  value,
  max,
  onDay,
}: {
  label: string;
  value: string;
  max?: string;
  onDay: (day: string) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const take = (day: string) => {
    setTyped(undefined);
    if (/^(19|20)\d\d-\d\d-\d\d$/.test(day) && day !== value && (max === undefined || day <= max)) onDay(day);
  };
  return (
    <input
      type="date"
      aria-label={label}
      value={typed ?? value}
      max={max}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={({ target }) => take(target.value)}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && take(currentTarget.value)}
    />
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
