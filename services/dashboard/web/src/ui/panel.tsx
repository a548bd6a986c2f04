import { useId, type ReactNode } from 'react';
import styles from './ui.module.css';

/** One thing on a screen, with its heading. */
export function Panel({
  title,
  lead,
  actions,
  said,
  children,
  className = '',
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  /** Period, map, freshness: what a figure must not be without. */
  said?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}) {
  const id = useId();
  return (
    <section className={`${styles.panel} ${className}`} aria-labelledby={id}>
      <div className={styles.head}>
        <div>
          <h2 id={id}>{title}</h2>
          {lead && <small>{lead}</small>}
        </div>
        {actions}
      </div>
      {children}
      {said && <div className={styles.said}>{said}</div>}
    </section>
  );
}

/** A length beside a number; the number says it, so that it is nothing to who can't see. */
export function Bar({ share, tone }: { share: number; tone?: 'good' | 'bad' | undefined }) {
  const width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return (
    <div className={styles.bar} data-tone={tone} aria-hidden="true">
      <span style={{ width }} />
    </div>
  );
}

export function Mark({
  tone,
  title,
  children,
}: {
  tone?: 'soft' | 'good' | 'bad' | 'plain' | 'remark' | undefined;
  title?: string | undefined;
  children: ReactNode;
}) {
  return (
    <span className={styles.mark} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
