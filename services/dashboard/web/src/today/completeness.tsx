import { formatDate } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { Counts } from '../ui/reporting-counts.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { TakeAway } from '../ui/take-away.js';
import { useLastMonth } from './use-last-month.js';

/** How complete the last month is: who has reported of those expected to. */
export function Completeness({ unit, at }: { unit: string; at: string }) {
  const { t, language } = useWords();
  const { month, path, reporting } = useLastMonth(unit, at);
  return (
    <Panel
      title={t('today.completeness', { month: formatDate(month, language) })}
      lead={reporting.data && t('today.due', { day: formatDate(reporting.data.dueOn, language) })}
      actions={<TakeAway path={path} />}
      said={<Said of={reporting.data} />}
    >
      <Answered query={reporting}>
        {(answer) =>
          answer.expected === 0 ? <Empty>{t('state.none')}</Empty> : <Counts of={answer} unit={unit} month={month} />
        }
      </Answered>
    </Panel>
  );
}
