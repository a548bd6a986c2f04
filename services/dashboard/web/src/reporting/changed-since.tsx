import { Link } from 'react-router';
import type { ChangedFigure, Changes, Effect, ServiceChanges, UnitMonths } from '../api/reporting-answers.js';
import { address } from '../api/client.js';
import { useAnswer, usePages } from '../api/queries.js';
import { dayInVietNam, formatDate, formatMoment } from '../formats/dates.js';
import { formatNumber } from '../formats/numbers.js';
import { factName } from '../i18n/fact-name.js';
import { useWords } from '../i18n/i18n.js';
import { Mark, Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { useView } from '../view/use-view.js';
import styles from './reporting.module.css';
import { useCategoryName } from './use-category-name.js';

/** What changed after the province had approved: of a unit the entries and figures, of a place which units. */
export function ChangedSince({ unit, month, isOne }: { unit: string; month: string; isOne: boolean }) {
  return isOne ? <OfUnit unit={unit} month={month} /> : <OfPlace unit={unit} month={month} />;
}

const SHOWN = 20;

function OfPlace({ unit, month }: { unit: string; month: string }) {
  const { t, text, language } = useWords();
  const { view, to } = useView();
  const question = { month, state: 'changed-since', map: view.map, ...(unit !== 'vn' && { unit }), limit: SHOWN };
  const pages = usePages<UnitMonths>('reporting', address('/v1/reporting/units', question));
  const units = pages.data?.pages.flatMap((page) => page.units) ?? [];
  const first = pages.data?.pages[0];
  return (
    <Panel
      title={t('reporting.changedSince')}
      lead={t('reporting.changedLead')}
      said={<Said of={first && { ...first, from: month, to: month }} />}
    >
      <Answered query={pages} lines={2}>
        {() =>
          units.length === 0 ? (
            <Empty>{t('reporting.noneChanged')}</Empty>
          ) : (
            <ul className={styles.list}>
              {units.map((each) => (
                <li key={each.unit}>
                  <Link to={to('/reporting', { unit: each.unit, month })}>{text(each.label)}</Link>{' '}
                  {each.simulated && <Mark>{t('mark.simulated')}</Mark>}
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      {pages.hasNextPage && (
        <button type="button" className={ui.button} onClick={() => void pages.fetchNextPage()}>
          {t('figure.more', {
            shown: formatNumber(units.length, language),
            count: formatNumber(first?.total ?? 0, language),
          })}
        </button>
      )}
    </Panel>
  );
}

function OfUnit({ unit, month }: { unit: string; month: string }) {
  const { t } = useWords();
  const changes = useAnswer<Changes>('reporting', address('/v1/reporting/changes', { unit, month }));
  return (
    <Panel
      title={t('reporting.changedSince')}
      lead={t('reporting.changedLead')}
      said={<Said of={changes.data && { ...changes.data, map: 'then', from: month, to: month }} />}
    >
      <Answered query={changes} lines={3}>
        {({ services }) => {
          const approved = services.filter((each) => each.approved !== null);
          if (approved.length === 0) return <Empty>{t('reporting.notApproved')}</Empty>;
          return approved.map((each) => <OfService key={each.service} of={each} />);
        }}
      </Answered>
    </Panel>
  );
}

function OfService({ of }: { of: ServiceChanges }) {
  const { t, text, language } = useWords();
  const today = dayInVietNam(new Date());
  const { service, approved, entries, figures } = of;
  return (
    <section className={styles.service}>
      <h3>{t(`reporting.service.${service}`)}</h3>
      <p>
        {t('reporting.approvedAt', {
          seq: formatNumber(approved!.upToSeq, language),
          moment: formatMoment(approved!.recordedAt, language, today),
        })}
      </p>
      {entries.length === 0 ? (
        <p>{t('reporting.nothingSince')}</p>
      ) : (
        <>
          <ol className={styles.list}>
            {entries.map(({ entry, type, recordedAt, effects }) => (
              <li key={entry.seq}>
                <strong>{factName(type, text)}</strong>{' '}
                <small>
                  {t('today.entry', { seq: formatNumber(entry.seq, language) })} ·{' '}
                  {t('figure.recordedAt', { moment: formatMoment(recordedAt, language, today) })}
                </small>
                {effects.map((effect, i) => (
                  <EffectLine key={i} of={effect} />
                ))}
              </li>
            ))}
          </ol>
          <Moved figures={figures} />
        </>
      )}
    </section>
  );
}

/** What an entry adds or takes away; of a level, what it says or takes back. */
function EffectLine({ of }: { of: Effect }) {
  const { t, language } = useWords();
  const nameOf = useCategoryName();
  const { kind, value, day, takesBack } = of;
  const number = formatNumber(Math.abs(value), language);
  const said =
    kind === 'flow'
      ? `${value < 0 ? '−' : '+'}${number}`
      : t(takesBack ? 'reporting.takesBack' : 'reporting.says', {
          value: number,
          day: formatDate(day ?? '', language),
        });
  return (
    <div>
      {nameOf(of)}: {said}
    </div>
  );
}

function Moved({ figures }: { figures: readonly ChangedFigure[] }) {
  const { t, language } = useWords();
  const nameOf = useCategoryName();
  const shown = (value: number | null) => (value === null ? t('state.none') : formatNumber(value, language));
  if (figures.length === 0) return <p>{t('reporting.sameFigures')}</p>;
  return (
    <div className={ui.wide}>
      <table className={ui.table}>
        <thead>
          <tr>
            <th scope="col">{t('choice.indicator')}</th>
            <th scope="col" className={ui.num}>
              {t('reporting.whenApproved')}
            </th>
            <th scope="col" className={ui.num}>
              {t('reporting.now')}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr key={`${figure.indicator}/${figure.category}`}>
              <td>{nameOf(figure)}</td>
              <td className={ui.num}>{shown(figure.approved)}</td>
              <td className={ui.num}>{shown(figure.now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
