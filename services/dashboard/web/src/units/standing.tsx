import { useAnswer, useIndicators } from '../api/queries.js';
import { formatDate, formatGiven } from '../formats/dates.js';
import { basisText } from '../formats/legal-basis.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Facts } from '../ui/facts.js';
import { Mark, Panel } from '../ui/panel.js';
import { Answered, Empty } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { useView } from '../view/use-view.js';
import { holdsOn, ratingsUntil, type CentrePage, type CommunityCentrePage, type Rating } from './centre-pages.js';
import styles from './units.module.css';

/** What its authority has said of a centre: a rating a year, and accreditation with its validity; as the ledger holds it now. */
export function CentreStanding({ unit, at }: { unit: string; at: string }) {
  const { t, language } = useWords();
  const page = useAnswer<CentrePage>('units', `/v1/centres/${encodeURIComponent(unit)}`);
  return (
    <>
      <Panel title={t('unit.ratings')} lead={t('unit.ratingsLead')} said={<AsLedgerHolds />}>
        <Answered query={page} lines={2}>
          {({ ratings }) => <Ratings ratings={ratingsUntil(ratings, at)} indicator="centres-by-rating" />}
        </Answered>
      </Panel>
      <Panel title={t('unit.accreditation')} said={<AsLedgerHolds />}>
        <Answered query={page} lines={2}>
          {({ accreditation: { awarded, targets } }) =>
            awarded.length + targets.length === 0 ? (
              <Empty>{t('state.none')}</Empty>
            ) : (
              <ul className={styles.followUp}>
                {awarded
                  .filter(({ day }) => day <= at)
                  .map((each) => {
                    const { day, level, asGiven, awardedBy, awardedOn, validUntil, legalBasis = [] } = each;
                    const holds = holdsOn(each, at);
                    return (
                      <li key={day}>
                        {asGiven ?? t('unit.level', { level })}{' '}
                        <Mark tone={holds ? 'good' : 'plain'}>{t(holds ? 'unit.valid' : 'unit.expired')}</Mark>
                        <small>
                          {[
                            t('unit.awarded', { day: formatGiven(awardedOn, language) }),
                            validUntil && t('unit.validUntil', { day: formatDate(validUntil, language) }),
                            awardedBy?.body,
                            ...legalBasis.map((basis) => basisText(basis, language)),
                          ]
                            .filter(Boolean)
                            .join(' · ')}
                        </small>
                      </li>
                    );
                  })}
                {targets.map(({ year, level, asGiven, setBy }) => (
                  <li key={year}>
                    {t('today.target', { year })}: {asGiven ?? t('unit.level', { level })}
                    <small>{setBy?.body}</small>
                  </li>
                ))}
              </ul>
            )
          }
        </Answered>
      </Panel>
    </>
  );
}

/** The managers of a community centre as last reported, how often they changed, and its rating of each year. */
export function CommunityCentreStanding({ unit, at }: { unit: string; at: string }) {
  const { t, language } = useWords();
  const page = useAnswer<CommunityCentrePage>('units', `/v1/community-centres/${encodeURIComponent(unit)}`);
  const people = (count: number | undefined) => count !== undefined && formatNumber(count, language);
  return (
    <>
      <Panel title={t('community.managers')} said={<AsLedgerHolds />}>
        <Answered query={page} lines={3}>
          {({ reports: { management, managerChanges } }) =>
            !management && managerChanges.total === 0 ? (
              <Empty>{t('state.none')}</Empty>
            ) : (
              <Facts
                facts={[
                  [t('unit.managers'), people(management?.managers)],
                  [t('unit.concurrent'), people(management?.concurrent)],
                  [t('unit.female'), people(management?.female)],
                  [t('unit.seconded'), people(management?.secondedTeachers)],
                  [t('unit.reportedOn'), management && formatGiven(management.reportedOn, language)],
                  [
                    t('unit.managerChanges'),
                    managerChanges.total > 0 &&
                      [
                        formatNumber(managerChanges.total, language),
                        managerChanges.lastOn && t('unit.lastOn', { day: formatDate(managerChanges.lastOn, language) }),
                      ]
                        .filter(Boolean)
                        .join(' · '),
                  ],
                ]}
              />
            )
          }
        </Answered>
      </Panel>
      <Panel title={t('unit.ratings')} lead={t('unit.ratingsLead')} said={<AsLedgerHolds />}>
        <Answered query={page} lines={2}>
          {({ reports: { ratings } }) => {
            const byYear = Object.entries(ratings).map(([year, rating]) => ({ ...rating, year: Number(year) }));
            return <Ratings ratings={ratingsUntil(byYear, at)} indicator="community-ratings" />;
          }}
        </Answered>
      </Panel>
    </>
  );
}

function Ratings({ ratings, indicator }: { ratings: (Rating & { year: number })[]; indicator: string }) {
  const { t, text, language } = useWords();
  const indicators = useIndicators();
  const words = indicators.data?.get(indicator)?.categories?.values ?? {};
  if (ratings.length === 0) return <Empty>{t('state.none')}</Empty>;
  return (
    <table className={ui.table}>
      <thead>
        <tr>
          <th scope="col">{t('by.year')}</th>
          <th scope="col">{t('unit.rating')}</th>
          <th scope="col">{t('unit.ratedBy')}</th>
        </tr>
      </thead>
      <tbody>
        {ratings.map(({ year, rating, ratedBy, ratedOn, legalBasis = [] }) => (
          <tr key={year}>
            <td>{year}</td>
            <td>{words[rating] ? text(words[rating]) : rating}</td>
            <td>
              {ratedBy?.body}
              <small className={styles.line}>
                {[formatGiven(ratedOn, language), ...legalBasis.map((basis) => basisText(basis, language))]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Of a ledger's page there is only what it holds now: said where something else is looked at. */
function AsLedgerHolds() {
  const { t } = useWords();
  const { view } = useView();
  return <>{t(view.known === 'latest' ? 'unit.asLedgerHolds' : 'unit.asLedgerHoldsNow')}</>;
}
