import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** Of one connection only, never of the next one (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A read has no body; and who a service is, it says to another one itself. */
const NOT_ASKED = new Set([
  'host',
  'content-length',
  'content-type',
  'content-encoding',
  'expect',
  'cookie',
  'x-gdtx-service',
]);

/** The headers of a read, for the service that answers it. */
export function askedHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return without(headers, NOT_ASKED);
}

/** The gateway has named the trace already. */
const NOT_ANSWERED = new Set(['traceresponse']);

/** The headers of a service's answer, for who asked. */
export function answeredHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return without(headers, NOT_ANSWERED);
}

function without(headers: IncomingHttpHeaders, more: ReadonlySet<string>): OutgoingHttpHeaders {
  // A connection may name headers of its own that end with it.
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !more.has(name) && !named.has(name));
  return Object.fromEntries(kept);
}
