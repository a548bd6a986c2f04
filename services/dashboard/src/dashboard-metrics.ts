import type { Meter } from '@opentelemetry/api';
import type { FollowedModel } from './columns/follow.js';
import type { ProjectorCounts } from './projector/core.js';
import type { Projector } from './projector/projector.js';

export interface Watched {
  projector: Pick<Projector, 'counts' | 'lag'>;
  follower: Pick<FollowedModel, 'freshness' | 'incomplete'>;
  /** Messages that are set aside, whoever did it and when. */
  quarantined: () => Promise<number>;
  now: () => number;
}

/** What becomes of the entries that are read, as `gdtx_projector_entries_total` names it. */
const OUTCOMES = ['taken', 'repeated', 'early', 'unknown', 'quarantined'] as const;

/** What the dashboard counts: how fresh figures are, how far the projector is behind, what became of entries, what is set aside. */
export function dashboardMetrics(meter: Meter, { projector, follower, quarantined, now }: Watched): void {
  meter
    .createObservableGauge('gdtx_figures_age_seconds', {
      unit: 's',
      description: 'age of the moment up to which figures hold everything that a service recorded',
    })
    .addCallback((gauge) => {
      for (const [service, asOf] of Object.entries(follower.freshness?.services ?? {})) {
        if (asOf !== null) gauge.observe(Math.max(0, now() - asOf) / 1000, { service });
      }
    });
  meter
    .createObservableGauge('gdtx_figures_incomplete_ledgers', {
      description: 'ledgers with entries that this version can’t read',
    })
    .addCallback((gauge) => gauge.observe([...follower.incomplete()].length));
  const messages = meter.createObservableGauge('gdtx_projection_lag_messages', {
    description: 'messages that a service is known to have published and that are not yet in the read model',
  });
  const seconds = meter.createObservableGauge('gdtx_projection_lag_seconds', {
    unit: 's',
    description: 'by how much what is in the read model is behind what a service has published',
  });
  meter.addBatchObservableCallback(
    (result) => {
      for (const { service, ...lag } of projector.lag()) {
        result.observe(messages, lag.messages, { service });
        if (lag.seconds !== null) result.observe(seconds, lag.seconds, { service });
      }
    },
    [messages, seconds],
  );
  meter
    .createObservableGauge('gdtx_quarantined_messages', { description: 'messages that are set aside, unread' })
    .addCallback(async (gauge) => {
      const n = await quarantined().catch(() => undefined);
      if (n !== undefined) gauge.observe(n);
    });
  projectorMetrics(meter, projector);
}

function projectorMetrics(meter: Meter, { counts }: Pick<Projector, 'counts'>): void {
  const counter = (name: string, description: string, ...from: [keyof ProjectorCounts, string?][]) =>
    meter.createObservableCounter(`gdtx_projector_${name}_total`, { description }).addCallback((result) => {
      const now = counts();
      for (const [key, outcome] of from) result.observe(now[key], outcome === undefined ? {} : { outcome });
    });
  const gauge = (name: string, key: keyof ProjectorCounts, description: string) =>
    meter
      .createObservableGauge(`gdtx_projector_${name}`, { description })
      .addCallback((result) => result.observe(counts()[key]));

  counter('entries', 'entries read, by what became of them', ...OUTCOMES.map((o): [typeof o, string] => [o, o]));
  counter('flushes', 'times that the read model was stored', ['flushes', 'stored'], ['failed', 'failed']);
  counter('documents', 'documents of the read model', ['documents', 'written'], ['outdated', 'outdated']);
  counter('republish_requests', 'times that an owner was asked to publish entries again', ['asked']);
  counter('lost_heads', 'last entries of ledgers that had been lost on their way', ['foundByHeads']);
  counter('forked_ledgers', 'ledgers that held another entry than the one that was folded', ['forked']);
  counter('refolds', 'ledgers that were folded anew from their beginning', ['foldedAnew']);
  gauge('gaps', 'gaps', 'ledgers whose next entry is missing although a later one is there');
  gauge('memory_bytes', 'bytes', 'documents that are held in memory');
}
