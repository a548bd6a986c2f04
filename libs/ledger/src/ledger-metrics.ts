import type { Meter } from '@opentelemetry/api';
import type { RecordResult } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import type { Relay } from './relay.js';

/** What every owner counts: facts by outcome and slug, and what waits to be published. */
export function ledgerMetrics(meter: Meter, relay: Relay): { onRecorded: (results: RecordResult[]) => void } {
  const facts = meter.createCounter('gdtx_facts', { description: 'facts by outcome: accepted, duplicate, refused' });
  const refusals = meter.createCounter('gdtx_refusals', { description: 'refused facts by slug' });
  meter
    .createObservableGauge('gdtx_relay_lag', { description: 'entries that wait to be published, as last seen' })
    .addCallback((gauge) => gauge.observe(relay.lag()));
  return {
    onRecorded(results) {
      for (const { status, refusal } of results) {
        facts.add(1, { status });
        if (refusal) refusals.add(1, { slug: refusal.slug });
      }
    },
  };
}
