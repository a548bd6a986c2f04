import { useFigures, useIndicators } from '../api/queries.js';
import type { Figure, Text, Told } from '../api/types.js';
import { useWords } from '../i18n/i18n.js';
import { Field, Fields } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { RankedTable } from '../ui/ranked-table.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { TakeAway } from '../ui/take-away.js';
import { isShare, Marks, Value } from '../ui/value.js';
import { compared } from '../view/compared.js';
import { useView } from '../view/use-view.js';
import styles from './community-learning.module.css';
import { columnQuestion, COLUMNS } from './questions.js';
import { rankedRows, type RankedRow } from './ranked.js';

const FIRST = 40;

/** Every province, or every commune of one, with the figures that say most, ranked by one of them. */
export function ByPlace({ unit, at }: { unit: string; at: string }) {
  const { t, text } = useWords();
  const { view, change, to } = useView();
  const indicators = useIndicators();
  const by = unit === 'vn' ? 'province' : 'commune';
  const ask = (column: (typeof COLUMNS)[number]) => columnQuestion(column, by, { unit, at, view });
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
            <RankedTable
              rows={rows}
              first={FIRST}
              valueOf={({ isPlace, values }) => (isPlace ? (values[chosen]?.value ?? null) : null)}
              place={{
                head: t(`by.${by}`),
                cell: ({ key, label }) =>
                  key === 'none' ? (
                    text(label)
                  ) : (
                    <a href={to(by === 'province' ? '/community-learning' : `/units/${key}`, of(by, key))}>
                      {text(label)}
                    </a>
                  ),
              }}
              columns={COLUMNS.map(({ indicator, kind }, column) => ({
                key: indicator,
                isChosen: column === chosen,
                head: (
                  <button type="button" className={styles.sort} onClick={() => change({ indicator })}>
                    {name(column)}{' '}
                    <small>
                      ({isAnySaid(figures[column]!.data) ? measureOf(figures[column]!.data, text) : t('state.none')})
                    </small>
                  </button>
                ),
                cell: ({ key, values }: RankedRow) => {
                  const told = values[column];
                  const { now } = compared(kind, at);
                  const months = 'from' in now ? now : {};
                  if (!told) return isAnySaid(figures[column]!.data) && <Value told={NOTHING} />;
                  return (
                    <>
                      <a href={to('/figure', { indicator, unit: key, ...months })}>
                        <Value told={told} share={isShare(figures[column]!.data)} />
                      </a>{' '}
                      <Marks told={{ ...told, remark: undefined }} />
                    </>
                  );
                },
              }))}
            />
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
