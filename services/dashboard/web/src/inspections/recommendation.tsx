import type { Recommendation } from '../api/follow-up.js';
import { formatDate, formatGiven } from '../formats/dates.js';
import { basisText } from '../formats/legal-basis.js';
import { useWords } from '../i18n/i18n.js';
import { Facts } from '../ui/facts.js';
import { Aims } from './aims.js';
import { GoOn } from './go-on.js';
import styles from './inspections.module.css';
import { OfficeName, Parties, UnitLink, type Labels } from './parties.js';
import { StateMarks } from '../ui/state-marks.js';
import { useView } from '../view/use-view.js';

/** One recommendation: what was asked of whom until when, at which figures it aims, and what became of it. */
export function RecommendationCard({ recommendation, labels }: { recommendation: Recommendation; labels: Labels }) {
  const { t, language } = useWords();
  const { view } = useView();
  // What stood on another day isn't gone on with.
  const isNow = view.at === undefined && view.known === 'latest';
  const { id, number, text, addressees = [], with: others = [], due, basis = [] } = recommendation;
  const { closedOn, outcome, progress = [] } = recommendation;
  return (
    <article className={styles.recommendation} data-recommendation={id}>
      <div className={styles.head}>
        <span className={styles.number} aria-hidden="true">
          {number}
        </span>
        <h4>
          <span className="unseen">{t('inspections.number', { number })}: </span>
          <span lang="vi">{text}</span>
        </h4>
        <span className={styles.states}>
          <StateMarks recommendation={recommendation} />
        </span>
      </div>
      <Facts
        facts={[
          [t('inspections.addressees'), addressees.length > 0 && <Parties parties={addressees} labels={labels} />],
          [t('inspections.due'), due ? formatDate(due, language) : t('inspections.noDue')],
          [
            t('inspections.with'),
            others.length > 0 &&
              others.map((office, i) => (
                <span key={i}>
                  {i > 0 && '; '}
                  <OfficeName office={office} labels={labels} />
                </span>
              )),
          ],
          [t('inspections.basis'), basis.map((each) => basisText(each, language)).join('; ')],
          [
            t('inspections.closed'),
            closedOn && `${formatGiven(closedOn, language)} · ${t(`inspections.states.${outcome ?? 'done'}`)}`,
          ],
        ]}
      />
      <Aims recommendation={recommendation} labels={labels} />
      {progress.length > 0 && (
        <div>
          <h5 className={styles.under}>{t('inspections.progress')}</h5>
          <ol className={styles.progress}>
            {progress.map(({ by, reportedOn, text: said, state }, i) => (
              <li key={i}>
                <small>
                  <time dateTime={reportedOn}>{formatDate(reportedOn, language)}</time>
                  {by && (
                    <>
                      {' · '}
                      <UnitLink unit={by} labels={labels} />
                    </>
                  )}
                  {` · ${t(`inspections.said.${state}`)}`}
                </small>
                <p lang="vi">{said}</p>
              </li>
            ))}
          </ol>
        </div>
      )}
      {isNow && recommendation.status !== 'closed' && <GoOn recommendation={recommendation} />}
    </article>
  );
}
