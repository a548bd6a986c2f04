import { useFigure } from '../api/queries.js';
import { formatShare } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Bar, Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { Answered, Empty } from '../ui/states.js';
import { Marks, Value } from '../ui/value.js';
import { useView } from '../view/use-view.js';
import styles from './today.module.css';

/** The learners present by programme and school level, the most first. */
export function ByType({ unit, at }: { unit: string; at: string }) {
  const { t, text, language } = useWords();
  const { view } = useView();
  const { map, known } = view;
  const figure = useFigure({ indicator: 'learners-present', unit, map, known, on: at, by: 'category', sort: '-value' });
  return (
    <Panel title={t('today.byType')} said={<Said of={figure.data} />}>
      <Answered query={figure}>
        {({ rows, value, measure }) =>
          rows.length === 0 ? (
            <Empty>{t('state.none')}</Empty>
          ) : (
            <ul className={styles.types}>
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
