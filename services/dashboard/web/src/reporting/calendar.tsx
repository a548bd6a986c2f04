import { useCallback, useMemo, useState } from 'react';
import { SHARES, type Share } from '../api/reporting-answers.js';
import { useAnswer } from '../api/queries.js';
import type { Reporting } from '../api/types.js';
import { dayInVietNam } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { Field, Fields } from '../ui/field.js';
import { Mark, Panel } from '../ui/panel.js';
import { MonthChoice } from '../ui/month-choice.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { TakeAway, TakePicture } from '../ui/take-away.js';
import ui from '../ui/ui.module.css';
import { useView } from '../view/use-view.js';
import { calendarRows, togetherOf } from './calendar-rows.js';
import { HeatGrid } from './heat-grid.js';
import { Looks } from './looks.js';
import { monthsShown, moved } from './months-shown.js';
import { calendarPath, partsOf } from './questions.js';
import styles from './reporting.module.css';

const ROWS_AT_FIRST = 70;

/** Who has reported, month by month. */
export function Calendar({ unit, kind, name }: { unit: string; kind: string; name: string }) {
  const { t, text, language } = useWords();
  const { view, to } = useView();
  const months = useMemo(() => monthsShown(view, dayInVietNam(new Date())), [view]);
  const choices = partsOf(kind);
  const by = choices.find((each) => each === view.by) ?? choices[0]!;
  const share = SHARES.find((each) => each === view.share) ?? 'completeness';
  const path = calendarPath(unit, by, months, view);
  const reporting = useAnswer<Reporting>('reporting', path);
  const [read, setRead] = useState<string>();
  const [all, setAll] = useState(false);
  const rows = useMemo(
    () => calendarRows(reporting.data?.rows ?? [], months, text, language),
    [reporting.data?.rows, months, text, language],
  );
  const cells = useMemo(() => togetherOf(rows, months), [rows, months]);
  const single = by === 'centre';
  const addressOfRow = useCallback(
    (key: string) => (single ? to(`/units/${key}`) : to('/reporting', { unit: key, share: view.share })),
    [single, to, view.share],
  );
  const addressOfCell = useCallback(
    (key: string | undefined, month: string) => {
      const whose = key ?? unit;
      return to('/reporting', { month, unit: whose === 'vn' ? undefined : whose });
    },
    [to, unit],
  );
  const shown = useMemo(() => (all ? rows : rows.slice(0, ROWS_AT_FIRST)), [all, rows]);
  const together = useMemo(
    () => (rows.length > 1 ? { name: t('reporting.together', { name }), cells } : undefined),
    [rows.length, t, name, cells],
  );
  const title = single ? t('reporting.calendarOfUnits') : t(`reporting.share.${share}`);
  return (
    <>
      <Choices {...{ months, choices, by, share, single }} />
      <Panel
        title={title}
        lead={
          reporting.data &&
          t(single ? 'reporting.leadOfUnits' : 'reporting.lead', { due: Number(reporting.data.dueOn.slice(8)) })
        }
        actions={
          <TakeAway path={path}>
            {rows.length > 0 && <TakePicture name={`reporting-${unit}`} heading={`${title} · ${name}`} />}
          </TakeAway>
        }
        className={styles.calendar}
        said={<Said of={reporting.data} />}
      >
        <Looks single={single} />
        <Answered query={reporting} lines={12}>
          {({ simulated, expected }) =>
            rows.length === 0 ? (
              <Empty>{t('reporting.nobody')}</Empty>
            ) : (
              <>
                {simulated > 0 && (
                  <p className={styles.simulated}>
                    <Mark>{t('mark.simulated')}</Mark>{' '}
                    {t(simulated === expected ? 'reporting.allSimulated' : 'reporting.partSimulated')}
                  </p>
                )}
                <HeatGrid
                  label={`${title}, ${name}`}
                  {...{ months, together, rows: shown, share, single, addressOfRow, addressOfCell }}
                  by={t(`by.${by}`)}
                  onRead={setRead}
                />
                {shown.length < rows.length && (
                  <button type="button" className={`${ui.button} ${ui.more}`} onClick={() => setAll(true)}>
                    {t('map.showAll', { count: rows.length })}
                  </button>
                )}
                <p className={styles.reading} aria-hidden="true" data-hint={read === undefined || undefined}>
                  {read ?? t('reporting.hint')}
                </p>
              </>
            )
          }
        </Answered>
      </Panel>
    </>
  );
}

/** Which months, of what, and which share. */
function Choices({
  months,
  choices,
  by,
  share,
  single,
}: {
  months: readonly string[];
  choices: readonly string[];
  by: string;
  share: Share;
  single: boolean;
}) {
  const { t } = useWords();
  const { view, change } = useView();
  const today = dayInVietNam(new Date());
  const thisMonth = today.slice(0, 7);
  const last = months.at(-1)!;
  const move = (steps: number) => change(moved(months, steps, today));
  return (
    <Fields>
      <div className={styles.steps}>
        <button type="button" className={ui.button} onClick={() => move(-1)}>
          <span aria-hidden="true">◀</span> <span>{t('reporting.earlier')}</span>
        </button>
        <Field label={t('reporting.until')}>
          {(id) => (
            <MonthChoice
              id={id}
              value={last}
              last={thisMonth}
              onChoose={(month) => change({ from: undefined, to: month })}
            />
          )}
        </Field>
        <button type="button" className={ui.button} disabled={last >= thisMonth} onClick={() => move(1)}>
          <span>{t('reporting.later')}</span> <span aria-hidden="true">▶</span>
        </button>
      </div>
      {choices.length > 1 && (
        <Field label={t('map.by')}>
          {(id) => (
            <select id={id} value={by} onChange={({ target }) => change({ by: target.value })}>
              {choices.map((each) => (
                <option key={each} value={each}>
                  {t(`by.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {!single && (
        <Field label={t('reporting.shown')}>
          {(id) => (
            <select
              id={id}
              value={share}
              onChange={({ target }) => change({ share: target.value === 'completeness' ? undefined : target.value })}
            >
              {SHARES.map((each) => (
                <option key={each} value={each}>
                  {t(`reporting.share.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {(view.from ?? view.to) && (
        <button type="button" className={ui.button} onClick={() => change({ from: undefined, to: undefined })}>
          {t('reporting.latest')}
        </button>
      )}
    </Fields>
  );
}
