import type { ReactNode } from 'react';
import styles from './legend.module.css';

export interface LegendLine {
  key: string;
  /** What it looks like; whoever can't see it has the words. */
  swatch: ReactNode;
  name: string;
}

/** What colours and signs mean. */
export function Legend({ label, lines }: { label: string; lines: readonly LegendLine[] }) {
  return (
    <ul className={styles.legend} aria-label={label}>
      {lines.map(({ key, swatch, name }) => (
        <li key={key}>
          {swatch}
          {name}
        </li>
      ))}
    </ul>
  );
}
