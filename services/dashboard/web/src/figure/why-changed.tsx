import { useState } from 'react';
import { useUnit } from '../api/queries.js';
import { figureAddress, type FigureQuestion } from '../api/queries.js';
import { useLines } from '../api/lines.js';
import type { ChangeLine, ChangesEnd, Indicator, Sides, Told, Why } from '../api/types.js';
import { addMonths, dayInVietNam, formatDate } from '../formats/dates.js';
import { formatDifference, formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Facts } from '../ui/facts.js';
import { Field, Fields } from '../ui/field.js';
import { Mark, Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Empty, Failed, Loading } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { Marks, Value } from '../ui/value.js';
import { useView } from '../view/use-view.js';
import { byReason } from './by-reason.js';
import { ConflictsBehind } from './conflicts-behind.js';
import { EntryLine, entryKey } from './entry-line.js';
import styles from './figure.module.css';

const MONTHS_BACK = 36;
const SHOWN = 50;

/**
 * Why the figure is another one than it was known to be by the end of a month: the entries that made the difference, each with its part
 * and its reason, and the proof that they add up to it. Read from the ledgers once a month is chosen.
 */
export function WhyChanged({
  question,
  indicator,
  share,
}: {
  question: FigureQuestion;
  indicator: Indicator;
  share: boolean;
}) {
  const { t, language } = useWords();
  const { view, change } = useView();
  const last = addMonths(dayInVietNam(new Date()).slice(0, 7), -1);
  // What is shown as known by a month is compared with now; what is shown as of now, with the month that is chosen.
  const since = view.since ?? (view.known === 'latest' ? undefined : view.known);
  const until = view.known !== 'latest' && since !== undefined && since < view.known ? view.known : 'latest';
  const path = since && figureAddress(question, '/v1/figures/changes', { known: since, until });
  const read = useLines<ChangeLine, ChangesEnd>(path);
  const months = Array.from({ length: MONTHS_BACK }, (_, i) => addMonths(last, -i));
  const choices = since === undefined || months.includes(since) ? months : [...months, since];
  const known = until === 'latest' ? undefined : until;
  return (
    <Panel
      title={t('changed.title')}
      lead={t('changed.lead')}
      className={path ? undefined : styles.onScreen}
      said={read.end && <Said of={{ ...question, map: question.map ?? 'today', known, asOf: read.end.asOf }} />}
    >
      <Fields>
        <Field label={t('changed.since')}>
          {(id) => (
            <select id={id} value={since ?? ''} onChange={({ target }) => change({ since: target.value || undefined })}>
              <option value="">{t('changed.choose')}</option>
              {choices.map((month) => (
                <option key={month} value={month}>
                  {t('changed.month', { month: formatDate(month, language) })}
                </option>
              ))}
            </select>
          )}
        </Field>
      </Fields>
      {read.error !== undefined && <Failed error={read.error} />}
      {path && read.end === undefined && read.error === undefined && <Loading lines={3} />}
      {read.end && <Difference end={read.end} indicator={indicator} share={share} />}
      {read.end && <Reasons lines={read.lines} count={read.count} />}
      {path && <ConflictsBehind unit={question.unit ?? 'vn'} indicator={indicator} />}
    </Panel>
  );
}

/** Then, now, the difference, and whether the entries add up to it. */
function Difference({ end, indicator, share }: { end: ChangesEnd; indicator: Indicator; share: boolean }) {
  const { t, text, language } = useWords();
  const sides = (of: Sides) =>
    typeof of === 'number'
      ? formatDifference(of, language)
      : t('changed.sides', {
          numerator: formatDifference(of.numerator, language),
          denominator: formatDifference(of.denominator, language),
        });
  const value = (told: Told) => (
    <>
      <Value told={told} measure={indicator.measure} share={share} /> <Marks told={told} />
    </>
  );
  const month = (known: string) =>
    known === 'latest' ? t('changed.now') : t('changed.by', { month: formatDate(known, language) });
  return (
    <>
      <Facts
        facts={[
          [month(end.then.known), value(end.then)],
          [month(end.now.known), value(end.now)],
          [
            t('changed.difference'),
            <>
              <strong className={ui.number}>{sides(end.difference)}</strong>{' '}
              {typeof end.difference === 'number' && <span className={ui.measure}>{text(indicator.measure)}</span>}
            </>,
          ],
        ]}
      />
      <p className={styles.proof} data-equal={end.equal} role="status">
        <strong>{t(end.equal ? 'figure.equal' : 'figure.unequal')}</strong>{' '}
        {t('changed.proof', { explained: sides(end.explained) })}
      </p>
    </>
  );
}

function Reasons({ lines, count }: { lines: readonly ChangeLine[]; count: number }) {
  const { t, language } = useWords();
  const [most, setMost] = useState(SHOWN);
  if (count === 0) return <Empty>{t('changed.none')}</Empty>;
  return (
    <>
      <ul className={styles.reasons}>
        {byReason(lines).map(({ why, entries, sums }) => (
          <li key={why}>
            <Mark tone={TONES[why]}>{t(`changed.why.${why}`)}</Mark> {t('changed.entries', { count: entries })}:{' '}
            <strong>{sums.map((sum) => formatDifference(sum, language)).join(' / ')}</strong>
            <small>{t(`changed.means.${why}`)}</small>
          </li>
        ))}
      </ul>
      <ol className={styles.entries}>
        {lines.slice(0, most).map((line) => (
          <EntryLine
            key={`${entryKey(line)}/${line.why}`}
            line={line}
            part={
              <>
                <Mark tone={TONES[line.why]}>{t(`changed.why.${line.why}`)}</Mark>{' '}
                <strong>{formatDifference(line.part, language)}</strong>
              </>
            }
          >
            <Whose unit={line.entry.unit} term={line.term} />
          </EntryLine>
        ))}
      </ol>
      {count > most && (
        <button type="button" className={ui.button} onClick={() => setMost(most + SHOWN)}>
          {t('figure.more', {
            shown: formatNumber(Math.min(most, lines.length), language),
            count: formatNumber(count, language),
          })}
        </button>
      )}
    </>
  );
}

function Whose({ unit, term }: { unit: string; term: string | undefined }) {
  const { t, text } = useWords();
  const found = useUnit(unit);
  return (
    <div className={styles.whoseEntry}>
      {found.data ? text(found.data.label) : unit}
      {term && ` · ${t(`changed.term.${term}`)}`}
    </div>
  );
}

const TONES: Record<Why, 'soft' | 'plain' | 'bad' | undefined> = {
  ...{ new: 'plain', late: undefined, correction: 'soft', withdrawal: 'bad' },
  ...{ 'first-report': 'soft', lineage: 'soft' },
};
