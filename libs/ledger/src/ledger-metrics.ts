import type { Meter } from '@opentelemetry/api';
import type { RecordResult } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { secondsHistogram, tallyOf } from '@gdtx/service-kit/metrics';
import type { RelayLag } from './relay-lag.js';

const OUTCOMES = ['accepted', 'duplicate', 'refused'] as const;
const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 500];

export interface LedgerMetrics {
  /** A call of Record was answered, so long after its facts had been read. */
  onRecorded(results: RecordResult[], seconds: number): void;
  /** A batch was decided and stored. */
  onBatch(facts: number, seconds: number): void;
}

/** What is looked at when somebody asks. */
export interface Watched {
  /** Facts that wait for the committer. */
  queued(): number;
  /** Undefined where another replica relays. */
  lag(): Promise<RelayLag> | undefined;
}

/** What every owner counts: facts by outcome and slug, how long decisions take, and what waits to be published. */
export function ledgerMetrics(meter: Meter, watched: Watched): LedgerMetrics {
  const facts = tallyOf(meter, {
    name: 'gdtx_facts_total',
    description: 'facts by outcome',
    labels: ['outcome'],
    from: OUTCOMES.map((outcome) => [outcome]),
  });
  const refusals = tallyOf(meter, {
    name: 'gdtx_refusals_total',
    description: 'refused facts by slug',
    labels: ['slug'],
    from: [['malformed']],
  });
  const decisions = secondsHistogram(
    meter,
    'gdtx_decision_duration_seconds',
    'from the facts of a call to their decisions, stored',
  );
  const commits = secondsHistogram(meter, 'gdtx_commit_duration_seconds', 'deciding and storing a batch');
  const batches = meter.createHistogram('gdtx_commit_batch_facts', {
    description: 'facts decided and stored together',
    advice: { explicitBucketBoundaries: BATCH_SIZES },
  });
  meter
    .createObservableGauge('gdtx_commit_queue_facts', { description: 'facts that wait for the committer' })
    .addCallback((gauge) => gauge.observe(watched.queued()));
  watchRelay(meter, watched);
  return {
    onRecorded(results, seconds) {
      for (const { status, refusal } of results) {
        facts(1, status);
        if (refusal) refusals(1, refusal.slug);
      }
      decisions.record(seconds);
    },
    onBatch(size, seconds) {
      commits.record(seconds);
      batches.record(size);
    },
  };
}

function watchRelay(meter: Meter, { lag }: Watched): void {
  const entries = meter.createObservableGauge('gdtx_relay_lag_entries', {
    description: 'entries recorded and not yet published; said by the replica that relays',
  });
  const age = meter.createObservableGauge('gdtx_relay_lag_seconds', {
    unit: 's',
    description: 'age of the oldest entry that is not yet published; said by the replica that relays',
  });
  meter.addBatchObservableCallback(
    async (result) => {
      // MongoDB that doesn't answer is another matter, which readiness tells.
      const now = await lag()?.catch(() => undefined);
      if (!now) return;
      result.observe(entries, now.entries);
      result.observe(age, now.seconds);
    },
    [entries, age],
  );
}
