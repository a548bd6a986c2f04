import { Link, useParams } from 'react-router';
import { address, ApiProblem } from '../api/client.js';
import { useAnswer, useFigure, useIndicators, useReporting } from '../api/queries.js';
import { formatAsGiven } from '../formats/as-given.js';
import { addMonths, dayInVietNam, formatDate, formatPeriod } from '../formats/dates.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords, type Words } from '../i18n/i18n.js';
import { Column, Columns } from '../ui/columns.js';
import { Facts } from '../ui/facts.js';
import { Mark, Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { TakeAway, TakePicture } from '../ui/take-away.js';
import { isShare, Marks, Value } from '../ui/value.js';
import ui from '../ui/ui.module.css';
import { useView } from '../view/use-view.js';
import { FollowUp } from './follow-up.js';
import { History } from './history.js';
import type { UnitLineage, UnitOn } from './lineage.js';
import { Picture } from './picture.js';
import { CentreStanding, CommunityCentreStanding } from './standing.js';
import styles from './units.module.css';
import { WhereToday } from './where-today.js';

/** A unit: who it is on the day, where it came from and what became of it, its figures and its reports. */
export default function UnitScreen() {
  const { t, text } = useWords();
  const { view, to } = useView();
  const { id = '' } = useParams();
  const at = view.at ?? dayInVietNam(new Date());
  const unit = useAnswer<UnitOn>('units', `/v1/units/${encodeURIComponent(id)}?on=${at}`);
  const lineage = useAnswer<UnitLineage>('units', `/v1/units/${encodeURIComponent(id)}/lineage`);
  if (unit.error instanceof ApiProblem && unit.error.status === 404) {
    return (
      <>
        <h1>{t('page.missingUnit')}</h1>
        <Empty>
          {t('page.missingLead')} <Link to={to('/units')}>{t('page.toUnits')}</Link>
        </Empty>
      </>
    );
  }
  return (
    <>
      {id !== 'vn' && (
        <p className={ui.within}>
          {unit.data?.within
            .slice()
            .reverse()
            .map(({ id: above, label }) => (
              <Link key={above} to={to(above === 'vn' ? '/' : `/units/${above}`, { unit: undefined })}>
                {text(label)}
              </Link>
            ))}
        </p>
      )}
      <h1 className={styles.heading}>
        {unit.data ? text(unit.data.label) : unit.isError ? id : '\u{a0}'}{' '}
        {unit.data?.simulated && <Mark>{t('mark.simulated')}</Mark>}
      </h1>
      <Columns wider="second">
        <Column>
          <Panel title={t('unit.who', { day: formatDate(at, view.language) })}>
            <Answered query={unit} lines={5}>
              {(answer) => <Who unit={answer} />}
            </Answered>
          </Panel>
          {unit.data && <Figures unit={id} kind={unit.data.kind} at={at} />}
          {unit.data?.kind === 'centre' && <CentreStanding unit={id} at={at} />}
          {unit.data?.kind === 'community-centre' && <CommunityCentreStanding unit={id} at={at} />}
          <Reports unit={id} at={at} />
        </Column>
        <Column>
          <Panel
            title={t('unit.lineage')}
            lead={lineage.data?.edges.length !== 0 && t('unit.lineageLead')}
            actions={
              unit.data &&
              lineage.data &&
              lineage.data.edges.length > 0 && <TakePicture name={`lineage-${id}`} heading={text(unit.data.label)} />
            }
          >
            <Answered query={lineage} lines={6}>
              {(answer) =>
                answer.edges.length === 0 ? <Empty>{t('unit.noLineage')}</Empty> : <Picture lineage={answer} of={id} />
              }
            </Answered>
          </Panel>
          {unit.data && hasMoved(unit.data) && <WhereToday unit={unit.data} at={at} />}
          <FollowUp unit={id} />
          <Panel title={t('unit.history')}>
            <Answered query={lineage} lines={6}>
              {(answer) => <History lineage={answer} />}
            </Answered>
          </Panel>
        </Column>
      </Columns>
    </>
  );
}

function Who({ unit }: { unit: UnitOn }) {
  const { t, text, language } = useWords();
  const { to } = useView();
  const { kind, from, to: end, address, authority, age, today = [], state, givenFrom, knownSince, suspended } = unit;
  const facts: [string, React.ReactNode][] = [
    [t('unit.kind'), t(`kinds.${kind}`)],
    [
      t('unit.state'),
      state === 'alive' ? t(suspended ? 'unit.suspended' : 'unit.alive') : t(`mark.${state ?? 'ended'}`),
    ],
    [
      t('unit.since'),
      knownSince
        ? t('unit.knownSince', { day: formatDate(knownSince, language) })
        : givenFrom
          ? formatAsGiven(givenFrom, language)
          : from && formatDate(from, language),
    ],
    [t('unit.until'), end && formatDate(end, language)],
    [t('unit.age'), age && ageWords(age, t)],
    [t('unit.address'), address],
    [t('unit.authority'), authority?.body],
  ];
  return (
    <>
      <Facts facts={facts} />
      {today.length > 0 && (
        <p className={styles.became}>
          {t('unit.today')}:{' '}
          {today.map(({ unit: heir, label, extent }) => (
            <span key={heir}>
              <Link to={to(`/units/${heir}`)}>{text(label)}</Link>
              {extent === 'part' && ` (${t('unit.part')})`}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

const ageWords = ({ years, months }: { years: number; months: number }, t: Words['t']): string =>
  [years > 0 && t('unit.years', { count: years }), (months > 0 || years === 0) && t('unit.months', { count: months })]
    .filter(Boolean)
    .join(' ');

const OF_CENTRES = [
  'learners-present',
  'classes',
  'trainees',
  'certificates-issued',
  'general-vocational-pupils',
  'staff',
  'awards',
];
const OF_COMMUNITY = ['community-centres', 'topics-held', 'attendances', 'concurrent-managers', 'community-computers'];

/** Territory that is no longer what it was, or the tier that has ended: what lay there lies elsewhere by another map. */
const hasMoved = ({ kind, to: end }: UnitOn): boolean =>
  end !== null && (kind === 'province' || kind === 'district' || kind === 'commune');

/** The figures that are asked for first, of all time for what adds up. */
function Figures({ unit, kind, at }: { unit: string; kind: string; at: string }) {
  const { t } = useWords();
  const indicators =
    kind === 'community-centre' ? OF_COMMUNITY : kind === 'centre' ? OF_CENTRES : [...OF_CENTRES, ...OF_COMMUNITY];
  const first = useFigureOf(indicators[0]!, unit, at);
  return (
    <Panel title={t('unit.figures')} said={<Said of={first.data} />}>
      <ul className={styles.figures}>
        {indicators.map((indicator) => (
          <FigureLine key={indicator} indicator={indicator} unit={unit} at={at} />
        ))}
      </ul>
    </Panel>
  );
}

/** Up to the month of the day: the same period, map and time for all of them. */
function useFigureOf(indicator: string, unit: string, at: string) {
  const { view } = useView();
  return useFigure({ indicator, unit, to: at.slice(0, 7), map: view.map, known: view.known });
}

function FigureLine({ indicator, unit, at }: { indicator: string; unit: string; at: string }) {
  const { text } = useWords();
  const { to } = useView();
  const figure = useFigureOf(indicator, unit, at);
  // What could not be loaded has its name all the same.
  const name = useIndicators().data?.get(indicator);
  return (
    <li>
      {figure.isError && !figure.data && name && <div>{text(name.label)}</div>}
      <Answered query={figure} lines={1} inLine>
        {(answer) => (
          <>
            <div>
              <Link to={to('/figure', { indicator, unit, to: at.slice(0, 7) })}>{text(answer.label)}</Link>
            </div>
            <div className={styles.right}>
              <Value told={answer} measure={answer.measure} share={isShare(answer)} /> <Marks told={answer} />
            </div>
          </>
        )}
      </Answered>
    </li>
  );
}

/** What was said of each of the last twelve months, by how many of its units. */
function Reports({ unit, at }: { unit: string; at: string }) {
  const { t, language } = useWords();
  const { view, to } = useView();
  const last = addMonths(at.slice(0, 7), -1);
  const asked = { from: addMonths(last, -11), to: last, unit, by: 'month', map: view.map, known: view.known };
  const reporting = useReporting(asked);
  return (
    <Panel
      title={t('unit.reports')}
      lead={t('unit.reportsLead')}
      actions={
        <TakeAway path={address('/v1/reporting', asked)}>
          <Link to={to('/reporting', { unit })}>{t('unit.allReports')}</Link>
        </TakeAway>
      }
      said={<Said of={reporting.data} />}
    >
      <Answered query={reporting} lines={4}>
        {({ rows, expected }) =>
          expected === 0 ? (
            <Empty>{t('unit.noReports')}</Empty>
          ) : (
            <table className={`${ui.table} ${styles.reports}`}>
              <thead>
                <tr>
                  <th scope="col">{t('by.month')}</th>
                  {(['expected', 'reported', 'silent', 'approved'] as const).map((state) => (
                    <th key={state} scope="col" className={ui.num}>
                      {t(`reporting.${state}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.key}>
                    <td>{formatPeriod(row.key, row.key, language)}</td>
                    {(['expected', 'reported', 'silent', 'approved'] as const).map((state) => (
                      <td key={state} className={ui.num}>
                        {formatNumber(row[state], language)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answered>
    </Panel>
  );
}
