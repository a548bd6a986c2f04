import { useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { ApiProblem } from '../api/client.js';
import { recordFact, untilShown, type FactResult } from '../api/facts.js';
import type { Recommendation } from '../api/follow-up.js';
import { useInWhoseName } from '../api/in-whose-name.js';
import { useUnit } from '../api/queries.js';
import { dayInVietNam, firstDayOf } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { DayInput } from '../ui/day-input.js';
import { Field, Fields } from '../ui/field.js';
import { required } from '../ui/required.js';
import ui from '../ui/ui.module.css';
import styles from './inspections.module.css';

type Kind = 'report' | 'close';

/**
 * Reports progress of a recommendation, or closes it, for who may: the platform says in whose names the reader may; for nobody's, nothing
 * is here.
 */
export function GoOn({ recommendation }: { recommendation: Recommendation }) {
  const { t } = useWords();
  const { data } = useInWhoseName(recommendation.id);
  const [open, setOpen] = useState<Kind>();
  const [result, setResult] = useState<FactResult>();
  const kinds = (['report', 'close'] as const).filter((kind) => (data?.may[kind].length ?? 0) > 0);
  const taken = (told: FactResult) => {
    setResult(told);
    if (told.status !== 'refused') setOpen(undefined);
  };
  if (kinds.length === 0 && !result) return null;
  return (
    <div className={styles.goOn}>
      <div className={styles.buttons}>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className={ui.button}
            aria-expanded={open === kind}
            onClick={() => {
              setResult(undefined);
              setOpen(open === kind ? undefined : kind);
            }}
          >
            {t(`inspections.${kind}`)}
          </button>
        ))}
      </div>
      {data && open && (
        <Form key={open} kind={open} recommendation={recommendation} names={data.may[open]} onResult={taken} />
      )}
      <Outcome result={result} />
    </div>
  );
}

const TYPES = {
  report: 'vn.gdtx.inspections.ProgressReported.v1',
  close: 'vn.gdtx.inspections.RecommendationClosed.v1',
} as const;

function Form({
  kind,
  recommendation,
  names,
  onResult,
}: {
  kind: Kind;
  recommendation: Recommendation;
  names: string[];
  onResult: (result: FactResult) => void;
}) {
  const { t } = useWords();
  const client = useQueryClient();
  const textId = useId();
  const today = dayInVietNam(new Date());
  const [source, setSource] = useState(names[0]!);
  const [day, setDay] = useState(today);
  const [state, setState] = useState(kind === 'report' ? 'in-progress' : 'done');
  const [text, setText] = useState('');
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  // The same for every try: what got through although its answer was lost counts once.
  const [id, setId] = useState(() => crypto.randomUUID());

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setProblem(undefined);
    const said = text.trim();
    const data =
      kind === 'report'
        ? { recommendation: recommendation.id, reportedOn: day, state, text: said }
        : { recommendation: recommendation.id, closedOn: day, outcome: state, ...(said && { note: said }) };
    try {
      const result = await recordFact({ id, source, type: TYPES[kind], data });
      if (result.status === 'refused') setId(crypto.randomUUID());
      else await untilShown('inspections', result, source);
      await client.invalidateQueries({ queryKey: ['follow-up'] });
      onResult(result);
    } catch (error) {
      setProblem(error);
    } finally {
      setSending(false);
    }
  };
  const states = kind === 'report' ? ['in-progress', 'done'] : ['done', 'lapsed'];
  const dayName = t(kind === 'report' ? 'inspections.reportedOn' : 'inspections.closedOn');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => void send(event)}
      aria-label={`${t(`inspections.${kind}`)}: ${recommendation.number}`}
    >
      <Fields>
        <Field label={t('inspections.inWhoseName')}>
          {(field) => (
            <select id={field} value={source} onChange={({ target }) => setSource(target.value)}>
              {names.map((name) => (
                <UnitOption key={name} unit={name} />
              ))}
            </select>
          )}
        </Field>
        <Field label={dayName}>
          {(field) => (
            <DayInput
              id={field}
              label={dayName}
              value={day}
              min={firstDayOf(recommendation.issuedOn)}
              max={today}
              onDay={setDay}
            />
          )}
        </Field>
        <Field label={t('inspections.state')}>
          {(field) => (
            <select id={field} value={state} onChange={({ target }) => setState(target.value)}>
              {states.map((each) => (
                <option key={each} value={each}>
                  {t(`inspections.${kind === 'report' ? 'said' : 'states'}.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </Fields>
      <label htmlFor={textId} className={styles.label}>
        {t(kind === 'report' ? 'inspections.text' : 'inspections.note')}
      </label>
      <textarea
        id={textId}
        rows={3}
        maxLength={2000}
        {...(kind === 'report' && required(t('state.required')))}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className={ui.button} disabled={isSending}>
        {t(isSending ? 'inspections.sending' : 'inspections.send')}
      </button>
      {problem !== undefined && (
        <p className={styles.refused} role="alert">
          <strong>{t('inspections.notSent')}</strong> {problem instanceof ApiProblem ? problem.message : ''}
        </p>
      )}
    </form>
  );
}

function UnitOption({ unit }: { unit: string }) {
  const { text } = useWords();
  const found = useUnit(unit);
  return <option value={unit}>{found.data ? text(found.data.label) : unit}</option>;
}

/** What the platform says of the fact: its receipt, or in its own sentence why it doesn't take it. */
function Outcome({ result }: { result: FactResult | undefined }) {
  const { t } = useWords();
  if (!result) return <div role="status" />;
  if (result.status === 'refused') {
    return (
      <p className={styles.refused} role="alert">
        <strong>{t('inspections.refused')}</strong> <span lang="en">{result.refusal.message}</span>
      </p>
    );
  }
  const { unit, seq, hash } = result;
  return (
    <p className={styles.taken} role="status">
      <strong>{t(`inspections.${result.status}`)}</strong> {t('figure.receipt', { ledger: `inspections/${unit}`, seq })}{' '}
      <code>{hash}</code>
    </p>
  );
}
