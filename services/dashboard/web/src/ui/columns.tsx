import type { ReactNode } from 'react';
import styles from './columns.module.css';

/** Two columns of panels side by side where there is room; under each other on a phone. */
export function Columns({ wider, children }: { wider: 'first' | 'second'; children: ReactNode }) {
  return (
    <div className={styles.columns} data-wider={wider}>
      {children}
    </div>
  );
}

export function Column({ children }: { children: ReactNode }) {
  return <div className={styles.column}>{children}</div>;
}
