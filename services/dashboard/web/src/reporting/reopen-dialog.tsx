import { useState } from 'react';
import type { UnitMonth } from '../api/reporting-answers.js';
import type { UnitSummary } from '../api/types.js';
import { formatPeriod } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { required } from '../ui/required.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { Failed } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { reopenable, reopenings } from './approval.js';
import { FactResults } from './fact-results.js';
import { usePostFacts } from './use-post-facts.js';

/** Opens a unit's closed month again, with the reason, in every service in which it is closed. */
export function ReopenDialog({
  of,
  month,
  approver,
  onClose,
}: {
  of: UnitMonth;
  month: string;
  approver: UnitSummary;
  onClose: () => void;
}) {
  const { t, text, language } = useWords();
  const [parts] = useState(() => reopenable(of).map((service) => ({ unit: of.unit, service })));
  const [ids] = useState(() => parts.map(() => crypto.randomUUID()));
  const [reason, setReason] = useState('');
  const posted = usePostFacts();
  const send = () => {
    const left = [...ids];
    posted.send(reopenings(parts, { month, by: approver.id, reason: reason.trim(), newId: () => left.shift()! }));
  };
  const done = posted.results !== undefined;
  const name = text(of.label);
  return (
    <Dialog
      title={t('reporting.reopenTitle', { month: formatPeriod(month, month, language), name })}
      onClose={onClose}
      actions={
        <>
          <button type="button" className={ui.button} onClick={onClose}>
            {t(done ? 'reporting.close' : 'reporting.cancel')}
          </button>
          {!done && (
            <button
              type="button"
              className={ui.button}
              data-tone="primary"
              disabled={posted.sending || reason.trim() === ''}
              onClick={send}
            >
              {t('reporting.reopen')}
            </button>
          )}
        </>
      }
    >
      {done ? (
        <FactResults results={posted.results!} of={parts} names={new Map([[of.unit, name]])} />
      ) : (
        <>
          <p>
            {t('reporting.reopenLead', {
              by: text(approver.label),
              services: parts.map(({ service }) => t(`reporting.service.${service}`)).join(', '),
            })}
          </p>
          <Field label={t('reporting.reason')}>
            {(id) => (
              <textarea
                id={id}
                {...required(t('state.required'))}
                maxLength={1000}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
          {posted.error !== undefined && <Failed error={posted.error} />}
        </>
      )}
    </Dialog>
  );
}
