import type { RequestHandler } from 'express';
import type { Meter } from '@opentelemetry/api';
import type { Result } from './intake/results.js';
import type { Room } from './owners/room.js';

export interface GatewayMetrics {
  /** A fact was decided; `service` is undefined where its envelope didn't say whose it is. */
  countFact(service: string | undefined, result: Result): void;
  /** A service that the gateway asked didn't answer, or not as it must. */
  countFailure(service: string, kind: string): void;
  watchRoom(name: string, room: Room): void;
  /** Times each call, by `res.locals.route`. */
  timed: RequestHandler;
}

export function gatewayMetrics(meter: Meter): GatewayMetrics {
  const facts = meter.createCounter('gateway_facts', { description: 'facts by service and outcome' });
  const failures = meter.createCounter('gateway_upstream_failures', { description: 'calls to services that failed' });
  const durations = meter.createHistogram('gateway_request_duration_seconds', {
    unit: 's',
    description: 'from the head of a call to the end of its answer',
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] },
  });
  const rooms = new Map<string, Room>();
  meter
    .createObservableGauge('gateway_under_way_calls', { description: 'calls by where they are bounded' })
    .addCallback((result) => rooms.forEach((room, name) => result.observe(room.calls, { room: name })));
  meter
    .createObservableGauge('gateway_under_way_bytes', { unit: 'By', description: 'bytes by where they are bounded' })
    .addCallback((result) => rooms.forEach((room, name) => result.observe(room.bytes, { room: name })));
  return {
    countFact(service = 'none', { status, refusal }) {
      facts.add(1, { service, outcome: status, ...(refusal && { slug: refusal.slug }) });
    },
    countFailure: (service, kind) => failures.add(1, { service, kind }),
    watchRoom: (name, room) => void rooms.set(name, room),
    timed(req, res, next) {
      const began = process.hrtime.bigint();
      res.once('close', () => {
        const route = String(res.locals['route'] ?? 'other');
        const seconds = Number(process.hrtime.bigint() - began) / 1e9;
        durations.record(seconds, { route, method: req.method, status: res.statusCode });
      });
      next();
    },
  };
}
