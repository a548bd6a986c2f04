import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { address } from '../api/client.js';
import { usePages } from '../api/queries.js';
import type { Units } from '../api/types.js';
import { formatDate } from '../formats/dates.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Field, Fields } from '../ui/field.js';
import { Mark, Panel } from '../ui/panel.js';
import { placesWithin } from '../ui/places.js';
import { Answered, Empty } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { useView } from '../view/use-view.js';
import styles from './units.module.css';

const KINDS = ['province', 'district', 'commune', 'centre', 'community-centre'];
const PAGE = 100;

/** Every unit that there is or was: by any name it ever had, or by its kind. */
export default function UnitsScreen() {
  const { t, text, language } = useWords();
  const { view, change, to } = useView();
  const field = useRef<HTMLInputElement>(null);
  // What the address asks for stands in the field, also after going back.
  useEffect(() => {
    if (field.current) field.current.value = view.q ?? '';
  }, [view.q]);
  const kind = view.status ?? (view.q ? undefined : 'province');
  const pages = usePages<Units>('units', address('/v1/units', { q: view.q, kind, on: view.at, limit: PAGE }));
  const units = pages.data?.pages.flatMap((page) => page.units) ?? [];
  const total = pages.data?.pages[0]?.total;
  return (
    <>
      <h1 className={styles.heading}>{t('nav.units')}</h1>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget).get('q') as string;
          change({ q: typed.trim() || undefined });
        }}
      >
        <Fields>
          <Field label={t('unit.search')}>
            {(id) => (
              <input
                id={id}
                ref={field}
                type="search"
                name="q"
                defaultValue={view.q}
                maxLength={100}
                className={styles.search}
              />
            )}
          </Field>
          <Field label={t('unit.kind')}>
            {(id) => (
              <select
                id={id}
                value={kind ?? ''}
                onChange={({ target }) => change({ status: target.value || undefined })}
              >
                <option value="">{t('unit.anyKind')}</option>
                {KINDS.map((each) => (
                  <option key={each} value={each}>
                    {t(`kinds.${each}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <button type="submit" className={ui.button}>
            {t('unit.find')}
          </button>
        </Fields>
      </form>
      <Panel title={total === undefined ? t('nav.units') : t('unit.found', { count: total })}>
        <Answered query={pages} lines={10}>
          {() =>
            units.length === 0 ? (
              <Empty />
            ) : (
              <ul className={styles.list}>
                {units.map((unit) => (
                  <li key={unit.id}>
                    <Link to={to(`/units/${unit.id}`)}>{text(unit.label)}</Link>{' '}
                    {unit.simulated && <Mark>{t('mark.simulated')}</Mark>}{' '}
                    {unit.state && unit.state !== 'alive' && <Mark tone="plain">{t(`mark.${unit.state}`)}</Mark>}
                    <small>
                      {[t(`kinds.${unit.kind}`), ...placesWithin(unit.within, text)].join(' · ')}
                      {unit.from &&
                        !says(unit.label.vi, unit.from) &&
                        ` · ${t('unit.from', { day: formatDate(unit.from, language) })}`}
                      {unit.to && ` · ${t('unit.to', { day: formatDate(unit.to, language) })}`}
                    </small>
                  </li>
                ))}
              </ul>
            )
          }
        </Answered>
        {pages.hasNextPage && (
          <button
            type="button"
            className={`${ui.button} ${ui.more}`}
            disabled={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('figure.more', {
              shown: formatNumber(units.length, language),
              count: formatNumber(total ?? units.length, language),
            })}
          </button>
        )}
      </Panel>
    </>
  );
}

/** Whether a name bears its own time: «Thái Nguyên (từ 1/7/2025)». */
const says = (name: string, day: string): boolean => name.includes(`(từ ${formatDate(day, 'vi')})`);
