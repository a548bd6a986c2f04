import type { KeyboardEvent } from 'react';
import { useLocation } from 'react-router';
import { useLive } from '../api/live.js';
import { addMonths, dayInVietNam } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { DayInput } from '../ui/day-input.js';
import { MonthChoice } from '../ui/month-choice.js';
import { useView } from '../view/use-view.js';
import type { View } from '../view/view.js';
import styles from './frame.module.css';
import { useMe, whoseOf } from './me.js';
import { savesData } from './saves-data.js';
import { askAheadAt } from './screens.js';

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

/** Of a list that is opened: asks for the screen by all that can be chosen there, so that it has come by the time that somebody has chosen. */
function useOpened(parts: readonly Partial<View>[]) {
  const { view } = useView();
  const me = useMe();
  const { pathname } = useLocation();
  const ask = () => {
    if (savesData()) return;
    const at = view.at ?? dayInVietNam(new Date());
    for (const part of parts) void askAheadAt(pathname, { unit: whoseOf(me, view), at, view: { ...view, ...part } });
  };
  return { onPointerDown: ask, onKeyDown: ({ key }: KeyboardEvent) => (key === 'Tab' ? undefined : ask()) };
}

function MapLens() {
  const { t } = useWords();
  const { view, change } = useView();
  const isDay = view.map !== 'then' && view.map !== 'today';
  const opened = useOpened([{ map: 'today' }, { map: 'then' }, { map: REFORM_EVE }]);
  return (
    <div className={styles.lens}>
      <label htmlFor="lens-map">{t('lens.map')}</label>
      <select
        id="lens-map"
        value={isDay ? 'day' : view.map}
        {...opened}
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
  const opened = useOpened([{ known: 'latest' }, { known: lastMonth }]);
  return (
    <div className={styles.lens}>
      <label htmlFor="lens-known">{t('lens.known')}</label>
      <select
        id="lens-known"
        value={isMonth ? 'month' : 'latest'}
        {...opened}
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
