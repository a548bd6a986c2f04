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
      // A counter is asked once for each of a few names, not once for each of thousands of facts.
      for (const [status, n] of tally(results, (r) => r.status)) facts.add(n, { status });
      for (const [slug, n] of tally(results, (r) => r.refusal?.slug)) refusals.add(n, { slug });
    },
  };
}

function tally(results: readonly RecordResult[], nameOf: (r: RecordResult) => string | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const result of results) {
    const name = nameOf(result);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
