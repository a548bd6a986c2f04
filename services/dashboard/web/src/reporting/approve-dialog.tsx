import { useState } from 'react';
import type { UnitMonth } from '../api/reporting-answers.js';
import type { UnitSummary } from '../api/types.js';
import { formatPeriod } from '../formats/dates.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { Mark } from '../ui/panel.js';
import { Failed } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { approvable, approvals } from './approval.js';
import { FactResults } from './fact-results.js';
import styles from './reporting.module.css';
import { usePostFacts } from './use-post-facts.js';

/**
 * Says what is approved, up to which entry, and sends it when that is confirmed. What is shown when it is opened is what is
 * approved, whatever comes meanwhile.
 */
export function ApproveDialog({
  units,
  month,
  approver,
  onClose,
}: {
  units: readonly UnitMonth[];
  month: string;
  approver: UnitSummary;
  onClose: () => void;
}) {
  const { t, text, language } = useWords();
  const [shown] = useState(() => units.map((unit) => ({ unit, parts: approvable(unit) })));
  const [ids] = useState(() => shown.flatMap(({ parts }) => parts.map(() => crypto.randomUUID())));
  const [note, setNote] = useState('');
  const posted = usePostFacts();
  const parts = shown.flatMap((each) => each.parts);
  const names = new Map(shown.map(({ unit }) => [unit.unit, text(unit.label)]));
  const send = () => {
    const left = [...ids];
    posted.send(approvals(parts, { month, by: approver.id, note: note.trim(), newId: () => left.shift()! }));
  };
  const done = posted.results !== undefined;
  const ofMonth = formatPeriod(month, month, language);
  return (
    <Dialog
      title={t('reporting.approveTitle', { month: ofMonth })}
      onClose={onClose}
      actions={
        <>
          <button type="button" className={ui.button} onClick={onClose}>
            {t(done ? 'reporting.close' : 'reporting.cancel')}
          </button>
          {!done && (
            <button type="button" className={ui.button} data-tone="primary" disabled={posted.sending} onClick={send}>
              {t('reporting.approveNow', { count: shown.length })}
            </button>
          )}
        </>
      }
    >
      {done ? (
        <FactResults results={posted.results!} of={parts} names={names} />
      ) : (
        <>
          <p>{t('reporting.approveLead', { by: text(approver.label), month: ofMonth })}</p>
          <ul className={styles.confirmed}>
            {shown.map(({ unit, parts: services }) => (
              <li key={unit.unit}>
                <strong>{text(unit.label)}</strong> {unit.simulated && <Mark>{t('mark.simulated')}</Mark>}{' '}
                {unit.states.includes('different') && <Mark tone="bad">{t('reporting.states.different')}</Mark>}
                {services.map(({ service, upToSeq }) => (
                  <div key={service}>
                    {t(`reporting.service.${service}`)}: {t('reporting.upTo', { seq: formatNumber(upToSeq, language) })}
                  </div>
                ))}
              </li>
            ))}
          </ul>
          <Field label={t('reporting.note')}>
            {(id) => (
              <textarea id={id} maxLength={2000} value={note} onChange={({ target }) => setNote(target.value)} />
            )}
          </Field>
          {posted.error !== undefined && <Failed error={posted.error} />}
        </>
      )}
    </Dialog>
  );
}
