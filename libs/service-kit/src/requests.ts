import { performance } from 'node:perf_hooks';
import { context, trace, type Meter } from '@opentelemetry/api';
import type { Request, RequestHandler, Response } from 'express';
import type { Log } from './log.js';
import { secondsHistogram } from './metrics.js';
import { continued, traceparentOf } from './trace-context.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Puts each request into its trace, names the trace to the caller (`traceresponse`), and says and measures how it ended. The
 * route is `res.locals.route` where a handler has set it, else the pattern that matched.
 */
export function observedRequests(log: Log, meter: Meter): RequestHandler {
  const durations = secondsHistogram(
    meter,
    'http_server_request_duration_seconds',
    'from the head of a request to the end of its answer',
  );
  return (req, res, next) => {
    const within = continued(req.headers);
    const began = performance.now();
    res.setHeader('traceresponse', traceparentOf(trace.getSpanContext(within)!));
    // The end comes by way of the socket, which knows nothing of this request's trace.
    res.once('close', () => {
      const seconds = (performance.now() - began) / 1000;
      durations.record(seconds, {
        http_request_method: METHODS.has(req.method) ? req.method : '_OTHER',
        http_response_status_code: res.statusCode,
        http_route: routeOf(req, res),
      });
      if (log.isLevelEnabled('debug')) context.with(within, () => log.debug(said(req, res, seconds), 'request ended'));
    });
    context.with(within, next);
  };
}

/** Neither headers nor query: whoever reads a log must not be able to act for the people in it. */
function said(req: Request, res: Response, seconds: number): object {
  const [path] = req.originalUrl.split('?', 1);
  const answered = res.writableFinished ? {} : { cutOff: true };
  return { method: req.method, path, status: res.statusCode, seconds: Number(seconds.toFixed(4)), ...answered };
}

function routeOf(req: Request, res: Response): string {
  const named: unknown = res.locals['route'];
  if (typeof named === 'string') return named;
  const pattern: unknown = (req.route as { path?: unknown } | undefined)?.path;
  return typeof pattern === 'string' ? req.baseUrl + pattern : 'other';
}
