import { useLocation } from 'react-router';
import { address } from '../api/client.js';
import type { Session } from '../api/types.js';
import { OtherLanguage } from '../app/other-language.js';
import { useWords } from '../i18n/i18n.js';
import styles from './sign-in.module.css';

/** The door: to the identity provider, and back to the very view that was asked for. */
export function SignIn({ session }: { session: Session }) {
  const { t } = useWords();
  const { pathname, search } = useLocation();
  const asked = new URLSearchParams(search);
  const refused = pathname === '/sign-in';
  const again = refused || asked.has('signed') ? '1' : undefined;
  const to = refused || asked.has('signed') ? '/' : pathname + search;
  return (
    <main className={styles.page}>
      <div className={styles.about}>
        <img src="/favicon.svg" width="64" height="64" alt="" />
        <h1>{t('product.name')}</h1>
        <p>{t('signIn.lead')}</p>
      </div>
      <div className={styles.door}>
        <h2>{t('signIn.title')}</h2>
        {refused && (
          <p className={styles.problem} role="alert">
            {t('signIn.refused')}
          </p>
        )}
        {session.possible ? (
          <a className={styles.enter} href={address('/session/sign-in', { to: to === '/' ? undefined : to, again })}>
            {t('signIn.button')}
          </a>
        ) : (
          <p className={styles.problem}>{t('signIn.impossible')}</p>
        )}
        <OtherLanguage className={styles.other} />
      </div>
    </main>
  );
}
