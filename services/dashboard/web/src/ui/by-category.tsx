import { Link } from 'react-router';
import { useFigure } from '../api/queries.js';
import { formatShare } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { useView } from '../view/use-view.js';
import styles from './by-category.module.css';
import type { Of } from './headline-questions.js';
import { Bar, Panel } from './panel.js';
import { Said } from './said.js';
import { Answered, Empty } from './states.js';
import { TakeAway } from './take-away.js';
import { Marks, Value } from './value.js';

type Months = { on: string } | { from: string; to: string };

export function categoryQuestion(indicator: string, months: Months, { unit, view }: Pick<Of, 'unit' | 'view'>) {
  return { indicator, unit, map: view.map, known: view.known, ...months, by: 'category', sort: '-value' };
}

/** An indicator by its categories, the most first, each with its part of the whole. */
export function ByCategory({
  title,
  indicator,
  unit,
  months,
}: {
  title: string;
  indicator: string;
  unit: string;
  months: Months;
}) {
  const { t, text, language } = useWords();
  const { view, to } = useView();
  const question = categoryQuestion(indicator, months, { unit, view });
  const figure = useFigure(question);
  const opened = to('/figure', { indicator, by: 'category', ...('on' in months ? {} : months) });
  return (
    <Panel
      title={<Link to={opened}>{title}</Link>}
      actions={<TakeAway question={question} />}
      said={<Said of={figure.data} />}
    >
      <Answered query={figure}>
        {({ rows, value, measure }) =>
          rows.length === 0 ? (
            <Empty>{t('state.none')}</Empty>
          ) : (
            <ul className={styles.categories}>
              {rows.map((row) => (
                <li key={row.key}>
                  <div>
                    <span>
                      {text(row.label)} <Marks told={row} />
                    </span>
                    <span className={styles.right}>
                      <Value told={row} measure={measure} />{' '}
                      {row.value !== null && value ? <small>{formatShare(row.value / value, language)}</small> : null}
                    </span>
                  </div>
                  <Bar share={row.value !== null && value ? row.value / value : 0} />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}
