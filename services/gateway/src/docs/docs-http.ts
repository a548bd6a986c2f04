import { Router, type RequestHandler, type Router as DocsRouter } from 'express';
import { notFound } from '@gdtx/service-kit/problem';
import swaggerUi from 'swagger-ui-express';
import type { FactTypes } from '../fact-types/fact-types.js';
import { openapi } from './openapi.js';

/** The document at /openapi.json; made again only when an owner has said something new. */
export function openapiHandler(types: FactTypes): RequestHandler {
  let made: { version: number; text: string } | undefined;
  return (_, res) => {
    const version = types.version();
    if (made?.version !== version) made = { version, text: JSON.stringify(openapi(types.all(), types.lacks())) };
    res.type('application/json').send(made.text);
  };
}

const OPTIONS = {
  customSiteTitle: 'GDTX API',
  swaggerOptions: { url: '/openapi.json', validatorUrl: null, persistAuthorization: true },
};
const ASSETS = new Set([
  '/',
  '/swagger-ui-init.js',
  '/swagger-ui.css',
  '/swagger-ui-bundle.js',
  '/swagger-ui-standalone-preset.js',
  '/favicon-16x16.png',
  '/favicon-32x32.png',
]);

/** The page at /docs, all of it from here: nothing is loaded from elsewhere, no script is inline. */
export function docsRouter(): DocsRouter {
  const router = Router();
  router.use((req, res, next) => {
    // Its assets are named relative to the page.
    if (req.originalUrl.split('?')[0] === '/docs') return res.redirect(301, '/docs/');
    if (!ASSETS.has(req.path)) throw notFound(`There is nothing at /docs${req.path}.`);
    next();
  });
  router.use(swaggerUi.serveFiles(undefined, OPTIONS), swaggerUi.setup(undefined, OPTIONS));
  return router;
}
