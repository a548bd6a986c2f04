import type { Inspections, Recommendation, Recommendations, Visit } from '../api/follow-up.js';
import { formatGiven } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { Empty } from '../ui/states.js';
import styles from './inspections.module.css';
import { UnitLink } from './parties.js';
import { RecommendationCard } from './recommendation.js';

/** Recommendations by the visit at which they were made, each once; of a visit in the order of their numbers. */
export function RecommendationList({
  answer,
  visits,
}: {
  answer: Recommendations;
  visits: Inspections['visits'] | undefined;
}) {
  const { t, language } = useWords();
  const { recommendations, labels } = answer;
  if (recommendations.length === 0) return <Empty>{t('inspections.none')}</Empty>;
  const byId = new Map<string, Visit>((visits ?? []).map((visit) => [visit.id, visit]));
  return (
    <>
      {[...byVisit(recommendations)].map(([visit, those]) => {
        const { issuedOn, at } = those[0]!;
        const place = byId.get(visit)?.place ?? at;
        return (
          <section key={visit} className={styles.ofVisit} data-of-visit={visit}>
            <h3>
              {place && <UnitLink unit={place} labels={labels} />} <small>{formatGiven(issuedOn, language)}</small>
            </h3>
            {those.map((recommendation) => (
              <RecommendationCard key={recommendation.id} recommendation={recommendation} labels={labels} />
            ))}
          </section>
        );
      })}
    </>
  );
}

function byVisit(recommendations: readonly Recommendation[]): Map<string, Recommendation[]> {
  const groups = new Map<string, Recommendation[]>();
  for (const each of recommendations) groups.set(each.visit, [...(groups.get(each.visit) ?? []), each]);
  for (const those of groups.values()) those.sort((a, b) => a.number - b.number);
  return groups;
}
