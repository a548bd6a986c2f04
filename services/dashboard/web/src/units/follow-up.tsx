import { Link } from 'react-router';
import { address } from '../api/client.js';
import type { Recommendations } from '../api/follow-up.js';
import { useAnswer } from '../api/queries.js';
import { formatGiven } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { StateMarks } from '../ui/state-marks.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { TakeAway } from '../ui/take-away.js';
import { useView } from '../view/use-view.js';
import styles from './units.module.css';

const SHOWN = 8;

/** What was asked of a unit, or of those that it came from, and what became of it; all of it is on the screen of inspections. */
export function FollowUp({ unit }: { unit: string }) {
  const { t, language } = useWords();
  const { view, to } = useView();
  const known = view.known === 'latest' ? undefined : view.known;
  const of = { unit, on: view.at, known };
  const asked = useAnswer<Recommendations>('follow-up', address('/v1/recommendations', { ...of, limit: SHOWN }));
  return (
    <Panel
      title={
        asked.data
          ? t('inspections.recommendations', { count: asked.data.total })
          : t('inspections.recommendationsTitle')
      }
      actions={
        <TakeAway path={address('/v1/recommendations', of)}>
          <Link to={to('/inspections', { unit })}>{t('unit.allFollowUp')}</Link>
        </TakeAway>
      }
      said={asked.data && <Said of={{ map: view.map, known: view.known, asOf: asked.data.asOf }} />}
    >
      <Answered query={asked} lines={4}>
        {({ recommendations }) =>
          recommendations.length === 0 ? (
            <Empty>{t('unit.noFollowUp')}</Empty>
          ) : (
            <ul className={styles.followUp}>
              {recommendations.map((each) => (
                <li key={each.id}>
                  <span lang="vi">{each.text}</span> <StateMarks recommendation={each} />
                  <small>{formatGiven(each.issuedOn, language)}</small>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}
