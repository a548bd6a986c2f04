import { address } from '../api/client.js';
import { useReporting } from '../api/queries.js';
import { formatDate } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { Counts } from '../ui/reporting-counts.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { TakeAway } from '../ui/take-away.js';
import { lastMonth } from '../view/compared.js';
import { useView } from '../view/use-view.js';

/** How complete the last month is: who has reported of those expected to. */
export function Completeness({ unit, at }: { unit: string; at: string }) {
  const { t, language } = useWords();
  const { view } = useView();
  const month = lastMonth(at);
  const asked = { month, map: view.map, known: view.known, ...(unit !== 'vn' && { unit }) };
  const reporting = useReporting(asked);
  return (
    <Panel
      title={t('today.completeness', { month: formatDate(month, language) })}
      lead={reporting.data && t('today.due', { day: formatDate(reporting.data.dueOn, language) })}
      actions={<TakeAway path={address('/v1/reporting', { ...asked, by: unit === 'vn' ? 'province' : 'centre' })} />}
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
