import { SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { contextOf, traceparentOf } from '@gdtx/service-kit/trace-context';
import type { EntryDocument } from './documents.js';

/** Says how the send of some entries that were recorded in traces goes; `traceparent` is what goes along with an entry. */
export interface PublishSpans {
  traceparent(entry: EntryDocument): string | undefined;
  end(error?: unknown): void;
}

/** One span for all that a request recorded and that is sent together. Undefined where nothing is traced, as mostly. */
export function publishSpans(entries: readonly EntryDocument[], topic: string): PublishSpans | undefined {
  if (!entries.some((entry) => entry.traceparent !== undefined)) return undefined;
  const counts = new Map<string, number>();
  for (const { traceparent: t } of entries) if (t !== undefined) counts.set(t, (counts.get(t) ?? 0) + 1);
  const spans = new Map(
    [...counts].map(([traceparent, count]) => [traceparent, publishing(topic, traceparent, count)]),
  );
  return {
    traceparent: (entry) => entry.traceparent && traceparentOf(spans.get(entry.traceparent)!.spanContext()),
    end(error) {
      for (const span of spans.values()) {
        if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
        span.end();
      }
    },
  };
}

function publishing(topic: string, traceparent: string, count: number): Span {
  const attributes = {
    'messaging.system': 'kafka',
    'messaging.operation.name': 'publish',
    'messaging.operation.type': 'send',
    'messaging.destination.name': topic,
    'messaging.batch.message_count': count,
  };
  const options = { kind: SpanKind.PRODUCER, attributes };
  return trace.getTracer('gdtx.relay').startSpan(`publish ${topic}`, options, contextOf(traceparent));
}
