import { SpanKind, trace } from '@opentelemetry/api';
import { contextOf } from '@gdtx/service-kit/trace-context';

/** An entry that was recorded within a trace. */
export interface TracedEntry {
  /** As it came with the message. */
  traceparent: string;
  topic: string;
  service: string;
  unit: string;
  seq: number;
  type: string;
  /** When it was read from the topic, and recorded, in milliseconds. */
  takenAt: number;
  recordedAt: number;
}

/** Ends the way of traced entries: each was taken then, and is now stored where figures are made of it. */
export function endOfTheWay(entries: readonly TracedEntry[], now: number): void {
  for (const { traceparent, topic, service, unit, seq, type, takenAt, recordedAt } of entries) {
    const attributes = {
      'messaging.system': 'kafka',
      'messaging.operation.name': 'project',
      'messaging.operation.type': 'process',
      'messaging.destination.name': topic,
      'gdtx.ledger': `${service}/${unit}`,
      'gdtx.seq': seq,
      'gdtx.fact.type': type,
      'gdtx.recorded_to_shown_ms': now - recordedAt,
    };
    const options = { kind: SpanKind.CONSUMER, startTime: takenAt, attributes };
    trace.getTracer('gdtx.projector').startSpan(`project ${topic}`, options, contextOf(traceparent)).end(now);
  }
}
