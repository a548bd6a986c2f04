import { useState } from 'react';
import { useLines } from '../api/lines.js';
import { figureAddress, type FigureQuestion } from '../api/queries.js';
import type { Indicator, SourceEnd, SourceLine } from '../api/types.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Failed, Loading } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { valueText } from '../ui/value.js';
import { EntryLine, entryKey } from './entry-line.js';
import styles from './figure.module.css';

const SHOWN = 50;

/** The entries that the figure is made of, each with its receipt, and the proof that they add up to it. Read from the ledgers when asked. */
export function Sources({
  question,
  indicator,
  share,
}: {
  question: FigureQuestion;
  indicator: Indicator;
  share: boolean;
}) {
  const { t, text, language } = useWords();
  const path = figureAddress(question, '/v1/figures/sources');
  const [asked, setAsked] = useState<string>();
  const [most, setMost] = useState(SHOWN);
  const read = useLines<SourceLine, SourceEnd>(asked === path ? path : undefined);
  return (
    <Panel
      title={t('figure.sources')}
      lead={t('figure.sourcesLead')}
      className={asked === path ? undefined : styles.onScreen}
      said={read.end && <Said of={{ ...question, map: question.map ?? 'today', asOf: read.end.asOf }} />}
    >
      {asked !== path && (
        <button type="button" className={ui.button} onClick={() => setAsked(path)}>
          {t('figure.openSources')}
        </button>
      )}
      {read.error !== undefined && <Failed error={read.error} />}
      {asked === path && read.end === undefined && read.error === undefined && <Loading lines={3} />}
      {read.end && (
        <p className={styles.proof} data-equal={read.end.equal} role="status">
          <strong>{t(read.end.equal ? 'figure.equal' : 'figure.unequal')}</strong>{' '}
          {t('figure.proof', {
            count: read.count,
            recomputed: valueText(read.end.recomputed, language, t('state.none'), share),
            figure: valueText(read.end.figure, language, t('state.none'), share),
          })}{' '}
          {text(indicator.measure)}
        </p>
      )}
      {read.lines.length > 0 && (
        <ol className={styles.entries}>
          {read.lines.slice(0, most).map((line) => (
            <EntryLine key={entryKey(line)} line={line} part={partText(line.part, (n) => formatNumber(n, language))} />
          ))}
        </ol>
      )}
      {read.count > most && (
        <button type="button" className={ui.button} onClick={() => setMost(most + SHOWN * 4)}>
          {t('figure.more', {
            shown: formatNumber(Math.min(most, read.lines.length), language),
            count: formatNumber(read.count, language),
          })}
        </button>
      )}
    </Panel>
  );
}

/** A part is a number, or what it says of itself. */
function partText(part: unknown, number: (value: number) => string): string {
  if (typeof part === 'number') return number(part);
  const value = (part as { value?: unknown } | null)?.value;
  return typeof value === 'number' ? number(value) : '';
}
