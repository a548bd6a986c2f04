import type { ReactNode } from 'react';
import { ApiProblem } from '../api/client.js';
import type { Language } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import styles from './ui.module.css';

/** The looks of what isn't there: still coming, nothing, failed, not whole. None looks like another. */

export function Loading({ lines = 4 }: { lines?: number }) {
  const { t } = useWords();
  return (
    <div className={styles.bones} role="status" aria-label={t('state.loading')} data-coming>
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} className={styles.bone} />
      ))}
    </div>
  );
}

export function Empty({ children }: { children?: ReactNode }) {
  const { t } = useWords();
  return <p className={styles.state}>{children ?? t('state.empty')}</p>;
}

/** `what`: what failed, where it isn't an answer. */
export function Failed({ error, what, retry }: { error?: unknown; what?: string; retry?: () => void }) {
  const { t, language } = useWords();
  return (
    <div className={styles.failed} role="alert">
      <strong>{what ?? t('state.failed')}</strong> {reasonOf(error, t, language)}{' '}
      {retry && (
        <button type="button" className={styles.button} onClick={retry}>
          {t('state.retry')}
        </button>
      )}
    </div>
  );
}

/** In the page's language: what the platform says of a question that it refuses is English. */
function reasonOf(error: unknown, t: (key: string) => string, language: Language): string {
  if (!(error instanceof ApiProblem)) return '';
  if (error.status === 0 || error.status === 503) return t('state.failedLine');
  if (error.status === 403) return t('state.notAllowed');
  if (error.status === 404) return t('state.notFound');
  if (error.status >= 500) return t('state.failedPlatform');
  return language === 'en' ? error.message : '';
}

/** What an answer says it lacks. */
export function Partial({ lacks }: { lacks: readonly unknown[] | undefined }) {
  const { t } = useWords();
  if (!lacks || lacks.length === 0) return null;
  return (
    <p className={styles.partial} role="status">
      {t('state.partial', { count: lacks.length })}
    </p>
  );
}

/**
 * Shows an answer once it is there, and until then what keeps it. It stays while the same is asked anew; another question never shows the
 * answer of the one before. `inLine`: it is a line among others, and what it lacks is said once, with what is said of them all.
 */
export function Answered<T>({
  query,
  lines,
  inLine = false,
  children,
}: {
  query: { data: T | undefined; isError: boolean; error: unknown; refetch: () => unknown };
  lines?: number;
  inLine?: boolean;
  children: (answer: T) => ReactNode;
}) {
  if (query.data === undefined) {
    return query.isError ? (
      <Failed error={query.error} retry={() => void query.refetch()} />
    ) : (
      <Loading {...(lines !== undefined && { lines })} />
    );
  }
  const { lacks } = query.data as { lacks?: unknown[] };
  return (
    <>
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {!inLine && <Partial lacks={lacks} />}
      {children(query.data)}
    </>
  );
}
