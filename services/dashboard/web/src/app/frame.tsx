import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useEffect } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { post } from '../api/client.js';
import { LiveProvider } from '../api/live.js';
import { SESSION_KEY, useSession, useUnit } from '../api/queries.js';
import type { Session } from '../api/types.js';
import { LanguageContext, useWords } from '../i18n/i18n.js';
import { SignIn } from '../sign-in/sign-in.js';
import { Failed, Loading } from '../ui/states.js';
import { useView } from '../view/use-view.js';
import { WhereItBreaks } from './broken.js';
import styles from './frame.module.css';
import { Icon } from './icons.js';
import { Lenses } from './lenses.js';
import { MeContext } from './me.js';
import { OtherLanguage } from './other-language.js';
import { PaperFoot, PaperHead } from './paper.js';
import { SCREENS } from './screens.js';
import { useGoing } from './use-going.js';
import { useScreensAtHand } from './use-screens-at-hand.js';

/** What is around every screen: who is here, where one can go, and how figures are seen. Without a session: the sign-in. */
export function Frame() {
  const { language } = useView().view;
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <LanguageContext value={language}>
      <Framed />
    </LanguageContext>
  );
}

function Framed() {
  const { pathname, search } = useLocation();
  const session = useSession();
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [pathname]);

  if (session.isPending) return <Loading lines={0} />;
  if (session.isError) return <Failed error={session.error} retry={() => void session.refetch()} />;
  if (!session.data.signedIn) return <SignIn session={session.data} />;
  return (
    <MeContext value={session.data}>
      <LiveProvider>
        <Skip />
        <Top me={session.data} />
        <Lenses />
        <PaperHead />
        <main id="content" className={styles.main} tabIndex={-1} data-address={pathname + search}>
          {/* One of its own for each path: what was entered on one unit's page isn't on the next one's. */}
          <Fragment key={pathname}>
            <WhereItBreaks>
              <Outlet />
            </WhereItBreaks>
          </Fragment>
        </main>
        <PaperFoot />
        <Foot />
      </LiveProvider>
    </MeContext>
  );
}

function Skip() {
  const { t } = useWords();
  return (
    <a className={styles.skip} href="#content">
      {t('nav.skip')}
    </a>
  );
}

function Top({ me }: { me: Session }) {
  const { t } = useWords();
  useScreensAtHand();
  const { to } = useView();
  const going = useGoing(me);
  const client = useQueryClient();
  const signOut = async () => {
    await post('/session/sign-out');
    client.clear();
    await client.invalidateQueries({ queryKey: SESSION_KEY });
    window.location.assign('/?signed=out');
  };
  return (
    <header className={styles.top}>
      <div className={styles.bar}>
        <Link to={to('/')} className={styles.home}>
          <img src="/favicon.svg" width="34" height="34" alt="" />
          <span>
            <strong>{t('product.name')}</strong>
            <span>{t('product.under')}</span>
          </span>
        </Link>
        <nav className={styles.nav} aria-label={t('nav.label')}>
          {SCREENS.filter((screen) => screen.name !== undefined).map(({ path, name }) => (
            <NavLink key={path} to={to(path)} end={path === '/'} {...going(path)}>
              <Icon name={name!} />
              {t(`nav.${name}`)}
            </NavLink>
          ))}
        </nav>
        <div className={styles.me}>
          <div className={styles.who}>
            {me.roles?.map((role) => t(`roles.${role}`)).join(', ')}
            <small>
              {me.units?.map((unit) => (
                <UnitName key={unit} unit={unit} />
              ))}
            </small>
          </div>
          <OtherLanguage className={styles.plain} />
          <button type="button" className={styles.plain} onClick={() => void signOut()}>
            {t('session.signOut')}
          </button>
        </div>
      </div>
    </header>
  );
}

function UnitName({ unit }: { unit: string }) {
  const { text } = useWords();
  const found = useUnit(unit);
  return <span>{found.data ? text(found.data.label) : ''}</span>;
}

function Foot() {
  const { t } = useWords();
  return (
    <footer className={styles.foot}>
      {t('product.foot')} <a href="/docs/">/docs</a>. {t('mark.approximate')}.
    </footer>
  );
}
