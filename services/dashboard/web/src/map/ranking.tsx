import { useState } from 'react';
import { Link } from 'react-router';
import type { Figure } from '../api/types.js';
import { useWords } from '../i18n/i18n.js';
import { Bar } from '../ui/panel.js';
import { Empty } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { Marks, Value } from '../ui/value.js';
import { useView } from '../view/use-view.js';
import styles from './map.module.css';

const AT_FIRST = 70;

/** The rows of a figure, the most first; what was never reported stands last, without a rank. */
export function Ranking({ figure, share, by }: { figure: Figure; share: boolean; by: string }) {
  const { t, text } = useWords();
  const { view, to } = useView();
  const [all, setAll] = useState(false);
  const { rows, measure } = figure;
  if (rows.length === 0) return <Empty>{t('state.none')}</Empty>;
  const most = Math.max(...rows.map(({ value }) => value ?? 0));
  const shown = all ? rows : rows.slice(0, AT_FIRST);
  const kept = { indicator: view.indicator, from: view.from, to: view.to };
  const addressOf = (key: string) => to(by === 'province' ? '/map' : '/figure', { unit: key, ...kept });
  return (
    <>
      <table className={`${ui.table} ${styles.ranking}`}>
        <thead>
          <tr>
            <th scope="col" className={ui.num}>
              {t('map.rank')}
            </th>
            <th scope="col">{t(`by.${by}`)}</th>
            <th scope="col" className={ui.num}>
              {text(measure)}
            </th>
            <th scope="col" className={styles.length} aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {shown.map((row, i) => (
            <tr key={row.key}>
              <td className={ui.num}>{row.value === null ? '' : i + 1}</td>
              <td>
                {row.key === 'none' ? text(row.label) : <Link to={addressOf(row.key)}>{text(row.label)}</Link>}{' '}
                <Marks told={row} />
              </td>
              <td className={ui.num}>
                <Value told={row} share={share} />
              </td>
              <td className={styles.length} aria-hidden="true">
                {row.value !== null && most > 0 && <Bar share={row.value / most} />}
              </td>
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
  );
}
