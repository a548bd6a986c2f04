import { useState } from 'react';
import { Link } from 'react-router';
import { useFigures, useIndicators } from '../api/queries.js';
import type { Figure, Text, Told } from '../api/types.js';
import { useWords } from '../i18n/i18n.js';
import { Field, Fields } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { TakeAway } from '../ui/take-away.js';
import ui from '../ui/ui.module.css';
import { isShare, Marks, Value } from '../ui/value.js';
import { compared, type ComparedKind } from '../view/compared.js';
import { useView } from '../view/use-view.js';
import styles from './community-learning.module.css';
import { rankedRows } from './ranked.js';

/** The columns of the table, in order; the one that it is ranked by stands in the address. */
const COLUMNS: readonly { indicator: string; kind: ComparedKind }[] = [
  { indicator: 'community-centres', kind: 'level' },
  { indicator: 'community-coverage', kind: 'level' },
  { indicator: 'topics-held', kind: 'flow' },
  { indicator: 'attendances', kind: 'flow' },
  { indicator: 'literacy-rate', kind: 'level' },
  { indicator: 'learning-families', kind: 'level' },
];
const FIRST = 40;

/** Every province, or every commune of one, with the figures that say most, ranked by one of them. */
export function ByPlace({ unit, at }: { unit: string; at: string }) {
  const { t, text } = useWords();
  const { view, change, to } = useView();
  const [all, setAll] = useState(false);
  const indicators = useIndicators();
  const by = unit === 'vn' ? 'province' : 'commune';
  const ask = (column: (typeof COLUMNS)[number]) => ({
    ...{ indicator: column.indicator, unit, map: view.map, known: view.known, by, sort: '-value' },
    ...compared(column.kind, at).now,
  });
  const figures = useFigures(COLUMNS.map(ask));
  const chosen = Math.max(
    0,
    COLUMNS.findIndex(({ indicator }) => indicator === view.indicator),
  );
  const ranked = figures[chosen]!;
  const rows = rankedRows(
    figures.map(({ data }) => data?.rows ?? []),
    chosen,
  );
  const shown = all ? rows : rows.slice(0, FIRST);
  const remark = figures.map(({ data }) => data?.remark).find((each) => each !== undefined);
  const name = (column: number) => {
    const indicator = indicators.data?.get(COLUMNS[column]!.indicator);
    return indicator ? text(indicator.label) : '';
  };
  return (
    <Panel
      title={t('community.byPlace', { by: t(`by.${by}`) })}
      lead={t('community.rankedBy', { indicator: name(chosen) })}
      actions={<TakeAway question={ask(COLUMNS[chosen]!)} />}
      said={
        <>
          <Said of={ranked.data} />
          {remark && ` · ${text(remark)}`}
        </>
      }
    >
      <Fields>
        <Field label={t('community.rankBy')}>
          {(id) => (
            <select
              id={id}
              value={COLUMNS[chosen]!.indicator}
              onChange={({ target }) => change({ indicator: target.value })}
            >
              {COLUMNS.map(({ indicator }, column) => (
                <option key={indicator} value={indicator}>
                  {name(column)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </Fields>
      <Answered query={ranked} lines={12}>
        {() =>
          rows.length === 0 ? (
            <Empty>{t('state.none')}</Empty>
          ) : (
            <>
              <table className={`${ui.table} ${styles.places}`}>
                <thead>
                  <tr>
                    <th scope="col" className={ui.num}>
                      {t('map.rank')}
                    </th>
                    <th scope="col">{t(`by.${by}`)}</th>
                    {COLUMNS.map(({ indicator }, column) => (
                      <th
                        key={indicator}
                        scope="col"
                        className={ui.num}
                        aria-sort={column === chosen ? 'descending' : undefined}
                        data-chosen={column === chosen}
                      >
                        <button type="button" className={styles.sort} onClick={() => change({ indicator })}>
                          {name(column)}{' '}
                          <small>
                            (
                            {isAnySaid(figures[column]!.data)
                              ? measureOf(figures[column]!.data, text)
                              : t('state.none')}
                            )
                          </small>
                        </button>
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {shown.map((row, i) => (
                    <tr key={row.key}>
                      <td className={ui.num}>{row.values[chosen]?.value == null ? '' : i + 1}</td>
                      <th scope="row">
                        {row.key === 'none' ? (
                          text(row.label)
                        ) : (
                          <Link
                            to={to(by === 'province' ? '/community-learning' : `/units/${row.key}`, of(by, row.key))}
                          >
                            {text(row.label)}
                          </Link>
                        )}
                      </th>
                      {row.values.map((told, column) => {
                        const { indicator, kind } = COLUMNS[column]!;
                        const { now } = compared(kind, at);
                        const months = 'from' in now ? now : {};
                        return (
                          <td key={indicator} className={ui.num} data-chosen={column === chosen}>
                            {told ? (
                              <>
                                <Link to={to('/figure', { indicator, unit: row.key, ...months })}>
                                  <Value told={told} share={isShare(figures[column]!.data)} />
                                </Link>{' '}
                                <Marks told={{ ...told, remark: undefined }} />
                              </>
                            ) : (
                              isAnySaid(figures[column]!.data) && <Value told={NOTHING} />
                            )}
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
              {shown.length < rows.length && (
                <button type="button" className={ui.button} onClick={() => setAll(true)}>
                  {t('map.showAll', { count: rows.length })}
                </button>
              )}
            </>
          )
        }
      </Answered>
    </Panel>
  );
}

const of = (by: string, unit: string) => (by === 'province' ? { unit } : { unit: undefined });

const NOTHING: Told = { value: null, precision: 'exact' };

/** Of a column of which nothing is said anywhere, its head says so once. */
const isAnySaid = (figure: Figure | undefined): boolean => (figure?.rows.length ?? 0) > 0;

const measureOf = (figure: Figure | undefined, text: (name: Text) => string) => (figure ? text(figure.measure) : '');
