import { useState } from 'react';
import { useWhose } from '../app/me.js';
import type { Looked } from '../app/screens.js';
import { address } from '../api/client.js';
import type { Inspections, Recommendations } from '../api/follow-up.js';
import { askFigures, useAnswer, useUnit } from '../api/queries.js';
import { dayInVietNam, formatDate, formatPeriod } from '../formats/dates.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Column, Columns } from '../ui/columns.js';
import { Field, Fields } from '../ui/field.js';
import { questionsOfHeadlines, type HeadlineOf } from '../ui/headline-questions.js';
import { Headline, Headlines } from '../ui/headline.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered } from '../ui/states.js';
import { TakeAway } from '../ui/take-away.js';
import ui from '../ui/ui.module.css';
import { UnitChoice } from '../ui/unit-choice.js';
import { useView } from '../view/use-view.js';
import styles from './inspections.module.css';
import { RecommendationList } from './recommendations.js';
import { Visits } from './visits.js';

const COUNTS: readonly HeadlineOf[] = [
  { indicator: 'recommendations-open', kind: 'level', better: 'down' },
  { indicator: 'recommendations-overdue', kind: 'level', better: 'down' },
  { indicator: 'recommendations-closed', kind: 'flow' },
  { indicator: 'findings', kind: 'flow', better: 'neither' },
];
const STATUSES = ['open', 'overdue', 'closed'];
const FIRST = 25;
const MORE = 100;
const YEARS_BACK = 12;

/** The headline figures; the lists are asked for with the first drawing. */
export const askAhead = (looked: Looked): Promise<unknown> => askFigures(questionsOfHeadlines(COUNTS, looked));

/** Inspections, what they found and what they asked for: of whom, until when, at which figures it aims and what became of it. */
export default function InspectionsScreen() {
  const { t, text, language } = useWords();
  const { view, change } = useView();
  const whose = useWhose();
  const unit = useUnit(whose);
  const [most, setMost] = useState(FIRST);
  const at = view.at ?? dayInVietNam(new Date());
  const asked = {
    ...{ unit: whose === 'vn' ? undefined : whose, on: view.at, from: view.from, to: view.to },
    known: view.known === 'latest' ? undefined : view.known,
  };
  const status = STATUSES.includes(view.status ?? '') ? view.status : undefined;
  const recommendations = useAnswer<Recommendations>(
    'follow-up',
    address('/v1/recommendations', { status, ...asked, limit: most }),
  );
  const inspections = useAnswer<Inspections>('follow-up', address('/v1/inspections', { ...asked, limit: most }));
  const months = formatPeriod(view.from ?? null, view.to ?? null, language);
  const period = view.at ? `${months} · ${t('said.on', { day: formatDate(view.at, language) })}` : months;
  const said = (answer: { asOf: string | null } | undefined) => (
    <Said of={answer && { map: view.map, known: view.known, asOf: answer.asOf }} period={period} />
  );
  return (
    <>
      <h1 className={styles.title}>
        {t('inspections.title')} {unit.data && <span>· {text(unit.data.label)}</span>}
      </h1>
      <Headlines label={t('today.headlines')}>
        {COUNTS.map((headline) => (
          <Headline key={headline.indicator} headline={headline} unit={whose} at={at} />
        ))}
      </Headlines>
      <Fields>
        <UnitChoice />
        <Field label={t('inspections.status')}>
          {(id) => (
            <select
              id={id}
              value={status ?? ''}
              onChange={({ target }) => change({ status: target.value || undefined })}
            >
              <option value="">{t('inspections.anyStatus')}</option>
              {STATUSES.map((each) => (
                <option key={each} value={each}>
                  {t(`inspections.statuses.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <YearChoice />
      </Fields>
      <Columns wider="first">
        <Column>
          <Panel
            title={
              recommendations.data
                ? t('inspections.recommendations', { count: recommendations.data.total })
                : t('inspections.recommendationsTitle')
            }
            lead={[status && t(`inspections.statuses.${status}`), t('inspections.once')].filter(Boolean).join(' · ')}
            actions={<TakeAway path={address('/v1/recommendations', { status, ...asked })} />}
            said={said(recommendations.data)}
          >
            <Answered query={recommendations} lines={12}>
              {(answer) => (
                <>
                  <RecommendationList answer={answer} visits={inspections.data?.visits} />
                  {answer.next !== null && (
                    <button type="button" className={ui.button} onClick={() => setMost(most + MORE)}>
                      {t('figure.more', {
                        shown: formatNumber(answer.recommendations.length, language),
                        count: formatNumber(answer.total, language),
                      })}
                    </button>
                  )}
                </>
              )}
            </Answered>
          </Panel>
        </Column>
        <Column>
          <Panel title={t('inspections.visits')} said={said(inspections.data)}>
            <Answered query={inspections} lines={8}>
              {(answer) => <Visits answer={answer} />}
            </Answered>
          </Panel>
        </Column>
      </Columns>
    </>
  );
}

/** Of which year; months of one's own (which the address names) stay. */
function YearChoice() {
  const { t } = useWords();
  const { view, change } = useView();
  const thisYear = Number((view.at ?? dayInVietNam(new Date())).slice(0, 4));
  const isYear = view.from?.endsWith('-01') && view.to === `${view.from.slice(0, 4)}-12`;
  const chosen = isYear ? view.from!.slice(0, 4) : view.from || view.to ? 'own' : '';
  return (
    <Field label={t('inspections.year')}>
      {(id) => (
        <select
          id={id}
          value={chosen}
          onChange={({ target: { value } }) =>
            change(value === '' ? { from: undefined, to: undefined } : { from: `${value}-01`, to: `${value}-12` })
          }
        >
          <option value="">{t('inspections.anyYear')}</option>
          {Array.from({ length: YEARS_BACK }, (_, i) => String(thisYear - i)).map((year) => (
            <option key={year} value={year}>
              {t('period.year', { year })}
            </option>
          ))}
          {chosen === 'own' && (
            <option value="own" disabled>
              {`${view.from ?? ''} – ${view.to ?? ''}`}
            </option>
          )}
        </select>
      )}
    </Field>
  );
}
