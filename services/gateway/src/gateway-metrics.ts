import type { Meter } from '@opentelemetry/api';
import { tallyOf } from '@gdtx/service-kit/metrics';
import { OWNERS } from '@gdtx/service-kit/services';
import type { Result } from './intake/results.js';
import type { Room } from './owners/room.js';
import { READERS } from './routes.js';

export interface GatewayMetrics {
  /** A fact was decided; `service` is undefined where its envelope didn't say whose it is. */
  countFact(service: string | undefined, result: Result): void;
  /** A service that the gateway asked didn't answer, or not as it must. */
  countFailure(service: string, kind: string): void;
  watchRoom(name: string, room: Room): void;
}

export function gatewayMetrics(meter: Meter): GatewayMetrics {
  const facts = tallyOf(meter, {
    name: 'gdtx_gateway_facts_total',
    description: 'facts by service, outcome and reason of refusal',
    labels: ['service', 'outcome', 'slug'],
    from: OWNERS.map((owner) => [owner, 'accepted', '']),
  });
  const failures = tallyOf(meter, {
    name: 'gdtx_gateway_upstream_failures_total',
    description: 'calls to services that failed',
    labels: ['service', 'kind'],
    from: READERS.map((reader) => [reader, 'read']),
  });
  const rooms = new Map<string, Room>();
  meter
    .createObservableGauge('gdtx_gateway_under_way_calls', { description: 'calls by where they are bounded' })
    .addCallback((result) => rooms.forEach((room, name) => result.observe(room.calls, { room: name })));
  meter
    .createObservableGauge('gdtx_gateway_under_way_bytes', {
      unit: 'By',
      description: 'bytes by where they are bounded',
    })
    .addCallback((result) => rooms.forEach((room, name) => result.observe(room.bytes, { room: name })));
  return {
    countFact(service = 'none', { status, refusal }) {
      facts(1, service, status, refusal?.slug ?? '');
    },
    countFailure: (service, kind) => failures(1, service, kind),
    watchRoom: (name, room) => void rooms.set(name, room),
  };
}
