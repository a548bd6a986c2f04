import { Link } from 'react-router';
import type { FigureRow, UnitSummary } from '../api/types.js';
import { formatShare, formatShort } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { stepOf } from '../ui/scale.js';
import { useView } from '../view/use-view.js';
import styles from './map.module.css';

/** Every province as a tile of the same size, from north to south: on a phone a finger meets each, also the small ones. */
export function Tiles({
  units,
  rows,
  breaks,
  share,
}: {
  units: readonly UnitSummary[];
  rows: ReadonlyMap<string, FigureRow>;
  breaks: readonly number[];
  share: boolean;
}) {
  const { t, text, language } = useWords();
  const { view, to } = useView();
  const kept = { indicator: view.indicator, from: view.from, to: view.to };
  // Official codes run from north to south.
  const ordered = [...units].sort((a, b) => ((a.officialCode ?? a.id) < (b.officialCode ?? b.id) ? -1 : 1));
  return (
    <ul className={styles.tiles}>
      {ordered.map(({ id, label }) => {
        const value = rows.get(id)?.value ?? null;
        const name = text(label).replace(/ \(.*\)$/, '');
        return (
          <li key={id}>
            <Link to={to('/map', { unit: id, ...kept })} data-step={value === null ? 'none' : stepOf(value, breaks)}>
              <span>{name}</span>
              <strong>
                {value === null
                  ? t('state.none')
                  : share
                    ? formatShare(value, language, 0)
                    : formatShort(value, language)}
              </strong>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
