import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFigure, type FigureQuestion } from '../api/queries.js';
import type { FigureRow, Indicator } from '../api/types.js';
import { formatPeriod } from '../formats/dates.js';
import { formatNumber, formatShare } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Bar, Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { Marks, Value } from '../ui/value.js';
import { useView } from '../view/use-view.js';
import { dimensionName } from './dimension-name.js';
import { NotParted } from './not-included.js';
import styles from './figure.module.css';

const MOST = 200;
const PLACES = new Set(['province', 'district', 'commune', 'centre']);

/** What the figure is made of, row by row; of a ratio with what was divided. */
export function Parts({
  question,
  by,
  share,
  indicator,
  actions,
}: {
  question: FigureQuestion;
  by: string;
  share: boolean;
  indicator: Indicator;
  actions: ReactNode;
}) {
  const words = useWords();
  const { t, text, language } = words;
  const { view, to } = useView();
  const figure = useFigure(question);
  const number = (value: number | null | undefined) => (value == null ? '' : formatNumber(value, language));
  const name = (row: FigureRow) =>
    PLACES.has(by) && row.key !== 'none' ? (
      <Link to={to('/figure', { indicator: indicator.id, unit: row.key, from: view.from, to: view.to })}>
        {text(row.label)}
      </Link>
    ) : by === 'month' ? (
      formatPeriod(row.key, row.key, language)
    ) : (
      text(row.label)
    );
  const byName = dimensionName(by, indicator, words);
  return (
    <Panel title={t('figure.parts', { by: byName })} actions={actions} said={<Said of={figure.data} />}>
      <Answered query={figure} lines={8}>
        {(answer) => {
          const { rows, value, notIncluded } = answer;
          if (rows.length === 0 && notIncluded.length === 0) return <Empty>{t('state.none')}</Empty>;
          return (
            <>
              {rows.length > 0 && (
                <table className={ui.table}>
                  <thead>
                    <tr>
                      <th scope="col">{byName}</th>
                      <th scope="col" className={ui.num}>
                        {text(indicator.measure)}
                      </th>
                      <th scope="col" className={`${ui.num} ${styles.wideOnly}`}>
                        {t(share ? 'figure.divided' : 'figure.ofWhole')}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.slice(0, MOST).map((row) => (
                      <tr key={row.key}>
                        <td>
                          {name(row)} <Marks told={row} />
                        </td>
                        <td className={ui.num}>
                          <Value told={row} share={share} />
                        </td>
                        <td className={`${ui.num} ${styles.wideOnly}`}>
                          {share ? (
                            `${number(row.numerator)} / ${number(row.denominator)}`
                          ) : row.value !== null && value ? (
                            <div className={styles.ofWhole}>
                              <Bar share={row.value / value} />
                              <span>{formatShare(row.value / value, language)}</span>
                            </div>
                          ) : null}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
              {rows.length > MOST && <small>{t('figure.first', { shown: MOST, count: rows.length })}</small>}
              <NotParted figure={answer} by={byName} />
            </>
          );
        }}
      </Answered>
    </Panel>
  );
}
