import { useState } from 'react';
import { Link } from 'react-router';
import { address } from '../api/client.js';
import { usePages } from '../api/queries.js';
import { STATES, type ServiceMonth, type State, type UnitMonth, type UnitMonths } from '../api/reporting-answers.js';
import type { UnitSummary } from '../api/types.js';
import { dayInVietNam, formatMoment } from '../formats/dates.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Field, Fields } from '../ui/field.js';
import { Mark, Panel } from '../ui/panel.js';
import { placesWithin } from '../ui/places.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { TakeAway } from '../ui/take-away.js';
import ui from '../ui/ui.module.css';
import { useView } from '../view/use-view.js';
import { approvable, reopenable } from './approval.js';
import { ApproveDialog } from './approve-dialog.js';
import { ReopenDialog } from './reopen-dialog.js';
import styles from './reporting.module.css';

const PAGE = 50;

const TONES: Partial<Record<State, 'good' | 'bad' | 'soft' | undefined>> = {
  ...{ approved: 'good', reported: 'soft', closed: 'soft', silent: 'bad', different: 'bad' },
  ...{ late: undefined, 'changed-since': undefined },
};

/** The units of a month, all or those of which something holds; whoever approves them does it here. */
export function UnitList({
  unit,
  month,
  approver,
}: {
  unit: string;
  month: string;
  approver: UnitSummary | undefined;
}) {
  const { t, language } = useWords();
  const { view, change } = useView();
  const state = STATES.find((each) => each === view.status);
  const question = {
    ...{ month, state, map: view.map, known: view.known },
    ...(unit !== 'vn' && { unit }),
  };
  const pages = usePages<UnitMonths>('reporting', address('/v1/reporting/units', { ...question, limit: PAGE }));
  const units = pages.data?.pages.flatMap((page) => page.units) ?? [];
  const first = pages.data?.pages[0];
  const total = first?.total ?? 0;
  return (
    <Panel
      title={<span id="units">{t('reporting.units')}</span>}
      lead={
        first &&
        [t('unit.found', { count: total }), state && t(`reporting.states.${state}`)].filter(Boolean).join(' · ')
      }
      actions={<TakeAway path={address('/v1/reporting/units', question)} />}
      said={<Said of={first && { ...first, from: month, to: month }} />}
    >
      <Fields>
        <Field label={t('reporting.which')}>
          {(id) => (
            <select
              id={id}
              value={state ?? ''}
              onChange={({ target }) => change({ status: target.value || undefined })}
            >
              <option value="">{t('reporting.anyState')}</option>
              {STATES.map((each) => (
                <option key={each} value={each}>
                  {t(`reporting.states.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </Fields>
      <Answered query={pages} lines={8}>
        {() =>
          units.length === 0 ? (
            <Empty>{t('reporting.noUnits')}</Empty>
          ) : (
            <Units units={units} looked={unit} month={month} approver={approver} />
          )
        }
      </Answered>
      {pages.hasNextPage && (
        <button
          type="button"
          className={ui.button}
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('figure.more', { shown: formatNumber(units.length, language), count: formatNumber(total, language) })}
        </button>
      )}
    </Panel>
  );
}

type Asked = { approve: UnitMonth[] } | { reopen: UnitMonth };

function Units({
  units,
  looked,
  month,
  approver,
}: {
  units: readonly UnitMonth[];
  /** Whose they are. */
  looked: string;
  month: string;
  approver: UnitSummary | undefined;
}) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked>();
  const able = approver ? units.filter((each) => approvable(each).length > 0) : [];
  const selected = able.filter((each) => chosen.has(each.unit));
  const choose = (ids: readonly string[], isIn: boolean) => {
    const next = new Set(chosen);
    for (const id of ids)
      if (isIn) next.add(id);
      else next.delete(id);
    setChosen(next);
  };
  const close = () => {
    setAsked(undefined);
    setChosen(new Set());
  };
  return (
    <>
      {able.length > 1 && (
        <div className={styles.tools}>
          <label>
            <input
              type="checkbox"
              checked={selected.length === able.length}
              onChange={({ target }) =>
                choose(
                  able.map((each) => each.unit),
                  target.checked,
                )
              }
            />{' '}
            {t('reporting.chooseAll', { count: able.length })}
          </label>
          <button
            type="button"
            className={ui.button}
            data-tone="primary"
            disabled={selected.length === 0}
            onClick={() => setAsked({ approve: selected })}
          >
            {t('reporting.approveChosen', { count: selected.length })}
          </button>
        </div>
      )}
      <ul className={styles.units}>
        {units.map((each) => {
          const isAble = able.includes(each);
          return (
            <UnitLine
              key={each.unit}
              of={each}
              looked={looked}
              {...(able.length > 1 && {
                chosen: isAble ? chosen.has(each.unit) : undefined,
                onChoose: (isIn: boolean) => choose([each.unit], isIn),
              })}
              {...(isAble && { onApprove: () => setAsked({ approve: [each] }) })}
              {...(approver && reopenable(each).length > 0 && { onReopen: () => setAsked({ reopen: each }) })}
              hasBoxes={able.length > 1}
            />
          );
        })}
      </ul>
      {asked && approver && 'approve' in asked && (
        <ApproveDialog units={asked.approve} {...{ month, approver }} onClose={close} />
      )}
      {asked && approver && 'reopen' in asked && (
        <ReopenDialog of={asked.reopen} {...{ month, approver }} onClose={close} />
      )}
    </>
  );
}

function UnitLine({
  of,
  looked,
  hasBoxes,
  chosen,
  onChoose,
  onApprove,
  onReopen,
}: {
  of: UnitMonth;
  looked: string;
  hasBoxes: boolean;
  /** Undefined: there is nothing to choose it for. */
  chosen?: boolean | undefined;
  onChoose?: (isIn: boolean) => void;
  onApprove?: () => void;
  onReopen?: () => void;
}) {
  const { t, text } = useWords();
  const { to } = useView();
  const name = text(of.label);
  const places = placesWithin(of.within, text, looked).join(' · ');
  return (
    <li data-boxes={hasBoxes || undefined}>
      {hasBoxes && (
        <span>
          {chosen !== undefined && (
            <input
              type="checkbox"
              aria-label={t('reporting.choose', { name })}
              checked={chosen}
              onChange={({ target }) => onChoose?.(target.checked)}
            />
          )}
        </span>
      )}
      <div className={styles.unitName}>
        <Link to={to(`/units/${of.unit}`)}>{name}</Link> {of.simulated && <Mark>{t('mark.simulated')}</Mark>}
        {places && <small>{places}</small>}
        <span className={styles.states}>
          {of.states.map((state) => (
            <Mark key={state} tone={state in TONES ? TONES[state] : 'plain'}>
              {t(`reporting.states.${state}`)}
            </Mark>
          ))}
        </span>
        {of.services.map((service) => (
          <ServiceLine key={service.service} of={service} />
        ))}
      </div>
      {(onApprove ?? onReopen) && (
        <div className={styles.acts}>
          {onApprove && (
            <button
              type="button"
              className={ui.button}
              aria-label={`${t('reporting.approve')}: ${name}`}
              onClick={onApprove}
            >
              {t('reporting.approve')}
            </button>
          )}
          {onReopen && (
            <button
              type="button"
              className={ui.button}
              aria-label={`${t('reporting.reopen')}: ${name}`}
              onClick={onReopen}
            >
              {t('reporting.reopen')}
            </button>
          )}
        </div>
      )}
    </li>
  );
}

/** What was closed and approved in one service, when, and up to which entry. */
function ServiceLine({ of }: { of: ServiceMonth }) {
  const { t, language } = useWords();
  const today = dayInVietNam(new Date());
  const { closed, approved, lastSeq, service } = of;
  const parts = [
    closed
      ? t(closed.nothingToReport ? 'reporting.closedNothing' : 'reporting.closedAt', {
          seq: formatNumber(closed.seq, language),
          moment: formatMoment(closed.recordedAt, language, today),
        })
      : t('reporting.notClosed'),
    approved &&
      t('reporting.approvedAt', {
        seq: formatNumber(approved.upToSeq, language),
        moment: formatMoment(approved.recordedAt, language, today),
      }),
    lastSeq !== null && t('reporting.lastSeq', { seq: formatNumber(lastSeq, language) }),
  ];
  return (
    <small>
      {t(`reporting.service.${service}`)}: {parts.filter(Boolean).join(' · ')}
    </small>
  );
}
