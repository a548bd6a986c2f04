import { randomBytes } from 'node:crypto';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type SpanContext,
  type TextMapGetter,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

/**
 * In which trace work is done, whether or not traces are recorded: so that every line of a log can be put beside the request
 * that it belongs to. Recording is otel.ts's; it finds these two in their places.
 */
context.setGlobalContextManager(new AsyncLocalStorageContextManager());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

/** The trace of a request, made up once and carried along with everything that it asked for. */
export interface RequestTrace {
  traceId: string;
  /** Only when the trace is recorded: what comes out of the request later belongs to it, too. */
  traceparent?: string;
}

/** The trace that is under way; else the one that a request's headers name; else a new one, which nobody records. */
export function continued<Carrier>(carrier: Carrier, getter?: TextMapGetter<Carrier>): Context {
  const here = context.active();
  if (trace.getSpanContext(here)) return here;
  const told = propagation.extract(here, carrier, getter);
  return trace.getSpanContext(told) ? told : trace.setSpanContext(here, unrecorded());
}

/** The trace that is under way. */
export function requestTrace(): RequestTrace | undefined {
  const span = trace.getSpanContext(context.active());
  if (!span) return undefined;
  const { traceId } = span;
  return isSampled(span) ? { traceId, traceparent: traceparentOf(span) } : { traceId };
}

/** What a line of a log says of the trace that is under way, by the names that OpenTelemetry gives them. */
export function traceFields(): { trace_id?: string; span_id?: string } {
  const span = trace.getSpanContext(context.active());
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

/** W3C's form, of `traceparent` and of `traceresponse` alike. */
export function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`;
}

/** Does work as a step of the trace that is under way; costs nothing worth mentioning where nobody records it. */
export function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return trace.getTracer('gdtx').startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Does work that belongs to no request, although one has set it off. */
export function inNoTrace<T>(work: () => T): T {
  return context.with(ROOT_CONTEXT, work);
}

/** The context of work that belongs to a trace of another time or process. */
export function contextOf(traceparent: string): Context {
  return propagation.extract(context.active(), { traceparent });
}

const FLUSH_WITHIN_MS = 2000;

/** Sends what was recorded and not yet sent, but waits for nobody long; never rejects. */
export async function flushTraces(): Promise<void> {
  const provider = trace.getTracerProvider() as { getDelegate?: () => { forceFlush?: () => Promise<void> } };
  const flushed = provider.getDelegate?.().forceFlush?.();
  if (!flushed) return;
  const late = new Promise<void>((resolve) => setTimeout(resolve, FLUSH_WITHIN_MS).unref());
  await Promise.race([flushed.catch(() => undefined), late]);
}

function isSampled({ traceFlags }: SpanContext): boolean {
  return (traceFlags & TraceFlags.SAMPLED) !== 0;
}

function unrecorded(): SpanContext {
  const ids = randomBytes(24).toString('hex');
  return { traceId: ids.slice(0, 32), spanId: ids.slice(32), traceFlags: TraceFlags.NONE };
}
