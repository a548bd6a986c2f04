import { Link } from 'react-router';
import type { Figure } from '../api/types.js';
import { useWords } from '../i18n/i18n.js';
import { Bar } from '../ui/panel.js';
import { isPlace } from '../ui/places.js';
import { RankedTable } from '../ui/ranked-table.js';
import { Empty } from '../ui/states.js';
import { Marks, Value } from '../ui/value.js';
import { useView } from '../view/use-view.js';
import styles from './map.module.css';

const AT_FIRST = 70;

/** The rows of a figure, the most first; what was never reported stands last, without a rank. */
export function Ranking({ figure, share, by }: { figure: Figure; share: boolean; by: string }) {
  const { t, text } = useWords();
  const { view, to } = useView();
  const { rows, measure } = figure;
  if (rows.length === 0) return <Empty>{t('state.none')}</Empty>;
  const most = Math.max(...rows.map(({ value }) => value ?? 0));
  const kept = { indicator: view.indicator, from: view.from, to: view.to };
  const addressOf = (key: string) => to(by === 'province' ? '/map' : '/figure', { unit: key, ...kept });
  return (
    <RankedTable
      rows={rows}
      first={AT_FIRST}
      valueOf={(row) => (isPlace(row) ? row.value : null)}
      place={{
        head: t(`by.${by}`),
        cell: (row) => (
          <>
            {row.key === 'none' ? text(row.label) : <Link to={addressOf(row.key)}>{text(row.label)}</Link>}{' '}
            <Marks told={row} />
          </>
        ),
      }}
      columns={[
        { key: 'value', head: text(measure), cell: (row) => <Value told={row} share={share} /> },
        {
          key: 'length',
          head: '',
          isDecoration: true,
          className: styles.length,
          cell: (row) => row.value !== null && most > 0 && <Bar share={row.value / most} />,
        },
      ]}
    />
  );
}
