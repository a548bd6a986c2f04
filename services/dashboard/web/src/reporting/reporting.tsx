import { Link } from 'react-router';
import { readsAll, useMe, useWhose } from '../app/me.js';
import type { Looked } from '../app/screens.js';
import { askAnswer, knownUnit, useAnswer, useUnit } from '../api/queries.js';
import type { PlacedUnit } from '../api/types.js';
import { addMonths, dayInVietNam, formatPeriod } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { Failed, Loading } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { useView } from '../view/use-view.js';
import { Calendar } from './calendar.js';
import { Month } from './month.js';
import { monthsShown } from './months-shown.js';
import { calendarPath, partsOf, placePath } from './questions.js';
import styles from './reporting.module.css';

/** The calendar, where it is known of what; where not, it is asked for once that is. */
export function askAhead({ unit, at, view }: Looked): Promise<unknown> {
  const kind = knownUnit(unit)?.kind;
  const months = monthsShown({ from: undefined, to: undefined, at }, dayInVietNam(new Date()));
  return Promise.all([
    askAnswer('units', placePath(unit, at)),
    ...(kind ? [askAnswer('reporting', calendarPath(unit, partsOf(kind)[0]!, months, view))] : []),
  ]);
}

/** Who has reported, month by month; a month that is opened, down to its units; where a province approves. */
export default function ReportingScreen() {
  const { t, text, language } = useWords();
  const { view } = useView();
  const unit = useWhose();
  const me = useMe();
  const at = view.at ?? dayInVietNam(new Date());
  const whose = useAnswer<PlacedUnit>('units', placePath(unit, at));
  // Mostly known from elsewhere: what the calendar is made of needn't wait for where the unit lies.
  const kind = useUnit(unit).data?.kind ?? whose.data?.kind;
  if (whose.isError) return <Failed error={whose.error} retry={() => void whose.refetch()} />;
  const name = whose.data ? text(whose.data.label) : '';
  const { month } = view;
  // Above the whole country there is nothing, and above one’s own unit nothing that is seen.
  const hasAbove = unit !== 'vn' && (readsAll(me) || !me.units?.includes(unit));
  return (
    <>
      {hasAbove && <Above of={whose.data} />}
      <div className={styles.title}>
        <h1>
          {name}
          <span>
            {name && ' · '}
            {month ? t('reporting.ofMonth', { month: formatPeriod(month, month, language) }) : t('nav.reporting')}
          </span>
        </h1>
        {month && <OtherMonths month={month} />}
      </div>
      {!kind ? (
        <Loading lines={8} />
      ) : month ? (
        <Month key={`${unit} ${month}`} unit={unit} kind={kind} month={month} />
      ) : (
        <Calendar key={unit} unit={unit} kind={kind} name={name} />
      )}
    </>
  );
}

/** The places that the unit lies in, as far up as the reader may see. */
function Above({ of }: { of: PlacedUnit | undefined }) {
  const { text } = useWords();
  const { view, to } = useView();
  const me = useMe();
  const within = of?.within ?? [];
  const own = within.findIndex(({ id }) => me.units?.includes(id));
  const seen = readsAll(me) ? within : within.slice(0, own + 1);
  return (
    <p className={ui.within}>
      {[...seen].reverse().map(({ id, label }) => (
        <Link key={id} to={to('/reporting', { unit: id === 'vn' ? undefined : id, month: view.month })}>
          {text(label)}
        </Link>
      ))}
    </p>
  );
}

function OtherMonths({ month }: { month: string }) {
  const { t, language } = useWords();
  const { view, to } = useView();
  const thisMonth = dayInVietNam(new Date()).slice(0, 7);
  const addressOf = (other: string) => to('/reporting', { month: other, status: view.status });
  const [before, after] = [addMonths(month, -1), addMonths(month, 1)];
  return (
    <nav className={styles.steps} aria-label={t('reporting.otherMonths')}>
      <Link className={ui.button} to={addressOf(before)}>
        <span aria-hidden="true">◀</span> {formatPeriod(before, before, language)}
      </Link>
      {after <= thisMonth && (
        <Link className={ui.button} to={addressOf(after)}>
          {formatPeriod(after, after, language)} <span aria-hidden="true">▶</span>
        </Link>
      )}
      <Link className={ui.button} to={to('/reporting')}>
        {t('reporting.calendar')}
      </Link>
    </nav>
  );
}
