import { Agent, request, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { context, propagation } from '@opentelemetry/api';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Log } from '@gdtx/service-kit/log';
import { notFound, Problem, tryAgain } from '@gdtx/service-kit/problem';
import { READERS, readerOf, type Reader } from '../routes.js';
import { answeredHeaders, askedHeaders } from './headers.js';

export interface ReadsProxy {
  /** Hands GET and HEAD on to the service whose route it is; 404 for any other path. */
  handler: RequestHandler;
  /** Ends the streams that would never end by themselves, and idle connections. */
  stop(): void;
}

export interface ReadsProxyOptions {
  /** http://host:port of each service. */
  addresses: Record<Reader, string>;
  log: Log;
  /** How long a service may take for the head of its answer; its body may take as long as it likes. */
  headTimeoutMs: number;
  onFailure: (reader: Reader) => void;
}

interface Call {
  reader: Reader;
  req: Request;
  res: Response;
  next: NextFunction;
}

export function createReadsProxy(options: ReadsProxyOptions): ReadsProxy {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  const urls = new Map<Reader, URL>(READERS.map((reader) => [reader, new URL(options.addresses[reader])]));
  const endless = new Set<Response>();

  const ask = (call: Call, mayAskAgain: boolean): void => {
    const { reader, req, res, next } = call;
    const { hostname, port } = urls.get(reader)!;
    const headers = askedHeaders(req.headers);
    propagation.inject(context.active(), headers);
    const upstream = request({
      agent,
      hostname,
      port,
      method: req.method,
      path: pathOf(req) + queryOf(req),
      headers,
    });
    const late = setTimeout(() => upstream.destroy(new Error('no answer in time')), options.headTimeoutMs);
    const gone = () => upstream.destroy();
    res.once('close', gone);
    upstream.once('response', (answer) => {
      clearTimeout(late);
      res.off('close', gone);
      pass(answer, res);
    });
    const failed = (error: NodeJS.ErrnoException) => {
      clearTimeout(late);
      res.off('close', gone);
      if (res.closed || res.headersSent) return;
      // A connection that was kept may have been closed from the other end just now: that is no failure.
      if (mayAskAgain && upstream.reusedSocket && error.code === 'ECONNRESET') return ask(call, false);
      options.log.warn({ reader, err: error }, 'a service did not answer a read');
      options.onFailure(reader);
      next(tryAgain(`The service \`${reader}\` doesn't answer now: ask again in a moment.`));
    };
    // Told by a socket that may have served others before.
    upstream.on('error', context.bind(context.active(), failed));
    upstream.end();
  };

  const pass = (answer: IncomingMessage, res: Response): void => {
    res.writeHead(answer.statusCode ?? 502, answeredHeaders(answer.headers));
    // The head of an event stream comes long before its first event.
    res.flushHeaders();
    if (isOfType(answer, EVENTS)) {
      endless.add(res);
      res.once('close', () => endless.delete(res));
    }
    // Whichever end breaks takes the other with it: an answer cut off in the middle must not look whole.
    pipeline(answer, res, () => undefined);
    // Lines are read while they come: none waits for others to be compressed with.
    if (isOfType(answer, NDJSON)) answer.on('data', () => res.flush());
  };

  return {
    handler: (req, res, next) => {
      const reader = readerOf(pathOf(req));
      if (!reader) throw notFound(`There is nothing at ${pathOf(req)}.`);
      res.locals['route'] = `reads of ${reader}`;
      if (req.method !== 'GET' && req.method !== 'HEAD') {
        res.set('allow', 'GET, HEAD');
        throw new Problem(405, 'method-not-allowed', `${pathOf(req)} is read with GET.`);
      }
      ask({ reader, req, res, next }, true);
    },
    stop() {
      for (const res of endless) res.end();
      agent.destroy();
    },
  };
}

const EVENTS = 'text/event-stream';
const NDJSON = 'application/x-ndjson';

const isOfType = ({ headers }: IncomingMessage, type: string): boolean =>
  headers['content-type']?.toLowerCase().startsWith(type) === true;

/** As it was sent, nothing decoded. */
function pathOf(req: Request): string {
  return req.baseUrl + req.path;
}

function queryOf(req: Request): string {
  const from = req.originalUrl.indexOf('?');
  return from === -1 ? '' : req.originalUrl.slice(from);
}
