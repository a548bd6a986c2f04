import type { Express, RequestHandler } from 'express';
import { authenticated } from '@gdtx/service-kit/http';
import { readQuery } from '@gdtx/service-kit/query';
import type { VerifyToken } from '@gdtx/service-kit/tokens';
import { z } from 'zod';
import { docsRouter, openapiHandler } from './docs/docs-http.js';
import type { FactTypes } from './fact-types/fact-types.js';
import { frontPage } from './front-page.js';
import { linger } from './linger.js';

export interface GatewayRoutes {
  verify: VerifyToken;
  limited: RequestHandler;
  intake: RequestHandler;
  preview: RequestHandler;
  types: FactTypes;
  reads: RequestHandler;
}

/** Everything under /v1 needs a token, and is counted; what describes the platform is open. */
export function gatewayRoutes({ verify, limited, intake, preview, types, reads }: GatewayRoutes) {
  return (app: Express): void => {
    app.use(linger);
    app.get('/', named('front page'), frontPage);
    app.get('/openapi.json', named('openapi'), openapiHandler(types));
    app.use('/docs', named('docs'), docsRouter());
    app.use('/v1', authenticated(verify), limited);
    app.post('/v1/facts', named('facts'), intake);
    app.post('/v1/facts/preview', named('preview'), preview);
    app.get('/v1/facts/types', named('fact types'), (req, res) => {
      readQuery(req, z.object({}));
      res.json({ types: types.all(), lacks: types.lacks() });
    });
    app.use('/v1', reads);
  };
}

/** What the call is counted as. */
function named(route: string): RequestHandler {
  return (_, res, next) => {
    res.locals['route'] = route;
    next();
  };
}
