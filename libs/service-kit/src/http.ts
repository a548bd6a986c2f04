import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import { malformed, notFound, Problem, problemDocument, tooLarge } from './problem.js';
import { observedRequests } from './requests.js';
import { bearer, type Caller, type VerifyToken } from './tokens.js';

export interface HttpOptions {
  service: string;
  log: Log;
  metrics: Metrics;
  /** The sentences of what isn't ready yet; empty: ready. */
  notReady: () => string[] | Promise<string[]>;
  /** The service's own routes. */
  routes: (app: Express) => void;
}

/** An express application with health, metrics, version, security headers, trace, access log and problem documents. */
export function createHttpApp(options: HttpOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  // `?unit[$gt]=` stays the literal name of an unknown parameter.
  app.set('query parser', 'simple');
  // TLS ends before the services, and a local run has none: a page must not send its browser to an https that isn't there.
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  app.get('/healthz', (_, res) => void res.json({ status: 'alive' }));
  app.get('/readyz', async (_, res) => {
    const missing = await options.notReady();
    res.status(missing.length === 0 ? 200 : 503).json({ ready: missing.length === 0, missing });
  });
  app.get('/version', (_, res) => void res.json({ service: options.service, ...version() }));
  app.get('/metrics', (req, res) => options.metrics.handler(req, res));
  app.use(observedRequests(options.log, options.metrics.meter));
  options.routes(app);
  app.use((req) => {
    throw notFound(`There is nothing at ${req.path}.`);
  });
  app.use(problemHandler(options.log));
  return app;
}

/** Puts the caller into `res.locals.caller`, or answers 401. */
export function authenticated(verify: VerifyToken) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    res.locals['caller'] = await verify(bearer(req.headers.authorization));
    next();
  };
}

export function callerOf(res: Response): Caller {
  return res.locals['caller'] as Caller;
}

/** Listens, and says where. */
export async function listen(app: Express, port: number, host: string): Promise<{ server: Server; url: string }> {
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return { server, url: `http://${host}:${address.port}` };
}

/** Stops taking calls; open ones have `graceMs` to end. */
export async function closeServer(server: Server, graceMs = 3000): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}

function problemHandler(log: Log) {
  // Express tells an error handler by its four arguments.
  return (error: unknown, _req: Request, res: Response, next: NextFunction): void => {
    if (res.headersSent) return next(error);
    const problem = asProblem(error);
    // A problem that was thrown as one is an answer like any other: 503 try-again, 504 not-yet.
    if (problem.status >= 500 && !(error instanceof Problem)) log.error({ err: error }, 'a call failed');
    sendProblem(res, problem);
  };
}

export function sendProblem(res: Response, problem: Problem): void {
  const retryAfter = problem.extra['retryAfter'];
  if (retryAfter !== undefined) res.set('retry-after', String(retryAfter));
  if (problem.status === 401) res.set('www-authenticate', 'Bearer');
  res
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemDocument(problem)));
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { type, status, message } = error as { type?: string; status?: number; message?: string };
  if (type === 'entity.too.large') return tooLarge('The body is larger than 8 MB: send it in parts, or as NDJSON.');
  if (type === 'entity.parse.failed') return malformed(`The body isn't JSON: ${message}.`);
  if (error instanceof URIError) return malformed("The address can't be decoded.");
  if (status !== undefined && status >= 400 && status < 500) {
    return new Problem(status, status === 415 ? 'unsupported-media-type' : 'malformed', message ?? 'malformed');
  }
  return new Problem(500, 'internal', 'Something went wrong here; it is in the log.');
}

let known: { version: string; node: string } | undefined;
function version(): { version: string; node: string } {
  known ??= {
    version: (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
      .version,
    node: process.version,
  };
  return known;
}
