import type { Express, RequestHandler } from 'express';
import { authenticated } from '@gdtx/service-kit/http';
import { readQuery } from '@gdtx/service-kit/query';
import type { Log } from '@gdtx/service-kit/log';
import type { VerifyToken } from '@gdtx/service-kit/tokens';
import { z } from 'zod';
import { compressed } from './compressed.js';
import { docsRouter, openapiHandler } from './docs/docs-http.js';
import type { FactTypes } from './fact-types/fact-types.js';
import { frontPage } from './front-page.js';
import { linger } from './linger.js';
import type { Sessions } from './sessions/sessions.js';
import { sessionsRouter, withSession } from './sessions/sessions-http.js';
import type { WebFiles } from './web/web-files.js';
import { webPages } from './web/web-http.js';

export interface GatewayRoutes {
  verify: VerifyToken;
  limited: RequestHandler;
  intake: RequestHandler;
  preview: RequestHandler;
  types: FactTypes;
  reads: RequestHandler;
  sessions: Sessions | undefined;
  /** The built web application; undefined: none. */
  web: WebFiles | undefined;
  log: Log;
}

/** Everything under /v1 needs a token or a session, and is counted; what describes the platform is open, and so are the pages. */
export function gatewayRoutes(routes: GatewayRoutes) {
  const { verify, limited, intake, preview, types, reads, sessions, web, log } = routes;
  const pages = web && webPages(web);
  return (app: Express): void => {
    app.use(linger);
    app.get('/', named('front page'), frontPage(pages));
    app.get('/openapi.json', named('openapi'), openapiHandler(types));
    app.use('/docs', named('docs'), docsRouter());
    app.use('/session', named('session'), sessionsRouter({ sessions, verify, log }));
    app.use('/v1', withSession(sessions), authenticated(verify), limited);
    app.post('/v1/facts', named('facts'), intake);
    app.post('/v1/facts/preview', named('preview'), preview);
    app.get('/v1/facts/types', named('fact types'), (req, res) => {
      readQuery(req, z.object({}));
      res.json({ types: types.all(), lacks: types.lacks() });
    });
    app.use('/v1', compressed, reads);
    if (pages) app.use(pages);
  };
}

/** What the call is counted as. */
function named(route: string): RequestHandler {
  return (_, res, next) => {
    res.locals['route'] = route;
    next();
  };
}
