import type { Finding, Inspections, Order, Visit } from '../api/follow-up.js';
import { useIndicators } from '../api/queries.js';
import { formatDate, formatGiven } from '../formats/dates.js';
import { formatNumber } from '../formats/numbers.js';
import { basisText } from '../formats/legal-basis.js';
import { useWords } from '../i18n/i18n.js';
import { Facts } from '../ui/facts.js';
import { Mark } from '../ui/panel.js';
import { Empty } from '../ui/states.js';
import styles from './inspections.module.css';
import { OfficeName, Parties, UnitLink, type Labels } from './parties.js';

/** Visits, the latest first, each with its order and what was found; then orders that no visit has followed yet. */
export function Visits({ answer }: { answer: Inspections }) {
  const { t } = useWords();
  const { inspections, visits, findings, labels } = answer;
  const orders = new Map(inspections.map((order) => [order.id, order]));
  const unvisited = inspections.filter((order) => (order.visits ?? []).length === 0);
  if (visits.length === 0 && unvisited.length === 0) return <Empty>{t('inspections.noVisits')}</Empty>;
  return (
    <div className={styles.visits}>
      {visits.map((visit) => (
        <VisitPart
          key={visit.id}
          visit={visit}
          order={visit.inspection === undefined ? undefined : orders.get(visit.inspection)}
          findings={findings.filter((finding) => finding.visit === visit.id)}
          labels={labels}
        />
      ))}
      {unvisited.map((order) => (
        <article key={order.id} className={styles.visit}>
          <h3>{order.title ?? t('inspections.order')}</h3>
          <OrderFacts order={order} labels={labels} />
        </article>
      ))}
    </div>
  );
}

function VisitPart({
  visit,
  order,
  findings,
  labels,
}: {
  visit: Visit;
  order: Order | undefined;
  findings: Finding[];
  labels: Labels;
}) {
  const { t, language } = useWords();
  const { kind, occurredOn, place, units = [], participants = [], authority, simulated } = visit;
  const where = place ?? (units.length === 1 ? units[0] : undefined);
  return (
    <article className={styles.visit} data-visit={visit.id}>
      <h3>
        {t(`inspections.kinds.${kind}`)}
        {where && (
          <>
            {': '}
            <UnitLink unit={where} labels={labels} />
          </>
        )}{' '}
        <small>
          <time dateTime={occurredOn}>{formatDate(occurredOn, language)}</time>
        </small>{' '}
        {simulated && <Mark>{t('mark.simulated')}</Mark>}
      </h3>
      {order ? (
        <OrderFacts order={order} labels={labels} />
      ) : (
        <Facts facts={[[t('inspections.authority'), authority && <OfficeName office={authority} labels={labels} />]]} />
      )}
      <Facts
        facts={[
          [
            t('inspections.visited'),
            units.length > 0 && (
              <Several count={units.length} words={t('reporting.unitsMeasure', { count: units.length })}>
                {units.map((unit) => (
                  <li key={unit}>
                    <UnitLink unit={unit} labels={labels} />
                  </li>
                ))}
              </Several>
            ),
          ],
          [
            t('inspections.participants'),
            participants.length > 0 && (
              <Several count={participants.length} words={t('inspections.offices')}>
                {participants.map((office, i) => (
                  <li key={i}>
                    <OfficeName office={office} labels={labels} />
                  </li>
                ))}
              </Several>
            ),
          ],
        ]}
      />
      {(['strength', 'limitation'] as const).map((each) => (
        <Findings
          key={each}
          kind={each}
          findings={findings.filter((finding) => finding.kind === each)}
          labels={labels}
        />
      ))}
    </article>
  );
}

function OrderFacts({ order, labels }: { order: Order; labels: Labels }) {
  const { t, language } = useWords();
  const { authority, decision, orderedOn, subjects = [] } = order;
  return (
    <Facts
      facts={[
        [t('inspections.decision'), decision ? basisText(decision, language) : formatGiven(orderedOn, language)],
        [t('inspections.authority'), authority && <OfficeName office={authority} labels={labels} />],
        [t('inspections.subjects'), subjects.length > 0 && <Parties parties={subjects} labels={labels} />],
      ]}
    />
  );
}

const AT_ONCE = 3;

/** A few are named at once; many are counted, and open. */
function Several({ count, words, children }: { count: number; words: string; children: React.ReactNode }) {
  const { language } = useWords();
  const list = <ul className={styles.several}>{children}</ul>;
  if (count <= AT_ONCE) return list;
  return (
    <details>
      <summary>
        {formatNumber(count, language)} {words}
      </summary>
      {list}
    </details>
  );
}

function Findings({ kind, findings, labels }: { kind: Finding['kind']; findings: Finding[]; labels: Labels }) {
  const { t, text } = useWords();
  const known = useIndicators();
  if (findings.length === 0) return null;
  return (
    <div>
      <h4 className={styles.under} data-kind={kind}>
        {t(`inspections.findings.${kind}`)}
      </h4>
      <ul className={styles.findings}>
        {findings.map(({ id, text: said, about = [], indicators = [] }) => (
          <li key={id}>
            <p>{said}</p>
            <small>
              {about.length > 0 && <Parties parties={about} labels={labels} />}
              {indicators.length > 0 && (
                <>
                  {about.length > 0 && ' · '}
                  {indicators
                    .map((each) => (known.data?.has(each) ? text(known.data.get(each)!.label) : each))
                    .join('; ')}
                </>
              )}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}
