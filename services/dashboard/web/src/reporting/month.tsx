import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { useReporting } from '../api/queries.js';
import { formatDate } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { Mark, Panel } from '../ui/panel.js';
import { Counts } from '../ui/reporting-counts.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { useView } from '../view/use-view.js';
import { ChangedSince } from './changed-since.js';
import { Outlying } from './outlying.js';
import { Reconciled } from './reconciled.js';
import styles from './reporting.module.css';
import { UnitList } from './unit-list.js';
import { useApprover } from './use-approver.js';

/** A month that is opened: the counts, the units themselves, what changed after it was approved, and what doesn't look right. */
export function Month({ unit, kind, month }: { unit: string; kind: string; month: string }) {
  const { t, language } = useWords();
  const { view } = useView();
  const approver = useApprover(unit);
  useNamedPlace();
  const reporting = useReporting({
    ...{ month, map: view.map, known: view.known },
    ...(unit !== 'vn' && { unit }),
  });
  const isOne = kind === 'centre' || kind === 'community-centre';
  return (
    <>
      <Panel
        title={t('reporting.counts')}
        lead={reporting.data && t('today.due', { day: formatDate(reporting.data.dueOn, language) })}
        said={<Said of={reporting.data} />}
        className={styles.first}
      >
        <Answered query={reporting}>
          {(answer) =>
            answer.expected === 0 ? (
              <Empty>{t('reporting.nobody')}</Empty>
            ) : (
              <>
                {answer.simulated > 0 && (
                  <p className={styles.simulated}>
                    <Mark>{t('mark.simulated')}</Mark>{' '}
                    {t(answer.simulated === answer.expected ? 'reporting.allSimulated' : 'reporting.partSimulated')}
                  </p>
                )}
                <Counts of={answer} unit={unit} month={month} />
              </>
            )
          }
        </Answered>
      </Panel>
      <div className={styles.columns}>
        <div className={styles.column}>
          <UnitList unit={unit} month={month} approver={approver} />
        </div>
        <div className={styles.column}>
          <ChangedSince unit={unit} month={month} isOne={isOne} />
          <Reconciled unit={unit} month={month} />
          <Outlying unit={unit} month={month} />
        </div>
      </div>
    </>
  );
}

/** Shows the part of the screen that the address names: `#outliers`. */
function useNamedPlace(): void {
  const { hash, key } = useLocation();
  useEffect(() => {
    if (hash === '') return undefined;
    // After the frame has gone to the top of a screen that is new.
    const next = requestAnimationFrame(() => document.getElementById(hash.slice(1))?.scrollIntoView());
    return () => cancelAnimationFrame(next);
  }, [hash, key]);
}
