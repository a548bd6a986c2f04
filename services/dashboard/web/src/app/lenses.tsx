import { useRef, useState, type KeyboardEvent } from 'react';
import { useLocation } from 'react-router';
import { useLive } from '../api/live.js';
import { addMonths, dayInVietNam } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { DayInput } from '../ui/day-input.js';
import { MonthChoice } from '../ui/month-choice.js';
import { useView } from '../view/use-view.js';
import type { View } from '../view/view.js';
import { drawnOnce } from './drawn-once.js';
import styles from './frame.module.css';
import { useMe } from './me.js';
import { savesData } from './saves-data.js';
import { askAheadAt, lookedAt } from './screens.js';

/** The two switches that every figure follows, the day that is looked at, and how the line is. */
export function Lenses() {
  const { t } = useWords();
  const choice = useChoice();
  return (
    <section className={styles.lenses} aria-label={t('lens.label')}>
      <div className={styles.lensBar}>
        <MapLens {...choice} />
        <KnownLens {...choice} />
        <DayLens {...choice} />
        <LineState />
      </div>
    </section>
  );
}

const REFORM_EVE = '2025-06-30';

interface Choice {
  /** What the switches say: what is shown, and what was just chosen. */
  view: View;
  /** Asks for the screen by what may be chosen next, so that it has come by the time that somebody has chosen. */
  ahead(...parts: Partial<View>[]): void;
  /** Shows the screen by what is chosen, once that is there. */
  choose(part: Partial<View>): void;
}

/** What somebody chooses from the switches. */
function useChoice(): Choice {
  const { view: shown, change } = useView();
  const me = useMe();
  const { pathname } = useLocation();
  const [choice, setChoice] = useState<{ by: View; part: Partial<View> }>();
  /** What was chosen last counts, and no longer once somebody has left the screen. */
  const wanted = useRef<Partial<View>>(undefined);
  // Until the screen is shown by it.
  const chosen = choice?.by === shown ? choice.part : {};
  const view = { ...shown, ...chosen };
  const ask = (part: Partial<View>) => askAheadAt(pathname, lookedAt(me, { ...view, ...part }));
  return {
    view,
    ahead(...parts) {
      if (!savesData()) for (const part of parts) void ask(part);
    },
    choose(part) {
      const all = { ...chosen, ...part };
      wanted.current = all;
      void drawnOnce(ask(part)).then(() => {
        if (wanted.current !== all) return;
        if (window.location.pathname === pathname) change(all);
        else setChoice(undefined);
      });
      setChoice({ by: shown, part: all });
    },
  };
}

/** Calls `opened` when a list is opened, by whatever means. */
const whenOpened = (opened: () => void) => ({
  onPointerDown: opened,
  onKeyDown: ({ key }: KeyboardEvent) => (key === 'Tab' ? undefined : opened()),
});

function MapLens({ view, ahead, choose }: Choice) {
  const { t } = useWords();
  const isDay = view.map !== 'then' && view.map !== 'today';
  return (
    <div className={styles.lens}>
      <label htmlFor="lens-map">{t('lens.map')}</label>
      <select
        id="lens-map"
        value={isDay ? 'day' : view.map}
        {...whenOpened(() => ahead({ map: 'today' }, { map: 'then' }, { map: REFORM_EVE }))}
        onChange={({ target }) => choose({ map: target.value === 'day' ? REFORM_EVE : target.value })}
      >
        <option value="today">{t('lens.today')}</option>
        <option value="then">{t('lens.then')}</option>
        <option value="day">{t('lens.day')}</option>
      </select>
      {isDay && (
        <DayInput
          label={t('lens.dayLabel')}
          value={view.map}
          onTyped={(map) => ahead({ map })}
          onDay={(map) => choose({ map })}
        />
      )}
    </div>
  );
}

function KnownLens({ view, ahead, choose }: Choice) {
  const { t } = useWords();
  const isMonth = view.known !== 'latest';
  const lastMonth = addMonths(dayInVietNam(new Date()).slice(0, 7), -1);
  return (
    <div className={styles.lens}>
      <label htmlFor="lens-known">{t('lens.known')}</label>
      <select
        id="lens-known"
        value={isMonth ? 'month' : 'latest'}
        {...whenOpened(() => ahead({ known: 'latest' }, { known: lastMonth }))}
        onChange={({ target }) => choose({ known: target.value === 'month' ? lastMonth : 'latest' })}
      >
        <option value="latest">{t('lens.latest')}</option>
        <option value="month">{t('lens.month')}</option>
      </select>
      {isMonth && (
        <MonthChoice
          label={t('lens.monthLabel')}
          value={view.known}
          last={lastMonth}
          onChoose={(known) => choose({ known })}
        />
      )}
    </div>
  );
}

function DayLens({ view, ahead, choose }: Choice) {
  const { t } = useWords();
  const today = dayInVietNam(new Date());
  return (
    <div className={styles.lens}>
      <span aria-hidden="true">{t('lens.at')}</span>
      <DayInput
        label={t('lens.at')}
        value={view.at ?? today}
        max={today}
        onTyped={(day) => ahead({ at: day === today ? undefined : day })}
        onDay={(day) => choose({ at: day === today ? undefined : day })}
      />
      {view.at && (
        <button type="button" className={styles.back} onClick={() => choose({ at: undefined })}>
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
