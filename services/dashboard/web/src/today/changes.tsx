import { useLive, type LiveChange } from '../api/live.js';
import { useIndicators, useUnit } from '../api/queries.js';
import { dayInVietNam, formatMoment } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { Empty } from '../ui/states.js';
import styles from './today.module.css';

const SHOWN = 6;
const NAMED = 2;

/** What was recorded since the page was opened, as it is recorded. */
export function Changes() {
  const { t } = useWords();
  const { changes } = useLive();
  return (
    <Panel title={t('today.changes')} lead={t('today.changesLead')}>
      {changes.length === 0 ? (
        <Empty>{t('today.noChanges')}</Empty>
      ) : (
        <ol className={styles.changes} aria-live="polite">
          {changes.slice(0, SHOWN).map((change) => (
            <ChangeLine key={`${change.entry.service}/${change.entry.unit}/${change.entry.seq}`} change={change} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function ChangeLine({ change }: { change: LiveChange }) {
  const { t, text, language } = useWords();
  const { entry, indicators, at } = change;
  const unit = useUnit(entry.unit);
  const known = useIndicators();
  const names = indicators.flatMap((id) => known.data?.get(id) ?? []).filter(({ supporting }) => !supporting);
  const moment = new Date(at);
  return (
    <li>
      <time dateTime={moment.toISOString()}>
        {formatMoment(moment.toISOString(), language, dayInVietNam(new Date()))}
      </time>
      <div>
        <strong>{unit.data ? text(unit.data.label) : entry.unit}</strong>{' '}
        <small>{t('today.entry', { seq: entry.seq })}</small>
        <div>
          {names
            .slice(0, NAMED)
            .map(({ label }) => text(label))
            .join('; ')}
          {names.length > NAMED && ` +${names.length - NAMED}`}
        </div>
      </div>
    </li>
  );
}
