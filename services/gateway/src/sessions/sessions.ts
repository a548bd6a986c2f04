import { decodeJwt } from 'jose';
import type { Request } from 'express';
import type { Caller, VerifyToken } from '@gdtx/service-kit/tokens';
import { cookieOf, dropCookie, setCookie, type CookieOf } from './cookies.js';
import { newAttempt, SignInRefused, type Attempt, type Provider } from './provider.js';
import { createSeal } from './sealed.js';

/** A person who has signed in, as the cookie of the browser says. */
export interface Session {
  token: string;
  name: string | undefined;
  /** Seconds since the epoch: the end of the token, and so of the session. */
  until: number;
}

export interface Sessions {
  provider: Provider;
  /** Begins: the cookie that remembers the attempt, and where to send the person. */
  begin(to: string, again: boolean): Promise<{ cookie: string; address: string }>;
  /** Ends it well: the cookie of the session, and where the person wanted to go. Rejects with a SignInRefused. */
  complete(req: Request, code: string, state: string): Promise<{ cookies: string[]; to: string }>;
  /** Whose call it is; undefined: nobody's who has signed in. */
  of(req: Request): Promise<Session | undefined>;
  /** The cookies that take back what a browser holds. */
  end(): string[];
  /** The cookie that takes back an attempt that came to nothing. */
  abandon(): string;
}

export interface SessionsOptions {
  provider: Provider;
  verify: VerifyToken;
  /** The address at which browsers find us. */
  publicUrl: string;
  secret: string;
  now?: () => number;
}

const ATTEMPT_SECONDS = 600;

/** Sessions live in two sealed cookies, and nowhere else: any replica with the same secret knows them. */
export function createSessions({ provider, verify, publicUrl, secret, now = Date.now }: SessionsOptions): Sessions {
  const { port, protocol } = new URL(publicUrl);
  const secure = protocol === 'https:';
  // Browsers keep cookies by host and not by port: two local runs must not take each other's.
  const stem = secure ? '__Host-gdtx' : `gdtx-${port || '80'}`;
  const session: CookieOf = { name: stem, path: '/', sameSite: 'Strict', secure };
  // The provider sends people back from another site, where a strict cookie stays away.
  const attempts: CookieOf = { name: `${stem}-sign-in`, path: '/', sameSite: 'Lax', secure };
  const seal = createSeal(secret, 'session');
  const attemptSeal = createSeal(secret, 'sign-in');
  const seconds = () => Math.floor(now() / 1000);

  return {
    provider,
    async begin(to, again) {
      const attempt = newAttempt();
      const address = await provider.signInAddress(attempt, again);
      const sealed = await attemptSeal.close({ ...attempt, to }, seconds() + ATTEMPT_SECONDS);
      const cookie = setCookie(attempts, sealed, ATTEMPT_SECONDS);
      if (!cookie) throw new SignInRefused('the address to come back to is too long');
      return { cookie, address };
    },
    async complete(req, code, state) {
      const kept = await attemptSeal.open(cookieOf(req, attempts.name) ?? '');
      const attempt = kept as (Attempt & { to: string }) | undefined;
      if (!attempt || attempt.state !== state) throw new SignInRefused('this browser has not asked for it');
      const { accessToken, name } = await provider.exchange(code, attempt);
      await verify(accessToken).catch((error: unknown) => {
        throw new SignInRefused(`the access token is none of ours: ${(error as Error).message}`);
      });
      const until = decodeJwt(accessToken).exp!;
      const sealed = await seal.close({ token: accessToken, name }, until);
      const cookie = setCookie(session, sealed, Math.max(0, until - seconds()));
      if (!cookie) throw new SignInRefused('the access token is too large for a cookie');
      return { cookies: [cookie, dropCookie(attempts)], to: attempt.to };
    },
    async of(req) {
      const sealed = cookieOf(req, session.name);
      const kept = sealed && (await seal.open(sealed));
      if (!kept) return undefined;
      return { token: String(kept['token']), name: kept['name'] as string | undefined, until: kept.exp! };
    },
    end: () => [dropCookie(session), dropCookie(attempts)],
    abandon: () => dropCookie(attempts),
  };
}

/** What a page may know of who has signed in: never the token. */
export function shownSession({ name, until }: Session, caller: Caller) {
  const { subject, roles, units } = caller;
  return { signedIn: true, subject, ...(name && { name }), roles, units, until: new Date(until * 1000).toISOString() };
}
