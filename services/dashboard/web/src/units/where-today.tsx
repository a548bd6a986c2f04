import { Link } from 'react-router';
import { useFigure } from '../api/queries.js';
import type { UnitSummary } from '../api/types.js';
import { useWords } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { TakeAway } from '../ui/take-away.js';
import ui from '../ui/ui.module.css';
import { Marks, Value } from '../ui/value.js';
import { useView } from '../view/use-view.js';
import { matrixOf } from './matrix.js';

const YEARS = 5;

/** The community centres of a unit of territory, at the end of each of five years, by the commune (of a province: the province) in which they lie by the chosen map. */
export function WhereToday({ unit, at }: { unit: UnitSummary; at: string }) {
  const { t, text } = useWords();
  const { view, to } = useView();
  const by = unit.kind === 'province' ? 'province' : 'commune';
  const year = Number(at.slice(0, 4));
  const question = {
    ...{ indicator: 'community-centres', unit: unit.id, map: view.map, known: view.known },
    ...{ from: `${year - YEARS + 1}-01`, to: at.slice(0, 7) },
  };
  const parts = useFigure({ ...question, by: `${by},year` });
  const whole = useFigure({ ...question, by: 'year' });
  return (
    <Panel
      title={t('unit.whereToday')}
      lead={t('unit.whereTodayLead', { by: t(`by.${by}`).toLowerCase() })}
      actions={<TakeAway question={{ ...question, by: `${by},year` }} />}
      said={<Said of={parts.data} />}
    >
      <Answered query={parts} lines={6}>
        {({ rows: all }) => {
          const { years, rows } = matrixOf(all);
          if (rows.length === 0) return <Empty>{t('state.none')}</Empty>;
          const sums = new Map(whole.data?.rows.map((row) => [row.key, row]));
          const address = (of: string, when: string) =>
            to('/figure', { indicator: 'community-centres', unit: of, at: dayOf(when, at), by: 'centre' });
          return (
            <table className={ui.table} data-where-today>
              <thead>
                <tr>
                  <th scope="col">{t(`by.${by}`)}</th>
                  {years.map((each) => (
                    <th key={each} scope="col" className={ui.num}>
                      {each}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                <tr>
                  <th scope="row">{t('map.whole')}</th>
                  {years.map((each) => {
                    const sum = sums.get(each);
                    return (
                      <td key={each} className={ui.num}>
                        {sum && (
                          <Link to={address(unit.id, each)}>
                            <Value told={sum} />
                          </Link>
                        )}
                      </td>
                    );
                  })}
                </tr>
                {rows.map(({ key, label, cells }) => (
                  <tr key={key}>
                    <td>
                      {key === 'none' ? text(label) : <Link to={to(`/units/${key}`)}>{text(label)}</Link>}{' '}
                      {cells.at(-1) && <Marks told={cells.at(-1)!} />}
                    </td>
                    {cells.map((told, i) => (
                      <td key={years[i]} className={ui.num}>
                        {told && <Value told={told} />}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          );
        }}
      </Answered>
    </Panel>
  );
}

/** The last day of a year, or the day that is looked at where that is earlier. */
const dayOf = (year: string, at: string): string => (`${year}-12-31` < at ? `${year}-12-31` : at);
