import { useEffect, useState } from 'react';
import { getLines } from '../api/client.js';
import { figureAddress, type FigureQuestion } from '../api/queries.js';
import type { Indicator, SourceEnd, SourceLine } from '../api/types.js';
import { dayInVietNam, formatMoment } from '../formats/dates.js';
import { formatNumber } from '../formats/numbers.js';
import { factName } from '../i18n/fact-name.js';
import { useWords } from '../i18n/i18n.js';
import { Mark, Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Failed, Loading } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { valueText } from '../ui/value.js';
import styles from './figure.module.css';

const SHOWN = 50;

interface Read {
  lines: SourceLine[];
  count: number;
  end: SourceEnd | undefined;
  error: unknown;
}

const NONE: Read = { lines: [], count: 0, end: undefined, error: undefined };

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
  const read = useSources(asked === path ? path : undefined);
  const today = dayInVietNam(new Date());
  return (
    <Panel
      title={t('figure.sources')}
      lead={t('figure.sourcesLead')}
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
            count: formatNumber(read.count, language),
            recomputed: valueText(read.end.recomputed, language, t('state.none'), share),
            figure: valueText(read.end.figure, language, t('state.none'), share),
          })}{' '}
          {text(indicator.measure)}
        </p>
      )}
      {read.lines.length > 0 && (
        <ol className={styles.entries}>
          {read.lines.slice(0, most).map((line) => (
            <li key={`${line.entry.service}/${line.entry.unit}/${line.entry.seq}/${line.term ?? ''}`}>
              <div className={styles.entryHead}>
                <strong>{factName(line.type, text)}</strong>
                <span>
                  {line.simulated && <Mark>{t('mark.simulated')}</Mark>}{' '}
                  {partText(line.part, (n) => formatNumber(n, language))}
                </span>
              </div>
              <div className={styles.receipt}>
                {t('figure.receipt', { ledger: `${line.entry.service}/${line.entry.unit}`, seq: line.entry.seq })}{' '}
                <code>{line.hash}</code>
                <br />
                {t('figure.recordedAt', { moment: formatMoment(line.recordedAt, language, today) })} · {line.source}
              </div>
            </li>
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

const KEPT = 2000;

/** Reads the entries while they come; beyond so many they are only counted. */
function useSources(path: string | undefined): Read {
  const [read, setRead] = useState<Read>(NONE);
  useEffect(() => {
    setRead(NONE);
    if (path === undefined) return undefined;
    const stop = new AbortController();
    const lines: SourceLine[] = [];
    let count = 0;
    const reading = async () => {
      for await (const line of getLines<SourceLine | SourceEnd>(path, stop.signal)) {
        if ('equal' in line) {
          setRead({ lines, count, end: line, error: undefined });
        } else {
          count += 1;
          if (lines.length < KEPT) lines.push(line);
        }
      }
    };
    reading().catch((error: unknown) => {
      if (!stop.signal.aborted) setRead({ lines, count, end: undefined, error });
    });
    return () => stop.abort();
  }, [path]);
  return read;
}

/** A part is a number, or what it says of itself. */
function partText(part: unknown, number: (value: number) => string): string {
  if (typeof part === 'number') return number(part);
  const value = (part as { value?: unknown } | null)?.value;
  return typeof value === 'number' ? number(value) : '';
}
