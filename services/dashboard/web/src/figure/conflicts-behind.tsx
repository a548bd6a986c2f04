import { Link } from 'react-router';
import { address } from '../api/client.js';
import { useAnswer } from '../api/queries.js';
import type { Conflicts, Indicator } from '../api/types.js';
import { useWords } from '../i18n/i18n.js';
import { Mark } from '../ui/panel.js';
import { useView } from '../view/use-view.js';
import { factName } from '../i18n/fact-name.js';
import styles from './figure.module.css';

const SHOWN = 20;

/** Entries that the registry has come to contradict, where the figure is made of such: they stand, and count with the successor. */
export function ConflictsBehind({ unit, indicator }: { unit: string; indicator: Indicator }) {
  const { t, text } = useWords();
  const { to } = useView();
  const path = address('/v1/conflicts', { unit: unit === 'vn' ? undefined : unit, limit: 1000 });
  const found = useAnswer<Conflicts>('follow-up', path);
  const touching = (found.data?.conflicts ?? []).filter(
    ({ type, why }) => why === 'seat-ended' || indicator.fedBy.includes(type),
  );
  if (touching.length === 0) return null;
  return (
    <div className={styles.conflicts}>
      <h3>{t('changed.conflicts', { count: touching.length })}</h3>
      <ul>
        {touching.slice(0, SHOWN).map(({ unit: whose, label, why, entry, type, countsWith, status }) => (
          <li key={`${entry.service}/${entry.unit}/${entry.seq}`}>
            <Link to={to(`/units/${whose}`)}>{text(label)}</Link>{' '}
            <Mark tone={status === 'settled' ? 'plain' : undefined}>{t(`changed.${status}`)}</Mark>
            <small>
              {factName(type, text)}, {t('today.entry', { seq: entry.seq })}: {t(`changed.conflict.${why}`)}.{' '}
              {t('changed.countsWith', { units: countsWith.map((each) => text(each.label)).join('; ') })}
            </small>
          </li>
        ))}
      </ul>
      {touching.length > SHOWN && <small>{t('figure.firstOf', { shown: SHOWN, count: touching.length })}</small>}
    </div>
  );
}
