import { Router, type Request, type RequestHandler, type Router as SessionsRouter } from 'express';
import type { Log } from '@gdtx/service-kit/log';
import { notAllowed, notFound, Problem } from '@gdtx/service-kit/problem';
import { checkQuery, readQuery } from '@gdtx/service-kit/query';
import type { VerifyToken } from '@gdtx/service-kit/tokens';
import { z } from 'zod';
import { isOfOurPage, OUR_HEADER } from './our-page.js';
import { SignInRefused } from './provider.js';
import { shownSession, type Sessions } from './sessions.js';

const nothing = z.object({});
const signIn = z.object({
  to: z
    .string()
    .max(2000)
    .refine(isOwnPath, 'is a path of this site')
    .default('/')
    .describe('where to go afterwards: a path of this site'),
  again: z.enum(['1']).optional().describe('asks also whom the provider still knows'),
});
const callback = z.object({
  code: z.string().max(4000).optional(),
  state: z.string().max(200).optional(),
  error: z.string().max(200).optional(),
  iss: z.string().max(500).optional(),
});

export interface SessionsRoutes {
  /** Undefined: no provider is configured, and nobody signs in here. */
  sessions: Sessions | undefined;
  verify: VerifyToken;
  log: Log;
}

/** `/session`: who has signed in, signing in at the provider, and signing out. */
export function sessionsRouter({ sessions, verify, log }: SessionsRoutes): SessionsRouter {
  const router = Router();
  router.use((_, res, next) => {
    res.set('cache-control', 'no-store');
    next();
  });
  router.get('/', async (req, res) => {
    readQuery(req, nothing);
    const session = isOfOurPage(req) ? await sessions?.of(req) : undefined;
    const caller = session && (await verify(session.token).catch(nobodyIfBad));
    res.json(session && caller ? shownSession(session, caller) : { signedIn: false, possible: sessions !== undefined });
  });
  router.get('/sign-in', async (req, res) => {
    const { to, again } = readQuery(req, signIn);
    const { cookie, address } = await configured(sessions).begin(to, again !== undefined);
    res.append('set-cookie', cookie).redirect(303, address);
  });
  router.get('/callback', async (req, res) => {
    const { code, state, error } = fromProvider(req);
    try {
      if (code === undefined || state === undefined) throw new SignInRefused(error ?? 'there is no code');
      const { cookies, to } = await configured(sessions).complete(req, code, state);
      res.append('set-cookie', cookies).redirect(303, to);
    } catch (failure) {
      if (!(failure instanceof SignInRefused)) throw failure;
      log.warn({ why: failure.message }, 'a sign-in was refused');
      // Another site can send a browser here: whoever has signed in stays so.
      res.append('set-cookie', configured(sessions).abandon()).redirect(303, '/sign-in?problem=refused');
    }
  });
  router.post('/sign-out', (req, res) => {
    readQuery(req, nothing);
    if (!isOfOurPage(req))
      throw notAllowed(`Only our own pages sign people out: the header \`${OUR_HEADER}\` is missing.`);
    res.append('set-cookie', configured(sessions).end()).status(204).end();
  });
  return router;
}

/** Lets the call of a page that has signed in go on with the person's token; no service hears of the cookie. */
export function withSession(sessions: Sessions | undefined): RequestHandler {
  return async (req, _res, next) => {
    if (sessions && req.headers.authorization === undefined && isOfOurPage(req)) {
      const session = await sessions.of(req);
      if (session) req.headers.authorization = `Bearer ${session.token}`;
    }
    delete req.headers.cookie;
    next();
  };
}

/** What a provider says; what it says besides is passed over, as RFC 6749, 4.1.2 demands. */
function fromProvider(req: Request): z.output<typeof callback> {
  const { code, state, error, iss } = req.query;
  return checkQuery({ code, state, error, iss }, callback);
}

/** A token that no longer holds is nobody's; when that can't be told now, neither is the answer. */
function nobodyIfBad(error: unknown): undefined {
  if (error instanceof Problem && error.status === 401) return undefined;
  throw error;
}

function configured(sessions: Sessions | undefined): Sessions {
  if (!sessions) throw notFound('Nobody signs in here: no identity provider is configured.');
  return sessions;
}

/** A path that no browser takes for another site's address. */
function isOwnPath(text: string): boolean {
  if (!text.startsWith('/')) return false;
  const here = 'http://here.invalid';
  return !text.startsWith('//') && URL.canParse(text, here) && new URL(text, here).origin === here;
}
